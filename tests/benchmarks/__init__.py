"""How fast the press, the whole site and their peers are, measured in one run: script/benchmark."""

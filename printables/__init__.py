"""Chapters become printables, and data flows one way through these rooms:

chapters/    what an editor writes, read safely: Markdown → Chapter, YAML → Owner, Glossary, Campaign
checks/      what is wrong with it: one file, twins, the whole Collection; findings with line and remedy
layout/      Chapter × Design → Job: one HTML document and its limits; a design is a folder
press/       Job → Sheet: the largest type that fits, PDF and picture, measured; the job alone decides its bytes
finishing/   PDF → tiles, labels, booklet, print-shop file
production/  many jobs: what is planned, what is cached, who prints the rest
publishing/  what a site and a zip say of them: catalogue, editions, recall list, packs, tickets, cards
"""

// Listen: the browser's own voice reads a section; nothing shows where it has none for the language.

(() => {
  const speech = window.speechSynthesis;
  if (!speech) return;
  const language = document.documentElement.lang;
  const stop = document.getElementById("listen-stop").content.firstElementChild.cloneNode(true);
  let reading = null;

  const voice = () => speech.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));

  /** What a section says, a piece at a time: browsers give up on long ones. */
  function pieces(section) {
    const heard = section.cloneNode(true);
    for (const silent of heard.querySelectorAll(".source, .listen, .hint, .signs, .tool, details, template, svg, button")) silent.remove();
    const blocks = [...heard.querySelectorAll("h2, li, p, td, th")].filter((block) => !block.querySelector("li, p"));
    return blocks.flatMap((block) => block.textContent.trim().match(/[^。！？；.!?;]+(?:[。！？；]|[.!?;](?!\d))?/g) ?? []);
  }

  function finish() {
    speech.cancel();
    stop.remove();
    if (reading) reading.textContent = reading.dataset.listen;
    reading = null;
  }

  function read(button) {
    const own = reading === button;
    finish();
    if (own) return;
    reading = button;
    button.textContent = button.dataset.stop;
    document.body.append(stop);
    const reader = voice();
    const said = pieces(button.closest("section")).map((text) => {
      const piece = new SpeechSynthesisUtterance(text);
      piece.voice = reader;
      piece.lang = reader.lang;
      return piece;
    });
    said.at(-1).addEventListener("end", () => { if (reading === button) finish(); });
    for (const piece of said) speech.speak(piece);
  }

  /** Voices come late in some browsers, so this runs again when they do. */
  function offer() {
    if (!voice() || document.querySelector(".listen")) return;
    for (const heading of document.querySelectorAll(".role:not(.role-sources, .role-quiz) > h2")) {
      const button = document.getElementById("listen").content.firstElementChild.cloneNode(true);
      button.dataset.listen = button.textContent;
      button.addEventListener("click", () => read(button));
      heading.after(button);
    }
  }

  stop.addEventListener("click", finish);
  addEventListener("pagehide", finish);
  speech.addEventListener?.("voiceschanged", offer);
  offer();
})();

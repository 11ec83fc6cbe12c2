// Hints: a term of the glossary opens what it means beside itself; without a script it leads to the glossary.

(() => {
  const template = document.getElementById("hint").content.firstElementChild;
  const gap = 8; // px, between the word, the panel and the edges of the screen
  let word = null;
  let panel = null;

  function close() {
    if (panel?.contains(document.activeElement)) word.focus();
    word?.setAttribute("aria-expanded", "false");
    panel?.remove();
    word = panel = null;
  }

  /** Below the word, above it where there is more room, and never past an edge. */
  function place() {
    if (!panel) return;
    const at = word.getClientRects()[0];
    const { width, height } = panel.getBoundingClientRect();
    const left = Math.min(at.left, document.documentElement.clientWidth - gap - width);
    const fits = at.bottom + gap + height < innerHeight;
    panel.style.left = `${Math.max(gap, left)}px`;
    panel.style.top = `${fits || at.top < innerHeight / 2 ? at.bottom + gap : at.top - gap - height}px`;
  }

  function open(link) {
    close();
    word = link;
    panel = template.cloneNode(true);
    // A label would tick its box when the panel in it is tapped.
    (link.closest("label") ?? link).after(panel);
    const { term, twin, twinLang, means } = link.dataset;
    for (const part of panel.querySelectorAll("[data-hint]")) part.textContent = { term, twin, means }[part.dataset.hint];
    panel.querySelector("[data-hint=twin]").lang = twinLang;
    panel.querySelector("a").href = link.href;
    word.setAttribute("aria-expanded", "true");
    place();
  }

  for (const link of document.querySelectorAll("a.term")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a.term");
    if (link) {
      event.preventDefault();
      if (link === word) close();
      else open(link);
    } else if (!panel?.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === " " && event.target.matches("a.term")) {
      event.preventDefault();
      event.target.click();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (panel && event.target !== word && !panel.contains(event.target)) close();
  });
  addEventListener("scroll", place, { passive: true, capture: true });
  addEventListener("resize", place);
})();

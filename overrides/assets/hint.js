// Hints: a term of the glossary opens what it means beside itself, the mark of a source what the clause says; without a script
// the one leads to the glossary, the other to the list at the end of the page.

(() => {
  const template = document.getElementById("hint").content.firstElementChild;
  const hinting = "a.term, a.source[role=button]";
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
    const below = at.bottom + gap + height < innerHeight || at.top < innerHeight / 2;
    const top = below ? at.bottom + gap : at.top - gap - height;
    panel.style.left = `${Math.max(gap, left)}px`;
    panel.style.top = `${Math.max(gap, Math.min(top, innerHeight - gap - height))}px`;
  }

  /** What carries the texts: a term itself, or the entry of the list to which a mark leads, if it is on this page. */
  function told(link) {
    if (link.matches(".term")) return link;
    return link.pathname === location.pathname ? document.getElementById(link.hash.slice(1)) : null;
  }

  /** Where the entry of a source leads: to the clause, else to the document around it. */
  function entry(link) {
    return told(link).querySelector("a:not(.back)") ?? told(link).parentElement.querySelector("a");
  }

  function open(link) {
    close();
    word = link;
    panel = template.cloneNode(true);
    // A label would tick its box when the panel in it is tapped.
    (link.closest("label") ?? link).after(panel);
    const kind = link.matches(".term") ? "term" : "source";
    const said = told(link).dataset;
    for (const part of panel.querySelectorAll("[data-hint]")) part.textContent = said[part.dataset.hint] ?? "";
    if (said.twinLang) panel.querySelector("[data-hint=twin]").lang = said.twinLang;
    const [page] = link.href.split("#");
    const beside = (more, at) => `${page.replace(/glossary(?!.*glossary)/, more.dataset.page)}#${at}`;
    const marks = { law: said.lawMark, sign: said.signCode };
    for (const more of panel.querySelectorAll("a")) {
      const { more: what } = more.dataset;
      if (what === kind) more.href = kind === "term" ? link.href : entry(link).href;
      else if (kind === "term" && marks[what]) more.href = beside(more, marks[what]);
      else more.remove();
    }
    word.setAttribute("aria-expanded", "true");
    place();
  }

  for (const link of document.querySelectorAll("a.term, a.source")) {
    if (!told(link)?.dataset.means) continue;
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(hinting);
    if (link) {
      event.preventDefault();
      if (link === word) close();
      else open(link);
    } else if (!panel?.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === " " && event.target.matches(hinting)) {
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

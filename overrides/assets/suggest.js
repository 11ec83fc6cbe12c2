// Suggest: while somebody types, the chapters that the word or a synonym of it leads to.

(() => {
  const input = document.querySelector(".md-search__input");
  const results = document.querySelector(".md-search-result");
  if (!input || !results) return;
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location);
  const MOST = 6;
  const nav = document.getElementById("suggest").content.firstElementChild.cloneNode(true);
  const list = nav.querySelector("ul");

  function show() {
    const typed = input.value.trim().toLowerCase();
    const chapters = window.suggestions[document.documentElement.lang];
    const fits = ([title, , ...words]) => [title, ...words].some((word) => word.toLowerCase().includes(typed));
    const found = chapters.filter(fits).slice(0, MOST);
    nav.hidden = !found.length;
    list.replaceChildren(...found.map(([title, url]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(url, base);
      link.textContent = title;
      item.append(link);
      return item;
    }));
  }

  function load() {
    const script = document.createElement("script");
    script.src = new URL("assets/suggestions.js", base);
    script.addEventListener("load", () => {
      results.before(nav);
      input.addEventListener("input", show);
      show();
    });
    document.head.append(script);
  }

  input.addEventListener("focus", load, { once: true });
})();

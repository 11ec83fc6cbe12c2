// Basket: the files that somebody chose, kept on the device, listed as links; what fetches them is assets/zip.js.

const basket = (() => {
  const KEY = "basket";
  const MANY = 40; // rows at a time
  const section = document.getElementById("basket");
  const files = section.querySelector(".files");
  const bar = section.querySelector(".basket__bar");
  const rows = new Map();
  let chosen = [];
  try {
    chosen = JSON.parse(localStorage.getItem(KEY) ?? "[]").filter((key) => typeof key === "string" && read(key));
  } catch {
    // A private window keeps nothing.
  }

  function row(file) {
    const links = [made("a", { href: file.address, download: file.saved }, file.way === "plain" ? "PDF" : names.way[file.way])];
    if (file.shop) links.push(" ", made("a", { href: file.ticket, download: file.called(say.ticket, ".txt") }, say.ticket));
    return made("li", {}, made("b", {}, designed(file)), ` ${topic(file.chapter)} · ${names.language[file.language]} · ${names.size[file.size]} `,
      told(file), " ", ...links, " ", made("button", { type: "button", value: file.key }, say.out), made("i", {}, say.copies));
  }

  /** The rows that are missing are made, some at a time, the others stay: hundreds may be on the list. */
  function list(most = MANY) {
    const wanted = new Set(chosen);
    for (const [key, row] of rows) {
      if (wanted.has(key)) continue;
      row.remove();
      rows.delete(key);
    }
    const missing = chosen.filter((key) => !rows.has(key));
    files.querySelector("ul").append(...missing.slice(0, most).map((key) => {
      rows.set(key, row(read(key)));
      return rows.get(key);
    }));
    if (missing.length > most) setTimeout(list);
  }

  function show() {
    const all = chosen.map(read);
    setTimeout(list); // first what the finger touched
    section.classList.toggle("is-empty", !all.length);
    bar.hidden = !all.length;
    bar.querySelector("strong").textContent = all.length;
    bar.querySelector("span").textContent = size(all.reduce((sum, { kib }) => sum + kib, 0));
    document.dispatchEvent(new Event("basket"));
  }

  function change(more, less = []) {
    chosen = [...new Set([...chosen, ...more])].filter((key) => !less.includes(key));
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // The list still shows.
    }
    show();
  }

  // Who prints the list or asks for its files gets all of it.
  addEventListener("beforeprint", () => list(Infinity));
  section.addEventListener("click", () => list(Infinity), true);
  files.addEventListener("click", ({ target }) => target.value && change([], [target.value]));
  section.querySelector("[name=print]").addEventListener("click", () => window.print());
  section.querySelector("[name=empty]").addEventListener("click", () => change([], chosen));
  show();
  return { has: (key) => chosen.includes(key), change };
})();

// Search: the field in the header, its keys, and the list of what search/finding.js finds. All that finds is loaded with the first use.

(() => {
  const LINKS = 8; // pages shown at once
  const PARTS = 3; // sections of a page
  const ENTRIES = 4; // of the glossary or the signs
  const PAUSE = 40; // ms after a key, so that the letter is seen first
  const RELEASE = 200; // ms until the page below a closed search can be moved

  const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
  const box = /** @type {HTMLElement} */ (document.querySelector(".md-search"));
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  const meta = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (box.querySelector(".found"));
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location.href);
  const hint = meta.textContent;
  let waiting = hint; // what is said where nothing is found yet
  const own = document.documentElement.lang;
  const other = box.dataset.other;
  /** What answers, by the name of its index: `zh`, `zh_entries`. @type {Record<string, (query: string) => Answer>} */
  const finders = {};
  /** Languages of which all texts have come. @type {Set<string>} */
  const whole = new Set();

  // Loading ----------------------------------------------------------------------------------------

  /** @param {string} name */
  const script = (name) => window.loadScript(`search/${name}.js`);

  /** @param {string} name */
  async function learn(name) {
    if (finders[name]) return;
    await Promise.all([script("words"), script("finding"), script(name)]);
    await make(name);
  }

  /** @param {string} name */
  async function make(name) {
    await window.searchFinding.prepare(window.searchIndex[name]);
    finders[name] = window.searchFinding.make(window.searchIndex[name]);
  }

  /** All texts of a language. @param {string} language */
  async function learnAll(language) {
    if (whole.has(language)) return;
    await Promise.all([learn(language), script(`${language}_texts`)]);
    window.searchFinding.complete(window.searchIndex[language], window.searchIndex[`${language}_texts`]);
    await make(language);
    whole.add(language);
  }

  /** What chapters tell to do first, then all texts, then what only adds to them: entries, sounds. */
  async function load() {
    try {
      await learn(own);
      show();
      await learnAll(own);
      show();
      await learn(`${own}_entries`);
      if (!window.searchHan) await script("han").then(() => window.searchWords.learn(window.searchHan));
      show();
    } catch {
      if (!whole.has(own)) meta.textContent = waiting = box.dataset.failed;
    }
  }

  // Showing ----------------------------------------------------------------------------------------

  /** @param {string} tag @param {Record<string, string>} attributes @param {...(string | Node)} inside */
  function element(tag, attributes, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside); // a text stays text
    return made;
  }

  /** @param {string} url @param {string | undefined} id */
  const address = (url, id) => new URL(id ? `${url}#${id}` : url, base).href;

  /** The sentence that matches, with what matches marked. @param {string} text @param {string[]} ways */
  const sentence = (text, ways) => element("span", {}, ...window.searchFinding.excerpt(text, ways).map(({ text: piece, hit }) => hit ? element("mark", {}, piece) : piece));

  /** A page with its best sections; where only a law that one cites matches, its name is shown. @param {Hit} hit @param {string[]} ways @param {string[]} laws */
  function page({ page: { url, title, summary }, sections }, ways, laws) {
    const parts = sections.filter(({ id }) => id).slice(0, PARTS).map(({ id, title: heading, role, text, laws: cited = [] }) =>
      element("li", {}, element("a", { href: address(url, id), class: role === "emergency" ? "found__part found__part--emergency" : "found__part" },
        element("strong", {}, heading ?? ""), " ", sentence([text, ...cited.map((at) => laws[at])].join("\n"), ways))));
    return element("li", {}, element("a", { href: address(url), class: "found__page" }, element("strong", {}, title), " ", element("span", {}, summary)), element("ul", {}, ...parts));
  }

  /** @param {Hit} hit @param {string[]} ways */
  const entries = ({ page: { url }, sections }, ways) => sections.filter(({ id }) => id).slice(0, ENTRIES).map(({ id, title, text }) =>
    element("li", {}, element("a", { href: address(url, id), class: "found__part" }, element("strong", {}, title ?? ""), " ", sentence(text, ways))));

  /** Numbers to call, where the query asks for some. @param {{number: string, label: string, name: string}[]} numbers */
  const calls = (numbers) => element("ul", { class: "numbers found__numbers", "aria-label": box.dataset.call },
    ...numbers.map(({ number, label, name }) => element("li", {},
      element("a", { href: `tel:${number}`, title: name }, element("strong", {}, number), " ", element("span", {}, label)))));

  function show() {
    const query = input.value.trim();
    if (!finders[own]) return;
    if (!query) {
      meta.textContent = hint;
      list.replaceChildren();
      return;
    }
    let answer = finders[own](query);
    let language = own;
    const beside = finders[`${own}_entries`]?.(query) ?? { hits: [], ways: [] };
    const places = window.searchIndex[`${own}_entries`]?.pages ?? [];
    beside.hits.sort((one, two) => places.indexOf(one.page) - places.indexOf(two.page)); // the glossary, then signs
    const isElsewhere = !answer.hits.length && !beside.hits.length && !answer.numbers.length;
    if (isElsewhere && finders[other]) [answer, language] = [finders[other](query), other];
    else if (isElsewhere && whole.has(own)) learnAll(other).then(show, () => {});
    const count = answer.hits.length;
    const known = beside.hits.flatMap(({ sections }) => sections.map(({ title, text }) => `${title} ${text}`)).join(" ").toLowerCase();
    const unsaid = isElsewhere || !whole.has(own) ? [] : answer.unsaid.filter((each) => !known.includes(each)); // nor does the glossary
    const said = count && isElsewhere ? box.dataset.elsewhere : count && unsaid.length ? box.dataset.near.replace("{}", unsaid.join(" "))
      : count || beside.hits.length ? box.dataset.found : whole.has(own) ? box.dataset.none : waiting;
    meta.textContent = said.replace("{}", count || beside.hits.length);
    meta.classList.toggle("found__meta--near", count > 0 && unsaid.length > 0);
    const walked = [...list.querySelectorAll("a")].indexOf(document.activeElement); // more answers may come while keys walk
    list.parentElement.scrollTop = 0;
    list.replaceChildren(
      ...answer.numbers.length ? [calls(answer.numbers)] : [],
      element("ol", { lang: language }, ...answer.hits.slice(0, LINKS).map((hit) => page(hit, answer.ways, window.searchIndex[language].laws))),
      ...beside.hits.flatMap((hit) => [element("p", { class: "found__kind" }, hit.page.title), element("ul", {}, ...entries(hit, beside.ways))]),
    );
    if (walked >= 0) list.querySelectorAll("a")[walked]?.focus();
  }

  // Keys -------------------------------------------------------------------------------------------

  /** @param {boolean} on */
  const open = (on) => toggle.checked !== on && toggle.click(); // Material watches its switch

  toggle.addEventListener("change", () => {
    if (toggle.checked) input.focus();
    else input.blur();
  });
  input.addEventListener("focus", () => {
    open(true);
    load();
  });
  let pause = 0;
  input.addEventListener("input", () => { // typed, spoken, pasted, written by hand, being composed
    clearTimeout(pause);
    pause = setTimeout(show, PAUSE);
  });
  input.form.addEventListener("reset", () => {
    setTimeout(show);
    input.focus();
  });
  input.form.addEventListener("submit", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    open(false);
    if (link.hash && link.href.split("#")[0] === location.href.split("#")[0]) {
      event.preventDefault(); // Material first puts the page back to where it was
      setTimeout(() => location.assign(link.href), RELEASE);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!toggle.checked) {
      if (isTyping || !["/", "s", "f"].includes(event.key)) return;
      event.preventDefault();
      input.focus();
      input.select();
      return;
    }
    const links = [...list.querySelectorAll("a")];
    if (event.key === "Escape") open(false);
    else if (event.key === "Enter" && event.target === input) links[0]?.click();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const stops = [input, ...links];
      const at = Math.max(0, stops.indexOf(document.activeElement)) + (event.key === "ArrowDown" ? 1 : -1);
      stops.at(at % stops.length).focus();
      event.preventDefault();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (toggle.checked && !box.contains(event.target) && event.target !== toggle) open(false);
  });
})();

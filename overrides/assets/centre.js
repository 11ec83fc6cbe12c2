// Print centre: a card for each printable that fits the filter, some at a time; the address keeps the filter.

(() => {
  const FIRST = 6; // cards
  const MORE = 24;
  const list = document.querySelector(".cards");
  const more = document.querySelector(".cards__more");
  const count = filter.querySelector(".filter__count");
  const words = count.querySelector("span");
  const counted = words.textContent;
  const fields = [...filter.querySelectorAll("select")];
  const campaigns = Object.fromEntries([...document.querySelectorAll(".ready__campaign")].map(({ dataset }) =>
    [dataset.name, { chapters: dataset.chapters.split(" "), designs: dataset.designs.split(" ") }]));
  let found = []; // printables, each with the files that fit, and the one its card shows

  const wanted = () => Object.fromEntries(fields.filter((field) => field.value).map(({ name, value }) => [name, value]));

  const suits = ({ chapter, design }, want) =>
    (!want.chapter || home(chapter) === want.chapter || chapter.startsWith(`${want.chapter}/`)) &&
    (!want.design || design === want.design) &&
    (!want.campaign || (campaigns[want.campaign].chapters.includes(chapter) && campaigns[want.campaign].designs.includes(design)));

  const fits = (file, want) =>
    (!want.language || file.language === want.language) && (!want.size || file.paper === want.size) && (!want.way || file.way === want.way);

  // Cards -------------------------------------------------------------------------------------------

  /** A switch between the values that a field has among these files; where there is one, its name. */
  function choice(name, files, now) {
    const values = [...new Set(files.map((file) => file[name]))];
    if (values.length < 2) return name === "way" && now[name] === "plain" ? "" : made("span", {}, names[name][now[name]]);
    const select = made("select", { name, autocomplete: "off", "aria-label": filter.elements[name].labels[0].firstChild.textContent.trim() },
      ...values.map((value) => new Option(names[name][value], value, false, value === now[name])));
    return select;
  }

  /** The file with this value that shares most with the one shown. */
  function like(files, now, name, value) {
    const shared = (file) => ["language", "size", "way"].filter((each) => file[each] === now[each]).length;
    return files.filter((file) => file[name] === value).reduce((best, file) => shared(file) > shared(best) ? file : best);
  }

  function draw(card, item) {
    const { now } = item;
    const among = (name) => item.ways.filter((file) => name !== "way" || (file.language === now.language && file.size === now.size));
    const picture = card.querySelector("img");
    const link = card.querySelector("h3 a");
    if (picture.src !== now.picture) picture.src = now.picture;
    for (const one of card.querySelectorAll("a")) one.href = now.address;
    for (const one of card.querySelectorAll("h3 a, .button")) one.download = now.saved;
    link.textContent = designed(now);
    card.querySelector(".card__topic").textContent = topic(now.chapter);
    card.querySelector(".card__switches").replaceChildren(...["language", "size", "way"].map((name) => choice(name, among(name), now)));
    card.querySelector(".card__told").replaceChildren(told(now));
    mark(card, item);
  }

  /** Whether the basket has what the card shows. */
  function mark(card, { now }) {
    const button = card.querySelector("button");
    button.textContent = basket.has(now.key) ? button.dataset.in : button.dataset.out;
    button.setAttribute("aria-pressed", basket.has(now.key));
  }

  function card(item) {
    const one = document.getElementById("card").content.firstElementChild.cloneNode(true);
    one.addEventListener("change", ({ target }) => {
      item.now = like(item.ways, item.now, target.name, target.value);
      draw(one, item);
      one.querySelector(`[name=${target.name}]`)?.focus();
    });
    one.querySelector("button").addEventListener("click", () => {
      const { key } = item.now;
      if (basket.has(key)) basket.change([], [key]);
      else basket.change([key]);
    });
    item.card = one;
    draw(one, item);
    return one;
  }

  /** As many cards more, those of the first screen at once. */
  function append(many) {
    const from = list.children.length;
    list.append(...found.slice(from, from + Math.min(many, FIRST)).map(card));
    const asked = found;
    if (many > FIRST) setTimeout(() => found === asked && append(many - FIRST));
    const left = found.length - list.children.length;
    more.hidden = !left;
    more.querySelector("small").textContent = left;
  }

  function show() {
    const want = wanted();
    found = printables.filter((item) => suits(item, want))
      .map((item) => ({ ...item, ways: item.ways.filter((file) => fits(file, want)) }))
      .filter((item) => item.ways.length)
      .map((item) => ({ ...item, now: item.ways[0] }));
    list.replaceChildren();
    append(FIRST);
    count.querySelector("strong").textContent = found.length || "";
    words.textContent = found.length ? counted : count.dataset.none;
    filter.elements.all.hidden = !found.length;
    const query = new URLSearchParams(want).toString();
    history.replaceState(null, "", (query ? `?${query}` : location.pathname) + location.hash);
  }

  function take(query) {
    for (const field of fields) {
      const value = query.get(field.name) ?? "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    show();
  }

  // Ready choices -----------------------------------------------------------------------------------

  /** A talk for this day: of the campaign that runs, else of all, another one each day. */
  function talk() {
    const runs = document.querySelector(".ready__campaign[data-runs]");
    const all = printables.filter(({ design, ways }) => design === "talk" && ways[0].language.includes(lead));
    const season = all.filter(({ chapter }) => runs?.dataset.chapters.split(" ").includes(chapter));
    const days = Math.floor((Date.now() - new Date().getTimezoneOffset() * 6e4) / 864e5);
    const from = season.length ? season : all;
    return from[days % from.length];
  }

  const door = document.querySelector(".ready__talk");
  const today = talk();
  if (today) {
    door.href = `?${new URLSearchParams({ chapter: today.chapter, design: "talk" })}`;
    door.querySelector("span").textContent = topic(today.chapter);
  }
  door.hidden = !today;
  document.querySelector(".ready").addEventListener("click", (event) => {
    const one = event.target.closest("a");
    if (!one || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    take(new URL(one.href).searchParams);
    list.querySelector("button")?.focus({ preventScroll: true });
    filter.scrollIntoView({ block: "start" }); // kind and paper are at hand, and the first cards below them
  });

  more.querySelector("button").addEventListener("click", () => {
    const from = list.children.length;
    append(MORE);
    list.children[from]?.querySelector("a[href]:not([tabindex])").focus();
  });
  filter.elements.all.addEventListener("click", () => basket.change(found.map(({ now }) => now.key)));
  filter.addEventListener("change", show);
  filter.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("basket", () => {
    for (const item of found) if (item.card) mark(item.card, item);
  });
  take(new URLSearchParams(location.search));
})();

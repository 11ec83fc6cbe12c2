// Filter: shows the printables that fit; the address keeps the choice, so that it can be sent on.

(() => {
  const form = document.getElementById("filter");
  const items = [...document.querySelectorAll(".rack .printable")];
  const count = form.querySelector(".filter__count");
  const words = count.querySelector("span");
  const counted = words.textContent;
  const fields = [...form.querySelectorAll("select")];

  function show() {
    const wanted = fields.filter((field) => field.value);
    for (const item of items) {
      item.hidden = !wanted.every(({ name, value }) => item.dataset[name].split(" ").includes(value));
      const more = item.querySelector("details");
      if (more) more.open = Boolean(form.elements.size.value);
    }
    for (const rack of document.querySelectorAll(".rack")) {
      rack.hidden = !rack.querySelector(".printable:not([hidden])");
    }
    const shown = items.filter((item) => !item.hidden).length;
    count.querySelector("strong").textContent = shown || "";
    words.textContent = shown ? counted : count.dataset.none;
    const query = new URLSearchParams(wanted.map(({ name, value }) => [name, value])).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  const asked = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = asked.get(field.name) ?? "";
    if ([...field.options].some((option) => option.value === value)) field.value = value;
  }
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();

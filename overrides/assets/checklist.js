// Checklists: ticks are kept on the device, cleared, saved as a table, printed with date and name.

(() => {
  const section = document.querySelector(".role-checklist");
  if (!section) return;
  const { chapter, file } = document.getElementById("checklist-tools").dataset;
  const word = document.getElementById("checklist-table").dataset;
  const tools = copy("checklist-tools");
  const boxes = [...section.querySelectorAll("input[type=checkbox]")];
  const key = `checklist:${chapter}`;

  // A list of another length is another list: its ticks would stand at the wrong items.
  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept?.length === boxes.length ? kept : [];
    } catch {
      return [];
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(boxes.map((box) => box.checked)));
    } catch {
      // A private window keeps nothing; the ticks still show.
    }
    show();
  }

  function show() {
    fill(tools, { ticked: boxes.filter((box) => box.checked).length, all: boxes.length });
  }

  function entered() {
    return { who: tools.who.value, where: tools.where.value, when: tools.when.value };
  }

  function table() {
    const { who, where, when } = entered();
    const title = document.querySelector("h1").textContent;
    const edition = document.querySelector("#checklist-paper").content.querySelector("[data-fill=edition]");
    const rows = [
      [title, ""],
      [word.name, who], [word.place, where], [word.date, when], [word.edition, edition.textContent],
      [word.item, word.result],
      ...boxes.map((box) => [box.parentElement.textContent.trim(), box.checked ? word.yes : word.no]),
    ];
    saveTable(`${file}-${when}.csv`, rows);
  }

  function paper() {
    const sheet = fill(copy("checklist-paper"), {
      ...entered(), title: section.querySelector("h2").firstChild.textContent,
    });
    const list = document.createElement("ul");
    for (const box of boxes) {
      const item = document.createElement("li");
      const result = document.createElement("b");
      item.className = box.checked ? "is-ticked" : "";
      result.textContent = box.checked ? word.yes : word.no;
      item.append(`${box.parentElement.textContent.trim()} `, result);
      list.append(item);
    }
    sheet.querySelector("[data-fill=list]").append(list);
    return sheet;
  }

  recall().forEach((ticked, place) => { boxes[place].checked = ticked; });
  section.addEventListener("change", (event) => { if (boxes.includes(event.target)) keep(); });
  tools.when.value = today();
  tools.addEventListener("submit", (event) => {
    event.preventDefault();
    printAlone(paper());
  });
  tools.table.addEventListener("click", table);
  tools.elements.reset.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    keep();
  });
  section.append(tools);
  show();
})();

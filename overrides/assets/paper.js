// Paper: prints one part of a page alone, and fills copies of the page's templates.

/** A copy of the template `id`. */
const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** Put text into the elements that name what they hold. */
function fill(root, said) {
  for (const [name, text] of Object.entries(said)) {
    for (const place of root.querySelectorAll(`[data-fill="${name}"]`)) place.textContent = text;
  }
  return root;
}

/** Today as the value of a date field, by the clock on the wall. */
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 6e4).toISOString().slice(0, 10);

/** Save rows as a table that spreadsheets read. */
function saveTable(name, rows) {
  // What begins with = + - @, full-width or behind spaces, or with a tab, would be a formula to a spreadsheet; the mark at
  // the start makes it read UTF-8.
  const cell = (text) => `"${String(text).replace(/^(?=[\t\r\n]|\s*[=+\-@＝＋－＠])/, "'").replaceAll('"', '""')}"`;
  const text = rows.map((row) => row.map(cell).join(",")).join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Print `sheet` alone. */
function printAlone(sheet) {
  sheet.id = "paper";
  document.getElementById("paper")?.remove();
  document.body.append(sheet);
  document.body.classList.add("on-paper");
  addEventListener("afterprint", () => {
    document.body.classList.remove("on-paper");
    sheet.remove();
  }, { once: true });
  window.print();
}

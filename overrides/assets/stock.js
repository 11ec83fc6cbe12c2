// Stock: what stock/sheets.js knows of every sheet, as the print centre needs it. A `way` is one file to print, named by
// "chapter|design|language|size|finishing".

const site = new URL(JSON.parse(document.getElementById("__config").textContent).base, location);
const shelves = window.stock?.shelves ?? {};
const filter = document.getElementById("filter");
const say = document.querySelector(".basket .files").dataset;
const lead = document.documentElement.lang;

/** What pages call the values of a field: 海报, A3, 中文. */
const names = Object.fromEntries([...filter.querySelectorAll("select")].map((select) =>
  [select.name, Object.fromEntries([...select.options].map((option) => [option.value, option.text]))]));
const readers = Object.fromEntries([...filter.querySelectorAll("optgroup")].map((group) =>
  [group.querySelector("option").value, group.label]));

/** The page that shows a chapter's sheets: `teams` of the volume `teams.2`. */
const home = (chapter) => chapter.split(".")[0];
const topic = (chapter) => readers[home(chapter)] ?? names.chapter[home(chapter)];
const designed = ({ chapter, design }) => [names.design[design], chapter.split(".")[1]].filter(Boolean).join(" ");

/** One file to print; what only a card or a list shows is made when it is asked for. */
class Way {
  constructor(chapter, design, language, size, way, sheet) {
    Object.assign(this, { chapter, design, language, size, way, sheet });
    this.key = [chapter, design, language, size, way].join("|");
    this.paper = window.stock.finishings[way]?.paper || size;
    [this.kib, this.pages, this.pieces] = sheet.sizes[size][4][way];
  }
  get shop() { return window.stock.finishings[this.way]?.shop; }
  get edition() { return this.sheet.edition; }
  get mm() { return this.sheet.sizes[this.size].slice(0, 2).join(" × ") + " mm"; }
  get distance() { return this.sheet.sizes[this.size][2]; }
  get row() { return this.sheet.sizes[this.size][3]; }
  at(end, size = this.size) {
    const { chapter, design, language } = this;
    return new URL(`printables/${chapter}/${chapter.split("/").at(-1)}-${design}-${size}-${language}${end}`, site).href;
  }
  get address() { return this.at(this.way === "plain" ? ".pdf" : `-${this.way}.pdf`); }
  get ticket() { return this.at("-ticket.txt"); }
  get picture() { return this.at("-small.webp", Object.keys(this.sheet.sizes)[0]); }
  /** The name of a download, which tells what it is: 有限空间作业-海报-中文-A3-A4 拼贴.pdf. */
  called(last, end) {
    const parts = [topic(this.chapter), designed(this), names.language[this.language], names.size[this.size], last];
    return parts.filter(Boolean).map((part) => part.replace(/[\\/:*?"<>|\s]+/g, " ").trim()).join("-") + end;
  }
  get saved() { return this.called(this.way === "plain" ? "" : names.way[this.way], ".pdf"); }
}

/** The file of a key, or nothing where it is no more. */
function read(key) {
  const [chapter, design, language, size, way] = key.split("|");
  const sheet = shelves[chapter]?.[design]?.[language];
  return sheet?.sizes[size]?.[4][way] && topic(chapter) ? new Way(chapter, design, language, size, way, sheet) : null;
}

/** All files of a printable, those in the page's own language first. */
function ways(chapter, design) {
  const rank = (code) => code === lead ? 0 : code.includes(lead) ? 1 : 2;
  const languages = Object.entries(shelves[chapter][design]).sort(([one], [other]) => rank(one) - rank(other));
  return languages.flatMap(([language, sheet]) => Object.entries(sheet.sizes).flatMap(([size, measures]) =>
    Object.keys(measures[4]).map((way) => new Way(chapter, design, language, size, way, sheet))));
}

/** Every printable with all its files, by topic as the filter lists them. */
const printables = (() => {
  const order = Object.keys(names.chapter);
  return Object.keys(shelves).filter((chapter) => order.includes(home(chapter)))
    .sort((one, other) => order.indexOf(home(one)) - order.indexOf(home(other)))
    .flatMap((chapter) => Object.keys(shelves[chapter]).map((design) => ({ chapter, design, ways: ways(chapter, design) })));
})();

/** What a list says of a file: size, pages, distance, edition. */
function told(file) {
  const length = file.row && say.row.replace("{}", file.row);
  const many = file.pieces && say.pieces.replace("{}", file.pieces);
  const far = file.distance && say.readable.replace("{}", file.distance);
  const facts = [file.mm, file.pages > 1 && `${file.pages} ${say.pages}`, many, length, far, size(file.kib)].filter(Boolean);
  return made("span", {}, ...facts.flatMap((fact) => [made("span", { class: "fact" }, fact), " "]), made("small", { class: "edition" }, `${say.edition} ${file.edition}`));
}

/** An element with what it holds. */
function made(tag, attributes, ...inside) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  one.append(...inside);
  return one;
}

// Zip: the files of a list of links in one archive, fetched one after the other, so that the memory never holds more than one.
// They are stored as they are: PDFs are compressed already. A page opened from a folder must not fetch; there the links remain.

/** A number of KiB as people read it. */
const size = (kib) => kib < 1024 ? `${kib} KB` : `${(kib / 1024).toFixed(1)} MB`;

const zip = (() => {
  const UTF8 = 0x0800; // flag: names are UTF-8
  const DATE = 0x0021; // 1 January 1980, the format's first: equal files make equal archives
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });

  /** CRC-32 of what came before (`crc`) and these bytes. */
  function checked(crc, bytes) {
    let value = ~crc;
    for (let at = 0; at < bytes.length; at++) value = table[(value ^ bytes[at]) & 255] ^ (value >>> 8);
    return ~value >>> 0;
  }

  /** Numbers in little-endian order, each [value, bytes]. */
  function numbers(...fields) {
    const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, width]) => sum + width, 0)));
    let at = 0;
    for (const [value, width] of fields) {
      if (width === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += width;
    }
    return view.buffer;
  }

  /** What a local and a central header have in common (APPNOTE 4.4). */
  const common = ({ crc, length, name }) =>
    [[20, 2], [UTF8, 2], [0, 2], [0, 2], [DATE, 2], [crc, 4], [length, 4], [length, 4], [name.length, 2], [0, 2]];

  /** A stream's bytes as a Blob, which the browser may keep on the disk, and their CRC. */
  async function drained(stream) {
    const reader = stream.getReader();
    const pieces = [];
    let crc = 0;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      crc = checked(crc, piece.value);
      pieces.push(piece.value);
    }
    const blob = new Blob(pieces);
    return { crc, blob, length: blob.size };
  }

  /** An archive of `files`: names, each with what opens a stream; `tell` hears how many are in it. */
  return async function zip(files, tell) {
    const parts = [];
    const central = [];
    let offset = 0;
    for (const [place, [called, open]] of files.entries()) {
      tell(place, files.length);
      const name = new TextEncoder().encode(called);
      const file = { name, ...await drained(await open()) };
      const header = numbers([0x04034b50, 4], ...common(file));
      parts.push(header, name, file.blob);
      central.push(numbers([0x02014b50, 4], [20, 2], ...common(file), [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
      offset += header.byteLength + name.length + file.length;
    }
    const length = new Blob(central).size;
    const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [length, 4], [offset, 4], [0, 2]);
    return new Blob([...parts, ...central, end], { type: "application/zip" });
  };
})();

(() => {
  const tools = document.querySelector(".zip");
  const list = document.querySelector(".files");
  if (location.protocol === "file:") {
    document.querySelector(".zip-none").hidden = false;
    return;
  }
  const state = tools.querySelector("[role=status]");
  const buttons = [...tools.querySelectorAll("button")];
  const MOST = 100e6; // bytes in one PDF: it is made in memory
  const say = tools.dataset;

  /** The list as a page that leads to the files beside it. */
  function page(title) {
    const copy = list.cloneNode(true);
    for (const one of copy.querySelectorAll("button, .rack > .onward")) one.remove();
    for (const one of copy.querySelectorAll("details")) one.open = true;
    for (const link of copy.querySelectorAll("a[download]")) {
      link.setAttribute("href", encodeURIComponent(link.download));
      link.removeAttribute("download");
    }
    for (const link of copy.querySelectorAll("h2 a")) link.replaceWith(link.textContent);
    const sheet = document.implementation.createHTMLDocument(title);
    sheet.documentElement.lang = document.documentElement.lang;
    const head = sheet.createElement("h1");
    const why = sheet.createElement("p");
    const look = sheet.createElement("style");
    const code = sheet.createElement("meta");
    code.setAttribute("charset", "utf-8");
    look.textContent = "body{font:16px/1.5 sans-serif;max-width:45em;margin:2em auto;padding:0 1em}ul{padding:0;list-style:none}li{padding:.5em 0;border-top:1px solid}a{margin-right:.8em}i{float:right}";
    head.textContent = title;
    why.textContent = say.why;
    sheet.head.append(code, look);
    sheet.body.append(head, why, copy);
    return `<!doctype html>\n${sheet.documentElement.outerHTML}`;
  }

  /** @param {HTMLAnchorElement} link @param {Map<string, string>} told */
  async function fetched(link, told) {
    const reply = await fetch(link.href).catch(() => null);
    if (!reply?.ok) throw new Error(link.download);
    return window.unit.open(link, reply, told);
  }

  /** A button that makes one file of all on the list: `make` gets its title, the links, and what opens one. */
  function offer(button, kind, make) {
    button.addEventListener("click", async () => {
      const title = list.dataset.title.replace(/[\\/:*?"<>|\s]+/g, " ").trim();
      const links = [...new Map([...list.querySelectorAll("a[download]")].map((link) => [link.href, link])).values()];
      const cut = new Map();
      const refused = new Map();
      /** Words that a file has no room for are told when all were tried, each with the file that has least. */
      function refuse(error) {
        if (!error.most) throw error;
        if (!(refused.get(error.text)?.most <= error.most)) refused.set(error.text, error);
        return new Blob().stream();
      }
      for (const one of buttons) one.disabled = true;
      try {
        const made = await make(title, links, (link) => fetched(link, cut).catch(refuse));
        if (refused.size) throw Object.assign(new Error(), { told: [...refused.values()].map(({ told }) => told).join("\n") });
        const link = document.createElement("a");
        link.href = URL.createObjectURL(made);
        link.download = `${title}.${kind}`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
        state.textContent = [say.done.replace("{}", size(Math.ceil(made.size / 1024))), ...cut.values()].join("\n");
      } catch (error) {
        state.textContent = error.told ?? say.failed.replace("{}", error.message);
      }
      for (const one of buttons) one.disabled = false;
    });
  }

  const count = (say, place, all) => { state.textContent = say.replace("{}", `${place} / ${all}`); };

  offer(buttons[0], "zip", (title, links, open) => zip([
    [`${title}/${say.list}`, async () => new Blob([page(title)]).stream()],
    ...links.map((link) => [`${title}/${link.download}`, () => open(link)]),
  ], (place, all) => count(say.working, place, all)));

  offer(buttons[1], "pdf", async (title, links, open) => {
    const bound = await window.unit.binder().catch(() => { throw new Error(title); });
    const sheets = links.filter(({ pathname }) => pathname.endsWith(".pdf"));
    let length = 0;
    for (const [place, link] of sheets.entries()) {
      count(say.binding, place, sheets.length);
      const bytes = new Uint8Array(await new Response(await open(link)).arrayBuffer());
      length += bytes.length;
      if (length > MOST) throw Object.assign(new Error(), { told: say.heavy });
      if (bytes.length) await bound.add(bytes, link.download.replace(/\.pdf$/, ""));
    }
    if (!bound.pages.length) return new Blob();
    return new Blob([bound.finish(title)], { type: "application/pdf" });
  });
  tools.hidden = false;
})();

// Pdf: a PDF as this project writes it, read as far as a stamp needs, with an incremental update behind it (ISO 32000-2, 7.5.6).
//
// A value of an object is a Map (a dictionary), an array, or the text of what else it is: "/Name", "12", "12 0 R", "(a string)".

(() => {
  /** @typedef {string | Value[] | Map<string, Value>} Value */
  /** Where an object is: behind so many bytes, or in a stream of objects. @typedef {{at: number} | {inside: number, place: number}} Place */

  const TOKEN = /[\0\s]*(?:(<<|>>|[[\]])|(\d+ \d+ R\b|\/[^\0\s()<>[\]{}/%]*|<[\da-fA-F\s]*>|[^\0\s()<>[\]{}/%]+)|\()/y;
  const BOX = "/OwnerBox";

  /** Bytes as text, a character each. @param {Uint8Array} bytes */
  function latin(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    return text;
  }

  /** @param {string} text */
  const bytesOf = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));

  /** @param {(Uint8Array | string)[]} parts */
  function joined(parts) {
    const all = parts.map((part) => typeof part === "string" ? bytesOf(part) : part);
    const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of all) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** @param {Uint8Array} bytes @param {CompressionStream | DecompressionStream} by */
  const through = async (bytes, by) => new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(by)).arrayBuffer());
  /** @param {Uint8Array} bytes */
  const deflated = (bytes) => through(bytes, new CompressionStream("deflate"));
  /** @param {Uint8Array} bytes */
  const inflated = (bytes) => through(bytes, new DecompressionStream("deflate"));

  // Values -----------------------------------------------------------------------------------------

  class Reader {
    /** @param {string} text @param {number} at */
    constructor(text, at = 0) {
      this.text = text;
      this.at = at;
    }

    /** @returns {Value} */
    value() {
      TOKEN.lastIndex = this.at;
      const found = TOKEN.exec(this.text);
      if (!found) throw new Error("not a PDF of ours");
      this.at = TOKEN.lastIndex;
      const [, bracket, atom] = found;
      if (bracket === "[") return this.until("]");
      if (bracket === "<<") {
        const parts = this.until(">>");
        return new Map(parts.flatMap((key, at) => at % 2 ? [] : [[String(key), parts[at + 1]]]));
      }
      return bracket ?? atom ?? this.string();
    }

    /** @param {string} end @returns {Value[]} */
    until(end) {
      const parts = [];
      for (let part = this.value(); part !== end; part = this.value()) parts.push(part);
      return parts;
    }

    /** A string in brackets, with these. */
    string() {
      const from = this.at - 1;
      for (let depth = 1; depth; this.at++) {
        const sign = this.text[this.at];
        if (sign === undefined) throw new Error("not a PDF of ours");
        if (sign === "\\") this.at++;
        else if (sign === "(") depth++;
        else if (sign === ")") depth--;
      }
      return this.text.slice(from, this.at);
    }
  }

  /** @param {Value} value @returns {string} */
  function written(value) {
    if (typeof value === "string") return value;
    if (Array.isArray(value)) return `[${value.map(written).join(" ")}]`;
    return `<<${[...value].map(([key, each]) => `${key} ${written(each)}`).join(" ")}>>`;
  }

  /** A text string (7.9.2.2). @param {string} text */
  const told = (text) => `<feff${[...Array(text.length).keys()].map((at) => text.charCodeAt(at).toString(16).padStart(4, "0")).join("")}>`;

  /** @param {Value | undefined} reference */
  const numberOf = (reference) => parseInt(String(reference));

  // Files ------------------------------------------------------------------------------------------

  class Pdf {
    /** A file with its updates. @param {Uint8Array} bytes */
    static async open(bytes) {
      const pdf = new Pdf();
      pdf.bytes = bytes;
      pdf.text = latin(bytes);
      pdf.start = parseInt(pdf.text.slice(pdf.text.lastIndexOf("startxref") + 9));
      /** @type {Map<number, Place>} */
      pdf.places = new Map();
      pdf.isTable = pdf.text.startsWith("xref", pdf.start);
      /** @type {Map<string, Value>} */
      pdf.trailer = await pdf.section(pdf.start);
      for (let before = pdf.trailer.get("/Prev"); before; before = (await pdf.section(Number(before))).get("/Prev"));
      pdf.next = Number(pdf.trailer.get("/Size"));
      /** What is written anew or added. @type {Map<number, Uint8Array>} */
      pdf.changed = new Map();
      /** @type {Map<number, string[]>} */
      pdf.streams = new Map();
      return pdf;
    }

    /** What a file was before its updates. @param {Uint8Array} bytes @returns {Promise<Pdf>} */
    static async original(bytes) {
      const pdf = await Pdf.open(bytes);
      const before = pdf.trailer.get("/Prev");
      return before ? Pdf.original(bytes.subarray(0, pdf.text.indexOf("%%EOF", Number(before)) + 6)) : pdf;
    }

    /** The places that a section tells, newer ones before older ones, and its trailer. @param {number} at */
    async section(at) {
      return this.text.startsWith("xref", at) ? this.table(at) : this.list(at);
    }

    /** @param {number} number @param {Place} place */
    place(number, place) {
      if (!this.places.has(number)) this.places.set(number, place);
    }

    /** Places from a table (7.5.4), and its trailer. @param {number} at */
    table(at) {
      const end = this.text.indexOf("trailer", at);
      let number = 0;
      for (const row of this.text.slice(at + 4, end).matchAll(/(\d+) (\d+)(?: ([nf]))?/g)) {
        if (!row[3]) number = Number(row[1]);
        else if (row[3] === "n") this.place(number++, { at: Number(row[1]) });
        else number++;
      }
      return /** @type {Map<string, Value>} */ (new Reader(this.text, end + 7).value());
    }

    /** Places from a stream (7.5.8), and its dictionary. @param {number} start */
    async list(start) {
      const head = this.stream(start);
      const widths = /** @type {Value[]} */ (head.dictionary.get("/W")).map(Number);
      const bytes = await unpacked(head);
      const rows = head.dictionary.has("/DecodeParms") ? unpredicted(bytes, widths.reduce((sum, width) => sum + width)) : bytes;
      const index = /** @type {Value[]} */ (head.dictionary.get("/Index") ?? ["0", head.dictionary.get("/Size")]).map(Number);
      let at = 0;
      const field = (/** @type {number} */ width) => {
        let value = 0;
        for (; width; width--) value = value * 256 + rows[at++];
        return value;
      };
      for (let part = 0; part < index.length; part += 2) {
        for (let number = index[part]; number < index[part] + index[part + 1]; number++) {
          const [kind, where, last] = widths.map(field);
          if (kind === 1) this.place(number, { at: where });
          if (kind === 2) this.place(number, { inside: where, place: last });
        }
      }
      return head.dictionary;
    }

    /** The dictionary and the data of a stream that begins here. @param {number} at */
    stream(at) {
      const reader = new Reader(this.text, this.text.indexOf("obj", at) + 3);
      const dictionary = /** @type {Map<string, Value>} */ (reader.value());
      const from = this.text.indexOf("stream", reader.at) + 6;
      const begin = from + (this.text[from] === "\r" ? 2 : 1);
      return { dictionary, data: this.bytes.subarray(begin, begin + Number(dictionary.get("/Length"))) };
    }

    /** What an object is, a dictionary for a stream. @param {Value | undefined} reference @returns {Promise<Value>} */
    async get(reference) {
      const place = this.places.get(numberOf(reference));
      if (!place) return "null";
      if ("at" in place) return new Reader(this.text, this.text.indexOf("obj", place.at) + 3).value();
      return new Reader((await this.objects(place.inside))[place.place]).value();
    }

    /** @param {Value | undefined} reference */
    async dictionary(reference) {
      return /** @type {Map<string, Value>} */ (await this.get(reference));
    }

    /** The texts of the objects in a stream. @param {number} number */
    async objects(number) {
      if (!this.streams.has(number)) {
        const { dictionary, data } = this.stream(/** @type {{at: number}} */ (this.places.get(number)).at);
        const text = latin(await inflated(data));
        const first = Number(dictionary.get("/First"));
        const starts = (text.slice(0, first).match(/\d+/g) ?? []).filter((_, at) => at % 2).map((start) => first + Number(start));
        this.streams.set(number, starts.map((start, at) => text.slice(start, starts[at + 1])));
      }
      return /** @type {string[]} */ (this.streams.get(number));
    }

    /** What an object is, with its data if it is a stream. @param {number} number */
    async whole(number) {
      const place = this.places.get(number);
      if (place && "at" in place) {
        const reader = new Reader(this.text, this.text.indexOf("obj", place.at) + 3);
        const value = reader.value();
        if (/^\s*stream\r?\n/.test(this.text.slice(reader.at, reader.at + 16))) return { value, data: this.stream(place.at).data };
        return { value };
      }
      return { value: await this.get(`${number} 0 R`) };
    }

    /** The data of a stream. @param {Value | undefined} reference */
    async data(reference) {
      return unpacked(this.stream(/** @type {{at: number}} */ (this.places.get(numberOf(reference))).at));
    }

    /** Numbers and dictionaries of the boxes that wait for a stamp, in the order of the file. */
    boxes() {
      const found = [];
      for (let box = this.text.indexOf(BOX); box >= 0; box = this.text.indexOf(BOX, box + 1)) {
        let nearest = { number: 0, at: -1 };
        for (const [number, place] of this.places) if ("at" in place && place.at < box && place.at > nearest.at) nearest = { number, at: place.at };
        found.push({ number: nearest.number, form: this.stream(nearest.at).dictionary });
      }
      return found;
    }

    /** Write an object anew. @param {number} number @param {Value} value @param {Uint8Array} [data] of a stream */
    put(number, value, data) {
      if (data) /** @type {Map<string, Value>} */ (value).set("/Length", String(data.length));
      const content = data ? joined([written(value), "\nstream\n", data, "\nendstream"]) : bytesOf(written(value));
      this.changed.set(number, joined([`${number} 0 obj\n`, content, "\nendobj\n"]));
    }

    /** Add an object; what refers to it. @param {Record<string, Value>} entries @param {Uint8Array} [data] */
    add(entries, data) {
      const number = this.next++;
      this.put(number, new Map(Object.entries(entries).map(([key, value]) => [`/${key}`, value])), data);
      return `${number} 0 R`;
    }

    /** The file, untouched, and behind it what has changed. */
    updated() {
      const parts = [this.bytes];
      let at = this.bytes.length;
      /** @type {[number, number][]} */
      const rows = [];
      for (const [number, object] of [...this.changed].sort(([one], [other]) => one - other)) {
        rows.push([number, at]);
        parts.push(object);
        at += object.length;
      }
      const kept = ["/Root", "/Info", "/ID"].filter((key) => this.trailer.has(key)).map((key) => /** @type {[string, Value]} */ ([key, this.trailer.get(key)]));
      const trailer = new Map([...kept, ["/Prev", String(this.start)]]);
      const end = `startxref\n${at}\n%%EOF\n`;
      if (this.isTable) {
        trailer.set("/Size", String(this.next));
        const table = rows.map(([number, where]) => `${number} 1\n${String(where).padStart(10, "0")} 00000 n \n`).join("");
        return joined([...parts, `xref\n${table}trailer\n${written(trailer)}\n`, end]);
      }
      const own = this.next;
      rows.push([own, at]);
      const fields = new DataView(new ArrayBuffer(6 * rows.length));
      rows.forEach(([, where], row) => {
        fields.setUint8(6 * row, 1);
        fields.setUint32(6 * row + 1, where);
      });
      for (const [key, value] of /** @type {[string, Value][]} */ ([
        ["/Type", "/XRef"], ["/Size", String(own + 1)], ["/W", ["1", "4", "1"]], ["/Index", rows.flatMap(([number]) => [String(number), "1"])],
      ])) trailer.set(key, value);
      this.put(own, trailer, new Uint8Array(fields.buffer));
      return joined([...parts, /** @type {Uint8Array} */ (this.changed.get(own)), end]);
    }
  }

  /** @param {{dictionary: Map<string, Value>, data: Uint8Array}} stream */
  const unpacked = async ({ dictionary, data }) => dictionary.get("/Filter") === "/FlateDecode" ? inflated(data) : data;

  /** Rows of which each tells the difference to the one above (PNG, Up). @param {Uint8Array} bytes @param {number} width */
  function unpredicted(bytes, width) {
    const rows = new Uint8Array(bytes.length / (width + 1) * width);
    for (let from = 0, to = 0; from < bytes.length; from++) {
      if (from % (width + 1) === 0) continue;
      rows[to] = bytes[from] + (to >= width ? rows[to - width] : 0);
      to++;
    }
    return rows;
  }

  Object.assign(window.stamping, { Pdf, bytesOf, deflated, inflated, joined, latin, numberOf, told, written });
})();

// Face: a weight of the project's type, cut to what a unit says, as a font of a PDF. The pieces that printables/web/outlines.py
// has made are loaded as scripts; a character that they lack is drawn by the device, and its outline traced.

(() => {
  /** An advance in thousandths of an em, and an outline in base64, as in a font's glyf. @typedef {[number, string]} Glyph */
  /** What is kept of a weight: glyphs by character, pairs that are kerned, characters of the device's type.
   * @typedef {{glyphs: Record<string, Glyph>, kerned: Record<string, number>, traced: string[]}} Cut */

  const { bytesOf, deflated, inflated, joined, latin } = window.stamping;
  const UNITS = 1000;
  const BITS = 6; // of a code point, within a piece
  const CSS = /** @type {Record<string, number>} */ ({ Medium: 500, Bold: 700, Black: 900 });

  // Pieces -----------------------------------------------------------------------------------------

  /** @type {Map<string, Promise<string>>} */
  const asked = new Map();
  /** @type {Map<string, (packed: string) => void>} */
  const waiting = new Map();
  /** The numbers of the pieces that there are, by weight. @type {Record<string, Set<number>>} */
  const known = {};

  window.stamping.piece = (/** @type {string} */ weight, /** @type {number} */ number, /** @type {string} */ packed) => waiting.get(`${weight}-${number}`)?.(packed);
  window.stamping.known = (/** @type {Record<string, number[]>} */ numbers) => {
    for (const [weight, all] of Object.entries(numbers)) known[weight] = new Set(all);
  };

  /** A piece as it is packed, asked for once; one that did not come is asked for again. @param {string} weight @param {number} number */
  function piece(weight, number) {
    const name = `${weight}-${number}`;
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        window.stamping.load(`type/${weight}-${number.toString(16)}`).catch((error) => {
          asked.delete(name);
          reject(error);
        });
      }));
    }
    return /** @type {Promise<string>} */ (asked.get(name));
  }

  /** What of a text a piece has is put into a cut. @param {string} packed @param {Set<string>} text @param {Cut} cut */
  async function unpack(packed, text, cut) {
    const bytes = await inflated(bytesOf(atob(packed)));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 2;
    for (let left = view.getUint16(0); left; left--) {
      const character = String.fromCodePoint(view.getUint32(at));
      const length = view.getUint16(at + 6);
      if (text.has(character)) cut.glyphs[character] = [view.getUint16(at + 4), btoa(latin(bytes.subarray(at + 8, at + 8 + length)))];
      at += 8 + length;
    }
    for (; at < bytes.length; at += 6) {
      const pair = [view.getUint16(at), view.getUint16(at + 2)].map((code) => String.fromCharCode(code));
      if (pair.every((character) => text.has(character))) cut.kerned[pair.join("")] = view.getInt16(at + 4);
    }
  }

  /** A weight with the characters of a text. @param {string} weight @param {string} said @returns {Promise<Cut>} */
  async function cut(weight, said) {
    await window.stamping.load("type/known");
    const text = new Set(said);
    const made = /** @type {Cut} */ ({ glyphs: {}, kerned: {}, traced: [] });
    const numbers = new Set([...text].map((character) => /** @type {number} */ (character.codePointAt(0)) >> BITS));
    const pieces = [...numbers].filter((number) => known[weight].has(number)).map((number) => piece(weight, number));
    for (const packed of await Promise.all(pieces)) await unpack(packed, text, made);
    const lacking = [...text].filter((character) => !made.glyphs[character]);
    if (lacking.length) await window.stamping.load("tracing");
    for (const character of lacking) {
      made.glyphs[character] = window.stamping.traced(character, CSS[weight]);
      made.traced.push(character);
    }
    return made;
  }

  // Fonts ------------------------------------------------------------------------------------------

  class Face {
    /** @param {string} weight @param {Cut} cut */
    constructor(weight, { glyphs, kerned }) {
      this.name = `/READER+NotoSansSC-${weight}`;
      this.kerned = kerned;
      this.characters = Object.keys(glyphs);
      this.advances = [UNITS, ...this.characters.map((character) => glyphs[character][0])];
      this.outlines = [new Uint8Array(0), ...this.characters.map((character) => bytesOf(atob(glyphs[character][1])))];
      /** Numbers of glyphs. @type {Map<string, number>} */
      this.numbers = new Map(this.characters.map((character, at) => [character, at + 1]));
    }

    /** Each character of a text: its glyph, and how much nearer the next one comes. @param {string} text */
    shaped(text) {
      const characters = [...text];
      return characters.map((character, at) => ({ glyph: this.numbers.get(character) ?? 0, by: this.kerned[character + characters[at + 1]] ?? 0 }));
    }

    /** Its width in em. @param {string} text */
    width(text) {
      return this.shaped(text).reduce((sum, { glyph, by }) => sum + this.advances[glyph] + by, 0) / UNITS;
    }

    /** The operand of TJ. @param {string} text */
    shown(text) {
      return `[${this.shaped(text).map(({ glyph, by }) => `<${hex(glyph)}>${by ? ` ${-by}` : ""}`).join(" ")}]`;
    }

    /** Its objects in a PDF; what refers to the font. @param {InstanceType<typeof window.stamping.Pdf>} pdf */
    async embed(pdf) {
      this.packed ??= deflated(this.file = trueType(this.advances, this.outlines));
      const packed = await this.packed;
      const file = pdf.add({ Filter: "/FlateDecode", Length1: String(this.file.length) }, packed);
      const descriptor = pdf.add({
        Type: "/FontDescriptor", FontName: this.name, Flags: "4", FontBBox: ["-1000", "-300", "3000", "1200"], ItalicAngle: "0",
        Ascent: "880", Descent: "-120", CapHeight: "733", StemV: "80", FontFile2: file,
      });
      const descendant = pdf.add({
        Type: "/Font", Subtype: "/CIDFontType2", BaseFont: this.name, FontDescriptor: descriptor, DW: String(UNITS), CIDToGIDMap: "/Identity",
        CIDSystemInfo: new Map([["/Registry", "(Adobe)"], ["/Ordering", "(Identity)"], ["/Supplement", "0"]]), W: ["0", this.advances.map(String)],
      });
      return pdf.add({
        Type: "/Font", Subtype: "/Type0", BaseFont: this.name, Encoding: "/Identity-H", DescendantFonts: [descendant], ToUnicode: pdf.add({}, bytesOf(this.unicode())),
      });
    }

    /** The table from glyphs to characters (9.10.3). */
    unicode() {
      const pairs = this.characters.map((character, at) => `<${hex(at + 1)}> <${[...Array(character.length).keys()].map((unit) => hex(character.charCodeAt(unit))).join("")}>`);
      const blocks = [];
      for (let at = 0; at < pairs.length; at += 100) {
        const block = pairs.slice(at, at + 100);
        blocks.push(`${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`);
      }
      return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def
1 begincodespacerange\n<0000> <ffff>\nendcodespacerange
${blocks.join("\n")}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`;
    }
  }

  /** @param {number} value */
  const hex = (value) => value.toString(16).padStart(4, "0");

  /** A TrueType file as a PDF needs it: of glyphs alone. @param {number[]} advances @param {Uint8Array[]} outlines */
  function trueType(advances, outlines) {
    const count = outlines.length;
    const table = (/** @type {number} */ length, /** @type {[number, number][]} */ fields) => {
      const view = new DataView(new ArrayBuffer(length));
      for (const [at, value] of fields) view.setUint16(at, value & 0xffff);
      return view;
    };
    const box = [0, 0, 0, 0];
    const most = { points: 0, contours: 0 };
    const places = new DataView(new ArrayBuffer(4 * count + 4));
    const measures = new DataView(new ArrayBuffer(4 * count));
    let at = 0;
    outlines.forEach((outline, number) => {
      measures.setUint16(4 * number, advances[number]);
      if (outline.length) {
        const view = new DataView(outline.buffer, outline.byteOffset, outline.length);
        const contours = view.getInt16(0);
        measures.setInt16(4 * number + 2, view.getInt16(2));
        for (const side of [0, 1, 2, 3]) box[side] = (side < 2 ? Math.min : Math.max)(box[side], view.getInt16(2 + 2 * side));
        most.contours = Math.max(most.contours, contours);
        most.points = Math.max(most.points, view.getUint16(8 + 2 * contours) + 1);
      }
      at += outline.length + (-outline.length & 3);
      places.setUint32(4 * number + 4, at);
    });
    const tables = {
      glyf: joined(outlines.flatMap((outline) => [outline, new Uint8Array(-outline.length & 3)])),
      head: table(54, [[0, 1], [4, 1], [12, 0x5f0f], [14, 0x3cf5], [16, 3], [18, UNITS], ...box.map((side, number) => /** @type {[number, number]} */ ([36 + 2 * number, side])), [46, 8], [48, 2], [50, 1]]),
      hhea: table(36, [[0, 1], [4, 880], [6, -120], [10, Math.max(...advances)], [34, count]]),
      hmtx: measures,
      loca: places,
      maxp: table(32, [[0, 1], [4, count], [6, most.points], [8, most.contours], [14, 1]]),
    };
    return packed(Object.entries(tables).map(([name, data]) => [name, data instanceof Uint8Array ? data : new Uint8Array(data.buffer)]));
  }

  /** Tables as a file, with its checksums. @param {[string, Uint8Array][]} tables */
  function packed(tables) {
    const power = 2 ** Math.floor(Math.log2(tables.length));
    const head = new DataView(new ArrayBuffer(12 + 16 * tables.length));
    head.setUint32(0, 0x10000);
    [tables.length, 16 * power, Math.log2(power), 16 * (tables.length - power)].forEach((value, number) => head.setUint16(4 + 2 * number, value));
    let at = head.byteLength;
    let adjusted = 0;
    tables.forEach(([name, data], number) => {
      const entry = 12 + 16 * number;
      [...name].forEach((letter, place) => head.setUint8(entry + place, letter.charCodeAt(0)));
      [summed(data), at, data.length].forEach((value, place) => head.setUint32(entry + 4 + 4 * place, value));
      if (name === "head") adjusted = at + 8;
      at += data.length + (-data.length & 3);
    });
    const file = joined([new Uint8Array(head.buffer), ...tables.flatMap(([, data]) => [data, new Uint8Array(-data.length & 3)])]);
    new DataView(file.buffer).setUint32(adjusted, 0xb1b0afba - summed(file));
    return file;
  }

  /** @param {Uint8Array} bytes */
  function summed(bytes) {
    let sum = 0;
    for (let at = 0; at < bytes.length; at++) sum = (sum + bytes[at] * 256 ** (3 - (at & 3))) >>> 0;
    return sum;
  }

  Object.assign(window.stamping, { Face, cut, UNITS });
})();

// Stamp: a unit's name, telephones and mark in the empty boxes of a sheet, as printables/stamping/stamp.py fills them.

(() => {
  const { BASELINE, Face, LEADING, Lettering, Pdf, bytesOf, cut, numbersOf, tallest, told } = window.stamping;

  /** What somebody typed: names by language, telephones with what they are called ("" as on the sheet now), the mark as a data: address.
   * @typedef {{name: Record<string, string>, short: string, telephones: {label: string, number: string}[], mark: string}} Unit */
  /** @typedef {Record<string, {glyphs: Record<string, [number, string]>, kerned: Record<string, number>, traced: string[]}>} Type */
  /** @typedef {{number: number, form: Map<string, any>}} Box */

  const WEIGHTS = ["Bold", "Medium", "Black"];

  /** Words that lack room at the smallest type that can be read. */
  class TooLong extends Error {
    /** @param {{text: string, most: number}} words */
    constructor({ text, most }) {
      super(text);
      Object.assign(this, { text, length: [...text].length, most });
    }
  }

  /** A unit as its sheets name it. @param {Unit} unit @param {any} facts of languages @param {Record<string, string>[]} called what telephones are called, by language */
  function firmOf(unit, facts, called) {
    const codes = Object.keys(facts);
    return {
      name: codes.filter((code) => unit.name[code]).map((code) => [code, unit.name[code]]),
      short: unit.short ? [[codes[0], unit.short]] : [],
      telephones: unit.telephones.map(({ label, number }, at) => ({
        label: codes.map((code) => [code, label || called[at][code]]),
        numbers: Object.fromEntries(codes.map((code) => [code, numbersOf(number, facts[code].extension)])),
      })),
    };
  }

  class Stamp {
    /** @param {Unit} unit @param {any} facts @param {Record<string, string>[]} called */
    constructor(unit, facts, called) {
      this.facts = facts;
      this.unit = unit;
      /** @type {Record<string, InstanceType<typeof Face>>} */
      this.faces = {};
      this.lettering = new Lettering(firmOf(unit, facts, called), (text, weight) => this.faces[weight].width(text), facts);
    }

    /** Type with all that the unit says: loaded once, then kept with it. @param {Type} [kept] */
    async prepare(kept) {
      const type = kept ?? Object.fromEntries(await Promise.all(WEIGHTS.map(async (weight) => [weight, await cut(weight, this.lettering.characters(weight))])));
      for (const weight of WEIGHTS) this.faces[weight] = new Face(weight, type[weight]);
      if (this.unit.mark) await window.stamping.load("mark");
      this.mark = this.unit.mark ? await window.stamping.Mark.open(this.unit.mark) : null;
      return /** @type {Type} */ (type);
    }

    /** A sheet with this stamp, in how many boxes, and what is not whole in them; raises TooLong. @param {Uint8Array} bytes */
    async on(bytes) {
      const pdf = await Pdf.original(bytes);
      const boxes = pdf.boxes();
      if (!boxes.length) return { bytes, boxes: 0, cut: [] };
      /** Fonts and marks, each once in a file. @type {Map<string, Promise<any>>} */
      const drawn = new Map();
      /** @type {Set<string>} */
      const cut = new Set();
      for (const box of boxes) await this.fill(pdf, box, drawn, cut);
      await this.introduce(pdf);
      return { bytes: pdf.updated(), boxes: boxes.length, cut: [...cut] };
    }

    /** One for which the unit has nothing keeps its label. @param {InstanceType<typeof Pdf>} pdf @param {Box} box @param {Map<string, Promise<any>>} drawn @param {Set<string>} cut */
    async fill(pdf, { number, form }, drawn, cut) {
      const kind = form.get("/OwnerBox").slice(1);
      const { content, resources } = kind === "mark" ? await this.marked(pdf, form, drawn) : await this.worded(pdf, form, kind, drawn, cut);
      if (!content) return;
      form.delete("/Filter");
      form.set("/Resources", resources);
      pdf.put(number, form, bytesOf(content));
    }

    /** @param {InstanceType<typeof Pdf>} pdf @param {Map<string, any>} form @param {string} kind @param {Map<string, Promise<any>>} drawn @param {Set<string>} cut */
    async worded(pdf, form, kind, drawn, cut) {
      const room = roomOf(form);
      const setting = this.lettering.set(kind, room);
      if (setting.scale < 1) throw new TooLong(this.lettering.most(kind, room));
      if (!setting.whole) cut.add(this.lettering.said(kind, room.languages[/^\d$/.test(kind) ? 0 : room.languages.length - 1]));
      if (!setting.lines.length) return { content: "", resources: new Map() };
      const fonts = new Map();
      const parts = [coloured(form.get("/Ink"))];
      const ems = new Map(room.least.map(([code, em]) => [code, em * setting.scale]));
      const heights = setting.lines.map((line) => LEADING * tallest(line, ems));
      const [left, , , edge] = form.get("/BBox").map(Number);
      let top = edge - (room.height - heights.reduce((sum, high) => sum + high, 0)) / 2;
      for (const [at, line] of setting.lines.entries()) {
        const shown = line.map((run) => ({ ...run, em: ems.get(run.language) ?? 0, width: this.faces[run.weight].width(run.text) }));
        let x = left;
        if (form.get("/Centred") === "true") x += (room.width - shown.reduce((sum, { em, width }) => sum + width * em, 0)) / 2;
        const baseline = top - BASELINE / LEADING * heights[at];
        for (const { text, weight, language, em, width } of shown) {
          if (!drawn.has(weight)) drawn.set(weight, this.faces[weight].embed(pdf));
          fonts.set(`/${weight}`, await drawn.get(weight));
          const words = `BT /${weight} ${em.toFixed(3)} Tf ${x.toFixed(3)} ${baseline.toFixed(3)} Td ${this.faces[weight].shown(text)} TJ ET`;
          parts.push(language === room.languages[0] ? words : `/Span <</Lang (${this.facts[language].tag})>> BDC ${words} EMC`);
          x += width * em;
        }
        top -= heights[at];
      }
      return { content: parts.join("\n"), resources: new Map([["/Font", fonts]]) };
    }

    /** @param {InstanceType<typeof Pdf>} pdf @param {Map<string, any>} form @param {Map<string, Promise<any>>} drawn */
    async marked(pdf, form, drawn) {
      if (!this.mark) return { content: "", resources: new Map() };
      const [ground, ink] = ["/Ground", "/Ink"].map((key) => form.get(key).map(Number));
      const key = ground.join();
      if (!drawn.has(key)) drawn.set(key, this.mark.embed(pdf, ground, light(ink), ink.length === 4));
      const { object, width, height } = await drawn.get(key);
      const [left, bottom, right, top] = form.get("/BBox").map(Number);
      const scale = Math.min((right - left) / width, (top - bottom) / height);
      const place = [right - scale * width, (top + bottom - scale * height) / 2].map((value) => value.toFixed(3));
      const content = `q ${(scale * width).toFixed(3)} 0 0 ${(scale * height).toFixed(3)} ${place.join(" ")} cm /Mark Do Q`;
      return { content, resources: new Map([["/XObject", new Map([["/Mark", object]])]]) };
    }

    /** Tell who publishes the sheet, and what its mark is, to those who do not see it. @param {InstanceType<typeof Pdf>} pdf */
    async introduce(pdf) {
      const root = await pdf.dictionary(pdf.trailer.get("/Root"));
      const lead = Object.keys(this.facts).find((code) => root.get("/Lang") === `(${this.facts[code].tag})`);
      const names = this.lettering.firm.name;
      const name = new Map(names).get(lead) ?? names[0][1];
      const info = pdf.trailer.get("/Info");
      if (info) pdf.put(parseInt(String(info)), (await pdf.dictionary(info)).set("/Author", told(name)));
      const metadata = root.get("/Metadata");
      if (metadata) {
        const text = new TextDecoder().decode(await pdf.data(metadata));
        const creator = `<rdf:Description rdf:about=""><dc:creator><rdf:Seq><rdf:li>${name.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</rdf:li></rdf:Seq></dc:creator></rdf:Description>`;
        const others = text.replace(/<rdf:Description [^>]*><dc:creator>.*?<\/dc:creator><\/rdf:Description>/s, "");
        const changed = others.replace("</rdf:RDF>", (end) => creator + end);
        pdf.put(parseInt(String(metadata)), new Map([["/Type", "/Metadata"], ["/Subtype", "/XML"]]), new TextEncoder().encode(changed));
      }
      for (const [number, element] of await marksOf(pdf, root)) {
        element.delete("/Alt");
        element.set("/S", this.mark ? "/Figure" : "/NonStruct");
        if (this.mark) element.set("/Alt", told(name));
        pdf.put(number, element);
      }
    }
  }

  /** The elements of a sheet's structure that are its marks, with their numbers. @param {InstanceType<typeof Pdf>} pdf @param {Map<string, any>} root */
  async function marksOf(pdf, root) {
    if (!root.has("/StructTreeRoot")) return [];
    const top = (await pdf.dictionary(root.get("/StructTreeRoot"))).get("/K");
    const children = (await pdf.dictionary(Array.isArray(top) ? top[0] : top)).get("/K");
    /** @type {[number, Map<string, any>][]} */
    const found = [];
    for (const child of /** @type {string[]} */ (children)) {
      const element = await pdf.dictionary(child);
      if (element.get?.("/T") === "(owner-mark)") found.push([parseInt(child), element]);
    }
    return found;
  }

  /** @param {Map<string, any>} form */
  function roomOf(form) {
    const [left, bottom, right, top] = form.get("/BBox").map(Number);
    const text = (/** @type {string} */ value) => value.slice(1, -1);
    const least = form.get("/Least");
    return {
      width: right - left,
      height: top - bottom,
      languages: form.get("/Languages").map(text),
      least: /** @type {[string, number][]} */ (least.flatMap((/** @type {string} */ code, /** @type {number} */ at) => at % 2 ? [] : [[text(code), Number(least[at + 1])]])),
    };
  }

  /** @param {string[]} ink */
  const coloured = (ink) => `${ink.join(" ")} ${ink.length === 4 ? "k" : "rg"}`;

  /** Red, green and blue of an ink. @param {number[]} ink */
  const light = (ink) => ink.length === 4 ? ink.slice(0, 3).map((channel) => (1 - channel) * (1 - ink[3])) : ink;

  Object.assign(window.stamping, { Stamp, TooLong, WEIGHTS });
})();

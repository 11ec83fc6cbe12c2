// Binding: sheets one behind the other in one PDF, with their tags, links and a bookmark for each.

(() => {
  /** @typedef {string | Value[] | Map<string, Value>} Value */

  const { Pdf, joined, numberOf, told, written } = window.stamping;
  const REFERENCE = /^\d+ \d+ R$/;
  const [CATALOGUE, PAGES, TREE, PARENTS, INFO, METADATA, OUTLINES] = [1, 2, 3, 4, 5, 6, 7];
  const ref = (/** @type {number} */ number) => `${number} 0 R`;
  const map = (/** @type {Record<string, Value>} */ entries) => new Map(Object.entries(entries).map(([key, value]) => [`/${key}`, value]));

  class Bound {
    constructor() {
      /** @type {Uint8Array[]} */
      this.objects = [];
      this.next = OUTLINES + 1;
      /** @type {string[]} */
      this.pages = [];
      /** Elements at the top of the structure, and the parents of what is marked, by number. @type {Value[]} */
      this.elements = [];
      /** @type {Value[]} */
      this.parents = [];
      this.marked = 0;
      this.isTagged = true;
      /** @type {[string, string][]} */
      this.sheets = [];
    }

    /** @param {number} number @param {Value} value @param {Uint8Array} [data] */
    put(number, value, data) {
      if (data) /** @type {Map<string, Value>} */ (value).set("/Length", String(data.length));
      this.objects[number] = joined([`${number} 0 obj\n`, written(value), ...(data ? ["\nstream\n", data, "\nendstream"] : []), "\nendobj\n"]);
    }

    /** A sheet behind the others. @param {Uint8Array} bytes @param {string} called */
    async add(bytes, called) {
      const pdf = await Pdf.open(bytes);
      const root = await pdf.dictionary(pdf.trailer.get("/Root"));
      const copy = new Copy(this, pdf, await destinations(pdf, root));
      const leaves = await leavesOf(pdf, root.get("/Pages"), new Map());
      for (const { number, page } of leaves) {
        copy.known.set(numberOf(page.get("/Parent")), PAGES);
        copy.own.set(number, page);
        this.pages.push(ref(copy.reserve(number)));
      }
      this.sheets.push([called, ref(copy.reserve(leaves[0].number))]);
      const tree = root.get("/StructTreeRoot");
      if (tree) {
        copy.known.set(numberOf(tree), TREE);
        const { elements, parents } = await structure(pdf, tree);
        for (const one of elements) {
          copy.own.set(numberOf(one), (await pdf.dictionary(one)).set("/Lang", root.get("/Lang") ?? "()"));
          this.elements.push(copy.moved(one));
        }
        this.parents.push(...parents.map((one, at) => at % 2 ? copy.moved(one) : copy.shifted(one)));
        this.marked += 1 + Math.max(...parents.filter((_, at) => at % 2 === 0).map(Number));
      } else this.isTagged = false;
      this.language ??= root.get("/Lang");
      await copy.run();
    }

    /** The whole file. @param {string} title */
    finish(title) {
      const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><rdf:Description rdf:about=""${this.isTagged ? ' pdfuaid:part="1"' : ""}><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
      this.put(METADATA, map({ Type: "/Metadata", Subtype: "/XML" }), new TextEncoder().encode(xmp));
      this.put(INFO, map({ Title: told(title) }));
      this.put(PAGES, map({ Type: "/Pages", Kids: this.pages, Count: String(this.pages.length) }));
      this.put(TREE, map({ Type: "/StructTreeRoot", K: this.elements, ParentTree: ref(PARENTS) }));
      this.put(PARENTS, map({ Nums: this.parents }));
      const marks = this.sheets.map(() => this.next++);
      this.put(OUTLINES, map({ Type: "/Outlines", First: ref(marks[0]), Last: ref(marks[marks.length - 1]), Count: String(marks.length) }));
      this.sheets.forEach(([called, page], at) => this.put(marks[at], map({
        Title: told(called), Parent: ref(OUTLINES), Dest: [page, "/Fit"], ...(at && { Prev: ref(marks[at - 1]) }), ...(at + 1 < marks.length && { Next: ref(marks[at + 1]) }),
      })));
      const tags = this.isTagged ? { StructTreeRoot: ref(TREE), MarkInfo: map({ Marked: "true" }) } : {};
      this.put(CATALOGUE, map({
        Type: "/Catalog", Pages: ref(PAGES), Metadata: ref(METADATA), Outlines: ref(OUTLINES), ...tags, ...(this.language && { Lang: this.language }),
        ViewerPreferences: map({ DisplayDocTitle: "true", PrintScaling: "/None" }),
      }));
      return this.file();
    }

    file() {
      const head = joined(["%PDF-1.7\n%", Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3), "\n"]);
      let at = head.length;
      const rows = ["0000000000 65535 f \n"];
      for (let number = 1; number < this.next; number++) {
        rows.push(`${String(at).padStart(10, "0")} 00000 n \n`);
        at += this.objects[number].length;
      }
      const trailer = map({ Size: String(this.next), Root: ref(CATALOGUE), Info: ref(INFO) });
      const end = `xref\n0 ${this.next}\n${rows.join("")}trailer\n${written(trailer)}\nstartxref\n${at}\n%%EOF\n`;
      return joined([head, ...this.objects.slice(1), end]);
    }
  }

  /** Objects of a file that are taken into a bound one. */
  class Copy {
    /** @param {Bound} to @param {InstanceType<typeof Pdf>} from @param {Map<string, Value>} dests */
    constructor(to, from, dests) {
      Object.assign(this, { to, from, dests, shift: to.marked });
      /** New numbers by old ones. @type {Map<number, number>} */
      this.known = new Map();
      /** What is taken otherwise than it stands in the file. @type {Map<number, Value>} */
      this.own = new Map();
      /** @type {number[]} */
      this.waiting = [];
    }

    /** @param {number} number */
    reserve(number) {
      if (!this.known.has(number)) {
        this.known.set(number, this.to.next++);
        this.waiting.push(number);
      }
      return /** @type {number} */ (this.known.get(number));
    }

    /** @param {Value} number */
    shifted(number) {
      return String(Number(number) + this.shift);
    }

    /** A value with references to where its objects are now. @param {Value} value @returns {Value} */
    moved(value) {
      if (Array.isArray(value)) return value.map((each) => this.moved(each));
      if (value instanceof Map) {
        return new Map([...value].map(([key, each]) => {
          if (key === "/StructParents" || key === "/StructParent") return [key, this.shifted(each)];
          if (key === "/Dest" && this.dests.has(String(each))) return [key, this.moved(/** @type {Value} */ (this.dests.get(String(each))))];
          return [key, this.moved(each)];
        }));
      }
      return REFERENCE.test(value) ? ref(this.reserve(numberOf(value))) : value;
    }

    async run() {
      for (let number = this.waiting.pop(); number !== undefined; number = this.waiting.pop()) {
        const { value, data } = await this.from.whole(number);
        this.to.put(/** @type {number} */ (this.known.get(number)), this.moved(this.own.get(number) ?? value), data);
      }
    }
  }

  /** The pages of a file, with what they inherit. @param {InstanceType<typeof Pdf>} pdf @param {Value | undefined} node @param {Map<string, Value>} above
   * @returns {Promise<{number: number, page: Map<string, Value>}[]>} */
  async function leavesOf(pdf, node, above) {
    const own = await pdf.dictionary(node);
    const kids = own.get("/Kids");
    if (!Array.isArray(kids)) return [{ number: numberOf(node), page: new Map([...above, ...own]) }];
    const handed = new Map([...above, ...[...own].filter(([key]) => ["/Resources", "/MediaBox", "/CropBox", "/Rotate"].includes(key))]);
    const found = [];
    for (const kid of kids) found.push(...await leavesOf(pdf, kid, handed));
    return found;
  }

  /** What names in links stand for. @param {InstanceType<typeof Pdf>} pdf @param {Map<string, Value>} root */
  async function destinations(pdf, root) {
    const within = async (/** @type {Value | undefined} */ value) => /** @type {any} */ (REFERENCE.test(String(value)) ? await pdf.get(value) : value);
    const names = await within((await within((await within(root.get("/Names")))?.get("/Dests")))?.get("/Names"));
    return new Map((names ?? []).flatMap((/** @type {string} */ name, /** @type {number} */ at) => at % 2 ? [] : [[name, names[at + 1]]]));
  }

  /** The elements at the top, and the parents of what is marked. @param {InstanceType<typeof Pdf>} pdf @param {Value} tree */
  async function structure(pdf, tree) {
    const root = await pdf.dictionary(tree);
    const top = root.get("/K");
    const parents = root.get("/ParentTree");
    const nums = (parents instanceof Map ? parents : await pdf.dictionary(parents)).get("/Nums");
    return { elements: Array.isArray(top) ? top : [/** @type {Value} */ (top)], parents: /** @type {Value[]} */ (Array.isArray(nums) ? nums : await pdf.get(nums)) };
  }

  Object.assign(window.stamping, { Bound });
})();

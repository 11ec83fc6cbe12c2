// Lettering: what a unit says in a box of a sheet, in the largest type that the box allows. The rules are those of
// printables/layout/lettering.py and owner_words.py, so that a sheet is the same whoever stamps it.

(() => {
  /** @typedef {{text: string, weight: string, language: string}} Run */
  /** Numbers by language. @typedef {{label: [string, string][], numbers: Record<string, string[]>}} Telephone */
  /** Names by language. @typedef {{name: [string, string][], short: [string, string][], telephones: Telephone[]}} Firm */
  /** In units of its page; smallest ems by language. @typedef {{width: number, height: number, languages: string[], least: [string, number][]}} Room */
  /** `whole` where nothing of the words is left out. @typedef {{scale: number, lines: Run[][], whole?: boolean}} Setting */
  /** Paragraphs, and whether nothing is left out. @typedef {[Run[][], boolean]} Way */
  /** Width in em of words in a weight. @typedef {(text: string, weight: string) => number} Measure */
  /** @typedef {Record<string, {tag: string, enumeration: string, extension: string, spaced: boolean}>} Facts */

  const LEADING = 1.15;
  const DISPLAY = 1.7;
  const ROUNDING = 0.998;
  const BASELINE = 0.9;
  const BETWEEN = " · ";
  const BRACKETS = /\s*[（(][^）)]*[）)]/g;
  const TOKEN = /[（《“]*(?:[0-9A-Za-z&.,'’()/+–-]+|有限责任公司|股份有限公司|有限公司|[^\s（《“])[）》”、，。·]*|[（《“]+|\s+/gu;
  const SPACED = /\S+|\s+/gu;
  const NUMBERS = /\s*[、，,；;/|]\s*|\s+(?:或|or)\s+/;
  const EXTENSION = /\s*(?:转|轉|分机|extension|ext\.?|x)\s*(?=\d)/gi;

  /** Several numbers in one, as a sheet in some language shows them. @param {string} text @param {string} word for an extension */
  const numbersOf = (text, word) => text.normalize("NFKC").trim().split(NUMBERS).filter(Boolean).map((each) => each.replace(EXTENSION, ` ${word} `));

  class Lettering {
    /** @param {Firm} firm @param {Measure} measure @param {Facts} facts */
    constructor(firm, measure, facts) {
      Object.assign(this, { firm, measure, facts });
    }

    /** All that is said in a weight. @param {string} weight */
    characters(weight) {
      const { name, short, telephones } = this.firm;
      if (weight === "Bold") return [...name, ...short].map(([, text]) => text).join("") + BETWEEN;
      if (weight === "Medium") return `${telephones.flatMap(({ label }) => label.map(([, text]) => text)).join("")} `;
      const marks = Object.values(this.facts).map(({ enumeration }) => enumeration);
      return [...telephones.flatMap(({ numbers }) => Object.values(numbers).flat()), ...marks].join("");
    }

    /** The words in a box of a kind; no lines where there are none. @param {string} kind @param {Room} room @returns {Setting} */
    set(kind, room) {
      const ways = [...this.ways(kind, room.languages)];
      if (!ways.length) return { scale: 1, lines: [], whole: true };
      const found = this.best(ways, room);
      if (!/^\d$/.test(kind)) return found;
      const scales = this.firm.telephones.map((_, each) => this.best([...this.ways(String(each + 1), room.languages)], room).scale);
      return { ...found, scale: Math.min(found.scale, Math.max(1, Math.min(...scales))) }; // telephones are of one size
    }

    /** For how many characters of words there is room, where there is too little. @param {string} kind @param {Room} room */
    most(kind, room) {
      const text = this.said(kind, room.languages[0]);
      const letters = [...text];
      if (/^\d$/.test(kind)) return { text, most: Math.max(1, Math.min(Math.floor(letters.length * this.set(kind, room).scale), letters.length - 1)) };
      const [language] = this.named(kind, room.languages[0]);
      const alone = { ...room, languages: [language] };
      let most = 1;
      for (let low = 2, high = letters.length - 1; low <= high;) {
        const middle = (low + high) >> 1;
        const cut = /** @type {Firm} */ ({ ...this.firm, name: [[language, letters.slice(0, middle).join("")]], short: [] });
        if (new Lettering(cut, this.measure, this.facts).set(kind, alone).scale < 1) high = middle - 1;
        else {
          most = middle;
          low = middle + 1;
        }
      }
      return { text, most };
    }

    /** What is to be shortened. @param {string} kind @param {string} language */
    said(kind, language) {
      if (/^\d$/.test(kind)) {
        const { label, numbers } = this.firm.telephones[Number(kind) - 1];
        return `${new Map(label).get(language) ?? label[0][1]} ${numbers[language].join(this.facts[language].enumeration)}`.trim();
      }
      return this.named(kind, language)[1];
    }

    /** The name for those who read a language: in it, else in the one that there is. @param {string} kind @param {string} language */
    named(kind, language) {
      const { name, short } = this.firm;
      const names = kind === "short" && short.length ? short : name;
      return names.find(([each]) => each === language) ?? names[0];
    }

    /** Ways to say it, the best first. @param {string} kind @param {string[]} codes @returns {Generator<Way>} */
    * ways(kind, codes) {
      const { name, short, telephones } = this.firm;
      if (/^\d$/.test(kind)) {
        if (telephones[Number(kind) - 1]) yield* this.telephone(telephones[Number(kind) - 1], codes);
        return;
      }
      if (kind.startsWith("field-")) return; // of a form, which only a list fills
      const named = (kind === "short" ? [short, name] : [name, short]).filter((names) => names.length);
      const spoken = named.map((names) => spokenIn(names, "Bold", codes));
      for (const said of spoken) {
        yield [said.map((run) => [run]), true];
        if (said.length > 1) yield [[[said[0], { text: BETWEEN, weight: "Bold", language: codes[0] }, ...said.slice(1)]], true];
      }
      if (codes.length > 1) for (const said of spoken) yield [[[said[0]]], kind === "short"];
    }

    /** @param {Telephone} telephone @param {string[]} codes @returns {Generator<Way>} */
    * telephone({ label, numbers }, codes) {
      const shown = numbers[codes[0]];
      const every = spokenIn(label, "Medium", codes);
      const first = spokenIn(label, "Medium", codes.slice(0, 1));
      const brief = first.map((run) => ({ ...run, text: run.text.replace(BRACKETS, "") }));
      const isBrief = brief.some(({ text }, at) => text !== first[at].text);
      for (const [said, count, whole] of /** @type {[Run[], number, boolean][]} */ ([
        [every, shown.length, true], [first, shown.length, true], [brief, shown.length, !isBrief], [brief, 1, !isBrief && shown.length < 2],
      ])) {
        const words = said.map((run) => ({ ...run, text: `${run.text} ` }));
        const number = { text: shown.slice(0, count).join(this.facts[codes[0]].enumeration), weight: "Black", language: codes[0] };
        yield [[shown.length ? [...words, number] : words], whole];
      }
    }

    // How it is set --------------------------------------------------------------------------------

    /** The first way that can be read, else the last one. @param {Way[]} ways @param {Room} room @returns {Setting} */
    best(ways, room) {
      let found = /** @type {Setting} */ ({ scale: 0, lines: [] });
      for (const [way, whole] of ways) {
        found = { ...this.largest(way, room), whole };
        if (found.scale >= 1) break;
      }
      return found;
    }

    /** The setting with the largest type. @param {Run[][]} paragraphs @param {Room} room @returns {Setting} */
    largest(paragraphs, room) {
      const ems = new Map(room.least);
      const lead = room.least[0][1];
      const isLine = room.height < 2 * LEADING * lead * ROUNDING;
      const most = room.height / (lead * (isLine ? LEADING : DISPLAY));
      let found = { scale: 0, lines: /** @type {Run[][]} */ ([]) };
      for (let count = paragraphs.length; count <= paragraphs.length + 5; count++) {
        const { lines, width } = this.broken(paragraphs, count, ems);
        const height = lines.reduce((sum, line) => sum + LEADING * tallest(line, ems), 0);
        const scale = Math.min(Math.max(most, 1), room.width / width, room.height / height);
        if (scale > found.scale) found = { scale: ROUNDING <= scale && scale < 1 ? 1 : scale, lines };
        if (room.height / height < found.scale) break; // more lines are higher still
      }
      return found;
    }

    /** Paragraphs on so many lines in all, as even as can be. @param {Run[][]} paragraphs @param {number} count @param {Map<string, number>} ems */
    broken(paragraphs, count, ems) {
      const wide = (/** @type {Run} */ run) => this.measure(run.text, run.weight) * (ems.get(run.language) ?? 0);
      const tokens = paragraphs.map((paragraph) => this.tokens(paragraph).map((run) => ({ run, wide: wide(run) })));
      let narrow = Math.max(...tokens.flat().map((token) => token.wide));
      let broad = Math.max(...tokens.map((paragraph) => paragraph.reduce((sum, token) => sum + token.wide, 0)));
      for (let turn = 0; turn < 24; turn++) {
        const middle = (narrow + broad) / 2;
        if (tokens.reduce((sum, paragraph) => sum + filled(paragraph, middle).length, 0) <= count) broad = middle;
        else narrow = middle;
      }
      const lines = tokens.flatMap((paragraph) => filled(paragraph, broad)).map(merged);
      return { lines, width: Math.max(...lines.map((line) => line.reduce((sum, run) => sum + wide(run), 0))) };
    }

    /** Runs between which a line may break. @param {Run[]} paragraph */
    tokens(paragraph) {
      return paragraph.flatMap((run) => {
        const parts = run.weight === "Black" ? [run.text] : run.text.match(this.facts[run.language].spaced ? SPACED : TOKEN) ?? [];
        return parts.map((text) => ({ ...run, text }));
      });
    }
  }

  /** @param {Run[]} line @param {Map<string, number>} ems */
  const tallest = (line, ems) => Math.max(...line.map(({ language }) => ems.get(language) ?? 0));

  /** Tokens on lines of a width; a space begins no line, it stays behind the last one. @param {{run: Run, wide: number}[]} tokens @param {number} width */
  function filled(tokens, width) {
    /** @type {Run[][]} */
    const lines = [[]];
    let used = 0;
    for (const { run, wide } of tokens) {
      const isWord = run.text.trim() !== "";
      if (lines[lines.length - 1].length && isWord && used + wide > width) {
        lines.push([]);
        used = 0;
      }
      const line = lines[lines.length - 1];
      if (line.length || isWord) {
        line.push(run);
        used += wide;
      }
    }
    return lines;
  }

  /** A line with neighbours of one kind in one run, without spaces at its end. @param {Run[]} line */
  function merged(line) {
    /** @type {Run[]} */
    const runs = [];
    for (const run of line) {
      const last = runs[runs.length - 1];
      if (last && last.weight === run.weight && last.language === run.language) last.text += run.text;
      else runs.push({ ...run });
    }
    while (runs.length > 1 && !runs[runs.length - 1].text.trim()) runs.pop();
    const last = runs[runs.length - 1];
    last.text = last.text.trimEnd();
    return runs;
  }

  /** Names in the languages that are asked for, else in the one that there is; what is alike stands once.
   * @param {[string, string][]} names @param {string} weight @param {string[]} codes @returns {Run[]} */
  function spokenIn(names, weight, codes) {
    const known = new Map(names);
    const found = codes.filter((code) => known.has(code));
    const asked = found.length ? found : [names[0][0]];
    return asked.filter((code, at) => asked.findIndex((other) => known.get(other) === known.get(code)) === at)
      .map((language) => ({ text: known.get(language) ?? "", weight, language }));
  }

  Object.assign(window.stamping, { Lettering, LEADING, BASELINE, numbersOf, tallest });
})();

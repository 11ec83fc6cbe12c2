// Finding: which sections answer a query, and with which sentence. Knows no page; assets/search.js shows what it finds.
//
// A section scores for every part of the query that it says: more for a rare part, more in a heading, and by the share of the
// query that it covers. Han is written without spaces, so a run of it is cut into the fewest parts that the site itself says.
// What people type is also looked for as chapters say it, by the rows of library/synonyms.toml and the glossary.

(() => {
  /** A text may come later than its section. @typedef {{id?: string, title?: string, role?: string, text?: string, laws?: number[]}} Section */
  /** @typedef {{url: string, title: string, summary: string, sections: Section[]}} Page */
  /** @typedef {{number: string, label: string, name: string}} Telephone */
  /** What printables/web/search_index.py writes. @typedef {{pages: Page[], laws: string[], rows: string[], numbers: Telephone[]}} Index */
  /** A part of a query: the ways to say it, the typed one first. @typedef {{ways: string[], weight: number}} Part */
  /** @typedef {{page: Page, score: number, sections: Section[]}} Hit */
  /** @typedef {{hits: Hit[], numbers: Telephone[], ways: string[], unsaid: string[]}} Answer */

  const { HAN, IDLE, apart, bare, begun, heard, inside, kept, plain, plainly, readings, stem } = window.searchWords;

  // What a place is worth where a part stands. A bench of a thousand queries: half or double changes ten of them.
  const TITLE = 8;
  const HEADING = 6; // half of it by the share of the heading that the part is
  const SUMMARY = 2;
  const TEXT = 1; // and a little more where a section says it often
  const LAW = 1.5;
  const REWRITTEN = 0.75; // of what it would be as typed
  const OTHERS = 7; // what a chapter's other sections add to its best one, shared by all of its sections
  const MINOR = 0.4; // a single character, a word that stands in another part, a guess at what was meant
  /** How much a role is worth. @type {Record<string, number>} */
  const ROLES = { emergency: 1.15, points: 1.05, never: 0.9, checklist: 0.8, paper: 0.25 };
  const PAPER = /模板|范本|样本|样表|表格|表单|电子版|下载|(?:template|form|excel|xlsx|word file|pdf|download|printable)s? /; // who types this wants a form
  const ASKED = 0.6; // a form, for whom wants one
  const LEAST = 0.25; // of a role, where it is only asked whether the chapter knows
  const LONGEST = 12; // characters of a part of Han
  const LONGEST_QUERY = 80;
  const LOOSE = /^[了的吗呢吧被把会我你他要能来谁]|[了的吗呢吧被把我你他要能来谁会]$/; // as a word seldom begins or ends
  const HAIL = /^(?:喂|哎|呃|嗯|那个|就是|师傅|老师|同志)+(?=.)/; // as speech begins
  const CALL = ["电话", "telephone"].map(stem); // a query that comes to one of these is answered with numbers
  const NUMBERS = 3; // how many of them

  /** Texts laid end to end, and in which of them a part stands, and how often. @param {string[]} texts */
  function shelf(texts) {
    const laid = texts.map((text) => ` ${text} `);
    const all = laid.join("\n");
    /** @type {number[]} */
    const ends = [];
    for (const text of laid) ends.push((ends.at(-1) ?? 0) + text.length + 1);
    const times = kept((part) => {
      /** @type {Map<number, number>} */
      const counts = new Map();
      const sought = inside(part);
      for (let at = all.indexOf(sought), place = 0; at >= 0; at = all.indexOf(sought, at + 1)) {
        while (ends[place] <= at) place += 1;
        counts.set(place, (counts.get(place) ?? 0) + 1);
      }
      return counts;
    });
    return { all, times };
  }

  /** The fewest parts that make up a run; `cost` says how dear a part is. @param {string} run @param {(part: string) => number} cost */
  function cut(run, cost) {
    /** @type {{cost: number, parts: string[]}[]} */
    const best = [{ cost: 0, parts: [] }];
    for (let end = 1; end <= run.length; end += 1) {
      for (let start = Math.max(0, end - LONGEST); start < end; start += 1) {
        const part = run.slice(start, end);
        const total = best[start].cost + cost(part);
        if (!best[end] || total < best[end].cost) best[end] = { cost: total, parts: [...best[start].parts, part] };
      }
    }
    return best[run.length];
  }

  /** Makes texts plain that `make` will need, some at a time, so that keys are not kept waiting. @param {Index} index */
  async function prepare(index) {
    let last = performance.now();
    for (const { text, title } of index.pages.flatMap(({ sections }) => sections)) {
      [text ?? "", title ?? ""].forEach(plain);
      if (performance.now() - last < 40) continue; // a key answers within 200
      await new Promise((resolve) => setTimeout(resolve));
      last = performance.now();
    }
  }

  /** Gives sections the texts that came later. @param {Index} index @param {string[]} texts */
  function complete(index, texts) {
    const later = index.pages.flatMap(({ sections }) => sections).filter(({ text }) => text === undefined);
    later.forEach((section, at) => { section.text = texts[at]; });
  }

  /** What answers queries from an index. @param {Index} index @returns {(query: string) => Answer} */
  function make(index) {
    const sections = index.pages.flatMap((page, at) => page.sections.map((section) => ({ at, section })));
    const titles = shelf(index.pages.map(({ title }) => plain(title)));
    const summaries = shelf(index.pages.map(({ summary }) => plain(summary)));
    const headings = shelf(sections.map(({ section }) => plain(section.title ?? "")));
    const texts = shelf(sections.map(({ section }) => plain(section.text ?? "")));
    const laws = shelf(index.laws.map(plain));
    /** @type {number[][]} */
    const citing = index.laws.map(() => []); // sections by law
    sections.forEach(({ section }, at) => section.laws?.forEach((law) => citing[law].push(at)));
    const length = sections.map(({ section }) => plain(section.title ?? "").trim().length); // of headings
    const first = new Map(sections.map(({ at }, place) => [at, place]).reverse()); // section of each page

    /** What chapters say, by what people type. @type {Map<string, string[]>} */
    const rewrites = new Map();
    const rows = index.rows.map((row) => row.split("|")); // a word of the pages, and what is typed for it
    for (const [said, ...typed] of rows) {
      for (const word of typed.map((each) => plain(each).trim())) rewrites.set(word, [...(rewrites.get(word) ?? []), plain(said).trim()]);
    }
    const phrases = [...rewrites.keys()].filter((typed) => !HAN.test(typed) && typed.includes(" "));
    // Words that name things: a part that stands in one is better than one that only stands in a text.
    const names = [titles.all, headings.all, ...rows.map(([said]) => plain(said))].join("\n");
    /** @type {Set<string> | undefined} */
    let spelt; // of four letters and more: asked for only where no page says what was typed
    const vocabulary = () => spelt ??= new Set([texts.all, names, ...rows.flat().map(plain)].join("\n").match(/(?<= )[a-z']{4,}(?= )/g));

    const said = sections.filter(({ section }) => section.role !== "paper").length; // forms are many and say little: no part is rarer for them
    const sayingLaw = (/** @type {string} */ part) => new Set([...laws.times(part).keys()].flatMap((law) => citing[law]));
    /** Sections in whose heading, text, laws or page's title a part stands. */
    const places = kept((part) => {
      const found = new Set([...headings.times(part).keys(), ...texts.times(part).keys(), ...sayingLaw(part)]);
      for (const page of titles.times(part).keys()) found.add(first.get(page) ?? 0);
      return [...found];
    });
    const isSaid = (/** @type {string} */ part) => places(part).length > 0;

    // The words of the rows by their sounds, and all names by theirs.
    /** @type {{words: Map<string, string>, names: string, texts: string} | undefined} */
    let heardAll; // once `learn` was called
    const hanWords = [...new Set([...rewrites.keys(), ...[...rewrites.values()].flat()])].filter((word) => HAN.test(word));
    function sounding() {
      return heardAll ??= { words: new Map(hanWords.map((word) => [heard(word), word])), names: heard(names), texts: heard(texts.all) };
    }
    const alike = (/** @type {string} */ part) => heard(part) ? sounding().words.get(heard(part)) : undefined;
    /** What most sections say of all that sounds so in a text; `sounds` is that text as it sounds. @param {string} sound @param {string} text @param {string} sounds */
    function sayable(sound, text, sounds) {
      const found = new Set();
      for (let at = sounds.indexOf(sound); at >= 0; at = sounds.indexOf(sound, at + 1)) found.add(text.slice(at, at + sound.length));
      return [...found].sort((one, two) => places(two).length - places(one).length)[0] ?? "";
    }
    const named = kept((sound) => sayable(sound, names, sounding().names));
    const told = kept((sound) => sayable(sound, texts.all, sounding().texts));

    /** @param {string} part */
    function cost(part) {
      if (IDLE.has(part)) return 0.7;
      if (rewrites.has(part)) return 0.9;
      const count = places(part).length;
      if (part.length === 1) return count ? 1.6 : 2;
      const loose = LOOSE.test(part) ? 1.4 : 0;
      if (count) return loose + 1 + (names.includes(part) ? 0 : (count > 2 ? 0.15 : 0.4) * part.length);
      return alike(part) ? 1.3 : Infinity;
    }

    /** Whether a part is only ever said behind, or before, one and the same character: 化氢, of 硫化氢. @param {string} part @param {-1 | 1} side */
    function isTorn(part, side) {
      const beside = new Set();
      for (const all of [names, texts.all]) {
        for (let at = all.indexOf(part); at >= 0; at = all.indexOf(part, at + 1)) beside.add(all[side < 0 ? at - 1 : at + part.length]);
      }
      return beside.size === 1 && HAN.test([...beside][0]) && !rewrites.has(part);
    }

    /** What no page says of a run of Han that was cut: characters that are no word here, with the piece of another word beside them. @param {string[]} parts */
    function unsaidIn(parts) {
      const isLoose = (/** @type {string | undefined} */ part) => part?.length === 1 && !IDLE.has(part) && !rewrites.has(part);
      const joined = parts.map((part, at) => at > 0 && ( // with the one before it
        isLoose(part) && isLoose(parts[at - 1]) || isLoose(parts[at - 1]) && part.length > 1 && isTorn(part, -1) || isLoose(part) && parts[at - 1].length > 1 && isTorn(parts[at - 1], 1)));
      /** @type {string[]} */
      const unsaid = [];
      parts.forEach((part, at) => {
        if (joined[at]) unsaid[unsaid.length - 1] += part;
        else if (joined[at + 1] || isLoose(part) && !isSaid(part)) unsaid.push(part);
      });
      return unsaid.filter((each) => !isSaid(each));
    }

    /** The parts of a run of Han, and what is named in the long ones. @param {string} run */
    function ofHan(run) {
      const whole = cut(run, cost).parts;
      const unsaid = unsaidIn(whole);
      const parts = whole.filter((part) => !IDLE.has(part))
        .map((part) => part.length === 1 || rewrites.has(part) || isSaid(part) ? part : alike(part) ?? part);
      const long = parts.filter((part) => part.length > 2);
      const within = long.flatMap((part) => cut(part, (piece) => piece === part ? Infinity : cost(piece)).parts);
      return { parts: [...parts, ...within.filter((part) => part.length > 1 && !IDLE.has(part) && (rewrites.has(part) || names.includes(part)))], used: 1, unsaid };
    }

    /** What letters say in pinyin. @param {string} letters */
    function spoken(letters) {
      const idle = new Set([...IDLE].filter((word) => HAN.test(word)).map(heard));
      const price = (/** @type {string} */ sound) => idle.has(sound) ? 0.7 : sound.length === 1 ? 3 : named(sound) ? 1 : told(sound) ? 1.2 + 0.15 * sound.length : Infinity;
      const cuts = readings(letters).map((reading) => cut(reading, price)).sort((one, two) => one.cost - two.cost);
      return cuts[0]?.parts.filter((sound) => sound.length > 1 && !idle.has(sound)).map((sound) => sounding().words.get(sound) || named(sound) || told(sound)) ?? [];
    }

    /** The word of the rows whose syllables begin with these letters, that of a title before others: mhq is 灭火器. */
    function shortened(/** @type {string} */ letters) { // not kept: sounds may be learnt later
      const known = (/** @type {string} */ word) => (titles.all.includes(word) ? sections.length : 0) + places(word).length;
      return hanWords.filter((word) => word.length === letters.length && begun(word) === letters).sort((one, two) => known(two) - known(one))[0];
    }

    /** The word that was probably meant: a letter away, or two where it is long. */
    const nearest = kept((word) => {
      const most = word.length > 7 ? 2 : 1;
      const near = [...vocabulary()].filter((other) => other[0] === word[0] && Math.abs(other.length - word.length) <= most && apart(word, other) <= most);
      return near.sort((one, two) => apart(word, one) - apart(word, two) || places(two).length - places(one).length)[0] ?? word;
    });

    /** The parts of a word of letters, which may take in the next one: fork lift. @param {string} typed @param {string} next @param {boolean} isLast */
    function ofLetters(typed, next, isLast) {
      const [word, joined] = [stem(typed), stem(typed + next)];
      if (next && (rewrites.has(joined) || !isSaid(`${word} ${stem(next)}`)) && vocabulary().has(joined)) return { parts: [joined], used: 2 };
      if (IDLE.has(typed)) return { parts: [], used: 1 };
      if (isSaid(word) || rewrites.has(word)) return { parts: [word], used: 1 };
      for (let size = 3; size <= typed.length - 3; size += 1) { // hotwork
        const pair = [typed.slice(0, size), typed.slice(size)].map(stem);
        if (!pair.some((piece) => IDLE.has(piece)) && isSaid(pair.join(" "))) return { parts: pair, used: 1 };
      }
      const standard = /^\d{4,6}$/.test(typed) && ["gb", "gbz", "aq", "jgj", "xf"].map((kind) => kind + typed).find(isSaid);
      if (standard) return { parts: [standard], used: 1 };
      if (isLast && word.length > 2 && isSaid(`${word}*`)) return { parts: [`${word}*`], used: 1 };
      const said = spoken(typed.replace(/[.']/g, ""));
      const short = said.length || typed.length < 2 ? undefined : shortened(typed);
      if (short) return { parts: [short], used: 1 };
      const guess = said.length ? said : [word.length > 3 ? nearest(word) : word];
      return { parts: guess, used: 1, unsaid: guess.some((part) => isSaid(part) || rewrites.has(part)) ? [] : [typed] };
    }

    /** The parts of a query, and what of it no page says. @param {string} query @returns {{parts: Part[], unsaid: string[]}} */
    function partsOf(query) {
      const words = bare(query).trim().replace(HAIL, "").match(/[\u4e00-\u9fff]+|[a-z0-9.']+/g) ?? [];
      const pinyin = words.length > 1 && words.every((word) => readings(word).length) ? spoken(words.join("")) : [];
      if (pinyin.length) words.splice(0, words.length, ...pinyin); // syllable by syllable
      const parts = [];
      const unsaid = [];
      for (let at = 0; at < words.length;) {
        const next = words[at + 1] ?? "";
        const read = HAN.test(words[at]) ? ofHan(words[at]) : ofLetters(words[at], HAN.test(next) ? "" : next, at === words.length - 1);
        parts.push(...read.parts);
        unsaid.push(...read.unsaid ?? []);
        at += read.used;
      }
      const isGuess = (/** @type {string} */ part) => !HAN.test(part) && !part.endsWith("*") && !plainly(query).includes(part);
      const written = [plainly(query), ` ${parts.join(" ")} `]; // as typed, and as it is spelt
      parts.unshift(...phrases.filter((typed) => written.some((words) => words.includes(` ${typed} `))));
      const isMinor = (/** @type {string} */ part) => part.length === 1 && HAN.test(part) || isGuess(part)
        || parts.some((other) => other !== part && (HAN.test(part) ? other.includes(part) : ` ${other} `.includes(` ${part} `)));
      const weighed = [...new Set(parts)].map((part) => {
        const ways = [...new Set([part, ...(rewrites.get(part) ?? [])])];
        const saying = new Set(ways.flatMap(places)).size || sections.length; // in whatever way
        return { ways, weight: Math.log(1 + said / saying) * (isMinor(part) ? MINOR : 1) };
      });
      // A word or two that nobody knows in a long question are no matter: the rest of it finds.
      const asked = words.join("").replace(new RegExp([...IDLE].filter((word) => HAN.test(word)).join("|"), "g"), "");
      if (unsaid.join("").length * 2 < asked.length) return { parts: weighed, unsaid: [] };
      // Nor does anything answer a word of which only single characters are known.
      const isNothing = asked.length <= 4 && weighed.every(({ ways: [part] }) => part.length === 1 && HAN.test(part));
      return { parts: isNothing ? [] : weighed, unsaid };
    }

    /** How well sections say a part themselves, and pages in their names: by place, the best of its ways. @param {Part} part */
    function worth({ ways }) {
      /** @type {Map<number, number>} */
      const bySection = new Map();
      /** @type {Map<number, number>} */
      const byPage = new Map();
      const raise = (/** @type {Map<number, number>} */ map, /** @type {number} */ at, /** @type {number} */ value) => map.set(at, Math.max(map.get(at) ?? 0, value));
      ways.forEach((way, rank) => {
        /** @type {Map<number, number>} */
        const sum = new Map();
        const add = (/** @type {number} */ at, /** @type {number} */ value) => sum.set(at, (sum.get(at) ?? 0) + value);
        for (const at of headings.times(way).keys()) add(at, HEADING * (1 + Math.min(1, way.length / length[at])) / 2);
        for (const [at, count] of texts.times(way)) add(at, TEXT + Math.log2(count) / 2);
        for (const at of sayingLaw(way)) add(at, LAW);
        for (const [at, value] of sum) raise(bySection, at, value * (rank ? REWRITTEN : 1));
        for (const at of summaries.times(way).keys()) raise(byPage, at, SUMMARY);
        for (const at of titles.times(way).keys()) raise(byPage, at, TITLE);
      });
      return { bySection, byPage };
    }

    /** The numbers that a query names or asks for, or that the emergency names which it finds. @param {string} query @param {string[]} ways @param {Hit | undefined} best */
    function callable(query, ways, best) {
      const asked = index.numbers.filter(({ number }) => plainly(query).includes(inside(number)));
      if (asked.length) return asked;
      if (!CALL.some((word) => ways.includes(word))) {
        const text = best?.sections[0].role === "emergency" ? plain(best.sections[0].text) : "";
        return index.numbers.filter(({ number }) => text.includes(inside(number))).slice(0, NUMBERS);
      }
      const fit = (/** @type {Telephone} */ { label, name }) => ways.filter((way) => plain(`${label} ${name}`).includes(inside(way))).length;
      return [...index.numbers].sort((one, two) => fit(two) - fit(one)).slice(0, NUMBERS);
    }

    return function find(typed) {
      const query = typed.slice(0, LONGEST_QUERY);
      const { parts, unsaid } = partsOf(query);
      const whole = parts.reduce((sum, { weight }) => sum + weight, 0) || 1;
      const values = parts.map((part) => ({ ...worth(part), weight: part.weight }));
      const roles = PAPER.test(`${query.toLowerCase()} `) ? { ...ROLES, paper: ASKED } : ROLES;
      const scored = sections.map(({ at, section }, place) => {
        let [alone, withPage, covered] = [0, 0, 0];
        const role = roles[section.role ?? ""] ?? 1;
        for (const { bySection, byPage, weight } of values) {
          const [mine, ofPage] = [bySection.get(place) ?? 0, byPage.get(at) ?? 0];
          if (mine || ofPage) covered += weight / whole;
          alone += weight * mine;
          withPage += weight * (mine * Math.max(1, role) + ofPage);
        }
        const known = Math.max(LEAST, Math.min(1, role));
        return { at, section, score: withPage * covered * Math.min(1, role), best: withPage * covered * known, more: alone * covered * known };
      });
      const hits = index.pages.map((page, at) => {
        const mine = scored.filter((each) => each.at === at && each.best > 0).sort((one, two) => two.score - one.score);
        const best = Math.max(0, ...mine.map((each) => each.best));
        const score = best + OTHERS * mine.slice(1).reduce((sum, { more }) => sum + more, 0) / page.sections.length;
        return { page, score, sections: mine.map(({ section }) => section) };
      }).filter(({ score }) => score > 0).sort((one, two) => two.score - one.score);
      const ways = parts.flatMap((part) => part.ways);
      return { hits, numbers: callable(query, ways, hits[0]), ways, unsaid };
    };
  }

  /**
   * The sentence of a text that says most of the ways, the long ones above all, in pieces: what matches, and what stands between.
   * @param {string} text @param {string[]} ways @returns {{text: string, hit: boolean}[]}
   */
  function excerpt(text, ways) {
    const said = [...new Set(ways)];
    const hits = (/** @type {string} */ sentence) => said.filter((way) => ` ${plain(sentence)} `.includes(inside(way))).join("").length;
    const sentences = text.split("\n").flatMap((line) => line.split(/(?<=[。；！])|(?<=[.;!]) (?=[A-Z])/));
    const best = sentences.map((sentence) => ({ sentence, hits: hits(sentence) })).sort((one, two) => two.hits - one.hits)[0].sentence;
    const han = ways.filter((way) => HAN.test(way)).sort((one, two) => two.length - one.length);
    const words = new Set(ways.flatMap((way) => way.split(" ")).filter((word) => !IDLE.has(word)));
    const opens = ways.filter((way) => way.endsWith("*")).map((way) => way.slice(0, -1));
    const isHit = (/** @type {string} */ piece) => {
      const word = stem(piece.toLowerCase());
      return han.includes(piece) || words.has(word) || opens.some((open) => word.startsWith(open));
    };
    return best.split(new RegExp(`(${[...han, "[a-zA-Z0-9.']*[a-zA-Z0-9]"].join("|")})`)).filter(Boolean).map((piece) => ({ text: piece, hit: isHit(piece) }));
  }

  window.searchFinding = { complete, excerpt, make, prepare };
})();

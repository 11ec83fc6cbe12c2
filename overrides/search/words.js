// Words: one way of writing for texts and queries, and what sounds or looks like what. Knows no index and no page.

(() => {
  const HAN = /[\u4e00-\u9fff]/;
  const ONES = "〇一二三四五六七八九";
  // Words of a question that say nothing of what is asked.
  const IDLE = new Set(
    ("中华人民共和国 怎么办 怎么样 怎么做 怎么 咋办 咋 如何 多少 多少钱 几个 几年 几天 几次 什么 啥 多久 多高 多大 多长 多远 哪些 哪里 哪儿 哪个 哪种 谁 " +
    "为什么 吗 呢 吧 啊 了 的 得 地 是 是不是 要 要不要 我 你 他 们 我们 有人 有没有 可以 可不可以 能 能不能 能否 应该 应当 需要 被 把 给 在 请问 想 会 到 用 " +
    "和 与 及 或 个 让 叫 后 里 就 都 还 也 这 那 这个 那个 一下 时候 直接 没 没有 不 现在 已经 一直 经常 老是 又 才 呀 咋整 行不行 行不 不行 行吗 好不好 合适 算不算 算 干嘛 干什么 还能 能不 " +
    "俺 俺们 咱 咱们 嘛 呗 哩 嘞 噻 里头 外头 上头 下头 厂里 厂子 厂子里 我们厂 车间里 工地上 单位里 公司里 这边 那边 咋样 怎样 怎么样才 才能 是否 需不需要 该不该 有啥 干啥 做啥 弄啥 啥时候 什么时候 注意 注意啥 注意什么 为啥 突然 结果 然后 如果 万一 的话 大哥 大姐 兄弟 " +
    "怎么打 呃 嗯 额 哦 哎 唉 诶 喂 您 您好 你好 请 就是 就是说 这样 这种 那种 怎么弄 咋弄 怎么搞 咋搞 怎么处理 怎么回事 怎么解决 该 该怎么 该怎么办 想知道 问一下 先怎么 必须 允许 准不准 " +
    "a an china and are at be by can could do does did for from has have how i if in is it its me my of on or our shall should that the their them then there they " +
    "this to us we what when where which who why will with would you your please tell about any some someone somebody during get got mean means happen happens much many now still just because ok okay " +
    "so like um uh er hmm well hey hi hello actually basically really very maybe also into than too not no can't cannot won't don't dont doesn't didn't isn't aren't wasn't couldn't " +
    "i'm i've it's he she his her him man guy guys thing things want know always ever keep keeps").split(" "),
  );

  /** Simplified forms of traditional characters. @type {Map<string, string>} */
  const simplified = new Map();
  /** What a character sounds like, as a character of its own, so that sounds are searched as texts are. @type {Map<string, string>} */
  const sounds = new Map();
  /** The same of a syllable in letters. @type {Map<string, string>} */
  const syllables = new Map();
  /** The letter with which a sound begins. @type {Map<string, string>} */
  const initials = new Map();

  /** Remembers what `make` made of a text. @template T @param {(text: string) => T} make */
  function kept(make) {
    /** @type {Map<string, T>} */
    const known = new Map();
    return (/** @type {string} */ text) => {
      const before = known.get(text);
      if (before !== undefined) return before;
      const made = make(text);
      known.set(text, made);
      return made;
    };
  }

  /** 94 as laws write it: 九十四. @param {string} digits */
  function counted(digits) {
    const [ones, tens, hundreds] = [...digits].reverse().map(Number);
    const ten = tens ? `${tens > 1 || hundreds ? ONES[tens] : ""}十` : hundreds && ones ? "零" : "";
    return `${hundreds ? `${ONES[hundreds]}百` : ""}${ten}${ones ? ONES[ones] : ""}`;
  }

  /** An English word without its ending; words of three letters and numbers stay. */
  const stem = kept((word) => {
    if (word.length < 4 || /\d/.test(word)) return word;
    const one = word.replace(/'s?$/, "").replace(/ies$|ied$/, "y").replace(/(ss|x|ch|sh)es$/, "$1").replace(/([^suia])s$/, "$1");
    const cut = one.replace(/^(.*[aeiouy].*)(?:ing|ed)$/, "$1");
    return (cut.length > 2 ? cut : one).replace(/([st])ion$/, "$1").replace(/([bdgmnprt])\1$/, "$1").replace(/e$/, "");
  });

  /** A word without the full stop or mark of quotation at its end; other runs as they are. */
  const ended = kept((word) => /^[a-z0-9]/.test(word) ? word.replace(/[.']+$/, "") : word);
  const stemmed = kept((word) => stem(ended(word)));

  /**
   * Small and simplified; standards and clauses as laws write them; a space around each word of letters, none in Han.
   * @param {string} text @param {(word: string) => string} [word] how words are written
   */
  function bare(text, word = ended) {
    const small = text.normalize("NFKC").toLowerCase();
    const all = (simplified.size ? small.replace(/[\u4e00-\u9fff]/g, (char) => simplified.get(char) ?? char) : small)
      .replace(/\b(gbz?|aq|jgj|tsg|xf|ga)[\s/]*t?[\s-]*(?=\d)/g, "$1")
      .replace(/第?\s*(\d{1,3})\s*条/g, (_, digits) => `第${counted(digits)}条`)
      .replace(/’/g, "'").replace(/°c/g, " 度");
    const words = all.match(/[a-z0-9][a-z0-9.']*|[.'\u4e00-\u9fff]+/g);
    if (!words) return all && " ";
    const before = /^[.'\u4e00-\u9fff]/.test(all) ? "" : " ";
    const after = !/^[a-z0-9]/.test(words[words.length - 1]) && /[.'\u4e00-\u9fff]$/.test(all) ? "" : " ";
    return before + words.map((each) => each[0] <= "z" ? word(each) : each).join(" ") + after;
  }

  /** The one way of writing: bare, and English words without their endings. @param {string} text */
  const plainly = (text) => bare(text, stemmed);
  const plain = kept(plainly); // of texts; a query may come before `learn` and after it

  /** How a part of a query stands in plain text: Han anywhere, letters as a word, or as its beginning. @param {string} part */
  const inside = (part) => HAN.test(part) ? part : part.endsWith("*") ? ` ${part.slice(0, -1)}` : ` ${part} `;

  /** Letters to add, drop, change or swap between two words. @param {string} one @param {string} other */
  function apart(one, other) {
    /** @type {number[]} */
    let before = [];
    let row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[other.length];
  }

  /** A syllable as people of the south say it too: z for zh, in for ing. @param {string} syllable */
  const blurred = (syllable) => syllable.replace(/^([zcs])h/, "$1").replace(/([ie]n)g$/, "$1");

  /** Takes what han.js knows. @param {{simplified: string, sounds: string}} han */
  function learn(han) {
    const pairs = [...han.simplified];
    for (let at = 0; at < pairs.length; at += 2) simplified.set(pairs[at], pairs[at + 1]);
    for (const group of han.sounds.split(" ")) {
      const syllable = /** @type {RegExpMatchArray} */ (group.match(/^[a-z]+/))[0];
      const near = blurred(syllable);
      const sound = syllables.get(near) ?? String.fromCharCode(0xe000 + syllables.size); // private use: no text has it
      for (const way of [near, syllable]) syllables.set(way, sound);
      initials.set(sound, syllable[0]);
      for (const char of group.slice(syllable.length)) sounds.set(char, sound);
    }
  }

  /** What Han sounds like, nothing before `learn`. @param {string} text */
  const heard = (text) => sounds.size ? text.replace(/[\u4e00-\u9fff]/g, (char) => sounds.get(char) ?? "?") : "";

  /** The first letters of what Han sounds like: 灭火器 is mhq. @param {string} text */
  const begun = (text) => heard(text).replace(/[^a-z]/g, (sound) => initials.get(sound) ?? "?");

  /** The ways to read letters as syllables, each as sounds; at most 40 of them. @param {string} letters */
  function readings(letters) {
    /** Those of what stands before each letter. @type {string[][]} */
    const ways = [[""]];
    for (let end = 1; end <= letters.length; end += 1) {
      const starts = [1, 2, 3, 4, 5, 6].map((size) => end - size).filter((start) => start >= 0 && ways[start].length);
      ways[end] = starts.flatMap((start) => {
        const sound = syllables.get(letters.slice(start, end));
        return sound ? ways[start].map((way) => way + sound) : [];
      }).slice(0, 40);
    }
    return ways[letters.length];
  }

  window.searchWords = { HAN, IDLE, apart, bare, begun, heard, inside, kept, learn, plain, plainly, readings, stem };
})();

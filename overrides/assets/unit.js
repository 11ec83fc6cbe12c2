// Unit: what somebody put on their sheets, kept on the device. A tap on a PDF then fetches, stamps and saves it; nothing is sent.
// What stamps (stamp/) is loaded with the first use. A page opened from a folder must not fetch: there its PDFs are chosen.

(() => {
  const KEY = "unit";
  const SCRIPTS = ["pdf", "lettering", "face", "stamp"];
  // What is set glyph by glyph, each as wide as it is: other scripts would come out in pieces.
  const UNSHAPED = /[^\p{Script=Han}\p{Script=Latin}\p{Script=Common}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Yi}]|\p{Emoji_Presentation}/u;
  const NUMBER = /^(?=(?:\D*\d){3})[\d+–()./*#\s-]+((转|轉|分机|extension|ext\.?|x)\s*\d+)?$/i;
  const APART = /\s*[、，,；;|]\s*|\s+(?:或|or)\s+/;

  const panel = document.getElementById("own-unit");
  const form = panel.querySelector("form");
  const state = panel.querySelector("[role=status]");
  const say = panel.dataset;
  const facts = JSON.parse(say.facts);
  const isFolder = location.protocol === "file:";
  const fields = form.elements;
  const telephones = [...form.querySelectorAll("fieldset")];
  const called = telephones.map(({ dataset }) => Object.fromEntries(Object.keys(facts).map((code) => [code, dataset[code]])));
  /** What was typed, and the type for it. @type {{unit: any, type: any} | null} */
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // A private window keeps nothing.
  }

  // Stamping ---------------------------------------------------------------------------------------

  /** @param {string} name */
  const load = (name) => window.loadScript(`stamp/${name}.js`);
  window.stamping = { load };

  /** The stamp of what is kept, made once. @type {Promise<any> | null} */
  let made = null;

  function stamp() {
    made ??= (async () => {
      await Promise.all(SCRIPTS.map(load));
      const one = new window.stamping.Stamp(kept.unit, facts, called);
      await one.prepare(kept.type);
      return one;
    })();
    made.catch(() => { made = null; });
    return made;
  }

  /** A sheet with what is kept; raises what says why not, in `told`. @param {Uint8Array} bytes @param {string} name of its file */
  async function stamped(bytes, name) {
    try {
      return await (await stamp()).on(bytes);
    } catch (error) {
      const told = error.most
        ? say.long.replace("{text}", error.text).replace("{file}", name).replace("{most}", error.most).replace("{length}", error.length)
        : say.failed.replace("{file}", name);
      throw Object.assign(error, { told });
    }
  }

  /** What is not whole on a sheet. @param {string[]} cut @param {string} name */
  const cutOn = (cut, name) => cut.map((text) => say.cut.replace("{text}", text).replace("{file}", name)).join("\n");

  /** @param {Uint8Array} bytes @param {string} name */
  function save(bytes, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** @param {string} text @param {boolean} [isWrong] */
  function tell(text, isWrong) {
    state.textContent = text;
    state.classList.toggle("is-wrong", Boolean(isWrong));
    if (!isWrong) return;
    panel.open = true;
    state.scrollIntoView({ block: "center" });
  }

  // What is a sheet's file on this page, also in lists that are made later.
  const isSheet = (link) => link?.host === location.host && link.pathname.endsWith(".pdf");

  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    if (!kept || isFolder || !isSheet(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const name = link.download || decodeURIComponent(link.pathname.split("/").pop());
    tell(say.working);
    try {
      const reply = await fetch(link.href).catch(() => null);
      if (!reply?.ok) throw Object.assign(new Error(link.href), { told: say.unfetched.replace("{file}", name) });
      const { bytes, boxes, cut } = await stamped(new Uint8Array(await reply.arrayBuffer()), name);
      save(bytes, name);
      tell(boxes ? say.done : say.none);
      if (cut.length) tell(`${say.done}\n${cutOn(cut, name)}`, true);
    } catch (error) {
      tell(error.told, true);
    }
  });

  window.unit = {
    /** The data of a file, stamped where it is a sheet; `told` takes what is not whole, by its words. */
    async open(link, reply, told) {
      if (!kept || !isSheet(link)) return reply.body;
      const { bytes, cut } = await stamped(new Uint8Array(await reply.arrayBuffer()), link.download);
      for (const text of cut) told.set(text, cutOn([text], link.download));
      return new Blob([bytes]).stream();
    },

    /** What sheets are bound into. */
    async binder() {
      await Promise.all(["pdf", "binding"].map(load));
      return new window.stamping.Bound();
    },
  };

  const chosen = panel.querySelector(".unit__files");
  chosen.querySelector("input").addEventListener("change", async ({ target }) => {
    const wrong = [];
    for (const file of target.files) {
      try {
        const { bytes, cut } = await stamped(new Uint8Array(await file.arrayBuffer()), file.name);
        save(bytes, file.name);
        if (cut.length) wrong.push(cutOn(cut, file.name));
      } catch (error) {
        wrong.push(error.told);
      }
    }
    target.value = "";
    tell(wrong.join("\n") || say.done, wrong.length > 0);
  });

  // What is typed ----------------------------------------------------------------------------------

  /** Words as a sheet shows them: composed, on one line, without what is not seen. @param {HTMLInputElement} field */
  const words = (field) => field.value.normalize("NFC").replace(/\s+/g, " ").replace(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, "").trim();

  /** What is wrong with a field. @param {HTMLInputElement} field */
  function wrongWith(field) {
    const text = words(field);
    if (field.type === "tel") return text.normalize("NFKC").split(APART).every((part) => !part || NUMBER.test(part)) ? "" : say.number;
    return UNSHAPED.test(text) ? say.unshaped.replace("{}", text.match(UNSHAPED)[0]) : "";
  }

  form.addEventListener("input", ({ target }) => target.setCustomValidity(""));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const texts = [...form.querySelectorAll("input:not([type=file])")];
    for (const field of texts) field.setCustomValidity(wrongWith(field));
    if (!words(fields.zh) && !words(fields.en)) fields.zh.setCustomValidity(say.nameless);
    const wrong = texts.find((field) => !field.validity.valid);
    if (wrong) {
      wrong.focus();
      tell(`${wrong.labels[0].firstChild.textContent.trim()}${say.colon}${wrong.validationMessage}`, true);
      return;
    }
    tell(say.working);
    const unit = {
      name: { zh: words(fields.zh), en: words(fields.en) },
      short: words(fields.short),
      telephones: telephones.map((one) => ({ label: words(one.querySelector("[type=text]")), number: words(one.querySelector("[type=tel]")) })),
      mark: kept?.unit.mark ?? "",
    };
    try {
      await Promise.all(SCRIPTS.map(load));
      const [file] = fields.mark.files;
      if (file) unit.mark = await load("mark").then(() => window.stamping.keptMark(file));
      const one = new window.stamping.Stamp(unit, facts, called);
      const type = await one.prepare();
      kept = { unit, type };
      made = Promise.resolve(one);
      const traced = [...new Set(Object.values(type).flatMap((each) => each.traced))].join(" ");
      tell([remember() ? say.kept : say.unkept, traced && say.traced.replace("{}", traced)].filter(Boolean).join(" "));
      show();
    } catch (error) {
      tell(error.reason ? say[error.reason].replace("{}", error.message) : say.unloaded, true);
    }
  });

  function remember() {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  form.querySelector("[name=forget]").addEventListener("click", () => {
    kept = made = null;
    form.reset();
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
    show();
    tell(say.forgotten);
    fields.zh.focus();
  });

  form.querySelector("[name=unmark]").addEventListener("click", () => {
    kept.unit.mark = "";
    made = null;
    remember();
    show();
  });

  function show() {
    const unit = kept?.unit;
    panel.classList.toggle("is-kept", Boolean(unit));
    panel.querySelector(".unit__is").textContent = unit ? unit.name[document.documentElement.lang] || unit.name.zh || unit.name.en : "";
    form.querySelector("[name=forget]").hidden = !unit;
    form.querySelector(".unit__mark").hidden = !unit?.mark;
    chosen.hidden = !isFolder || !unit;
    if (!unit) return;
    Object.assign(form.querySelector(".unit__mark img"), { src: unit.mark });
    fields.mark.value = "";
    for (const name of ["zh", "en"]) fields[name].value = unit.name[name];
    fields.short.value = unit.short;
    telephones.forEach((one, at) => {
      one.querySelector("[type=text]").value = unit.telephones[at].label;
      one.querySelector("[type=tel]").value = unit.telephones[at].number;
    });
  }

  show();
  const isAble = "CompressionStream" in window;
  panel.hidden = !isAble;
  panel.nextElementSibling.hidden = isAble;
})();

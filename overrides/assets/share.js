// Share: links of a page and its sections are copied; what a reader chose is remembered on the device.

(() => {
  const SIZES = [0.9, 1, 1.15, 1.3]; // of type
  const words = document.getElementById("share")?.dataset;

  const keep = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // A private window keeps nothing.
    }
  };
  const kept = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };

  // Links -------------------------------------------------------------------------------------------

  /** Copy an address, also where a page without TLS has no clipboard; `told` says so for a moment. */
  async function copy(address, told) {
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      const focused = document.activeElement;
      const field = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: address, readOnly: true }));
      field.select();
      document.execCommand("copy");
      field.remove();
      focused?.focus();
    }
    told.dataset.copied = words.copied;
    setTimeout(() => { delete told.dataset.copied; }, 2000);
  }

  if (words) {
    const here = location.href.split(/[?#]/)[0];
    for (const heading of document.querySelectorAll("article h2[id]")) {
      const link = Object.assign(document.createElement("a"), { className: "anchor", href: `#${heading.id}`, ariaLabel: words.section });
      link.addEventListener("click", () => copy(`${here}#${heading.id}`, link));
      heading.append(link);
    }
    const share = document.querySelector(".share");
    if (share) {
      const button = document.getElementById("share").content.firstElementChild.cloneNode(true);
      button.addEventListener("click", () => copy(share.querySelector(".share__address").textContent, button));
      share.append(button);
      const open = () => { share.open ||= location.hash === `#${share.id}`; };
      addEventListener("hashchange", open);
      open();
      addEventListener("beforeprint", () => { share.open = true; });
      addEventListener("afterprint", () => { share.open = false; });
    }
  }

  document.querySelector(".contents")?.addEventListener("click", (event) => {
    if (event.target.closest("a")) event.currentTarget.open = false;
  });

  // What is remembered -----------------------------------------------------------------------------

  keep("language", document.documentElement.lang);
  const reader = document.querySelector("[data-reader-of-page]")?.dataset.readerOfPage;
  if (reader) keep("reader", reader);

  const star = document.querySelector(".star");
  if (star) {
    const key = `starred:${document.documentElement.lang}`;
    const show = () => {
      const on = star.dataset.page in (kept(key) ?? {});
      star.setAttribute("aria-pressed", on);
      star.textContent = on ? star.dataset.on : star.dataset.off;
    };
    star.addEventListener("click", () => {
      const { [star.dataset.page]: gone, ...rest } = kept(key) ?? {};
      keep(key, gone ? rest : { ...rest, [star.dataset.page]: document.querySelector("h1").textContent });
      show();
    });
    show();
  }

  const sizes = document.querySelector(".foot__size");
  sizes.hidden = false;
  sizes.addEventListener("click", ({ target }) => {
    if (!target.value) return;
    const now = SIZES.indexOf(kept("text-size") ?? 1);
    const next = SIZES[Math.min(SIZES.length - 1, Math.max(0, now + Number(target.value)))];
    document.documentElement.style.setProperty("--text-size", next);
    keep("text-size", next);
  });
})();

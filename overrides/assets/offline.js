// Offline: the service worker keeps the text of the site; printables are kept when somebody asks.

(() => {
  if (!("serviceWorker" in navigator) || location.protocol === "file:") return;
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location);
  const worker = navigator.serviceWorker;

  /** A button below the sheets of a page, once there is somebody to keep them. */
  function offerToKeep() {
    const row = document.querySelector(".printables__row");
    if (!row) return;
    const button = document.getElementById("keep").content.firstElementChild.cloneNode(true);
    button.addEventListener("click", async () => {
      const { active } = await worker.ready;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        button.textContent = button.dataset.kept;
        button.disabled = true;
      };
      const keep = [...row.querySelectorAll(".button, img")].map((one) => one.href ?? one.src);
      active.postMessage({ keep }, [channel.port2]);
    });
    row.after(button);
  }

  /** Pictures of sheets that are not kept leave no broken ones. */
  for (const picture of document.querySelectorAll("a > img")) {
    const leave = () => { picture.parentElement.hidden = true; };
    if (picture.complete && !picture.naturalWidth) leave();
    else picture.addEventListener("error", leave);
  }

  /** Without a network: since when what is shown is kept. */
  async function tellAge() {
    document.querySelector(".offline")?.remove();
    if (navigator.onLine) return;
    const badge = document.getElementById("offline").content.firstElementChild.cloneNode(true);
    const kept = await caches.match(location.href, { ignoreSearch: true });
    const day = kept && new Date(kept.headers.get("date") ?? NaN);
    badge.textContent = day && !Number.isNaN(day.getTime())
      ? badge.dataset.since.replace("{}", day.toLocaleDateString(badge.dataset.locale, { dateStyle: "long" }))
      : badge.dataset.unknown;
    document.body.append(badge);
  }
  addEventListener("online", tellAge);
  addEventListener("offline", tellAge);
  tellAge();

  addEventListener("load", async () => {
    await worker.register(new URL("sw.js", base));
    offerToKeep();
    const { active } = await worker.ready;
    // The rest of the text follows, a share with every page that is read, unless the reader pays for each.
    const fill = location.pathname.slice(base.pathname.length);
    if (fill && !navigator.connection?.saveData) setTimeout(() => active.postMessage({ fill }), 3000);
  });
})();

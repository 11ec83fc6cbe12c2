// The site without a network: its text is kept on the device, printables on request.
// hooks/offline.py fills in the addresses with a hash of what stands there.

const FILES = {};
const CORE = [];

const SITE = "site"; // pages and what they load
const KEPT = "kept"; // printables that somebody asked for
const LIST = "files.json"; // what SITE holds, by hash
const PATIENCE = 4000; // ms that a page may take before the kept one is shown
const SHARE = 2e6; // bytes of text that each page which is read adds to what is kept: some 500 KiB on the way

const address = (path) => new URL(path, registration.scope).href;

async function known(site) {
  const list = await site.match(address(LIST));
  return list ? list.json() : {};
}

/**
 * Fetch what is new or changed among `paths`, one after the other, until `most` bytes came; whether all did. `careful` stops at
 * the first failure.
 */
async function fetchAll(paths, careful, most = Infinity) {
  const site = await caches.open(SITE);
  const held = await known(site);
  const wanted = paths.filter((path) => held[path] !== FILES[path]);
  for (const path of wanted) {
    if (most <= 0) break;
    try {
      const reply = await fetch(address(path), { cache: "no-cache" });
      if (!reply.ok) throw new Error(`${reply.status} ${path}`);
      most -= (await reply.clone().blob()).size;
      await site.put(address(path), reply);
      held[path] = FILES[path];
    } catch (error) {
      if (careful) throw error;
      break;
    }
  }
  await site.put(address(LIST), new Response(JSON.stringify(held)));
  return wanted.every((path) => held[path] === FILES[path]);
}

let filled = Promise.resolve(); // one share after the other

/** All that can be kept, best first for who reads the page at `place`: it, the search, its reader, its language, pictures, the other language. */
function queue(place) {
  const [language, reader] = place.split("/");
  const search = ["search/finding.js", "search/words.js", `search/${language}`];
  const ranks = [...search, `${language}/${reader}/`, `${language}/`, "search/han.js", "scenes/", ""];
  const rank = (path) => path === place ? -1 : ranks.findIndex((start) => path.startsWith(start));
  return Object.keys(FILES).sort((one, other) => rank(one) - rank(other));
}

/** Refresh pages kept from an older build; when none of them names the older scripts any more, forget what is gone. */
async function tidy() {
  const site = await caches.open(SITE);
  const kept = Object.keys(await known(site)).filter((path) => path in FILES);
  if (!await fetchAll(kept, false)) return;
  const held = await known(site);
  for (const path of Object.keys(held)) {
    if (path in FILES) continue;
    await site.delete(address(path));
    delete held[path];
  }
  await site.put(address(LIST), new Response(JSON.stringify(held)));
}

/** From the network, if it answers in time; else what is kept. */
async function fresh(request) {
  const kept = async () => caches.match(request, { ignoreSearch: true });
  const asked = fetch(request).then(async (reply) => {
    if (reply.ok && request.mode === "navigate") (await caches.open(SITE)).put(bare(request.url), reply.clone());
    return reply;
  });
  asked.catch(() => {});
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(kept);
  const first = await Promise.race([asked.catch(kept), late]);
  return first ?? asked.catch(unkept);
}

/** What is shown for an address that is not kept: the page that knows nothing, marked as offline. */
async function unkept() {
  const page = await caches.match(address("404.html"));
  if (!page) return Response.error();
  const text = (await page.text()).replace("<html ", "<html data-offline ");
  return new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** An address without what comes after ? and #. */
const bare = (url) => url.split(/[?#]/)[0];

addEventListener("install", (event) => {
  event.waitUntil(fetchAll(CORE, true).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil(clients.claim().then(tidy));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  const path = bare(request.url).slice(registration.scope.length);
  if (path.startsWith("e/")) { // how an edition stands is asked anew each time, or said to be unknown
    if (request.mode === "navigate") event.respondWith(fetch(request).catch(unkept));
    return;
  }
  if (request.mode === "navigate" || path.startsWith("printables/")) event.respondWith(fresh(request));
  else if (path in FILES) {
    event.respondWith(caches.match(address(path)).then((kept) => kept ?? fetch(request)));
  }
});

addEventListener("message", (event) => {
  const { fill, keep } = event.data; // the page that is read, and printables
  if (fill) event.waitUntil(filled = filled.catch(() => {}).then(() => fetchAll(queue(fill), false, SHARE)));
  if (keep) {
    const stamps = Object.keys(FILES).filter((path) => path.startsWith("stamp/")); // what puts a unit on them
    filled = filled.catch(() => {}).then(() => fetchAll(stamps, true));
    event.waitUntil(
      Promise.all([caches.open(KEPT).then((kept) => kept.addAll(keep)), filled]).then(() => event.ports[0].postMessage("kept")),
    );
  }
});

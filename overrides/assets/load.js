// Loading scripts when they are needed: what searches, and what puts a unit on a sheet.

(() => {
  const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location.href);
  /** @type {Record<string, Promise<void> | undefined>} */
  const asked = {};

  /** A script of the site, once; one that did not come is asked for again. @param {string} address */
  window.loadScript = (address) => {
    asked[address] ??= new Promise((resolve, reject) => {
      const made = document.createElement("script");
      made.src = new URL(address, base).href;
      made.async = false; // in this order
      made.onload = () => resolve();
      made.onerror = () => {
        asked[address] = undefined;
        reject(new Error(address));
      };
      document.head.append(made);
    });
    return asked[address];
  };
})();

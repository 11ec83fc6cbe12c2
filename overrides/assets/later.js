// Later: Material asks for the index of the search with every page; here it waits until somebody searches.

(() => {
  const { open, send } = XMLHttpRequest.prototype;
  const input = document.querySelector(".md-search__input");
  const waiting = new WeakSet();

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (input && String(url).endsWith("search/search_index.json")) waiting.add(this);
    open.call(this, method, url, ...rest);
  };

  XMLHttpRequest.prototype.send = function (body) {
    const go = () => send.call(this, body);
    if (waiting.delete(this) && document.activeElement !== input) {
      input.addEventListener("focus", go, { once: true });
    } else go();
  };
})();

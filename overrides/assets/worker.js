// Pages opened from a file may start no worker; search runs in an unseen frame instead.

if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      const room = frame.contentWindow;
      const load = (address) => new Promise((resolve, reject) => {
        const script = room.document.createElement("script");
        script.src = new URL(address, document.baseURI).href;
        script.onload = resolve;
        script.onerror = reject;
        room.document.head.append(script);
      });
      room.importScripts = (...addresses) =>
        addresses.reduce((before, address) => before.then(() => load(address)), Promise.resolve());
      room.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.ready = load(url).then(() => room);
    }

    postMessage(data) {
      this.ready.then((room) => room.dispatchEvent(new MessageEvent("message", { data })));
    }
  };
  window.IFrameWorker = window.Worker; // Material's search looks for it by this name
}

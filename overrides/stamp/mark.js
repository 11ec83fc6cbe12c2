// Mark: a unit's picture, its size read before anything decodes it; made small once, and drawn where it can be seen.

(() => {
  const { bytesOf, deflated, latin } = window.stamping;
  const MOST_BYTES = 10e6;
  const MOST_PIXELS = 12e6;
  const SIDE = 1000; // pixels of the longer side, once kept
  const SEEN = 1.6; // contrast of two colours that an eye still tells apart in a mark
  const PLATE = 0.08; // the rim of a ground below a mark, as a share of its height

  const UNITS = { mm: 96 / 25.4, cm: 96 / 2.54, in: 96, pt: 96 / 72 }; // in pixels
  // What a picture in a page does not load, so that a part of it would be missing without a word.
  const LEADS_OUT = /url\((?!\s*["']?#)|@import/i;

  /** What says why a picture is not taken. @param {string} reason */
  const unfit = (reason) => Object.assign(new Error(reason), { reason });

  /** The kind and the pixels of a picture, as its head tells them. @param {Uint8Array} bytes */
  function headOf(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return { kind: "image/png", pixels: view.getUint32(16) * view.getUint32(20) };
    if (bytes.length > 4 && view.getUint16(0) === 0xffd8) {
      for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
        const marker = bytes[at + 1];
        if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { kind: "image/jpeg", pixels: view.getUint16(at + 5) * view.getUint16(at + 7) };
      }
    }
    return null;
  }

  /** What a drawing says, in the encoding that it names. @param {Uint8Array} bytes */
  function textOf(bytes) {
    const head = latin(bytes.subarray(0, 200));
    const named = head.startsWith("\xff\xfe") ? "utf-16le" : head.startsWith("\xfe\xff") ? "utf-16be" : head.match(/^\s*<\?xml[^>]*encoding=["']([\w-]+)/)?.[1];
    return new TextDecoder(named).decode(bytes);
  }

  /** Whether an element needs more than its file, or holds a page. @param {Element} element */
  function isLinked(element) {
    if (element.localName === "foreignObject") return true;
    if (element.localName === "style" && LEADS_OUT.test(element.textContent ?? "")) return true;
    return [...element.attributes].some(({ localName, value }) => localName === "href" ? !/^\s*(#|data:)/.test(value) : LEADS_OUT.test(value));
  }

  /** A length in pixels. @param {string | null} text */
  const pixelsOf = (text) => parseFloat(text ?? "") * (UNITS[/** @type {keyof typeof UNITS} */ (text?.trim().slice(-2))] ?? 1);

  /** A drawing with its size in pixels, or nothing. @param {Uint8Array} bytes */
  function drawing(bytes) {
    const root = new DOMParser().parseFromString(textOf(bytes), "image/svg+xml").documentElement;
    if (root.localName !== "svg" || [root, ...root.querySelectorAll("*")].some(isLinked)) return null;
    const box = (root.getAttribute("viewBox") ?? "").trim().split(/[\s,]+/).map(Number);
    const [width, height] = box.length === 4 ? box.slice(2) : ["width", "height"].map((side) => pixelsOf(root.getAttribute(side)));
    if (!(width > 0 && height > 0)) return null;
    if (box.length !== 4) root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const scale = SIDE / Math.max(width, height);
    root.setAttribute("width", String(width * scale));
    root.setAttribute("height", String(height * scale));
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(root))}`;
  }

  /** @param {string} address */
  async function decoded(address) {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    return picture;
  }

  /** @param {number} width @param {number} height */
  function painted(width, height) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width));
    canvas.height = Math.max(1, Math.round(height));
    return { canvas, brush: /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true })) };
  }

  /** A file that somebody chose, as the data: address that is kept; raises what has a `reason`. @param {Blob} file */
  async function kept(file) {
    if (file.size > MOST_BYTES) throw unfit("large");
    const bytes = new Uint8Array(await file.arrayBuffer());
    const head = headOf(bytes);
    if (head && head.pixels > MOST_PIXELS) throw unfit("large");
    try {
      const address = head ? await addressOf(new Blob([bytes], { type: head.kind })) : drawing(bytes);
      if (!address) throw unfit("unknown");
      const picture = await decoded(address);
      const scale = Math.min(1, SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
      const { canvas, brush } = painted(picture.naturalWidth * scale, picture.naturalHeight * scale);
      brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
      if (brush.getImageData(0, 0, canvas.width, canvas.height).data.every((value, at) => at % 4 < 3 || !value)) throw unfit("empty");
      return head?.kind === "image/jpeg" ? canvas.toDataURL("image/jpeg", 0.92) : canvas.toDataURL("image/png");
    } catch (error) {
      throw /** @type {any} */ (error).reason ? error : unfit("unknown");
    }
  }

  /** @param {Blob} file @returns {Promise<string>} */
  const addressOf = (file) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(unfit("unknown"));
    reader.readAsDataURL(file);
  });

  // On a sheet -------------------------------------------------------------------------------------

  class Mark {
    /** @param {HTMLImageElement} picture */
    constructor(picture) {
      this.picture = picture;
      this.isJpeg = picture.src.startsWith("data:image/jpeg");
    }

    /** @param {string} address */
    static async open(address) {
      return new Mark(await decoded(address));
    }

    /** The picture as an object of a PDF, on a plate of the ink where it would not be seen on the ground; colours 0 to 1.
     * @param {InstanceType<typeof window.stamping.Pdf>} pdf @param {number[]} ground @param {number[]} plate @param {boolean} isInk for a print shop, in CMYK */
    async embed(pdf, ground, plate, isInk) {
      const { canvas, dots } = this.drawn(ground, plate);
      const { width, height } = canvas;
      const common = { Type: "/XObject", Subtype: "/Image", Width: String(width), Height: String(height), BitsPerComponent: "8" };
      if (this.isJpeg && !isInk) {
        const data = bytesOf(atob(this.picture.src.split(",")[1]));
        return { width, height, object: pdf.add({ ...common, ColorSpace: "/DeviceRGB", Filter: "/DCTDecode" }, data) };
      }
      const clear = Uint8Array.from({ length: width * height }, (_, at) => dots[4 * at + 3]);
      const flate = { ...common, Filter: "/FlateDecode" };
      const soft = clear.some((value) => value < 255) ? { SMask: pdf.add({ ...flate, ColorSpace: "/DeviceGray" }, await deflated(clear)) } : {};
      const colours = isInk ? inked(dots) : Uint8Array.from({ length: 3 * width * height }, (_, at) => dots[4 * Math.floor(at / 3) + at % 3]);
      return { width, height, object: pdf.add({ ...flate, ColorSpace: isInk ? "/DeviceCMYK" : "/DeviceRGB", ...soft }, await deflated(colours)) };
    }

    /** @param {number[]} ground @param {number[]} plate */
    drawn(ground, plate) {
      const { naturalWidth: width, naturalHeight: height } = this.picture;
      const shares = this.isJpeg ? null : this.shares(width, height);
      const rim = shares && seen(shares, ground) < Math.min(0.98, seen(shares, plate)) ? Math.ceil(PLATE * height) : 0;
      const { canvas, brush } = painted(width + 2 * rim, height + 2 * rim);
      if (rim) {
        brush.fillStyle = `rgb(${plate.map((channel) => Math.round(channel * 255)).join(" ")})`;
        brush.fillRect(0, 0, canvas.width, canvas.height);
      }
      brush.drawImage(this.picture, rim, rim);
      return { canvas, dots: brush.getImageData(0, 0, canvas.width, canvas.height).data };
    }

    /** How often what is opaque has a colour; nothing, where all of the picture is opaque. @param {number} width @param {number} height */
    shares(width, height) {
      const { canvas, brush } = painted(Math.min(width, 100), Math.min(height, 100));
      brush.drawImage(this.picture, 0, 0, canvas.width, canvas.height);
      const dots = brush.getImageData(0, 0, canvas.width, canvas.height).data;
      /** @type {Map<string, number>} */
      const counts = new Map();
      let all = 0;
      for (let at = 0; at < dots.length; at += 4) {
        if (dots[at + 3] < 128) continue;
        const colour = dots.slice(at, at + 3).join();
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
        all++;
      }
      return 4 * all < dots.length ? { counts, all } : null;
    }
  }

  /** The share of a mark that is seen on a ground. @param {{counts: Map<string, number>, all: number}} shares @param {number[]} ground */
  function seen({ counts, all }, ground) {
    let sum = 0;
    for (const [colour, count] of counts) {
      const [darker, lighter] = [luminance(colour.split(",").map((channel) => Number(channel) / 255)), luminance(ground)].sort((one, other) => one - other);
      if ((lighter + 0.05) / (darker + 0.05) >= SEEN) sum += count;
    }
    return sum / all;
  }

  /** Relative luminance (WCAG 2.2). @param {number[]} colour */
  function luminance(colour) {
    const [red, green, blue] = colour.map((channel) => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  /** Cyan, magenta, yellow and black of red, green, blue and alpha, as finishing computes them. @param {Uint8ClampedArray} dots */
  function inked(dots) {
    const inks = new Uint8Array(dots.length);
    for (let at = 0; at < dots.length; at += 4) {
      const light = Math.max(dots[at], dots[at + 1], dots[at + 2]);
      for (let channel = 0; channel < 3; channel++) inks[at + channel] = light ? Math.round(255 * (light - dots[at + channel]) / light) : 0;
      inks[at + 3] = 255 - light;
    }
    return inks;
  }

  Object.assign(window.stamping, { Mark, keptMark: kept, textOf });
})();

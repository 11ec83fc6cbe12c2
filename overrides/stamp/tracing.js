// Tracing: the outline of a character as the device draws it, for the few that the project's type lacks.

(() => {
  const { UNITS, latin } = window.stamping;
  const EM = 400; // pixels; what is traced is half a thousandth of an em true
  const SIDE = 640;
  const LEFT = 100;
  const BASE = 460;
  const SLACK = 0.25; // pixels by which a straight line may leave the edge
  // For these no type has a glyph. In place of one some browsers draw a box, others a box with the number of the character.
  const NOTHING = ["\uffff", "\u{10ffff}"];
  const BOUNDS = [2, 10]; // bytes of an outline that tell how far it reaches
  const FAMILIES = '"Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';

  /** @typedef {[number, number]} Point */

  /** A glyph of the device's type; raises what has a `reason` if no type there has one. @param {string} character @param {number} weight */
  function traced(character, weight) {
    const glyph = drawn(character, weight);
    const bounds = (/** @type {[number, string]} */ [, made]) => atob(made).slice(...BOUNDS);
    if (!glyph[1] || NOTHING.some((none) => bounds(drawn(none, weight)) === bounds(glyph))) throw Object.assign(new Error(character), { reason: "undrawn" });
    return glyph;
  }

  /** @param {string} character @param {number} weight @returns {[number, string]} */
  function drawn(character, weight) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIDE;
    const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    brush.font = `${weight} ${EM}px ${FAMILIES}`;
    brush.fillText(character, LEFT, BASE);
    const dots = brush.getImageData(0, 0, SIDE, SIDE).data;
    const edges = followed((x, y) => dots[4 * (y * SIDE + x) + 3] - 127.5);
    const unit = UNITS / EM;
    const contours = edges.map((edge) => straightened(edge).map(([x, y]) => /** @type {Point} */ ([Math.round((x - LEFT) * unit), Math.round((BASE - y) * unit)])));
    return [Math.round(brush.measureText(character).width * unit), btoa(latin(outline(contours.filter((points) => points.length > 2))))];
  }

  /** The closed edges between what is inked (above 0) and what is not, the ink always on one side (marching squares).
   * @param {(x: number, y: number) => number} ink @returns {Point[][]} */
  function followed(ink) {
    /** Where the edge crosses a side of a cell, by the number of that side: across 2n, down 2n + 1. @type {Map<number, Point>} */
    const crossings = new Map();
    /** @type {Map<number, number>} */
    const next = new Map();
    const across = (/** @type {number} */ x, /** @type {number} */ y) => {
      const [here, there] = [ink(x, y), ink(x + 1, y)];
      const key = 2 * (y * SIDE + x);
      crossings.set(key, [x + here / (here - there) + 0.5, y + 0.5]);
      return key;
    };
    const down = (/** @type {number} */ x, /** @type {number} */ y) => {
      const [here, there] = [ink(x, y), ink(x, y + 1)];
      const key = 2 * (y * SIDE + x) + 1;
      crossings.set(key, [x + 0.5, y + here / (here - there) + 0.5]);
      return key;
    };
    for (let y = 0; y < SIDE - 1; y++) {
      for (let x = 0; x < SIDE - 1; x++) {
        const corners = [ink(x, y), ink(x + 1, y), ink(x + 1, y + 1), ink(x, y + 1)].map((value) => value > 0);
        if (corners.every((one) => one === corners[0])) continue;
        // Round the cell: a side where ink begins leads to the next one where it ends.
        const sides = [() => across(x, y), () => down(x + 1, y), () => across(x, y + 1), () => down(x, y)];
        for (let side = 0; side < 4; side++) {
          if (corners[side] || !corners[(side + 1) % 4]) continue;
          let end = (side + 1) % 4;
          while (!corners[end] || corners[(end + 1) % 4]) end = (end + 1) % 4;
          next.set(sides[side](), sides[end]());
        }
      }
    }
    const found = [];
    for (const start of next.keys()) {
      const edge = [];
      for (let at = /** @type {number | undefined} */ (start); at !== undefined && next.has(at);) {
        edge.push(/** @type {Point} */ (crossings.get(at)));
        const to = next.get(at);
        next.delete(at);
        at = to;
      }
      if (edge.length > 2) found.push(edge);
    }
    return found;
  }

  /** A closed edge with the fewest points (Douglas and Peucker). @param {Point[]} edge @returns {Point[]} */
  function straightened(edge) {
    const far = farthest(edge, 0, 0, edge.length).at;
    const kept = new Set([0, far]);
    const closed = [...edge, edge[0]];
    const spans = [[0, far], [far, edge.length]];
    for (let span = spans.pop(); span; span = spans.pop()) {
      const [from, to] = span;
      const { at, distance } = farthest(closed, from, to, to);
      if (distance <= SLACK) continue;
      kept.add(at);
      spans.push([from, at], [at, to]);
    }
    return edge.filter((_, at) => kept.has(at));
  }

  /** The point between `from` and `end` that is farthest from the line between two of them, or from one. @param {Point[]} points @param {number} from @param {number} to @param {number} end */
  function farthest(points, from, to, end) {
    const [[x, y], [toX, toY]] = [points[from], points[to]];
    const long = Math.hypot(toX - x, toY - y);
    const found = { at: from, distance: 0 };
    for (let at = from + 1; at < end; at++) {
      const [overX, overY] = [points[at][0] - x, points[at][1] - y];
      const distance = long ? Math.abs(overX * (toY - y) - overY * (toX - x)) / long : Math.hypot(overX, overY);
      if (distance > found.distance) Object.assign(found, { at, distance });
    }
    return found;
  }

  /** A simple glyph of straight lines (OpenType, glyf). @param {Point[][]} contours */
  function outline(contours) {
    const points = contours.flat();
    if (!points.length) return new Uint8Array(0);
    const view = new DataView(new ArrayBuffer(12 + 2 * contours.length + 5 * points.length));
    const sides = [0, 1].map((axis) => points.map((point) => point[axis]));
    let at = 0;
    const put = (/** @type {number} */ value) => {
      view.setInt16(at, value);
      at += 2;
    };
    [contours.length, ...sides.map((all) => Math.min(...all)), ...sides.map((all) => Math.max(...all))].forEach(put);
    let last = -1;
    for (const contour of contours) put(last += contour.length);
    put(0); // no instructions
    for (const _ of points) view.setUint8(at++, 1); // on the curve
    for (const all of sides) all.forEach((value, number) => put(value - (all[number - 1] ?? 0)));
    return new Uint8Array(view.buffer);
  }

  Object.assign(window.stamping, { traced });
})();

// painter: draws nodes, facts and names on a canvas, in as much detail as the number in sight allows.

const INK = {};

/** Reads the theme's colours out of the style sheet. */
function readInk() {
  const style = getComputedStyle(document.documentElement);
  for (const key of ['paper', 'ink', 'soft', 'edge', 'accent', 'denied', 'sea', 'land', 'coast']) INK[key] = style.getPropertyValue(`--${key}`).trim();
  INK.font = style.getPropertyValue('--font').trim() || 'sans-serif';
  sprites.clear();
}

const RICH = 2600; // facts in sight up to which they bend, point and show their status
const SLICE = 4000; // facts or nodes drawn before the painter lets others at the thread

/** The radius of a node in units of the drawing. */
function size(node) {
  if (S.size === 'same') return 8;
  const share = S.size === 'degree' ? degree(node) / G.highestDegree : S.size === 'bridge' ? (G.bridge?.[node] ?? 0) / 1000 : G.rank[node] / 1000;
  return 5 + 14 * Math.sqrt(share);
}

/** How much of their size nodes keep at a scale: they shrink more slowly than distances do. */
const keeps = (k) => (S.view === 'map' ? Math.min(0.95, 0.5 * k ** 0.25) : k < 1 ? k ** 0.62 : k ** 0.4);

const nodeColor = (node) => (S.color === 'group' ? groupColor(G.group[node]) : G.types[G.type[node]].color);

/**
 * Paints a scene: { width, height, camera, X, Y, node, fact, underlay, names }. `node` and `fact` are masks of what to draw.
 * A generator, so that a large graph can be painted in slices between which the page stays awake.
 */
function* paint(context, scene) {
  if (scene.clears !== false) context.clearRect(0, 0, scene.width, scene.height);
  scene.taken = new Taken();
  if (scene.underlay) scene.underlay(context, scene);
  const inSight = factsInSight(scene);
  yield;
  yield* paintFacts(context, scene, inSight);
  yield* paintNodes(context, scene);
  if (scene.names !== false) {
    paintNames(context, scene);
    if (inSight.length <= 220 && scene.camera.k > 0.75) paintVerbs(context, scene, inSight);
  }
}

function factsInSight({ width, height, camera: { k, x, y }, X, Y, fact }) {
  const [left, right, top, bottom] = [-x / k - 20, (width - x) / k + 20, -y / k - 20, (height - y) / k + 20];
  const out = new Int32Array(G.m);
  let count = 0;
  for (let f = 0; f < G.m; f++) {
    if (!fact[f]) continue;
    const [a, b] = [G.s[f], G.o[f]];
    if ((X[a] < left && X[b] < left) || (X[a] > right && X[b] > right) || (Y[a] < top && Y[b] < top) || (Y[a] > bottom && Y[b] > bottom)) continue;
    out[count++] = f;
  }
  return out.subarray(0, count);
}

/** Ends and bend of a fact on screen: { ax, ay, bx, by, cx, cy }, cut where the nodes begin. */
function course(f, { camera: { k, x, y }, X, Y }, bend = true) {
  const [a, b] = [G.s[f], G.o[f]];
  const [ax, ay, bx, by] = [X[a] * k + x, Y[a] * k + y, X[b] * k + x, Y[b] * k + y];
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const off = bend ? G.lane[f] * Math.min(0.16 * length, 11 * keeps(k)) : 0;
  const [cx, cy] = [(ax + bx) / 2 - ((by - ay) / length) * off, (ay + by) / 2 + ((bx - ax) / length) * off];
  const cut = (node) => size(node) * keeps(k) + 1.5;
  const [ca, cb] = [Math.hypot(cx - ax, cy - ay) || 1, Math.hypot(bx - cx, by - cy) || 1];
  const [ra, rb] = [Math.min(cut(a), ca * 0.9), Math.min(cut(b), cb * 0.9)];
  return { ax: ax + ((cx - ax) / ca) * ra, ay: ay + ((cy - ay) / ca) * ra, bx: bx - ((bx - cx) / cb) * rb, by: by - ((by - cy) / cb) * rb, cx, cy, length, ux: (bx - cx) / cb, uy: (by - cy) / cb };
}

const DASHES = { asserted: [], past: [1, 3], planned: [6, 4], possible: [2, 3], reported: [5, 3, 1, 3], denied: [8, 4] };

function* paintFacts(context, scene, inSight) {
  const count = inSight.length;
  context.strokeStyle = INK.edge;
  if (count > RICH) {
    const { camera: { k, x, y }, X, Y } = scene;
    context.globalAlpha = count > 20000 ? 0.22 : 0.5;
    context.lineWidth = count > 8000 ? 0.5 : 0.8;
    for (let from = 0; from < count; from += SLICE) {
      context.beginPath();
      for (let i = from; i < Math.min(count, from + SLICE); i++) {
        const [a, b] = [G.s[inSight[i]], G.o[inSight[i]]];
        context.moveTo(X[a] * k + x, Y[a] * k + y);
        context.lineTo(X[b] * k + x, Y[b] * k + y);
      }
      context.stroke();
      yield;
    }
    context.globalAlpha = 1;
    return;
  }
  for (const [number, status] of G.statuses.entries()) {
    const facts = inSight.filter((f) => G.status[f] === number);
    if (facts.length) strokeFacts(context, scene, facts, status === 'denied' ? INK.denied : INK.edge, DASHES[status] ?? [], 1.1);
  }
}

/** Bent lines with arrow heads, all of one colour and dash. */
function strokeFacts(context, scene, facts, color, dash, width) {
  const heads = [];
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  for (const f of facts) {
    const c = course(f, scene);
    context.moveTo(c.ax, c.ay);
    if (G.lane[f]) context.quadraticCurveTo(c.cx, c.cy, c.bx, c.by);
    else context.lineTo(c.bx, c.by);
    if (c.length > 14 && !G.relations[G.r[f]].symmetric) heads.push(c);
  }
  context.stroke();
  context.setLineDash([]);
  const long = Math.max(4, Math.min(9, 7 * keeps(scene.camera.k))) + width;
  context.beginPath();
  for (const { bx, by, ux, uy } of heads) {
    context.moveTo(bx, by);
    context.lineTo(bx - ux * long - uy * long * 0.4, by - uy * long + ux * long * 0.4);
    context.lineTo(bx - ux * long + uy * long * 0.4, by - uy * long - ux * long * 0.4);
    context.closePath();
  }
  context.fill();
}

const sprites = new Map();

/** A node drawn once, for each outline, colour and half pixel of radius; canvases copy faster than they fill. */
function sprite(shape, color, radius, ratio) {
  const key = `${shape}${color}${radius}/${ratio}`;
  let found = sprites.get(key);
  if (found) return found;
  const half = Math.ceil(radius * 1.3 + 2.5);
  found = document.createElement('canvas');
  found.width = found.height = Math.ceil(2 * half * ratio);
  found.half = half;
  found.made = { shape, color: themed(color), radius };
  const context = found.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, half * ratio, half * ratio);
  context.lineJoin = 'round';
  context.beginPath();
  trace(context, shape, 0, 0, radius);
  if (radius > 2.5) {
    context.strokeStyle = INK.paper;
    context.lineWidth = 3;
    context.stroke();
  }
  context.fillStyle = themed(color);
  context.fill();
  sprites.set(key, found);
  return found;
}

function* paintNodes(context, scene) {
  const { width, height, camera: { k, x, y }, X, Y, node, ratio = 1 } = scene;
  const shrink = keeps(k);
  const order = G.order;
  for (let at = order.length - 1; at >= 0; at--) { // the best connected last, on top
    const i = order[at];
    if (!node[i]) continue;
    const [sx, sy] = [X[i] * k + x, Y[i] * k + y];
    if (sx < -30 || sy < -30 || sx > width + 30 || sy > height + 30) continue;
    const radius = Math.max(1.5, Math.round(2 * size(i) * shrink) / 2);
    const drawn = sprite(G.types[G.type[i]].shape, nodeColor(i), radius, ratio);
    context.drawImage(drawn, sx - drawn.half, sy - drawn.half, 2 * drawn.half, 2 * drawn.half);
    if (at % SLICE === 0) yield;
  }
}

/** Rectangles that are taken, in cells of 64 pixels: names are drawn where none is. */
class Taken {
  cells = new Map();

  free(left, top, right, bottom) {
    for (const key of this.keys(left, top, right, bottom)) {
      for (const [l, t, r, b] of this.cells.get(key) ?? []) if (l < right && left < r && t < bottom && top < b) return false;
    }
    return true;
  }

  take(left, top, right, bottom) {
    for (const key of this.keys(left, top, right, bottom)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([left, top, right, bottom]);
    }
  }

  * keys(left, top, right, bottom) {
    for (let x = left >> 6; x <= right >> 6; x++) for (let y = top >> 6; y <= bottom >> 6; y++) yield x * 8192 + y;
  }
}

const NAMES = 140; // names in one picture at most
const short = (text, most = 30) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

/** The names of the best connected nodes in sight, each where it covers no node and no other name. */
function paintNames(context, scene) {
  const { width, height, camera: { k, x, y }, X, Y, node, taken } = scene;
  const shrink = keeps(k);
  const shown = [];
  for (const i of G.order) {
    if (!node[i]) continue;
    const [sx, sy, r] = [X[i] * k + x, Y[i] * k + y, size(i) * shrink];
    if (sx < -60 || sy < -20 || sx > width + 60 || sy > height + 20) continue;
    shown.push([i, sx, sy, r]);
    if (shown.length > 2500) break;
  }
  const crowded = shown.length > 350; // names may then cover nodes, or the middle of the picture would have none
  for (const [, sx, sy, r] of shown) if (r > 3.2 && !crowded) takeNode(taken, sx, sy, r);
  if (S.color === 'group' && S.view === 'graph') paintGroups(context, scene, crowded);
  let left = Math.min(NAMES, Math.ceil((width * height) / (crowded ? 24000 : 7000)));
  for (const [i, sx, sy, r] of shown) {
    if (left <= 0) break;
    if (paintName(context, scene, i, sx, sy, r)) left--;
  }
  if (S.view === 'map') paintRouteNames(context, scene);
}

const takeNode = (taken, x, y, r) => taken.take(x - r * 0.8, y - r * 0.8, x + r * 0.8, y + r * 0.8);

/** One name; false where there is no room for it, whole or cut, and it is not `urgent`. */
function paintName(context, scene, node, sx, sy, r, urgent = false) {
  const points = Math.round(Math.min(15, 10.5 + r * 0.22));
  context.font = `${r > 11 || urgent ? 600 : 400} ${points}px ${INK.font}`;
  const whole = short(G.name[node], urgent ? 60 : 30);
  const cut = short(whole, 12);
  const place = (text) => nameSpot(scene, node, { sx, sy, r, half: context.measureText(text).width / 2 + 3, high: points * 0.62 + 1 });
  let [text, spot] = [whole, place(whole)];
  if (!spot?.inside && cut !== whole && !urgent) {
    const other = place(cut);
    if (other?.inside) [text, spot] = [cut, other];
  }
  if (!urgent && (!spot || (!spot.inside && sx > scene.frame[0] && sx < scene.frame[2]))) return false; // cut by the window's edge it says nothing
  const { x, y, half, high } = spot ?? { x: sx, y: sy + r + points * 0.62 + 2, half: context.measureText(text).width / 2 + 3, high: points * 0.62 + 1 };
  scene.taken.take(x - half, y - high, x + half, y + high);
  scene.sides?.set(node, spot?.side ?? 0);
  write(context, text, x, y, INK.ink, urgent ? 7 : 3.5);
  return true;
}

/** A free place for a name: where it stood before, else below its node, right, left or above, if it can be inside the window. */
function nameSpot({ taken, frame, sides }, node, { sx, sy, r, half, high }) {
  const spots = [[sx, sy + r + high + 1], [sx + r + half + 2, sy], [sx - r - half - 2, sy], [sx, sy - r - high - 1]];
  const x = Math.max(frame[0] + half, Math.min(frame[2] - half, sx));
  if (x !== sx && Math.abs(x - sx) < half) spots.push([x, spots[0][1]], [x, spots[3][1]]); // at the edge: moved inwards
  const before = sides?.get(node);
  const order = spots[before] ? [before, ...spots.keys()] : [...spots.keys()];
  const free = order.filter((side) => taken.free(spots[side][0] - half, spots[side][1] - high, spots[side][0] + half, spots[side][1] + high));
  const within = (side) => spots[side][0] - half >= frame[0] && spots[side][0] + half <= frame[2] && spots[side][1] + high <= frame[3];
  const side = free.find(within) ?? free[0];
  if (side === undefined) return null;
  return { side, x: spots[side][0], y: spots[side][1], half, high, inside: within(side) };
}

function write(context, text, x, y, color, halo = 3.5) {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.strokeStyle = INK.paper;
  context.lineWidth = halo;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** The relation of each fact, half way along it. */
function paintVerbs(context, scene, facts, color = INK.soft, urgent = false) {
  context.font = `${urgent ? 500 : 400} 10.5px ${INK.font}`;
  for (const f of facts) {
    const c = course(f, scene);
    const text = label(G.relations[G.r[f]]);
    const half = context.measureText(text).width / 2 + 2;
    if (c.length < 2 * half + 24) continue;
    const [mx, my] = [(c.ax + 2 * c.cx + c.bx) / 4, (c.ay + 2 * c.cy + c.by) / 4];
    if (!scene.taken.free(mx - half, my - 7, mx + half, my + 7)) continue;
    scene.taken.take(mx - half, my - 7, mx + half, my + 7);
    write(context, text, mx, my, color);
  }
}

/** The name of each community beside it, where whole communities are in sight: on no node, unless nodes are everywhere. */
function paintGroups(context, { camera: { k, x, y }, X, Y, node, taken, frame }, crowded) {
  if (k > 1.5) return;
  const boxes = G.groups.map(() => ({ count: 0, sx: 0, sy: 0, left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity }));
  for (let i = 0; i < G.n; i++) {
    const box = node[i] ? boxes[G.group[i]] : null;
    if (!box) continue;
    const [sx, sy] = [X[i] * k + x, Y[i] * k + y];
    Object.assign(box, { count: box.count + 1, sx: box.sx + sx, sy: box.sy + sy, left: Math.min(box.left, sx), right: Math.max(box.right, sx), top: Math.min(box.top, sy), bottom: Math.max(box.bottom, sy) });
  }
  const titles = crowded ? new Taken() : taken;
  context.font = `650 13.5px ${INK.font}`;
  for (const [group, box] of boxes.entries()) {
    if (box.count < 6) continue;
    const text = short(G.groups[group], 44);
    const half = context.measureText(text).width / 2 + 5;
    const [cx, cy] = [box.sx / box.count, box.sy / box.count];
    const fits = ([px, py]) => px - half > frame[0] && py - 11 > frame[1] && px + half < frame[2] && py + 11 < frame[3] && titles.free(px - half, py - 11, px + half, py + 11);
    const spot = (crowded ? [[cx, cy], [cx, cy - 24], [cx, cy + 24]] : beside(box, cx, cy, half)).find(fits);
    if (!spot) continue;
    for (const each of new Set([titles, taken])) each.take(spot[0] - half, spot[1] - 11, spot[0] + half, spot[1] + 11);
    write(context, text, spot[0], spot[1], themed(groupColor(group)), 5);
  }
}

/** Places for a title of a community: above, below, then rows ever nearer to its middle, each at several columns. */
function beside({ left, right, top, bottom }, cx, cy, half) {
  const rows = [top - 26, bottom + 30];
  for (let y = top; y < bottom; y += 14) rows.push(y);
  rows.sort((a, b) => Math.abs(b - cy) - Math.abs(a - cy));
  const columns = [cx, cx - half / 2, cx + half / 2, left - half / 2, right + half / 2];
  return rows.flatMap((y) => columns.map((x) => [x, y]));
}

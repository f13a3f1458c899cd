// pointer: mouse, pen and fingers on the stage: move, zoom, pick, drag a node to pin it.

const REACH = 7; // pixels around a node or fact that still hit it
const fingers = new Map();
let grip = null; // { x, y, node, moved }: where a press began

/** The visible node at a point of the stage, or -1. */
function nodeAt(px, py) {
  const { X, Y } = places();
  const { node } = masks();
  const { k, x, y } = camera();
  const shrink = keeps(k);
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < G.n; i++) {
    if (!node[i]) continue;
    const away = Math.hypot(X[i] * k + x - px, Y[i] * k + y - py) - Math.max(3, size(i) * shrink);
    if (away < REACH && away < least) [best, least] = [i, away];
  }
  return best;
}

/** The visible fact at a point of the stage, or -1. */
function factAt(px, py) {
  const { X, Y } = places();
  const { fact } = masks();
  const { k, x, y } = camera();
  const all = scene();
  const bent = factsInSight(all).length <= RICH;
  let best = -1;
  let least = REACH;
  for (let f = 0; f < G.m; f++) {
    if (!fact[f]) continue;
    const [ax, ay, bx, by] = [X[G.s[f]] * k + x, Y[G.s[f]] * k + y, X[G.o[f]] * k + x, Y[G.o[f]] * k + y];
    const room = REACH + (bent ? Math.abs(G.lane[f]) * 14 : 0);
    if (px < Math.min(ax, bx) - room || px > Math.max(ax, bx) + room || py < Math.min(ay, by) - room || py > Math.max(ay, by) + room) continue;
    const away = bent && G.lane[f] ? toCurve(px, py, course(f, all)) : toLine(px, py, ax, ay, bx, by);
    if (away < least) [best, least] = [f, away];
  }
  return best;
}

function toLine(px, py, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const part = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + part * dx - px, ay + part * dy - py);
}

function toCurve(px, py, { ax, ay, bx, by, cx, cy }) {
  let least = Infinity;
  let [lx, ly] = [ax, ay];
  for (let i = 1; i <= 10; i++) {
    const p = i / 10;
    const [x, y] = [(1 - p) ** 2 * ax + 2 * p * (1 - p) * cx + p * p * bx, (1 - p) ** 2 * ay + 2 * p * (1 - p) * cy + p * p * by];
    least = Math.min(least, toLine(px, py, lx, ly, x, y));
    [lx, ly] = [x, y];
  }
  return least;
}

function listenToPointer() {
  const { box } = stage;
  box.addEventListener('pointerdown', press);
  box.addEventListener('pointermove', move);
  for (const end of ['pointerup', 'pointercancel']) box.addEventListener(end, release);
  box.addEventListener('pointerleave', () => hover(-1));
  box.addEventListener('wheel', wheel, { passive: false });
  box.addEventListener('dblclick', (event) => {
    const [px, py] = within(event);
    const node = nodeAt(px, py);
    if (node >= 0) set(S.focus === node && S.hops ? { focus: -1, hops: 0 } : { focus: node, hops: 1 });
    else travel(zoomed(camera(), 1.8, px, py));
  });
}

function within(event) {
  const { left, top } = stage.box.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function press(event) {
  if (event.button > 0 || event.target.closest('button')) return;
  const [px, py] = within(event);
  fingers.set(event.pointerId, [px, py]);
  stage.box.setPointerCapture(event.pointerId);
  cancelAnimationFrame(flight);
  grip = { x: px, y: py, node: fingers.size === 1 && S.view === 'graph' ? nodeAt(px, py) : -1, moved: false };
}

function move(event) {
  const [px, py] = within(event);
  const before = fingers.get(event.pointerId);
  if (!before || !grip) {
    if (event.pointerType === 'mouse') look(px, py);
    return;
  }
  if (!grip.moved && Math.hypot(px - grip.x, py - grip.y) < 4 && fingers.size === 1) return;
  grip.moved = true;
  fingers.set(event.pointerId, [px, py]);
  if (fingers.size === 2) pinch(event.pointerId, before);
  else if (grip.node >= 0) carry(grip.node, px, py);
  else setCamera({ ...camera(), x: camera().x + px - before[0], y: camera().y + py - before[1] });
  nextFrame();
}

function pinch(id, before) {
  const [other] = [...fingers].filter(([key]) => key !== id).map(([, point]) => point);
  const now = fingers.get(id);
  const factor = Math.hypot(now[0] - other[0], now[1] - other[1]) / (Math.hypot(before[0] - other[0], before[1] - other[1]) || 1);
  setCamera(zoomed(camera(), factor, (now[0] + other[0]) / 2, (now[1] + other[1]) / 2));
}

function carry(node, px, py) {
  const { k, x, y } = camera();
  if (S.node !== node) set({ node, fact: -1 });
  G.x[node] = (px - x) / k;
  G.y[node] = (py - y) / k;
}

function release(event) {
  if (!fingers.delete(event.pointerId) || !grip) return;
  const { moved, node, x, y } = grip;
  if (fingers.size) return;
  grip = null;
  if (event.type === 'pointercancel') return;
  if (moved && node >= 0) set({ pins: new Map(S.pins).set(node, [G.x[node], G.y[node]]) });
  else if (moved) keepSpot();
  else pickAt(x, y);
}

/** Selects what is at a point: a node, else a route of the map, else a fact, else nothing. */
function pickAt(px, py) {
  const node = nodeAt(px, py);
  const route = node < 0 && S.view === 'map' ? routeAt(px, py) : -1;
  if (node >= 0 || route >= 0) select(node >= 0 ? node : route);
  else {
    const fact = factAt(px, py);
    set({ fact, node: fact >= 0 ? S.node : -1 });
  }
}

let still = 0;

function look(px, py) {
  hover(nodeAt(px, py));
  clearTimeout(still);
  stage.tip.hidden = true;
  if (stage.hover >= 0) return;
  still = setTimeout(() => {
    const route = S.view === 'map' ? routeAt(px, py) : -1;
    const fact = route >= 0 ? -1 : factAt(px, py);
    stage.box.classList.toggle('points', route >= 0 || fact >= 0);
    if (route < 0 && fact < 0) return;
    if (route >= 0) stage.tip.replaceChildren(name(short(G.name[route], 60)));
    else stage.tip.replaceChildren(name(short(G.name[G.s[fact]], 40)), ` ${label(G.relations[G.r[fact]])} `, name(short(G.name[G.o[fact]], 40)));
    stage.tip.hidden = false;
    stage.tip.style.transform = `translate(${Math.min(px + 12, stage.width - 260)}px, ${py + 14}px)`;
  }, 60);
}

function hover(node) {
  if (node === stage.hover) return;
  stage.hover = node;
  stage.box.classList.toggle('points', node >= 0);
  nextFrame();
}

function wheel(event) {
  event.preventDefault();
  cancelAnimationFrame(flight);
  const [px, py] = within(event);
  const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 200 : 1;
  setCamera(zoomed(camera(), Math.exp(-Math.max(-160, Math.min(160, event.deltaY * unit)) * 0.0022), px, py));
  nextFrame();
  clearTimeout(stage.spotted);
  stage.spotted = setTimeout(keepSpot, 300);
}

// camera: which part of the drawing the window shows. Screen = drawing × k + (x, y), in CSS pixels.

const cameras = { graph: { k: 1, x: 0, y: 0 }, map: null };
const NEAREST = { graph: 6, map: 60 };
let flight = 0;

/** The camera of the current view. */
const camera = () => cameras[S.view === 'map' ? 'map' : 'graph'] ?? cameras.graph;

function setCamera(to) {
  cameras[S.view === 'map' ? 'map' : 'graph'] = to;
}

/** The camera that shows these nodes with a margin; a single node is not blown up. */
function framing(nodes, width, height, margin = 56, closest = 1.6) {
  const { X, Y } = places();
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const i of nodes) {
    left = Math.min(left, X[i]);
    right = Math.max(right, X[i]);
    top = Math.min(top, Y[i]);
    bottom = Math.max(bottom, Y[i]);
  }
  if (left > right) return { k: 1, x: width / 2, y: height / 2 };
  const room = (size) => Math.max(40, size - 2 * margin);
  const k = Math.min(closest, (room(width) - (nodes.length < 400 ? Math.min(80, width / 8) : 0)) / Math.max(1, right - left), room(height) / Math.max(1, bottom - top));
  return { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
}

/** The same camera, nearer by `factor`, with the point (x, y) of the window kept in place. */
function zoomed(from, factor, x, y) {
  const k = Math.min(NEAREST[S.view] ?? 6, Math.max(0.01, from.k * factor));
  const real = k / from.k;
  return { k, x: x - (x - from.x) * real, y: y - (y - from.y) * real };
}

/** Goes to a camera, in a quarter of a second, or at once where motion is not wanted. */
function fly(to, step) {
  cancelAnimationFrame(flight);
  const from = { ...camera() };
  if (calm()) {
    setCamera(to);
    step(true);
    return;
  }
  const start = performance.now();
  const frame = (now) => {
    const part = Math.min(1, Math.max(0, (now - start) / 260));
    const ease = part * (2 - part);
    const k = from.k * (to.k / from.k) ** ease;
    const share = to.k === from.k ? ease : (k - from.k) / (to.k - from.k); // the point in the middle moves straight
    setCamera({ k, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    step(part === 1);
    if (part < 1) flight = requestAnimationFrame(frame);
  };
  flight = requestAnimationFrame(frame);
}

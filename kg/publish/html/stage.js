// stage: the window on the drawing. One canvas holds the whole picture, larger than the window, and is moved while the
// reader pans or zooms; another, on top, holds what is selected. So moving costs next to nothing whatever the graph.

const stage = { box: null, base: null, spare: null, top: null, width: 0, height: 0, ratio: 1, painted: null, job: null, wanted: false, frame: 0, settle: 0, hover: -1, drawn: 0, sides: null };
const MARGIN = 0.3; // of the window's size, painted around it
const AWAKE = 12; // milliseconds of painting at a time

/** Where the nodes of the current view are. */
const places = () => (S.view === 'map' ? { X: M.x, Y: M.y } : { X: G.x, Y: G.y });

/** The nodes and facts that the current view draws. */
const masks = () => (S.view === 'map' ? { node: M.node, fact: M.fact } : { node: V.node, fact: V.fact });

function makeStage() {
  stage.box = byId('stage');
  const layer = (kind) => el('canvas', { class: kind, 'aria-hidden': 'true' });
  [stage.base, stage.spare, stage.top] = [layer('base'), layer('base'), layer('top')];
  stage.box.append(stage.base, stage.spare, stage.top);
  stage.tip = el('div', { class: 'tip', hidden: true });
  stage.box.append(stage.tip);
  new ResizeObserver(resize).observe(stage.box);
}

function resize() {
  const { clientWidth: width, clientHeight: height } = stage.box;
  if (!width || !height) return;
  const first = !stage.width;
  const shift = first ? null : [(width - stage.width) / 2, (height - stage.height) / 2];
  stage.ratio = Math.min(2, window.devicePixelRatio || 1);
  Object.assign(stage, { width, height, mx: Math.round(width * MARGIN), my: Math.round(height * MARGIN) });
  for (const canvas of [stage.base, stage.spare]) {
    measure(canvas, width + 2 * stage.mx, height + 2 * stage.my);
    canvas.style.left = `${-stage.mx}px`;
    canvas.style.top = `${-stage.my}px`;
    canvas.style.transformOrigin = `${stage.mx}px ${stage.my}px`;
  }
  measure(stage.top, width, height);
  stage.painted = null;
  if (first) fitAll(true);
  else if (shift) setCamera({ ...camera(), x: camera().x + shift[0], y: camera().y + shift[1] });
  redraw();
}

function measure(canvas, width, height) {
  canvas.width = Math.round(width * stage.ratio);
  canvas.height = Math.round(height * stage.ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.getContext('2d').setTransform(stage.ratio, 0, 0, stage.ratio, 0, 0);
}

/** Paints everything anew, soon. */
function redraw() {
  stage.wanted = true;
  nextFrame();
}

/** Moves what is painted to where the camera is, soon. */
function nextFrame() {
  if (!stage.frame) stage.frame = requestAnimationFrame(onFrame);
}

function onFrame() {
  stage.frame = 0;
  if (!stage.width || stage.box.hidden) return;
  if (stage.wanted) {
    stage.wanted = false;
    stage.job = { camera: { ...camera() }, view: S.view, steps: null, sides: new Map() };
  }
  if (stage.job) paintSome();
  else moveBase();
  paintTop();
  if (stage.job) nextFrame();
}

function scene() {
  return { ...places(), ...masks(), width: stage.width, height: stage.height, camera: camera(), ratio: stage.ratio, taken: new Taken(), frame: [0, 0, stage.width, stage.height], sides: stage.sides, underlay: S.view === 'map' ? paintWorld : null };
}

/** Goes on with the picture for a while; shows it when it is done. A small graph is done at once. */
function paintSome() {
  const { job, mx, my } = stage;
  job.steps ??= paint(stage.spare.getContext('2d'), { ...scene(), width: stage.width + 2 * mx, height: stage.height + 2 * my, camera: { k: job.camera.k, x: job.camera.x + mx, y: job.camera.y + my }, frame: [mx, my, mx + stage.width, my + stage.height], sides: job.sides });
  const end = performance.now() + AWAKE;
  let step;
  do step = job.steps.next();
  while (!step.done && performance.now() < end);
  if (!step.done) {
    if (stage.painted) moveBase();
    return;
  }
  [stage.base, stage.spare] = [stage.spare, stage.base];
  stage.base.style.visibility = 'visible';
  stage.spare.style.visibility = 'hidden';
  stage.painted = job.camera;
  stage.sides = job.sides;
  stage.job = null;
  stage.drawn++;
  moveBase();
}

/** Slides and stretches the picture to the camera, and asks for a new one where it no longer covers the window. */
function moveBase() {
  const { painted, mx, my, width, height } = stage;
  if (!painted) return;
  const now = camera();
  const scale = now.k / painted.k;
  const [tx, ty] = [now.x - scale * painted.x, now.y - scale * painted.y];
  stage.base.style.transform = scale === 1 && !tx && !ty ? 'none' : `translate(${tx}px, ${ty}px) scale(${scale})`;
  if (scale === 1 && !tx && !ty) return;
  const covered = tx <= mx * scale && ty <= my * scale && tx + (width + mx) * scale >= width && ty + (height + my) * scale >= height;
  clearTimeout(stage.settle);
  if (!covered && !stage.job) redraw();
  else stage.settle = setTimeout(redraw, 130);
}

/** What stands out: nodes and facts of the path, the fact or the node that is selected, or under the pointer. */
function lit() {
  const { node, fact } = masks();
  if (S.view === 'graph' && S.pathTo >= 0 && S.pathFrom >= 0) {
    const way = currentWays()[S.way] ?? [];
    return { nodes: new Set(way), facts: way.slice(1).flatMap((each, i) => between(way[i], each).slice(0, 6)), main: way, dims: way.length > 0 };
  }
  if (S.fact >= 0 && fact[S.fact]) return { nodes: new Set([G.s[S.fact], G.o[S.fact]]), facts: [S.fact], main: [G.s[S.fact], G.o[S.fact]], dims: true };
  const chosen = S.node >= 0 && node[S.node] ? S.node : -1;
  const at = chosen >= 0 ? chosen : stage.hover;
  if (at < 0 || !node[at]) return { nodes: new Set(), facts: [], main: [], dims: false };
  const facts = [...factsOf(at)].filter((f) => fact[f]);
  return { nodes: new Set([at, ...facts.map((f) => otherEnd(f, at))]), facts, main: [at], dims: chosen >= 0 };
}

function paintTop() {
  const context = stage.top.getContext('2d');
  const { nodes, dims } = lit();
  stage.top.hidden = !nodes.size && !S.pins.size; // an empty canvas still costs the compositor
  stage.box.classList.toggle('dims', dims);
  if (stage.top.hidden) return;
  context.clearRect(0, 0, stage.width, stage.height);
  drawTop(context);
}

/** Draws what stands out, over whatever there is. */
function drawTop(context) {
  const { nodes, facts, main, dims } = lit();
  const all = { ...scene(), node: new Uint8Array(0) };
  paintPins(context, all);
  if (!nodes.size) return;
  const bent = facts.length <= 400 ? facts : facts.slice(0, 400);
  for (const [number, status] of G.statuses.entries()) {
    const some = bent.filter((f) => G.status[f] === number);
    if (some.length) strokeFacts(context, all, some, status === 'denied' ? INK.denied : INK.accent, DASHES[status] ?? [], dims ? 1.6 : 1.2);
  }
  const { camera: { k, x, y }, X, Y } = all;
  const sorted = [...nodes].sort((a, b) => G.rank[a] - G.rank[b]);
  for (const i of sorted) {
    stamp(context, i, X[i] * k + x, Y[i] * k + y, main.includes(i));
    takeNode(all.taken, X[i] * k + x, Y[i] * k + y, size(i) * keeps(k));
  }
  for (const i of main) paintName(context, all, i, X[i] * k + x, Y[i] * k + y, size(i) * keeps(k), true);
  if (dims || main[0] === stage.hover) {
    for (const i of sorted.reverse().slice(0, 120)) if (!main.includes(i)) paintName(context, all, i, X[i] * k + x, Y[i] * k + y, size(i) * keeps(k));
    if (bent.length <= 60) paintVerbs(context, all, bent, INK.accent, true);
  }
}

function stamp(context, node, sx, sy, ringed) {
  const radius = Math.max(ringed ? 5 : 3, size(node) * keeps(camera().k));
  const drawn = sprite(G.types[G.type[node]].shape, nodeColor(node), Math.round(2 * radius) / 2, stage.ratio);
  if (ringed) {
    context.beginPath();
    context.arc(sx, sy, radius * 1.3 + 3, 0, 2 * Math.PI);
    context.fillStyle = INK.paper;
    context.fill();
    context.strokeStyle = INK.accent;
    context.lineWidth = 2;
    context.stroke();
  }
  context.drawImage(drawn, sx - drawn.half, sy - drawn.half, 2 * drawn.half, 2 * drawn.half);
}

/** A small dot beside each pinned node. */
function paintPins(context, { camera: { k, x, y }, X, Y }) {
  if (S.view !== 'graph') return;
  for (const i of S.pins.keys()) {
    if (!V.node[i]) continue;
    const r = size(i) * keeps(k);
    context.beginPath();
    context.arc(X[i] * k + x + r * 0.8, Y[i] * k + y - r * 0.8, 3, 0, 2 * Math.PI);
    context.fillStyle = INK.ink;
    context.fill();
  }
}

/** The height of the window that no sheet covers: on a phone the panel lies over the lower half. */
function openHeight() {
  const panel = byId('panel');
  const over = innerWidth <= 860 && getComputedStyle(panel).display !== 'none' ? panel.offsetHeight : 0;
  return Math.max(120, stage.height - over);
}

/** Shows all that is visible. */
function fitAll(at_once = false) {
  if (!stage.width) return;
  const { node } = masks();
  const shown = [];
  for (let i = 0; i < G.n; i++) if (node[i]) shown.push(i);
  travel(S.view === 'map' ? framing(shown, stage.width, openHeight(), 70, 14) : framing(shown, stage.width, openHeight()), at_once);
}

function travel(to, at_once = false) {
  if (at_once) {
    setCamera(to);
    redraw();
  } else fly(to, (done) => (done ? redraw() : nextFrame()));
}

/** Brings a node to the middle if it is out of sight or small; `always` in any case. */
function reveal(node, always = false) {
  if (!stage.width || !masks().node[node]) return;
  const { X, Y } = places();
  const { k, x, y } = camera();
  const [sx, sy] = [X[node] * k + x, Y[node] * k + y];
  const inside = sx > 50 && sy > 50 && sx < stage.width - 50 && sy < openHeight() - 50;
  if (inside && k > 0.45 && !always) return;
  const near = Math.max(Math.min(k, 1.4), innerWidth <= 860 ? 0.7 : 0.95);
  travel({ k: near, x: stage.width / 2 - near * X[node], y: openHeight() / 2 - near * Y[node] });
}

/** Keeps the place in the address, as the drawing's point in the middle of the window, and the scale. */
function keepSpot() {
  const { k, x, y } = camera();
  set({ spot: [Math.round((stage.width / 2 - x) / k), Math.round((stage.height / 2 - y) / k), Math.round(k * 1000) / 1000] });
}

function goToSpot([cx, cy, k]) {
  travel({ k, x: stage.width / 2 - cx * k, y: stage.height / 2 - cy * k }, true);
}

// keys: everything can be done without a mouse; `?` lists the keys.

const KEYS = [
  ['/', 'key_search'], ['← ↑ ↓ →', 'key_move'], ['Shift ← ↑ ↓ →', 'key_pan'], ['+ − 0', 'key_zoom'], ['Enter', 'key_enter'], ['N · B', 'key_next'],
  ['1 2 3 · 4', 'key_hops'], ['P', 'key_pin'], ['H', 'key_hide'], ['Ctrl Z', 'key_undo'], ['G T M L', 'key_views'], ['Esc', 'key_escape'], ['?', 'key_help'],
];

function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input:not([type=checkbox]):not([type=range]), select, textarea, dialog');
    if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== 'z')) return;
    if (typing) return;
    const done = event.ctrlKey ? undo : anywhere(event);
    if (!done) return;
    event.preventDefault();
    done();
  });
  stage.box.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== stage.box) return;
    const done = onStage(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    done();
  });
}

/** What a key does wherever the focus is, but in a field. */
function anywhere({ key }) {
  const views = { g: 'graph', t: 'table', m: 'map', l: 'timeline' };
  if (key === '/') return () => byId('find').focus();
  if (key === '?') return showHelp;
  if (views[key]) return () => set({ view: views[key] });
  if (key === 'Escape') return () => set({ node: -1, fact: -1, pathFrom: -1, pathTo: -1, way: 0 });
  if (S.node < 0) return null;
  if (key === 'p') return () => pin(S.node);
  if (key === 'h' || key === 'Delete') return () => hide(S.node);
  if ('1234'.includes(key)) return () => { set(key === '4' ? { focus: -1, hops: 0 } : { focus: S.node, hops: Number(key) }); fitAll(); };
  if (key === 'n' || key === 'b') return () => neighbour(key === 'n' ? 1 : -1);
  return null;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What a key does on the graph or map. */
function onStage({ key, shiftKey }) {
  const arrow = ARROWS[key];
  if (arrow && shiftKey) return () => { const { k, x, y } = camera(); travel({ k, x: x - arrow[0] * 90, y: y - arrow[1] * 90 }); };
  if (arrow) return () => step(...arrow);
  if (key === '+' || key === '=') return () => zoomBy(1.4);
  if (key === '-') return () => zoomBy(1 / 1.4);
  if (key === '0') return () => fitAll();
  if (key === 'Enter') return () => (byId('panel').querySelector('h2')?.focus());
  return null;
}

const zoomBy = (factor) => travel(zoomed(camera(), factor, stage.width / 2, stage.height / 2));

/** Selects the nearest visible node in a direction; without a selection, the best connected one. */
function step(dx, dy) {
  const { node } = masks();
  const { X, Y } = places();
  if (S.node < 0 || !node[S.node]) return select([...G.order].find((i) => node[i]) ?? -1);
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < G.n; i++) {
    if (!node[i] || i === S.node) continue;
    const [ax, ay] = [X[i] - X[S.node], Y[i] - Y[S.node]];
    const along = ax * dx + ay * dy;
    const across = Math.abs(ax * dy) + Math.abs(ay * dx);
    if (along <= 0 || across > along * 1.5) continue;
    if (along + 2 * across < least) [best, least] = [i, along + 2 * across];
  }
  return select(best);
}

let walked = { from: -1, at: 0 };

/** Selects the next neighbour of the node from which the walk began. */
function neighbour(by) {
  const from = walked.node === S.node ? walked.from : S.node;
  const near = [...new Set([...factsOf(from)].filter((f) => V.fact[f]).map((f) => otherEnd(f, from)))].sort((a, b) => G.rank[b] - G.rank[a]);
  if (!near.length) return;
  const at = walked.from === from && walked.node === S.node ? (walked.at + by + near.length) % near.length : 0;
  walked = { from, at, node: near[at] };
  select(near[at]);
}

function showHelp() {
  const dialog = el('dialog', { 'aria-labelledby': 'help-title', onclose: () => dialog.remove() },
    el('h2', { id: 'help-title' }, t('keysTitle')),
    el('dl', { class: 'keys' }, ...KEYS.flatMap(([keys, words]) => [el('dt', {}, ...keys.split(' ').flatMap((key, i) => [i ? ' ' : '', key === '·' ? key : el('kbd', {}, key)])), el('dd', {}, t(words))])),
    el('button', { type: 'button', class: 'primary', onclick: () => dialog.close() }, t('close')));
  document.body.append(dialog);
  dialog.showModal();
}

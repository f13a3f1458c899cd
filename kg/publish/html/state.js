// state: what the reader has chosen, `S`; told to listeners, undone, and kept in the address.

const S = fresh();
const listeners = [];
const past = [];

/** Everything at its beginning. Sets hold what is switched off. */
function fresh() {
  return {
    view: 'graph', node: -1, fact: -1, types: new Set(), relations: new Set(), statuses: new Set(), publishers: new Set(), sectors: new Set(),
    sure: 0, clock: 'valid', from: null, to: null, focus: -1, hops: 0, pathFrom: -1, pathTo: -1, way: 0, hidden: new Set(), pins: new Map(), size: 'rank', color: 'type', spot: null, tab: 'entities', article: -1, words: '',
  };
}

// Selections and views are not worth an undo; what changes the picture is.
const SILENT = new Set(['view', 'node', 'fact', 'way', 'size', 'color', 'spot', 'tab']);

/** Changes the state and tells the listeners which keys changed. `back` keeps the old state for undo. */
function set(patch, { back = true } = {}) {
  const changed = Object.keys(patch).filter((key) => S[key] !== patch[key]);
  if (!changed.length) return;
  if (back && changed.some((key) => !SILENT.has(key))) {
    past.push(Object.fromEntries(Object.keys(S).filter((key) => !SILENT.has(key)).map((key) => [key, S[key]])));
    if (past.length > 100) past.shift();
  }
  Object.assign(S, patch);
  tell(new Set(changed));
}

function tell(changed) {
  for (const listener of listeners) listener(changed);
  keepAddress();
}

/** Calls `listener` with the set of changed keys after every change. */
const listen = (listener) => listeners.push(listener);

function undo() {
  const before = past.pop();
  if (before) set(before, { back: false });
}

/** A set with one member more or less. */
function toggled(members, member, on) {
  const copy = new Set(members);
  if (on) copy.delete(member);
  else copy.add(member);
  return copy;
}

function resetFilters() {
  const { relations, statuses, publishers, sectors, sure, from, to, hidden, focus, hops, pathFrom, pathTo, article, words } = fresh();
  set({ types: startTypes(), relations, statuses, publishers, sectors, sure, from, to, hidden, focus, hops, pathFrom, pathTo, article, words, way: 0 });
}

/** Quotations begin switched off where they would crowd out the rest: they stay in the lists of facts. */
function startTypes() {
  if (G.quotation < 0) return new Set();
  let count = 0;
  for (const type of G.type) count += type === G.quotation;
  return count > 8 ? new Set([G.quotation]) : new Set();
}

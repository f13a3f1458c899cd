// address: the state as the part of the address after `#`, so that a link brings back the same picture.

// How each key is written: to text, and back; null leaves it out.
const ADDRESS = (() => {
  const same = (a, b) => a.size === b.size && [...a].every((member) => b.has(member));
  const list = (names) => ({
    write: (members) => (members.size ? [...members].map((i) => encodeURIComponent(names()[i])).join(',') : null),
    read: (text) => new Set(text.split(',').map((part) => names().indexOf(decodeURIComponent(part))).filter((i) => i >= 0)),
  });
  const labels = (key) => () => G[key].map((item) => item.name);
  const node = {
    write: (value) => (value >= 0 ? encodeURIComponent(G.id[value]).replaceAll('%2F', '/') : null),
    read: (text) => nodeNumber(decodeURIComponent(text)),
  };
  const number = { write: (value) => (value ? String(value) : null), read: (text) => Number(text) || 0 };
  const choice = (...options) => ({ write: (value) => (value === options[0] ? null : value), read: (text) => (options.includes(text) ? text : options[0]) });
  return {
    tab: choice('entities', 'facts', 'articles'),
    view: choice('graph', 'table', 'map', 'timeline'),
    node,
    fact: { write: (value) => (value >= 0 && G.ready ? factId(value) : null), read: factNumber },
    relations: list(labels('relations')), statuses: list(() => G.statuses), publishers: list(() => G.publishers),
    types: {
      write: (members) => (same(members, startTypes()) ? null : list(labels('types')).write(members) ?? '-'),
      read: (text) => (text === '-' ? new Set() : list(labels('types')).read(text)),
    },
    article: { write: (value) => (value >= 0 ? encodeURIComponent(G.articles[value].id) : null), read: (text) => G.articles.findIndex(({ id }) => id === decodeURIComponent(text)) },
    words: { write: (value) => (value ? encodeURIComponent(value) : null), read: decodeURIComponent },
    sectors: list(() => G.id), hidden: list(() => G.id),
    sure: number, hops: number, way: number, focus: node, pathFrom: node, pathTo: node,
    clock: { write: (clock) => (clock === G.firstClock ? null : clock), read: (text) => (text === 'published' ? text : 'valid') },
    from: { write: (day) => (day === null ? null : isoDay(day)), read: dayOf },
    to: { write: (day) => (day === null ? null : isoDay(day)), read: dayOf },
    pins: {
      write: (pins) => (pins.size ? [...pins].map(([i, [x, y]]) => `${encodeURIComponent(G.id[i])}:${Math.round(x)}:${Math.round(y)}`).join(',') : null),
      read: (text) => new Map(text.split(',').map((part) => part.split(':')).map(([id, x, y]) => [nodeNumber(decodeURIComponent(id)), [Number(x) || 0, Number(y) || 0]]).filter(([i]) => i >= 0)),
    },
    size: choice('rank', 'degree', 'bridge', 'same'), color: choice('type', 'group'),
    spot: {
      write: (spot) => (spot ? spot.join(',') : null),
      read: (text) => (/^-?\d+,-?\d+,\d*\.?\d+$/.test(text) ? text.split(',').map(Number) : null),
    },
  };
})();

/** The state as the part of an address after `#`. */
function address() {
  const parts = [];
  for (const [key, { write }] of Object.entries(ADDRESS)) {
    const text = write(S[key]);
    if (text !== null) parts.push(`${key}=${text}`);
  }
  return parts.join('&');
}

/** The state that an address describes; parts that are not understood are passed over. */
function readAddress(text) {
  const state = { ...fresh(), types: startTypes(), clock: G.firstClock };
  for (const part of text.replace(/^#/, '').split('&')) {
    const [key, value] = [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)];
    if (!Object.hasOwn(ADDRESS, key)) continue;
    try {
      state[key] = ADDRESS[key].read(value);
    } catch { /* an address that was cut or typed wrong */ }
  }
  return state;
}

let kept = 0;

function keepAddress() {
  clearTimeout(kept);
  kept = setTimeout(() => {
    try {
      history.replaceState(null, '', `#${address()}`);
    } catch { /* a framed page may not touch its address */ }
  }, 200);
}

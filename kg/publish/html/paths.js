// paths: how far nodes are from one another, and the ways between two of them.

/** The steps from `start` to every node over the facts that `passes` lets through; -1 beyond `most` or unreachable. */
function distances(start, passes, most = Infinity) {
  const steps = new Int32Array(G.n).fill(-1);
  const queue = new Int32Array(G.n);
  let [head, tail] = [0, 1];
  steps[start] = 0;
  queue[0] = start;
  while (head < tail) {
    const node = queue[head++];
    if (steps[node] >= most) break;
    for (const f of factsOf(node)) {
      const next = otherEnd(f, node);
      if (steps[next] >= 0 || !passes(f)) continue;
      steps[next] = steps[node] + 1;
      queue[tail++] = next;
    }
  }
  return steps;
}

const LONGER = 2; // steps that an alternative may take beyond the shortest
const TRIES = 60000; // facts looked at before the search for alternatives stops

/**
 * Up to `limit` simple ways from one node to another over visible facts, as lists of nodes: the shortest first,
 * among equals those whose facts are surer. Every way is led by the distance to its end, so no dead end is entered.
 */
function ways(from, to, limit = 8) {
  if (from < 0 || to < 0 || from === to) return [];
  const left = distances(to, (f) => V.fits[f]);
  if (left[from] < 0) return [];
  const found = [];
  let tries = 0;
  const trail = [from];
  const on = new Set(trail);
  const walk = (node, budget) => {
    if (node === to) {
      found.push(trail.slice());
      return;
    }
    for (const next of nearer(node, left, budget)) {
      if (++tries > TRIES || found.length >= limit) return;
      if (on.has(next)) continue;
      trail.push(next);
      on.add(next);
      walk(next, budget - 1);
      trail.pop();
      on.delete(next);
    }
  };
  for (let length = left[from]; length <= left[from] + LONGER && found.length < limit && tries < TRIES; length++) {
    const before = found.length;
    const all = limit;
    limit = Math.min(all, before + 6);
    walk(from, length);
    limit = all;
    const exact = found.splice(before).filter((way) => way.length === length + 1);
    found.push(...exact.sort((a, b) => sureness(b) - sureness(a)));
  }
  return found;
}

/** The neighbours from which the end can still be reached in the steps that are left, nearest first. */
function nearer(node, left, budget) {
  const near = new Set();
  for (const f of factsOf(node)) {
    const next = otherEnd(f, node);
    if (V.fits[f] && left[next] >= 0 && left[next] < budget) near.add(next);
  }
  return [...near].sort((a, b) => left[a] - left[b] || G.rank[b] - G.rank[a]);
}

/** The visible facts between two nodes, the surest first. */
function between(a, b) {
  return [...factsOf(a)].filter((f) => V.fits[f] && otherEnd(f, a) === b).sort((x, y) => G.sure[y] - G.sure[x] || x - y);
}

function sureness(way) {
  let product = 1;
  for (let i = 1; i < way.length; i++) product *= G.sure[between(way[i - 1], way[i])[0]] / 100;
  return product;
}

// data: the graph as typed arrays, `G`, out of the two data blocks of the page.

const G = { n: 0, m: 0, ready: false };

/** The JSON of a data block; a compressed one is unpacked first. */
async function unpack(id) {
  const block = byId(id);
  const text = block.textContent;
  const packed = block.type !== 'application/json';
  block.remove();
  if (!packed) return JSON.parse(text);
  if (typeof DecompressionStream === 'undefined') throw new Error(t('old'));
  const stream = new Blob([bytes(text)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

function bytes(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const raw = atob(base64);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

/** What the first picture needs. */
function readGraph(raw) {
  const { node, fact } = raw;
  G.n = node.id.length;
  G.m = fact.s.length;
  Object.assign(G, {
    base: raw.base, namespace: raw.namespace, whole: raw.whole, around: raw.around, groups: raw.groups,
    types: raw.types, relations: raw.relations, statuses: raw.statuses, id: node.id, name: node.name,
    type: Uint8Array.from(node.type), x: Float32Array.from(node.x), y: Float32Array.from(node.y),
    group: Int32Array.from(node.group), rank: Float32Array.from(node.rank),
    s: Int32Array.from(fact.s), o: Int32Array.from(fact.o), r: Uint16Array.from(fact.r),
    status: Uint8Array.from(fact.status), sure: Uint8Array.from(fact.sure),
  });
  G.homeX = G.x.slice();
  G.homeY = G.y.slice();
  joinFacts();
  G.order = Uint32Array.from({ length: G.n }, (_, i) => i).sort((a, b) => G.rank[b] - G.rank[a] || a - b);
  G.quotation = G.types.findIndex((type) => type.name === 'Quotation');
  G.sector = G.types.findIndex((type) => type.name === 'Sector');
}

/** The facts of each node, one after another: those of node i are `links[start[i]] … links[start[i + 1] - 1]`. */
function joinFacts() {
  const { n, m, s, o } = G;
  const start = new Int32Array(n + 1);
  for (let f = 0; f < m; f++) {
    start[s[f] + 1]++;
    if (o[f] !== s[f]) start[o[f] + 1]++;
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const next = start.slice();
  const links = new Int32Array(start[n]);
  for (let f = 0; f < m; f++) {
    links[next[s[f]]++] = f;
    if (o[f] !== s[f]) links[next[o[f]]++] = f;
  }
  Object.assign(G, { start, links, lane: lanes() });
}

/** How far each fact bends, in half steps: facts of one pair are drawn side by side, a single one straight. */
function lanes() {
  const { n, m, s, o } = G;
  const keys = new Float64Array(m);
  for (let f = 0; f < m; f++) keys[f] = Math.min(s[f], o[f]) * n + Math.max(s[f], o[f]);
  const order = Uint32Array.from({ length: m }, (_, f) => f).sort((a, b) => keys[a] - keys[b] || a - b);
  const lane = new Int8Array(m);
  for (let i = 0; i < m;) {
    let end = i + 1;
    while (end < m && keys[order[end]] === keys[order[i]]) end++;
    for (let j = i; j < end; j++) {
      const place = Math.max(-9, Math.min(9, 2 * (j - i) - (end - i - 1)));
      lane[order[j]] = s[order[j]] <= o[order[j]] ? place : -place; // the same side of the pair whichever way it points
    }
    i = end;
  }
  return lane;
}

const NONE = -1e6; // a day that is not known

/** Sentences, articles, dates, aliases: read after the first picture. */
function readDetail(raw) {
  const days = (list) => Int32Array.from(list, (day) => day ?? NONE);
  const { node, fact, evidence } = raw;
  G.alias = node.alias;
  G.same = node.same;
  G.place = node.place;
  G.bridge = node.bridge;
  G.strange = fact.strange;
  G.from = days(fact.from);
  G.to = days(fact.to);
  G.told = fact.told;
  G.by = fact.by;
  G.rules = evidence.rules;
  G.sentences = evidence.sentences;
  G.evArticle = Int32Array.from(evidence.article);
  G.evSentence = Int32Array.from(evidence.sentence);
  G.evRule = Uint16Array.from(evidence.rule);
  G.evScore = Uint8Array.from(evidence.score);
  G.evMarks = Int32Array.from(evidence.marks);
  G.evStart = new Int32Array(G.m + 1);
  for (let f = 0; f < G.m; f++) G.evStart[f + 1] = G.evStart[f] + evidence.count[f];
  G.articles = raw.article.map(([id, title, date, url, publisher, slug]) => ({ id, title, date, url, publisher, slug: slug || id, day: dayOf(date) ?? NONE }));
  readPublishers();
  G.ready = true;
  G.firstClock = G.from.some((day) => day !== NONE) || G.to.some((day) => day !== NONE) ? 'valid' : 'published';
}

/** Publishers by number, and for each fact the first and last day on which it was published. */
function readPublishers() {
  const numbers = new Map();
  G.publisherOf = Int32Array.from(G.articles, ({ publisher }) => {
    if (!numbers.has(publisher)) numbers.set(publisher, numbers.size);
    return numbers.get(publisher);
  });
  G.publishers = [...numbers.keys()];
  G.firstPublished = new Int32Array(G.m).fill(NONE);
  G.lastPublished = new Int32Array(G.m).fill(NONE);
  for (let f = 0; f < G.m; f++) {
    for (let e = G.evStart[f]; e < G.evStart[f + 1]; e++) {
      const { day } = G.articles[G.evArticle[e]];
      if (day === NONE) continue;
      if (G.firstPublished[f] === NONE || day < G.firstPublished[f]) G.firstPublished[f] = day;
      if (day > G.lastPublished[f]) G.lastPublished[f] = day;
    }
  }
}

const degree = (node) => G.start[node + 1] - G.start[node];
const otherEnd = (fact, node) => (G.s[fact] === node ? G.o[fact] : G.s[fact]);

/** The facts of a node. */
function factsOf(node) {
  return G.links.subarray(G.start[node], G.start[node + 1]);
}

/** The articles that a fact is read from, each once. */
function articlesOf(fact) {
  return [...new Set(G.evArticle.subarray(G.evStart[fact], G.evStart[fact + 1]))];
}

/** The dates that a fact states, as text: `date`, or `from` – `to`. */
function datesOf(fact) {
  const told = Object.fromEntries((G.told?.[fact] ?? []).slice().reverse());
  if (told.from || told.to) return [told.from, told.to].map((date) => (date ? showDate(date) : '…')).join(' – ');
  return told.date ? showDate(told.date) : '';
}

let nodeNumbers = null;

/** The number of the node with this id, or -1. */
function nodeNumber(id) {
  nodeNumbers ??= new Map(G.id.map((each, number) => [each, number]));
  return nodeNumbers.get(id) ?? -1;
}

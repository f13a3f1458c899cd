// filters: which nodes and facts are visible, `V`, and how many each row of the legend would show.

const V = { node: new Uint8Array(0), fact: new Uint8Array(0), fits: new Uint8Array(0), nodes: 0, facts: 0, counts: null, version: 0 };

// Which filter a fact fails, as bits: a row of the legend counts the facts that fail no filter but its own.
const FAIL = { relations: 1, statuses: 2, publishers: 4, time: 8, sure: 16, article: 32, words: 64 };

/** Computes what is visible from the state. */
function filter() {
  const { n, m } = G;
  const fail = failures();
  const inside = near(fail);
  const fits = new Uint8Array(m);
  const touched = new Uint8Array(n);
  for (let f = 0; f < m; f++) {
    if (fail[f] || !inside[G.s[f]] || !inside[G.o[f]]) continue;
    fits[f] = 1;
    touched[G.s[f]] = touched[G.o[f]] = 1;
  }
  const open = !S.relations.size && !S.statuses.size && !S.publishers.size && !S.sure && S.from === null && S.to === null && S.article < 0 && !S.words;
  const counts = { types: new Int32Array(G.types.length) };
  const node = new Uint8Array(n);
  V.nodes = 0;
  for (let i = 0; i < n; i++) {
    if (!inside[i] || !(touched[i] || (open && (degree(i) === 0 || S.focus === i)))) continue;
    counts.types[G.type[i]]++;
    if (S.types.has(G.type[i])) continue;
    node[i] = 1;
    V.nodes++;
  }
  const fact = new Uint8Array(m);
  V.facts = 0;
  for (let f = 0; f < m; f++) V.facts += fact[f] = fits[f] & node[G.s[f]] & node[G.o[f]];
  Object.assign(V, { node, fact, fits, counts: { ...counts, ...tally(fail, inside) }, version: V.version + 1 });
}

/** For each fact, the filters that it fails; 0 where it passes all. */
function failures() {
  const fail = new Uint8Array(G.m);
  const relation = Uint8Array.from(G.relations, (_, i) => (S.relations.has(i) ? FAIL.relations : 0));
  const status = Uint8Array.from(G.statuses, (_, i) => (S.statuses.has(i) ? FAIL.statuses : 0));
  for (let f = 0; f < G.m; f++) {
    fail[f] = relation[G.r[f]] | status[G.status[f]] | (G.sure[f] < S.sure ? FAIL.sure : 0);
  }
  if (!G.ready) return fail;
  if (S.publishers.size) {
    for (let f = 0; f < G.m; f++) if (!publishedBy(f)) fail[f] |= FAIL.publishers;
  }
  if (S.from !== null || S.to !== null) {
    const [first, last] = S.clock === 'valid' ? [G.from, G.to] : [G.firstPublished, G.lastPublished];
    for (let f = 0; f < G.m; f++) if (!during(first[f], last[f])) fail[f] |= FAIL.time;
  }
  if (S.article >= 0) {
    for (let f = 0; f < G.m; f++) if (!G.evArticle.subarray(G.evStart[f], G.evStart[f + 1]).includes(S.article)) fail[f] |= FAIL.article;
  }
  if (S.words) {
    const says = factsThatSay(S.words);
    for (let f = 0; f < G.m; f++) if (!says[f]) fail[f] |= FAIL.words;
  }
  return fail;
}

/** The evidence to quote of a fact: of the chosen article, with the words looked for, else the strongest. */
function tellingEvidence(fact) {
  const words = wordsOf(S.words);
  for (let e = G.evStart[fact]; e < G.evStart[fact + 1]; e++) {
    const sentence = words.length ? folded(G.sentences[G.evSentence[e]]) : '';
    if ((S.article < 0 || G.evArticle[e] === S.article) && words.every((word) => sentence.includes(word))) return e;
  }
  return G.evStart[fact];
}

const wordsOf = (text) => folded(text).split(/\s+/).filter(Boolean);

let spoken = null; // sentences and names without case and accents, made when first asked for

/** A mask of the facts that have all these words in one sentence, or in their names and relation. */
function factsThatSay(text) {
  const words = wordsOf(text);
  spoken ??= { sentences: G.sentences.map(folded), names: G.name.map(folded) };
  const has = (where) => words.every((word) => where.includes(word));
  const sentences = Uint8Array.from(spoken.sentences, has);
  const verbs = G.relations.map((relation) => folded(label(relation)));
  const says = new Uint8Array(G.m);
  for (let f = 0; f < G.m; f++) {
    for (let e = G.evStart[f]; e < G.evStart[f + 1] && !says[f]; e++) says[f] = sentences[G.evSentence[e]];
    says[f] ||= Number(has(`${spoken.names[G.s[f]]} ${verbs[G.r[f]]} ${spoken.names[G.o[f]]}`));
  }
  return says;
}

const folded = (text) => (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();

function publishedBy(fact) {
  for (let e = G.evStart[fact]; e < G.evStart[fact + 1]; e++) {
    if (!S.publishers.has(G.publisherOf[G.evArticle[e]])) return true;
  }
  return G.evStart[fact] === G.evStart[fact + 1];
}

/** Whether a span of days meets the chosen one; a span with one open end reaches on for ever. */
function during(first, last) {
  if (first === NONE && last === NONE) return false;
  return (S.to === null || first === NONE || first <= S.to) && (S.from === null || last === NONE || last >= S.from);
}

/** The nodes that hiding, sectors and the neighbourhood leave. */
function near(fail) {
  const inside = new Uint8Array(G.n).fill(1);
  if (S.sectors.size && G.sector >= 0) {
    inside.fill(0);
    for (let i = 0; i < G.n; i++) {
      if (G.type[i] !== G.sector || S.sectors.has(i)) continue;
      inside[i] = 1;
      for (const f of factsOf(i)) inside[otherEnd(f, i)] = 1;
    }
    for (const i of S.sectors) inside[i] = 0;
  }
  if (S.focus >= 0 && S.hops > 0) {
    const steps = distances(S.focus, (f) => !fail[f], S.hops);
    for (let i = 0; i < G.n; i++) if (steps[i] < 0) inside[i] = 0;
  }
  for (const i of S.hidden) inside[i] = 0;
  return inside;
}

function tally(fail, inside) {
  const relations = new Int32Array(G.relations.length);
  const statuses = new Int32Array(G.statuses.length);
  const publishers = new Int32Array(G.publishers?.length ?? 0);
  const sectors = new Map();
  const seen = new Int32Array(publishers.length).fill(-1);
  for (let f = 0; f < G.m; f++) {
    if (!inside[G.s[f]] || !inside[G.o[f]]) continue;
    if (!(fail[f] & ~FAIL.relations)) relations[G.r[f]]++;
    if (!(fail[f] & ~FAIL.statuses)) statuses[G.status[f]]++;
    if (!G.ready || fail[f] & ~FAIL.publishers) continue;
    for (let e = G.evStart[f]; e < G.evStart[f + 1]; e++) {
      const publisher = G.publisherOf[G.evArticle[e]];
      if (seen[publisher] !== f) publishers[publisher]++;
      seen[publisher] = f;
    }
  }
  for (let i = 0; i < G.n; i++) if (G.type[i] === G.sector) sectors.set(i, degree(i));
  return { relations, statuses, publishers, sectors };
}

// exports: the visible facts as CSV, Turtle and GraphML.

function visible(mask) {
  const out = [];
  for (let i = 0; i < mask.length; i++) if (mask[i]) out.push(i);
  return out;
}

/** A cell for a spreadsheet: quoted, and kept from being run as a formula. */
function cell(value) {
  const text = String(value ?? '');
  const safe = /^\s*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const toldValue = (fact, key) => (G.told[fact] ?? []).filter(([name]) => name === key).map(([, value]) => value).join(' | ');

function factsCSV() {
  const head = ['subject', 'subject_name', 'relation', 'object', 'object_name', 'status', 'confidence', 'role', 'value', 'date', 'from', 'to', 'articles', 'urls', 'sentence'];
  const rows = visible(V.fact).map((f) => {
    const articles = articlesOf(f).map((a) => G.articles[a]);
    const first = G.evStart[f] < G.evStart[f + 1] ? G.sentences[G.evSentence[G.evStart[f]]] : '';
    return [G.id[G.s[f]], G.name[G.s[f]], G.relations[G.r[f]].name, G.id[G.o[f]], G.name[G.o[f]], G.statuses[G.status[f]], G.sure[f] / 100,
      ...['role', 'value', 'date', 'from', 'to'].map((key) => toldValue(f, key)), articles.map(({ id }) => id).join(' | '), articles.map(({ url }) => url).filter(Boolean).join(' | '), first.replace(/\s+/g, ' ')];
  });
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const saveCSV = () => saved('facts.csv', factsCSV(), 'text/csv;charset=utf-8');

// The IRIs and triples are those of the project's own RDF; evidence is left to graph.ttl.
const percent = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const OWN = new Set(['article', 'statement', 'evidence', 'passage', 'graph', 'entity']);

function entityIRI(node) {
  const parts = G.id[node].split('/');
  const path = parts.map((part) => (part === '.' || part === '..' ? '%2E'.repeat(part.length) : percent(part))).join('/');
  return `<${G.base}${!G.id[node] || OWN.has(parts[0]) ? 'entity/' : ''}${path}>`;
}

const articleIRI = (a) => `<${G.base}article/${G.articles[a].slug}>`;
const literal = (text) => `"${text.replace(/[\\"\n\r\t]/g, (c) => ({ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[c])}"`;
const dated = (text) => {
  const kind = { 4: 'gYear', 7: 'gYearMonth', 10: 'date' }[text.length];
  return kind && /^\d{4}(-\d\d){0,2}$/.test(text) ? `${literal(text)}^^xsd:${kind}` : literal(text);
};
const addressIRI = (text) => `<${text.replace(/[\x00-\x20<>"{}|\\^`]/g, (c) => percent(c))}>`;

function turtle() {
  const lines = [`@prefix kg: <${G.namespace}> .`, '@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .', '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .',
    '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .', '@prefix owl: <http://www.w3.org/2002/07/owl#> .', '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .',
    '@prefix schema: <https://schema.org/> .', '@prefix prov: <http://www.w3.org/ns/prov#> .', '@prefix dcterms: <http://purl.org/dc/terms/> .', ''];
  const block = (subject, pairs) => lines.push(`${subject} ${pairs.map(([predicate, object]) => `${predicate} ${object}`).join(' ;\n    ')} .`);
  const facts = visible(V.fact);
  for (const a of new Set(facts.flatMap(articlesOf))) {
    const { id, title, date, url, publisher } = G.articles[a];
    block(articleIRI(a), [['a', 'schema:NewsArticle'], ['rdfs:label', literal(title || id)], ['dcterms:identifier', literal(id)], url && ['schema:url', addressIRI(url)],
      dayOf(date) !== null && ['schema:datePublished', dated(date.slice(0, 10))], publisher && ['schema:publisher', literal(publisher)]].filter(Boolean));
  }
  for (const i of visible(V.node)) {
    const quoted = G.type[i] === G.quotation;
    const words = quoted ? [['a', 'schema:Quotation'], ['schema:text', literal(G.name[i])]] : [['rdfs:label', literal(G.name[i])]];
    block(entityIRI(i), [['a', property(G.types[G.type[i]].name)], ...words, ...(G.alias[i] ?? []).map((alias) => ['skos:altLabel', literal(alias)]), ...(G.same[i] ?? []).filter((iri) => /^https?:/.test(iri)).map((iri) => [G.types[G.type[i]].name === 'Sector' ? 'skos:exactMatch' : 'owl:sameAs', addressIRI(iri)])]);
  }
  for (const f of facts) blockFact(block, f);
  return `${lines.join('\n')}\n`;
}

const property = (word) => (/^[A-Za-z]\w*$/.test(word) ? `kg:${word}` : `<${G.namespace}${percent(word)}>`);

function blockFact(block, f) {
  const [s, o, relation] = [entityIRI(G.s[f]), entityIRI(G.o[f]), G.relations[G.r[f]]];
  const status = G.statuses[G.status[f]];
  const asserted = status === 'asserted';
  if (asserted) block(s, [[property(relation.name), o]]);
  if (asserted && relation.symmetric) block(o, [[property(relation.name), s]]);
  const days = (G.told[f] ?? []).filter(([key]) => ['date', 'from', 'to'].includes(key)).map(([key, value]) => [`kg:${key}`, dated(value)]);
  block(`<${G.base}statement/${factId(f)}>`, [['a', 'rdf:Statement, kg:Statement'], ['rdf:subject', s], ['rdf:predicate', property(relation.name)], ['rdf:object', o],
    ['kg:status', `kg:${status[0].toUpperCase()}${status.slice(1)}`], ['kg:confidence', `"${G.sure[f] / 100}"^^xsd:decimal`], ...days, ...articlesOf(f).map((a) => [asserted ? 'prov:wasDerivedFrom' : 'kg:mentionedIn', articleIRI(a)])]);
}

const saveTurtle = () => saved('graph.ttl', turtle(), 'text/turtle;charset=utf-8');

const xml = (text) => String(text).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/gu, (c) => (c.codePointAt(0) > 0xffff ? c : ' ')).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

function graphML() {
  const keys = { node: ['label', 'type', 'x', 'y'], edge: ['relation', 'status', 'confidence', 'date', 'sentence'] };
  const number = new Set(['x', 'y', 'confidence']);
  const declared = Object.entries(keys).flatMap(([kind, names]) => names.map((key) => `<key id="${kind}-${key}" for="${kind}" attr.name="${key}" attr.type="${number.has(key) ? 'double' : 'string'}"/>`));
  const data = (kind, values) => keys[kind].map((key, i) => `<data key="${kind}-${key}">${xml(values[i])}</data>`).join('');
  const nodes = visible(V.node).map((i) => `<node id="${xml(G.id[i])}">${data('node', [G.name[i], G.types[G.type[i]].name, G.x[i], G.y[i]])}</node>`);
  const edges = visible(V.fact).map((f) => `<edge id="${factId(f)}" source="${xml(G.id[G.s[f]])}" target="${xml(G.id[G.o[f]])}">${data('edge', [G.relations[G.r[f]].name, G.statuses[G.status[f]], G.sure[f] / 100, toldValue(f, 'date'), G.evStart[f] < G.evStart[f + 1] ? G.sentences[G.evSentence[G.evStart[f]]] : ''])}</edge>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${declared.join('\n')}\n<graph edgedefault="directed">\n${[...nodes, ...edges].join('\n')}\n</graph>\n</graphml>\n`;
}

const saveGraphML = () => saved('graph.graphml', graphML(), 'application/graphml+xml');

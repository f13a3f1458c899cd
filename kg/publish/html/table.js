// table: what is visible as a table, of entities or of facts; sorted by any column, a hundred rows a page.

const ROWS = 100;
const sheet = { sort: { entities: ['facts', -1], facts: ['sure', -1], articles: ['date', -1] }, page: 0 };
const byName = (a, b) => G.name[a].localeCompare(G.name[b], language);

/** The columns of each tab: how two rows compare, and the cell of a row. */
const COLUMNS = {
  entities: {
    name: { compare: byName, cell: (i) => nodeButton(i) },
    type: { compare: (a, b) => G.type[a] - G.type[b], cell: (i) => label(G.types[G.type[i]]) },
    facts: { title: 'factsHead', compare: (a, b) => visibleFacts(a) - visibleFacts(b), cell: (i) => String(visibleFacts(i)), number: true },
    rank: { compare: (a, b) => G.rank[a] - G.rank[b], cell: (i) => String(Math.round(G.rank[i] / 10)), number: true },
    group: { compare: (a, b) => G.group[a] - G.group[b], cell: (i) => (G.group[i] < G.groups.length ? name(short(G.groups[G.group[i]], 50)) : '') },
  },
  facts: {
    subject: { compare: (a, b) => byName(G.s[a], G.s[b]), cell: (f) => nodeButton(G.s[f]) },
    relation: { compare: (a, b) => G.r[a] - G.r[b], cell: (f) => el('button', { type: 'button', class: 'text', onclick: () => set({ fact: f, node: -1 }) }, label(G.relations[G.r[f]])) },
    object: { compare: (a, b) => byName(G.o[a], G.o[b]), cell: (f) => nodeButton(G.o[f]) },
    date: { compare: (a, b) => (G.from?.[a] ?? 0) - (G.from?.[b] ?? 0), cell: (f) => el('time', {}, datesOf(f)) },
    status: { compare: (a, b) => G.status[a] - G.status[b], cell: (f) => t(G.statuses[G.status[f]]) },
    sure: { compare: (a, b) => G.sure[a] - G.sure[b], cell: (f) => `${G.sure[f]}%`, number: true },
    sources: { title: 'sourcesHead', compare: (a, b) => sourceCount(a) - sourceCount(b), cell: (f) => String(sourceCount(f)), number: true },
    sentence: { cell: (f) => (G.ready && G.evStart[f] < G.evStart[f + 1] ? el('span', { class: 'quote' }, name(short(G.sentences[G.evSentence[tellingEvidence(f)]], 200))) : '') },
  },
};

COLUMNS.articles = {
  title: { compare: (a, b) => articleName(a).localeCompare(articleName(b), language), cell: (a) => el('button', { type: 'button', class: 'text headline', onclick: () => set({ article: S.article === a ? -1 : a }) }, name(short(articleName(a), 140))) },
  date: { compare: (a, b) => G.articles[a].day - G.articles[b].day, cell: (a) => el('time', {}, G.articles[a].date ? showDate(G.articles[a].date) : '') },
  publisher: { compare: (a, b) => G.articles[a].publisher.localeCompare(G.articles[b].publisher, language), cell: (a) => name(G.articles[a].publisher) },
  facts: { title: 'factsHead', compare: (a, b) => articleFacts()[a] - articleFacts()[b], cell: (a) => String(articleFacts()[a]), number: true },
  link: { cell: (a) => (G.articles[a].url ? link(G.articles[a].url, short(G.articles[a].url.replace(/^https?:\/\/(www\.)?/, ''), 44)) : '') },
};

const sourceCount = (fact) => (G.ready ? articlesOf(fact).length : 0);

let cited = { version: -1, counts: null };

/** How many visible facts each article has. */
function articleFacts() {
  if (cited.version !== V.version) {
    cited = { version: V.version, counts: new Int32Array(G.articles?.length ?? 0) };
    for (let f = 0; f < G.m; f++) if (G.ready && V.fact[f]) for (const a of articlesOf(f)) cited.counts[a]++;
  }
  return cited.counts;
}

let counted = { version: -1, counts: null };

/** How many visible facts a node has. */
function visibleFacts(node) {
  if (counted.version !== V.version) {
    counted = { version: V.version, counts: new Int32Array(G.n) };
    for (let f = 0; f < G.m; f++) {
      if (!V.fact[f]) continue;
      counted.counts[G.s[f]]++;
      if (G.o[f] !== G.s[f]) counted.counts[G.o[f]]++;
    }
  }
  return counted.counts[node];
}

function visibleRows() {
  const mask = S.tab === 'entities' ? V.node : S.tab === 'facts' ? V.fact : articleFacts();
  const rows = [];
  for (let i = 0; i < mask.length; i++) if (mask[i]) rows.push(i);
  const [key, direction] = sheet.sort[S.tab];
  const { compare } = COLUMNS[S.tab][key];
  return rows.sort((a, b) => direction * compare(a, b) || a - b);
}

function showTable({ turn = false } = {}) {
  const box = byId('table');
  if (!turn) sheet.page = 0;
  const rows = visibleRows();
  const first = sheet.page * ROWS;
  const shown = rows.slice(first, first + ROWS);
  const sizes = { entities: V.nodes, facts: V.facts, articles: articleFacts().filter(Boolean).length };
  const tabs = el('div', { class: 'segments', role: 'group', 'aria-label': t('table') }, ...['entities', 'facts', 'articles'].map((tab) => el('button', {
    type: 'button', 'aria-pressed': String(S.tab === tab), onclick: () => set({ tab }),
  }, `${t(`${tab}Tab`)} ${sizes[tab].toLocaleString(language)}`)));
  const columns = Object.entries(COLUMNS[S.tab]);
  const table = el('table', {}, el('caption', { class: 'unseen' }, `${t('visible')}: ${t(`${S.tab}Tab`)}`),
    el('thead', {}, el('tr', {}, ...columns.map(([key, column]) => headCell(key, column)))),
    el('tbody', {}, ...shown.map((row) => el('tr', { class: chosen(row) ? 'chosen' : null }, ...columns.map(([, { cell, number }], at) => el(at ? 'td' : 'th', { class: number ? 'number' : null, scope: at ? null : 'row' }, cell(row)))))));
  const go = (by) => () => { sheet.page += by; showTable({ turn: true }); box.scrollTop = 0; };
  const pages = el('div', { class: 'pages' },
    el('button', { type: 'button', disabled: !sheet.page, onclick: go(-1) }, t('previous')),
    el('span', {}, t('page', { from: rows.length ? first + 1 : 0, to: first + shown.length, all: rows.length })),
    el('button', { type: 'button', disabled: first + ROWS >= rows.length, onclick: go(1) }, t('next')));
  box.replaceChildren(el('div', { class: 'sheet-head' }, tabs, pages), el('div', { class: 'sheet', tabindex: '0', role: 'region', 'aria-label': t(`${S.tab}Tab`) }, table));
}

const chosen = (row) => row === { entities: S.node, facts: S.fact, articles: S.article }[S.tab];

function headCell(key, { title = key, compare, number }) {
  if (!compare) return el('th', { scope: 'col' }, t(title));
  const [sorted, direction] = sheet.sort[S.tab];
  const turn = () => {
    sheet.sort[S.tab] = [key, sorted === key ? -direction : number ? -1 : 1];
    showTable();
    byId('table').querySelector(`[data-sort="${key}"]`).focus();
  };
  const order = sorted === key ? (direction > 0 ? 'ascending' : 'descending') : 'none';
  return el('th', { scope: 'col', 'aria-sort': order, class: number ? 'number' : null },
    el('button', { type: 'button', 'data-sort': key, onclick: turn }, t(title === 'sure' ? 'confidence' : title), el('span', { 'aria-hidden': 'true', class: 'order' }, { ascending: ' ↑', descending: ' ↓', none: '' }[order])));
}

// evidence: the sentences behind a fact, with both mentions marked, and the article each stands in.

/** A sentence with subject and object marked; offsets are UTF-16, -1 for a mention that is not in it. */
function sentence(e) {
  const text = G.sentences[G.evSentence[e]];
  const [s0, s1, o0, o1] = G.evMarks.subarray(4 * e, 4 * e + 4);
  const spans = [[s0, s1, 'subject'], [o0, o1, 'object']].filter(([from]) => from >= 0).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const parts = [];
  let at = 0;
  for (const [from, to, role] of spans) {
    if (from < at) continue; // one inside the other: the outer stays
    parts.push(text.slice(at, from), el('mark', { class: to - from > 90 ? `${role} long` : role }, text.slice(from, to)));
    at = to;
  }
  return el('blockquote', { dir: 'auto' }, ...parts, text.slice(at));
}

/** Where a sentence stands: title with link, publisher, date, and what read it. */
function source(e) {
  const article = G.articles[G.evArticle[e]];
  const title = articleName(G.evArticle[e]);
  const told = [article.publisher && name(article.publisher), article.publisher && article.date && ' · ', article.date && showDate(article.date)].filter(Boolean);
  return el('p', { class: 'source' }, el('cite', { dir: 'auto' }, article.url ? link(article.url, title) : title),
    told.length ? el('span', {}, ...told) : null,
    el('small', {}, t('read', { rule: G.rules[G.evRule[e]] || '–', score: G.evScore[e] })),
    S.article === G.evArticle[e] ? null : el('button', { type: 'button', class: 'text', onclick: () => set({ article: G.evArticle[e] }) }, t('ofArticle')));
}

const articleName = (a) => G.articles[a].title || G.articles[a].id || t('untitled');

const FIRST = 3; // sentences shown at once

/** All evidence of a fact, the strongest first. */
function evidenceOf(fact) {
  if (!G.ready) return el('p', { class: 'soft' }, t('loading'));
  const [from, to] = [G.evStart[fact], G.evStart[fact + 1]];
  if (from === to) return el('p', { class: 'soft' }, t('noEvidence'));
  const items = Array.from({ length: to - from }, (_, i) => i + from).map((e) => el('li', {}, sentence(e), source(e)));
  const box = el('ul', { class: 'evidence' }, ...items.slice(0, FIRST));
  if (items.length > FIRST) {
    const rest = items.slice(FIRST);
    const button = el('button', { type: 'button', class: 'text', onclick: () => { button.parentElement.remove(); box.append(...rest); } }, t('moreEvidence', { count: rest.length }));
    box.append(el('li', { class: 'rest' }, button));
  }
  return box;
}

/** How sure a fact is, as a bar and in words. */
function sureBar(fact) {
  const percent = G.sure[fact];
  return el('span', { class: 'sure', title: `${t('confidence')} ${percent}%` },
    svg('svg', { viewBox: '0 0 40 6', width: 40, height: 6, 'aria-hidden': 'true' }, svg('rect', { class: 'bar', width: 40, height: 6, rx: 3 }), svg('rect', { class: 'full', width: (40 * percent) / 100, height: 6, rx: 3 })),
    `${percent}%`);
}

/** The status of a fact, where it is not simply asserted. */
function statusTag(fact) {
  const status = G.statuses[G.status[fact]];
  return status === 'asserted' ? null : el('span', { class: `tag ${status}` }, t(status));
}

/** What is said of a fact besides its ends: role, value, dates. */
function toldOf(fact, without = ['date', 'from', 'to']) {
  const all = G.told?.[fact] ?? [];
  const plain = all.some(([key]) => key === 'value') ? ['amount', 'currency'] : []; // the value says both in words
  const told = all.filter(([key]) => !without.includes(key) && !plain.includes(key));
  const dates = datesOf(fact);
  return [...told.map(([key, value]) => el('span', { title: toldName(key) }, name(short(value, 80)))), dates && el('time', {}, dates)].filter(Boolean);
}

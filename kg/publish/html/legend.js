// legend: the filters at the left. What stands for what, how much there is of it, and switches for all of it.

const LONG = 8; // rows of a section shown before `more`
const unfolded = new Set();
const sections = new Map(); // key -> how to bring the counts of a section up to date

/** Builds all sections anew: at the start, in another language, after undo. */
function showLegend() {
  const box = byId('filters');
  box.setAttribute('aria-label', t('filters'));
  sections.clear();
  for (const each of box.querySelectorAll('details')) opened.set(each.dataset.key, each.open);
  box.replaceChildren(
    el('div', { class: 'head' }, el('h2', {}, t('filters')), el('button', { type: 'button', class: 'text', id: 'reset', onclick: resetFilters }, t('reset'))),
    chips(),
    section('types', true, facet('types', G.types.map((_, i) => i), { mark: (i) => badge(i), text: (i) => label(G.types[i]) })),
    section('relations', true, facet('relations', G.relations.map((_, i) => i), { mark: () => null, text: (i) => label(G.relations[i]) })),
    section('time', true, timeBox()),
    section('sure', true, sureBox()),
    section('statuses', false, facet('statuses', G.statuses.map((_, i) => i), { mark: statusMark, text: (i) => t(G.statuses[i]) })),
    section('sectors', false, facet('sectors', [...G.order].filter((i) => G.type[i] === G.sector), { mark: (i) => badge(G.type[i]), text: (i) => G.name[i] })),
    section('publishers', false, facet('publishers', (G.publishers ?? []).map((_, i) => i), { mark: () => null, text: (i) => G.publishers[i] || t('noPublisher') })),
    section('look', false, looks()));
  updateLegend();
}

/** What else narrows the picture, each to be taken off again: an article, words, a neighbourhood. */
function chips() {
  const list = el('ul', { class: 'chips' });
  const chip = (words, off) => el('li', {}, el('span', { dir: 'auto' }, words), iconButton('close', t('takeOff', { name: words }), off));
  sections.set('chips', () => list.replaceChildren(...[
    S.words && chip(`“${S.words}”`, () => set({ words: '' })),
    S.article >= 0 && chip(short(articleName(S.article), 60), () => set({ article: -1 })),
    S.focus >= 0 && S.hops && chip(`${G.name[S.focus]}: ${t('hop', { count: S.hops })}`, () => set({ focus: -1, hops: 0 })),
  ].filter(Boolean)));
  return list;
}

const opened = new Map();

function section(key, open, content) {
  if (!content) return el('span', { hidden: true });
  return el('details', { open: opened.get(key) ?? open, 'data-key': key }, el('summary', {}, t(key)), content);
}

/** A line in the dash of a status. */
function statusMark(i) {
  return svg('svg', { viewBox: '0 0 24 6', width: 24, height: 6, 'aria-hidden': 'true', class: `line ${G.statuses[i]}` },
    svg('path', { d: 'M0 3h24', 'stroke-dasharray': (DASHES[G.statuses[i]] ?? []).join(' ') }));
}

/** Rows with a check box, a count, and a button that leaves only this row; those with nothing to count are left out. */
function facet(key, members, { mark, text }) {
  const rows = members.map((member) => facetRow(key, member, members, mark, text));
  if (!rows.length) return null;
  const list = el('ul', { class: 'facet' }, ...rows.map(({ row }) => row));
  const more = el('button', { type: 'button', class: 'text', onclick: () => { if (!unfolded.delete(key)) unfolded.add(key); update(); } });
  const count = (member) => (key === 'sectors' ? V.counts.sectors.get(member) : V.counts[key]?.[member]) ?? 0;
  const totals = new Map(members.map((member) => [member, count(member)]));
  rows.sort((a, b) => totals.get(b.member) - totals.get(a.member));
  list.replaceChildren(...rows.map(({ row }) => row));
  function update() {
    let place = 0;
    for (const { row, member, box, number } of rows) {
      const now = count(member);
      number.textContent = now.toLocaleString(language);
      box.checked = !S[key].has(member);
      const empty = !totals.get(member) && !now && box.checked;
      row.hidden = empty || (place >= LONG && !unfolded.has(key));
      row.classList.toggle('zero', !now);
      if (!empty) place++;
    }
    more.hidden = place <= LONG;
    more.textContent = unfolded.has(key) ? t('less') : t('more', { count: place - LONG });
  }
  sections.set(key, update);
  return el('div', {}, list, more);
}

function facetRow(key, member, members, mark, text) {
  const words = text(member);
  const box = el('input', { type: 'checkbox', onchange: () => set({ [key]: toggled(S[key], member, box.checked) }) });
  const number = el('span', { class: 'count' });
  const alone = () => {
    const others = new Set(members.filter((other) => other !== member));
    set({ [key]: others.size === S[key].size && !S[key].has(member) ? new Set() : others });
  };
  const row = el('li', {}, el('label', {}, box, mark(member), el('span', { class: 'words', dir: 'auto' }, words), number),
    el('button', { type: 'button', class: 'only', 'aria-label': t('onlyThis', { name: words }), onclick: alone }, t('only')));
  return { row, member, box, number };
}

/** Brings counts and boxes up to date after a change. */
function updateLegend() {
  for (const update of sections.values()) update();
}

function timeBox() {
  const box = el('div', { class: 'time' }, ...timeRange());
  let shown = `${S.clock} ${S.from} ${S.to}`;
  sections.set('time', () => {
    const now = `${S.clock} ${S.from} ${S.to}`;
    if (now === shown || box.contains(document.activeElement) && document.activeElement.type === 'range') return;
    shown = now;
    box.replaceChildren(...timeRange());
  });
  return box;
}

function sureBox() {
  const words = el('output', {});
  const slider = el('input', { type: 'range', min: 0, max: 100, step: 5, value: S.sure, 'aria-label': t('sure'), oninput: () => set({ sure: Number(slider.value) }) });
  sections.set('sure', () => {
    slider.value = S.sure;
    words.textContent = t('atLeast', { value: S.sure });
    slider.setAttribute('aria-valuetext', words.textContent);
  });
  return el('div', { class: 'slider' }, slider, words);
}

function looks() {
  const choose = (key, options) => el('label', { class: 'choice' }, el('span', {}, t(key)), el('select', { name: key, onchange: (event) => set({ [key]: event.target.value }) },
    ...options.map((option) => el('option', { value: option, selected: S[key] === option }, t(option)))));
  const hidden = el('button', { type: 'button', class: 'text', onclick: () => set({ hidden: new Set() }) });
  sections.set('look', () => {
    for (const select of box.querySelectorAll('select')) select.value = S[select.name];
    hidden.hidden = !S.hidden.size;
    hidden.textContent = t('showHidden', { count: S.hidden.size });
  });
  const box = el('div', {}, choose('color', ['type', 'group']), choose('size', G.bridge?.length ? ['rank', 'degree', 'bridge', 'same'] : ['rank', 'degree', 'same']), hidden);
  return box;
}

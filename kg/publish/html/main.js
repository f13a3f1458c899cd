// main: reads the data, builds the page around it, and keeps everything in step with the state.

const VIEWS = ['graph', 'table', 'map', 'timeline'];
const FILTERING = ['types', 'relations', 'statuses', 'publishers', 'sectors', 'sure', 'clock', 'from', 'to', 'focus', 'hops', 'hidden', 'article', 'words'];

function buildBar() {
  const toggle = byId('filters-open');
  toggle.replaceChildren(icon(GLYPHS.filters));
  toggle.setAttribute('aria-label', t('filters'));
  const { box } = combobox({ id: 'find', label: t('search'), hint: t('searchHint'), pick: (node) => { select(node); if (S.view === 'graph' || S.view === 'map') byId('stage').focus(); }, say: (words) => set({ words }) });
  byId('search').replaceChildren(box);
  const views = byId('views');
  views.setAttribute('aria-label', t('view'));
  views.replaceChildren(...VIEWS.map((view) => el('button', { type: 'button', 'data-view': view, 'aria-pressed': String(S.view === view), onclick: () => set({ view }) }, icon(GLYPHS[view]), el('span', {}, t(view)))));
  byId('tools').replaceChildren(
    iconButton('undo', t('undo'), undo, { id: 'undo' }), exportMenu(),
    iconButton('theme', t('theme'), turnTheme),
    el('button', { type: 'button', class: 'icon lang', lang: language === 'en' ? 'ru' : 'en', 'aria-label': t('language'), title: t('language'), onclick: turnLanguage }, language === 'en' ? 'RU' : 'EN'),
    iconButton('help', t('help'), showHelp));
}

const turnTheme = () => { document.documentElement.dataset.theme = isDark() ? 'light' : 'dark'; onTheme(); };
const turnLanguage = () => speak(language === 'en' ? 'ru' : 'en');

function exportMenu() {
  const items = [['png', savePNG], ['svg', saveSVG], ['csv', saveCSV], ['ttl', saveTurtle], ['graphml', saveGraphML], ['print', () => print()]];
  const spare = [['undo', undo], ['theme', turnTheme], ['language', turnLanguage], ['help', showHelp]]; // on a phone the bar has no room for them
  const menu = el('div', { class: 'menu', hidden: true, id: 'export-menu' }, ...items.map(([key, act]) => el('button', { type: 'button', 'data-export': key, onclick: () => { close(); act(); } }, t(key))),
    ...spare.map(([key, act]) => el('button', { type: 'button', class: 'spare', 'data-act': key, onclick: () => { close(); act(); } }, t(key))));
  const button = iconButton('save', t('save'), () => { menu.hidden = !menu.hidden; button.setAttribute('aria-expanded', String(!menu.hidden)); if (!menu.hidden) menu.firstChild.focus(); }, { 'aria-expanded': 'false', 'aria-controls': 'export-menu' });
  const close = () => { menu.hidden = true; button.setAttribute('aria-expanded', 'false'); };
  const box = el('div', { class: 'dropdown', onkeydown: (event) => { if (event.key === 'Escape' && !menu.hidden) { close(); button.focus(); event.stopPropagation(); } }, onfocusout: (event) => { if (!box.contains(event.relatedTarget)) close(); } }, button, menu);
  return box;
}

function buildStage() {
  const { box } = stage;
  for (const [key, value] of Object.entries({ role: 'application', tabindex: 0, 'aria-label': t('stage') })) box.setAttribute(key, value);
  box.querySelector('.zoom')?.remove();
  for (const old of box.querySelectorAll('.count, .empty')) old.remove();
  box.append(el('div', { class: 'zoom' }, iconButton('plus', t('zoomIn'), () => zoomBy(1.5)), iconButton('minus', t('zoomOut'), () => zoomBy(1 / 1.5)), iconButton('fit', t('fit'), () => fitAll())),
    el('p', { class: 'count' }), el('div', { class: 'empty', hidden: true }, el('p', {}, t('noneVisible')), el('button', { type: 'button', class: 'text', onclick: resetFilters }, t('reset'))));
}

/** Puts the interface into a language. */
function speak(to) {
  language = to;
  document.documentElement.lang = to;
  buildBar();
  buildStage();
  showLegend();
  showPanel();
  showView();
  showCount();
  redraw();
}

function onTheme() {
  readInk();
  showLegend();
  showPanel();
  redraw();
}

function showCount() {
  const words = t('shown', { nodes: V.nodes, allNodes: G.n, facts: V.facts, allFacts: G.m });
  const extra = S.view === 'map' ? t('located', { count: M.located }) : '';
  const none = S.view === 'map' ? !M.located : !V.nodes;
  const empty = stage.box.querySelector('.empty');
  empty.hidden = !none;
  empty.firstChild.textContent = t(S.view === 'map' && V.nodes ? 'noPlaces' : 'noneVisible');
  empty.lastChild.hidden = S.view === 'map' && V.nodes > 0;
  stage.box.querySelector('.count').textContent = [extra, words].filter(Boolean).join(' · ');
}

function showView() {
  byId('wait').hidden = true;
  document.body.dataset.view = S.view;
  byId('stage').hidden = S.view !== 'graph' && S.view !== 'map';
  byId('table').hidden = S.view !== 'table';
  byId('timeline').hidden = S.view !== 'timeline';
  for (const button of byId('views').children) button.setAttribute('aria-pressed', String(button.dataset.view === S.view));
  if (S.view === 'table') showTable();
  if (S.view === 'timeline') showTimeline();
  if (S.view === 'map') {
    locate();
    if (stage.width && !cameras.map) fitAll(true);
  }
}

/** Nodes where they are pinned, the rest where the layout put them. */
function applyPins() {
  G.x.set(G.homeX);
  G.y.set(G.homeY);
  for (const [node, [x, y]] of S.pins) [G.x[node], G.y[node]] = [x, y];
}

function onChange(changed) {
  const has = (...keys) => keys.some((key) => changed.has(key));
  const filtered = has(...FILTERING);
  if (has('pins')) applyPins();
  if (filtered) {
    filter();
    updateLegend();
    if (S.view === 'map') locate();
  }
  if (has('view')) showView();
  else if (has('tab', 'node', 'fact') && S.view === 'table') showTable({ turn: !has('tab') });
  else if (filtered && S.view === 'table') showTable();
  else if (filtered && S.view === 'timeline') showTimeline();
  if (has('size', 'color')) updateLegend();
  if (filtered || has('view', 'pins', 'size', 'color')) redraw();
  else nextFrame();
  if (filtered || has('view')) showCount();
  if (filtered || has('node', 'fact', 'pathFrom', 'pathTo', 'way', 'pins', 'color')) showPanel();
  if (has('node', 'fact') && S.view === 'timeline') markTimeline();
  byId('undo').disabled = !past.length;
}

function watchWindow() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; onTheme(); });
  addEventListener('hashchange', () => { set(readAddress(location.hash), { back: false }); if (S.spot) goToSpot(S.spot); });
  let unfoldedForPrint = [];
  addEventListener('beforeprint', () => { // paper has no triangles to unfold
    unfoldedForPrint = [...byId('panel').querySelectorAll('details:not([open])')];
    for (const each of unfoldedForPrint) {
      each.open = true;
      each.dispatchEvent(new Event('toggle')); // the browser's own comes too late for the printer
    }
  });
  addEventListener('afterprint', () => { for (const each of unfoldedForPrint) each.open = false; });
  byId('filters-open').addEventListener('click', () => {
    const open = document.body.classList.toggle('filtering');
    byId('filters-open').setAttribute('aria-expanded', String(open));
  });
}

/** A turn of the browser's loop, so that what was drawn is seen before more is read. */
const breath = () => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });

async function start() {
  document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  language = document.body.dataset.language || (navigator.language.startsWith('ru') ? 'ru' : 'en');
  readGraph(await unpack('kg-graph'));
  G.highestDegree = Math.max(1, ...Array.from(G.order.subarray(0, 500), degree));
  const asked = location.hash.length > 1;
  if (asked) readDetail(await unpack('kg-detail'));
  Object.assign(S, asked ? readAddress(location.hash) : { types: startTypes(), ...(G.around === null ? {} : { node: G.around }) });
  applyPins();
  readInk();
  filter();
  makeStage();
  listen(onChange);
  speak(language);
  listenToPointer();
  listenToKeys();
  watchWindow();
  byId('undo').disabled = true;
  resize();
  if (S.spot) goToSpot(S.spot);
  else if (S.pathTo >= 0) revealWay();
  else if (S.node >= 0) reveal(S.node);
  document.documentElement.dataset.ready = 'graph';
  if (!asked) {
    await breath();
    readDetail(await unpack('kg-detail'));
    S.clock = G.firstClock;
    filter();
    showLegend();
    showPanel();
  }
  document.documentElement.dataset.ready = 'all';
}

start().catch((error) => {
  byId('wait').hidden = false;
  byId('wait').textContent = t('broken', { reason: error.message });
  throw error;
});

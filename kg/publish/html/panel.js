// panel: what is known of the selected entity, fact or path; without a selection, where to begin.

/** Selects an entity and shows it. */
function select(node, { reveals = true } = {}) {
  if (node < 0) return;
  const patch = { node, fact: -1 };
  if (S.types.has(G.type[node])) patch.types = toggled(S.types, G.type[node], true);
  if (S.hidden.has(node)) patch.hidden = toggled(S.hidden, node, true);
  if (S.focus >= 0 && S.hops && !V.node[node]) Object.assign(patch, { focus: -1, hops: 0 });
  set(patch);
  say(t('selected', { name: G.name[node] }));
  if (reveals) reveal(node);
}

function showPanel() {
  const panel = byId('panel');
  const open = S.pathFrom >= 0 || S.fact >= 0 || S.node >= 0;
  document.body.classList.toggle('open', open);
  panel.setAttribute('aria-label', t('details'));
  const close = open && iconButton('close', t('close'), () => { set({ node: -1, fact: -1, pathFrom: -1, pathTo: -1, way: 0 }); byId('stage').focus(); }, { class: 'icon shut' });
  const content = S.pathFrom >= 0 ? pathView() : S.fact >= 0 ? factView(S.fact) : S.node >= 0 ? entityView(S.node) : overview();
  panel.replaceChildren(...[close, ...content].filter(Boolean));
  panel.scrollTop = 0;
}

const nodeButton = (node, more = {}) => el('button', { type: 'button', class: 'node', onclick: () => select(node), ...more }, badge(G.type[node], nodeColor(node)), name(short(G.name[node], 120)));

function overview() {
  const best = [...G.order].filter((i) => V.node[i] && G.type[i] !== G.quotation).sort((a, b) => visibleFacts(b) - visibleFacts(a)).slice(0, 10);
  const groups = new Map();
  for (let i = 0; i < G.n; i++) if (V.node[i] && G.group[i] < G.groups.length) groups.set(G.group[i], (groups.get(G.group[i]) ?? 0) + 1);
  const rows = [...groups].sort((a, b) => b[1] - a[1]).slice(0, 8);
  return [
    el('h2', {}, t('overview')),
    G.whole[0] > G.n ? el('p', { class: 'note' }, t('part', { nodes: G.n, whole: G.whole[0] })) : null,
    best.length ? el('p', { class: 'soft' }, t('start')) : null,
    best.length ? el('h3', {}, t('connected')) : null,
    el('ol', { class: 'plain' }, ...best.map((i) => el('li', {}, nodeButton(i), el('span', { class: 'count' }, String(visibleFacts(i)))))),
    rows.length > 1 ? el('h3', {}, t('groups')) : null,
    rows.length > 1 ? el('ol', { class: 'plain' }, ...rows.map(([group, count]) => el('li', {}, groupButton(group), el('span', { class: 'count' }, String(count))))) : null,
  ];
}

function groupButton(group) {
  const go = () => {
    const members = [];
    for (let i = 0; i < G.n; i++) if (V.node[i] && G.group[i] === group) members.push(i);
    set({ view: 'graph', color: 'group' });
    travel(framing(members, stage.width, stage.height));
  };
  const dot = svg('svg', { viewBox: '0 0 18 18', width: 16, height: 16, 'aria-hidden': 'true', class: 'badge' }, svg('circle', { cx: 9, cy: 9, r: 6, fill: themed(groupColor(group)) }));
  return el('button', { type: 'button', class: 'node', onclick: go }, dot, name(G.groups[group]));
}

function entityView(node) {
  const facts = [...factsOf(node)];
  const shown = facts.filter((f) => V.fits[f] && !S.hidden.has(otherEnd(f, node)));
  const articles = new Set(G.ready ? shown.flatMap(articlesOf) : []);
  const type = G.types[G.type[node]];
  const alias = G.alias?.[node] ?? [];
  const links = G.same?.[node] ?? [];
  return [
    el('p', { class: 'kind' }, badge(G.type[node]), el('span', {}, label(type))),
    el('h2', { tabindex: '-1' }, name(G.name[node])),
    alias.length ? el('p', { class: 'soft' }, `${t('alsoKnown')}: `, ...alias.flatMap((other, i) => [i ? ', ' : '', name(other)])) : null,
    el('p', { class: 'soft' }, [t('facts', { count: shown.length }), G.ready && t('articles', { count: articles.size })].filter(Boolean).join(' · ')),
    G.group[node] < G.groups.length ? el('p', { class: 'soft' }, `${t('oneGroup')}: `, name(G.groups[G.group[node]])) : null,
    links.length ? el('p', { class: 'soft' }, `${t('elsewhere')}: `, ...links.flatMap((iri, i) => [i ? ', ' : '', link(iri, shortLink(iri))])) : null,
    actions(node),
    ...factGroups(node, shown),
    facts.length > shown.length ? el('p', { class: 'note' }, t('hiddenByFilters', { count: facts.length - shown.length })) : null,
  ];
}

/** `Wikidata Q1` out of its address; else the host. */
function shortLink(iri) {
  const found = /wikidata\.org\/entity\/(Q\d+)/.exec(iri) ?? /geonames\.org\/(\d+)/.exec(iri);
  if (found) return `${iri.includes('wikidata') ? 'Wikidata' : 'GeoNames'} ${found[1]}`;
  return /^https?:\/\/([^/]+)/.exec(iri)?.[1] ?? short(iri, 40);
}

function actions(node) {
  const pinned = S.pins.has(node);
  const steps = [0, 1, 2, 3].map((count) => el('button', {
    type: 'button', 'aria-pressed': String((S.focus === node ? S.hops : 0) === count),
    onclick: () => { set(count ? { focus: node, hops: count } : { focus: -1, hops: 0 }); if (S.view === 'graph') fitAll(); },
  }, count ? String(count) : t('off')));
  const button = (key, onclick) => el('button', { type: 'button', onclick }, t(key));
  return el('div', { class: 'actions' },
    el('div', { class: 'segments', role: 'group', 'aria-label': t('hops') }, el('span', { 'aria-hidden': 'true' }, t('hops')), ...steps),
    button('pathTo', () => { set({ pathFrom: node, pathTo: -1, way: 0 }); byId('path-to')?.focus(); }),
    button('centre', () => { if (S.view !== 'map') set({ view: 'graph' }); reveal(node, true); }),
    button(pinned ? 'unpin' : 'pin', () => pin(node)),
    button('hide', () => hide(node)),
    button('copy', copyLink));
}

function pin(node) {
  const pins = new Map(S.pins);
  if (!pins.delete(node)) pins.set(node, [G.x[node], G.y[node]]);
  set({ pins });
  if (pins.has(node)) say(t('pinned', { name: G.name[node] }));
}

function hide(node) {
  set({ hidden: toggled(S.hidden, node, S.hidden.has(node)), node: -1, fact: -1 });
  say(t('hiddenOne', { name: G.name[node] }));
}

function copyLink() {
  const text = `${location.href.split('#')[0]}#${address()}`;
  navigator.clipboard?.writeText(text).then(() => say(t('copied')), () => {});
}

const MANY = 60; // facts of one relation shown at once

/** The facts of an entity under a heading for each relation and direction, the most frequent first. */
function factGroups(node, facts) {
  if (!facts.length) return [el('p', { class: 'soft' }, t('noFacts'))];
  const groups = new Map();
  for (const f of facts) {
    const key = `${G.r[f]} ${G.relations[G.r[f]].symmetric || G.s[f] === node ? 0 : 1}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(f);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).map(([key, members]) => {
    const [relation, inward] = key.split(' ').map(Number);
    members.sort((a, b) => (G.from?.[b] ?? 0) - (G.from?.[a] ?? 0) || G.sure[b] - G.sure[a]);
    const list = el('ul', { class: 'facts' }, ...members.slice(0, MANY).map((f) => factRow(f, node)));
    if (members.length > MANY) {
      const more = el('button', { type: 'button', class: 'text', onclick: () => { more.remove(); list.append(...members.slice(MANY).map((f) => factRow(f, node))); } }, t('more', { count: members.length - MANY }));
      list.after(more);
    }
    const head = el('h3', {}, inward ? el('span', { class: 'inward', 'aria-hidden': 'true' }, '← ') : null, el('span', { class: 'words' }, label(G.relations[relation])), el('span', { class: 'count' }, String(members.length)));
    return el('section', { class: 'group' }, head, list);
  });
}

/** One fact of an entity: the other end, what is said of it, and its evidence to unfold. */
function factRow(fact, node) {
  const box = el('div', { class: 'proof' });
  const details = el('details', { ontoggle: () => { if (details.open && !box.childNodes.length) box.append(evidenceOf(fact), factFoot(fact)); } },
    el('summary', {}, el('span', { class: 'about' }, el('span', { class: 'told' }, ...toldOf(fact)), statusTag(fact), sureBar(fact), G.ready && el('span', { class: 'sources' }, t('sources', { count: articlesOf(fact).length })))), box);
  return el('li', { class: fact === S.fact ? 'chosen' : null }, nodeButton(otherEnd(fact, node)), details);
}

const factFoot = (fact) => el('p', { class: 'foot' }, el('button', { type: 'button', class: 'text', onclick: () => set({ fact }) }, t('openFact')));

/** A fact as a line: subject, relation, object. */
const claim = (fact) => el('div', { class: 'claim' }, nodeButton(G.s[fact]), el('span', { class: 'verb' }, label(G.relations[G.r[fact]])), nodeButton(G.o[fact]));

function factView(fact) {
  const by = G.by?.[fact];
  const rows = (G.told?.[fact] ?? []).map(([key, value]) => [toldName(key), /^\d{4}(-\d\d){0,2}$/.test(value) && ['date', 'from', 'to'].includes(key) ? showDate(value) : value]);
  const others = between(G.s[fact], G.o[fact]).filter((f) => f !== fact);
  return [
    el('h2', { tabindex: '-1', class: 'unseen' }, label(G.relations[G.r[fact]])),
    claim(fact),
    el('p', { class: 'about' }, el('span', { class: `tag ${G.statuses[G.status[fact]]}` }, t(G.statuses[G.status[fact]])), sureBar(fact)),
    rows.length || by !== undefined ? el('dl', {}, ...rows.flatMap(([key, value]) => [el('dt', {}, key), el('dd', {}, name(value))]), ...(by !== undefined ? [el('dt', {}, t('according')), el('dd', {}, nodeButton(by))] : [])) : null,
    el('h3', {}, t('evidence'), G.ready && el('span', { class: 'count' }, String(G.evStart[fact + 1] - G.evStart[fact]))),
    evidenceOf(fact),
    others.length ? el('h3', {}, t('factsHead'), el('span', { class: 'count' }, String(others.length))) : null,
    others.length ? el('ul', { class: 'facts' }, ...others.map((f) => el('li', {}, claim(f), el('p', { class: 'about' }, ...toldOf(f), statusTag(f), sureBar(f), factFoot(f))))) : null,
  ];
}

let waysFound = { key: '', ways: [] };

/** The ways between the two chosen ends under the present filters. */
function currentWays() {
  const key = `${S.pathFrom} ${S.pathTo} ${V.version}`;
  if (waysFound.key !== key) waysFound = { key, ways: ways(S.pathFrom, S.pathTo) };
  return waysFound.ways;
}

function pathView() {
  const { box } = combobox({ id: 'path-to', label: t('pathHint'), hint: t('pathHint'), pick: (node) => { set({ pathTo: node, way: 0, node: -1, fact: -1 }); revealWay(); } });
  const head = [
    el('h2', { tabindex: '-1' }, t('path')),
    el('div', { class: 'ends' }, el('span', { class: 'soft' }, t('from')), nodeButton(S.pathFrom), el('span', { class: 'soft' }, t('to')), S.pathTo >= 0 ? nodeButton(S.pathTo) : box),
    el('p', { class: 'actions' }, S.pathTo >= 0 ? el('button', { type: 'button', onclick: () => set({ pathTo: -1, way: 0 }) }, t('pathHint')) : null, el('button', { type: 'button', onclick: () => set({ node: S.pathFrom, pathFrom: -1, pathTo: -1, way: 0 }) }, t('clearPath'))),
  ];
  if (S.pathTo < 0) return head;
  const found = currentWays();
  if (!found.length) return [...head, el('p', { class: 'note' }, t('noPath'))];
  const way = found[Math.min(S.way, found.length - 1)];
  const choices = found.map((each, i) => el('button', { type: 'button', 'aria-pressed': String(each === way), onclick: () => { set({ way: i }); revealWay(); } },
    `${t('steps', { count: each.length - 1 })}${each.length > 2 ? ': ' : ''}`, name(short(each.slice(1, -1).map((i) => G.name[i]).join(' → '), 60))));
  const steps = way.slice(1).map((next, i) => el('li', {}, ...between(way[i], next).slice(0, 3).map((f) => el('div', { class: 'step' }, claim(f), el('p', { class: 'about' }, ...toldOf(f), statusTag(f), sureBar(f)), evidenceOf(f)))));
  return [...head, el('h3', {}, t('alternatives')), el('div', { class: 'ways' }, ...choices), el('p', { class: 'soft' }, t('lead')), el('ol', { class: 'way' }, ...steps)];
}

function revealWay() {
  const way = currentWays()[S.way];
  if (way && S.view === 'graph') travel(framing(way, stage.width, openHeight(), 110));
}

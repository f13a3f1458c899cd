// search: finds entities by name or alias, and the box with completions that does so.

const SINGLE = { ı: 'i', ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ё: 'е' };

/** A name without case, accents and punctuation. */
function fold(text) {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/[ıłøđðþßæœё]/g, (c) => SINGLE[c])
    .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

let index = null; // { text, node, alias }: folded names of all nodes, the best connected first

function nameIndex() {
  if (index && index.ready === G.ready) return index;
  const [text, node, alias] = [[], [], []];
  for (const i of G.order) {
    text.push(` ${fold(G.name[i])}`);
    node.push(i);
    alias.push(null);
    for (const other of G.alias?.[i] ?? []) {
      text.push(` ${fold(other)}`);
      node.push(i);
      alias.push(other);
    }
  }
  index = { text, node, alias, ready: G.ready };
  return index;
}

/** The nodes whose name or alias has all words of the query: whole names first, then beginnings, then the rest. */
function find(query, limit = 9) {
  const words = fold(query).split(' ').filter(Boolean);
  if (!words.length) return [];
  const { text, node, alias } = nameIndex();
  const whole = ` ${words.join(' ')}`;
  const tiers = [[], [], [], []];
  for (let i = 0; i < text.length; i++) {
    const each = text[i];
    if (!words.every((word) => each.includes(word))) continue;
    const tier = each === whole ? 0 : each.startsWith(whole) ? 1 : words.every((word) => each.includes(` ${word}`)) ? 2 : 3;
    if (tiers[tier].length < limit * 3) tiers[tier].push(i);
  }
  const seen = new Set();
  return tiers.flat().filter((i) => !seen.has(node[i]) && seen.add(node[i])).slice(0, limit).map((i) => ({ node: node[i], alias: alias[i] }));
}

/** Sets an attribute if it differs: setting it anew would have the browser restyle. */
const put = (node, key, value) => { if (node.getAttribute(key) !== value) node.setAttribute(key, value); };

let boxes = 0;

/** A text field with completions; `pick` is told the chosen node, `say` the text where the last row, what facts say, is chosen. */
function combobox({ label: spoken, hint, pick, say: seek, id = `box${++boxes}` }) {
  const options = el('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': spoken, class: 'options', hidden: true });
  const input = el('input', {
    id, type: 'search', role: 'combobox', 'aria-label': spoken, placeholder: hint, autocomplete: 'off', spellcheck: 'false', dir: 'auto',
    'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list',
  });
  const rows = [];
  let found = [];
  let at = -1;
  const close = () => {
    options.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (number) => {
    const text = input.value.trim();
    close();
    input.value = '';
    if (number < found.length) pick(found[number].node);
    else seek(text);
  };
  const words = el('span', { class: 'found' });
  const last = el('li', { id: `${id}-say`, role: 'option', 'aria-selected': 'false', onmousedown: (event) => { event.preventDefault(); choose(found.length); } }, icon(GLYPHS.search), words);
  const count = () => found.length + (seek && G.ready ? 1 : 0);
  const mark = (number) => {
    for (const row of [rows[at]?.row, last]) if (row) put(row, 'aria-selected', 'false');
    const before = Math.max(0, at);
    at = number;
    if (at < 0) return;
    options.children[at].setAttribute('aria-selected', 'true');
    put(input, 'aria-activedescendant', options.children[at].id);
    if (at !== before) options.children[at].scrollIntoView({ block: 'nearest' }); // lays the page out, so not with every key
  };
  const show = () => {
    found = find(input.value);
    while (rows.length < found.length) {
      const i = rows.length;
      rows.push(completionRow(`${id}-${i}`, () => choose(i)));
    }
    found.forEach((each, i) => rows[i].fill(each));
    words.textContent = t('saysWords', { words: input.value.trim() });
    if (options.children.length !== count() || !found.length) options.replaceChildren(...rows.slice(0, found.length).map(({ row }) => row), ...(count() > found.length ? [last] : found.length ? [] : [el('li', { class: 'none', role: 'option', 'aria-disabled': 'true' }, t('nothing'))]));
    options.hidden = !input.value.trim();
    put(input, 'aria-expanded', String(!options.hidden));
    mark(count() && input.value.trim() ? 0 : -1);
  };
  input.addEventListener('input', show);
  input.addEventListener('blur', () => setTimeout(close, 150));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      input.value = '';
      close();
    } else if (event.key === 'Enter' && at >= 0) choose(at);
    else if (event.key === 'ArrowDown' && count()) mark((at + 1) % count());
    else if (event.key === 'ArrowUp' && count()) mark((at + count() - 1) % count());
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { box: el('div', { class: 'combobox' }, icon(GLYPHS.search), input, options), input };
}

/** A row of the list of completions, made once and filled again with every key: making elements is what costs. */
function completionRow(id, onpick) {
  const mark = svg('path');
  const [text, alias, kind] = [el('bdi', { dir: 'auto' }), el('bdi', { dir: 'auto' }), el('small', { class: 'kind' })];
  const row = el('li', { id, role: 'option', 'aria-selected': 'false', onmousedown: (event) => { event.preventDefault(); onpick(); } },
    svg('svg', { viewBox: '0 0 18 18', width: 16, height: 16, 'aria-hidden': 'true', class: 'badge' }, mark), el('span', { class: 'found' }, text, el('small', {}, alias)), kind);
  const write = (into, words) => { if (into.textContent !== words) into.textContent = words; };
  const fill = ({ node, alias: other }) => {
    const type = G.types[G.type[node]];
    write(text, G.name[node]);
    write(alias, other ?? '');
    write(kind, label(type));
    put(mark, 'd', outline(type.shape, 9, 9, 6.2));
    put(mark, 'fill', themed(type.color));
  };
  return { row, fill };
}

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

let boxes = 0;

/** A text field with completions; `pick` is told the chosen node. */
function combobox({ label: spoken, hint, pick, id = `box${++boxes}` }) {
  const options = el('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': spoken, class: 'options', hidden: true });
  const input = el('input', {
    id, type: 'search', role: 'combobox', 'aria-label': spoken, placeholder: hint, autocomplete: 'off', spellcheck: 'false', dir: 'auto',
    'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list',
  });
  let found = [];
  let at = -1;
  const close = () => {
    options.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const choose = (number) => {
    const { node } = found[number];
    close();
    input.value = '';
    pick(node);
  };
  const mark = (number) => {
    at = number;
    [...options.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    if (at < 0) return;
    input.setAttribute('aria-activedescendant', options.children[at].id);
    options.children[at].scrollIntoView({ block: 'nearest' });
  };
  const show = () => {
    found = find(input.value);
    const rows = found.map(({ node, alias }, i) => completion(`${id}-${i}`, node, alias, () => choose(i)));
    options.replaceChildren(...(rows.length ? rows : [el('li', { class: 'none', role: 'option', 'aria-disabled': 'true' }, t('nothing'))]));
    options.hidden = !input.value.trim();
    input.setAttribute('aria-expanded', String(!options.hidden));
    mark(found.length && input.value.trim() ? 0 : -1);
  };
  input.addEventListener('input', show);
  input.addEventListener('blur', () => setTimeout(close, 150));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      input.value = '';
      close();
    } else if (event.key === 'Enter' && at >= 0) choose(at);
    else if (event.key === 'ArrowDown' && found.length) mark((at + 1) % found.length);
    else if (event.key === 'ArrowUp' && found.length) mark((at + found.length - 1) % found.length);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { box: el('div', { class: 'combobox' }, icon(GLYPHS.search), input, options), input };
}

function completion(id, node, alias, onpick) {
  return el('li', { id, role: 'option', 'aria-selected': 'false', onmousedown: (event) => { event.preventDefault(); onpick(); } },
    badge(G.type[node]), el('span', { class: 'found' }, name(G.name[node]), alias && el('small', {}, name(alias))),
    el('small', { class: 'kind' }, label(G.types[G.type[node]])));
}

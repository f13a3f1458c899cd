// dom: makes elements. Text goes in as text only; nothing in this page is ever parsed as HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes; `on…` functions become listeners, false and null attributes are left out. */
function el(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
function svg(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const byId = (id) => document.getElementById(id);

/** A name kept from reordering the text around it. */
const name = (text) => el('bdi', { dir: 'auto' }, text);

/** A link that leaves the page, if the address is http or https; otherwise its text. */
function link(address, ...children) {
  const safe = /^https?:\/\//i.test(address) && URL.canParse?.(address) !== false;
  if (!safe) return el('span', {}, ...children);
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...children);
}

/** A line icon of 16 units, drawn with the text's colour. */
function icon(paths) {
  return svg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', class: 'glyph' },
    ...[].concat(paths).map((d) => svg('path', { d })));
}

const GLYPHS = {
  filters: ['M2 4h12', 'M4 8h8', 'M6 12h4'],
  undo: ['M3 6h6.5a3.5 3.5 0 0 1 0 7H6', 'M5.5 3 2.5 6l3 3'],
  plus: ['M8 3v10', 'M3 8h10'],
  minus: ['M3 8h10'],
  fit: ['M2.5 6V2.5H6', 'M10 2.5h3.5V6', 'M13.5 10v3.5H10', 'M6 13.5H2.5V10'],
  save: ['M8 2v8', 'M4.5 7 8 10.5 11.5 7', 'M2.5 13.5h11'],
  help: ['M5.7 6a2.3 2.3 0 1 1 3.4 2c-.8.4-1.1.8-1.1 1.6', 'M8 12v.4'],
  theme: ['M8 2.2a5.8 5.8 0 1 0 0 11.6z', 'M8 2.2a5.8 5.8 0 0 1 0 11.6'],
  close: ['M4 4l8 8', 'M12 4l-8 8'],
  search: ['M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z', 'M10.5 10.5 14 14'],
  graph: ['M4 4.5a1.5 1.5 0 1 0 0-.01z', 'M12 6a1.5 1.5 0 1 0 0-.01z', 'M6 12.5a1.5 1.5 0 1 0 0-.01z', 'M5.4 4.8l5.2 1', 'M4.4 6l1.3 5', 'M11 7.2l-3.8 4.2'],
  table: ['M2.5 3.5h11v9h-11z', 'M2.5 6.5h11', 'M6.5 6.5v6'],
  map: ['M2.5 4 6 2.5l4 1.5 3.5-1.5v9.5L10 13.5 6 12l-3.5 1.5z', 'M6 2.5V12', 'M10 4v9.5'],
  timeline: ['M2 8h12', 'M4.5 5.5v5', 'M8.5 5.5v5', 'M11.5 5.5v5'],
};

/** A button with an icon and a spoken name. */
function iconButton(glyph, label, onclick, more = {}) {
  return el('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, onclick, ...more }, icon(GLYPHS[glyph]));
}

/** Has a screen reader say something. */
function say(text) {
  byId('live').textContent = text;
}

/** Hands a file to the reader. */
function download(file, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = el('a', { href: address, download: file });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

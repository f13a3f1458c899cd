// picture: the view as PNG, or as SVG by letting the painter draw into a context that writes SVG.

/** A canvas context, as far as the painter uses one, that makes SVG elements. */
class Drawing {
  constructor(width, height) {
    this.root = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
    Object.assign(this, { globalAlpha: 1, dash: [], d: '', lineWidth: 1, kept: [] });
    this.gauge = document.createElement('canvas').getContext('2d');
    this.into = this.root;
  }

  add(tag, attributes, ...children) {
    this.into.append(svg(tag, { ...attributes, opacity: this.globalAlpha < 1 ? this.globalAlpha : null }, ...children));
  }

  clearRect() {}
  setTransform() {}
  save() { this.kept.push(this.into); }
  restore() { this.into = this.kept.pop(); }
  clip() {
    const id = `clip${this.root.querySelectorAll('clipPath').length}`;
    this.root.append(svg('clipPath', { id }, svg('path', { d: this.d })));
    const group = svg('g', { 'clip-path': `url(#${id})` });
    this.into.append(group);
    this.into = group;
  }
  setLineDash(dash) { this.dash = dash; }
  beginPath() { this.d = ''; }
  put(letter, ...numbers) { this.d += letter + numbers.map((number) => Math.round(number * 100) / 100).join(' '); }
  moveTo(x, y) { this.put('M', x, y); }
  lineTo(x, y) { this.put('L', x, y); }
  quadraticCurveTo(cx, cy, x, y) { this.put('Q', cx, cy, x, y); }
  closePath() { this.d += 'Z'; }
  rect(x, y, w, h) { this.d += `M${x} ${y}h${w}v${h}h${-w}z`; }
  arc(x, y, r) { this.d += outline('dot', x, y, r); }
  stroke() { if (this.d) this.add('path', { d: this.d, fill: 'none', stroke: this.strokeStyle, 'stroke-width': this.lineWidth, 'stroke-dasharray': this.dash.length ? this.dash.join(' ') : null }); }
  fill() { if (this.d) this.add('path', { d: this.d, fill: this.fillStyle }); }
  fillRect(x, y, width, height) { this.add('rect', { x, y, width, height, fill: this.fillStyle }); }
  drawImage({ made: { shape, color, radius } }, x, y, size) {
    this.add('path', { d: outline(shape, x + size / 2, y + size / 2, radius), fill: color, stroke: INK.paper, 'stroke-width': 1.5, 'paint-order': 'stroke' });
  }
  measureText(text) {
    this.gauge.font = this.font;
    return this.gauge.measureText(text);
  }
  text(content, x, y, look) {
    const [, weight, points] = /^(\d+)? ?([\d.]+)px/.exec(this.font) ?? [];
    this.add('text', { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, 'text-anchor': this.textAlign === 'left' ? 'start' : 'middle', 'dominant-baseline': 'central', 'font-family': 'sans-serif', 'font-size': points, 'font-weight': weight ?? null, ...look }, content);
  }
  strokeText(content, x, y) { this.text(content, x, y, { fill: 'none', stroke: this.strokeStyle, 'stroke-width': this.lineWidth, 'stroke-linejoin': 'round' }); }
  fillText(content, x, y) { this.text(content, x, y, { fill: this.fillStyle }); }
}

/** Draws the present view, all layers, into a context. */
function drawView(context, width, height) {
  context.fillStyle = INK.paper;
  context.fillRect(0, 0, width, height);
  if (S.view === 'timeline') {
    drawTimeline(context);
    return;
  }
  const { dims } = lit();
  const all = scene();
  for (const _ of paint(context, { ...all, clears: false, sides: new Map() })); // eslint-disable-line
  if (!dims) return;
  context.globalAlpha = 0.8;
  context.fillStyle = INK.paper;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
  drawTop(context);
}

const viewSize = () => (S.view === 'timeline' ? [T.width, T.height] : [stage.width || 1200, stage.height || 800]);

function savePNG() {
  const [width, height] = viewSize();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  const context = canvas.getContext('2d');
  context.setTransform(2, 0, 0, 2, 0, 0);
  const ratio = stage.ratio;
  stage.ratio = 2;
  drawView(context, width, height);
  stage.ratio = ratio;
  canvas.toBlob((blob) => saved('graph.png', blob), 'image/png');
}

function saveSVG() {
  const [width, height] = viewSize();
  const drawing = new Drawing(width, height);
  drawView(drawing, width, height);
  saved('graph.svg', `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing.root)}`, 'image/svg+xml');
}

function saved(file, content, type) {
  download(file, content, type);
  say(t('exported', { file }));
}

// shapes: the outline of each entity type, the same on canvas, in SVG and in the legend; and its colour in either theme.

const OUTLINES = {
  square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  triangle: [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]],
  triangleDown: [[0, 1.15], [1.1, -0.8], [-1.1, -0.8]],
  hexagon: [[-1.05, 0], [-0.52, -0.92], [0.52, -0.92], [1.05, 0], [0.52, 0.92], [-0.52, 0.92]],
  pentagon: [[0, -1.15], [1.08, -0.34], [0.72, 0.95], [-0.72, 0.95], [-1.08, -0.34]],
  star: Array.from({ length: 10 }, (_, i) => {
    const r = i % 2 ? 0.55 : 1.25;
    return [r * Math.sin((i * Math.PI) / 5), -r * Math.cos((i * Math.PI) / 5)];
  }),
  box: [[-1.15, -0.72], [1.15, -0.72], [1.15, 0.72], [-1.15, 0.72]],
  text: [[-1, -0.75], [1, -0.75], [1, 0.5], [0.1, 0.5], [-0.45, 1.1], [-0.45, 0.5], [-1, 0.5]],
};

/** Adds the outline to a canvas path. */
function trace(context, shape, x, y, r) {
  const points = OUTLINES[shape];
  if (!points) {
    context.moveTo(x + r, y);
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(x + points[0][0] * r, y + points[0][1] * r);
  for (let i = 1; i < points.length; i++) context.lineTo(x + points[i][0] * r, y + points[i][1] * r);
  context.closePath();
}

/** The outline as the `d` of an SVG path. */
function outline(shape, x, y, r) {
  const round = (value) => Math.round(value * 100) / 100;
  const points = OUTLINES[shape];
  if (!points) return `M${round(x - r)} ${round(y)}a${round(r)} ${round(r)} 0 1 0 ${round(2 * r)} 0a${round(r)} ${round(r)} 0 1 0 ${round(-2 * r)} 0z`;
  return `M${points.map(([px, py]) => `${round(x + px * r)} ${round(y + py * r)}`).join('L')}z`;
}

/** The mark of a type, for lists. */
function badge(type, color = G.types[type].color) {
  return svg('svg', { viewBox: '0 0 18 18', width: 16, height: 16, 'aria-hidden': 'true', class: 'badge' },
    svg('path', { d: outline(G.types[type].shape, 9, 9, 6.2), fill: themed(color) }));
}

const GROUP_COLORS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#8F7A00', '#7B4FA3', '#3A9BC1', '#A0522D', '#5B7F2B', '#B23A5E'];
const groupColor = (group) => (group < G.groups.length ? GROUP_COLORS[group % GROUP_COLORS.length] : '#8A93A0');

const isDark = () => document.documentElement.dataset.theme === 'dark';

/** A colour for the theme: the same in light, a third of the way to white in dark, where it must stand out too. */
function themed(color) {
  if (!isDark() || !/^#[0-9a-f]{6}$/i.test(color)) return color;
  const part = (at) => Math.round(parseInt(color.slice(at, at + 2), 16) * 0.68 + 255 * 0.32);
  return `rgb(${part(1)} ${part(3)} ${part(5)})`;
}

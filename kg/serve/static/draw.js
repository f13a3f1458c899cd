// Draws edges [from, to, label] as an SVG by a small spring model; the same edges give the same drawing.
"use strict";

window.drawGraph = (edges, { href, shorten }) => {
  const MOST = 150, STEPS = 220, WIDTH = 1000, HEIGHT = 620;
  const space = "http://www.w3.org/2000/svg";
  const nodes = new Map();
  const kept = [];
  for (const [from, to, label] of edges) {
    for (const end of [from, to]) if (!nodes.has(end) && nodes.size < MOST) nodes.set(end, { id: end, degree: 0 });
    if (nodes.has(from) && nodes.has(to) && from !== to) {
      kept.push({ a: nodes.get(from), b: nodes.get(to), label });
      nodes.get(from).degree += 1;
      nodes.get(to).degree += 1;
    }
  }
  const all = [...nodes.values()];
  all.forEach((node, i) => {
    const angle = i * 2.399963; // the golden angle spreads the start evenly
    const radius = 14 * Math.sqrt(i + 1);
    node.x = Math.cos(angle) * radius;
    node.y = Math.sin(angle) * radius;
  });
  const ideal = Math.sqrt((WIDTH * HEIGHT) / Math.max(all.length, 1)) * 0.6;
  for (let step = 0; step < STEPS; step += 1) {
    const heat = 30 * (1 - step / STEPS) + 0.5;
    for (const node of all) node.dx = node.dy = 0;
    for (let i = 0; i < all.length; i += 1) {
      for (let j = i + 1; j < all.length; j += 1) {
        const [p, q] = [all[i], all[j]];
        const dx = p.x - q.x || 0.01, dy = p.y - q.y || 0.01;
        const push = (ideal * ideal) / (dx * dx + dy * dy);
        p.dx += dx * push; p.dy += dy * push; q.dx -= dx * push; q.dy -= dy * push;
      }
    }
    for (const { a, b } of kept) {
      const dx = a.x - b.x, dy = a.y - b.y;
      const pull = Math.hypot(dx, dy) / ideal;
      a.dx -= dx * pull; a.dy -= dy * pull; b.dx += dx * pull; b.dy += dy * pull;
    }
    for (const node of all) {
      const length = Math.hypot(node.dx, node.dy) || 1;
      node.x += (node.dx / length) * Math.min(length, heat) - node.x * 0.01;
      node.y += (node.dy / length) * Math.min(length, heat) - node.y * 0.01;
    }
  }
  const xs = all.map((n) => n.x), ys = all.map((n) => n.y);
  const pad = 90;
  const box = [Math.min(...xs) - pad, Math.min(...ys) - 40, Math.max(...xs) - Math.min(...xs) + 2 * pad, Math.max(...ys) - Math.min(...ys) + 80];

  function make(name, attributes, parent, text) {
    const node = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }

  const svg = make("svg", { viewBox: box.join(" "), class: "drawing", role: "group", "aria-label": "The result as a graph" });
  for (const { a, b, label } of kept) {
    make("title", {}, make("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: "edge" }, svg), label);
    if (kept.length <= 60) make("text", { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 3, class: "caption", "text-anchor": "middle" }, svg, label);
  }
  for (const node of all) {
    const to = href(node.id);
    const link = make(to ? "a" : "g", to ? { href: to } : {}, svg);
    make("title", {}, link, node.id);
    make("circle", { cx: node.x, cy: node.y, r: 4 + Math.min(6, Math.sqrt(node.degree)), class: "dot" }, link);
    make("text", { x: node.x, y: node.y - 11, "text-anchor": "middle" }, link, shorten(node.id).slice(0, 30));
  }
  if (nodes.size >= MOST) make("text", { x: box[0] + 10, y: box[1] + 20, class: "caption" }, svg, `The first ${MOST} resources.`);
  return svg;
};

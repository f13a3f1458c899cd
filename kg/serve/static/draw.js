// Draws edges [from, to, label] as an SVG: a spring model for each connected part, the parts side by side.
// The same edges give the same drawing.
"use strict";

window.drawGraph = (edges, { href, shorten }) => {
  const MOST = 150, STEPS = 250, WIDTH = 1000, IDEAL = 85, MARGIN = 86;
  const space = "http://www.w3.org/2000/svg";

  function read() {
    const nodes = new Map();
    const kept = [];
    for (const [from, to, label] of edges) {
      for (const end of [from, to]) if (!nodes.has(end) && nodes.size < MOST) nodes.set(end, { id: end, near: [] });
      if (!nodes.has(from) || !nodes.has(to) || from === to) continue;
      const [a, b] = [nodes.get(from), nodes.get(to)];
      kept.push({ a, b, label });
      a.near.push(b);
      b.near.push(a);
    }
    return { nodes: [...nodes.values()], kept, cut: nodes.size >= MOST };
  }

  // Connected parts, the largest first.
  function split(nodes) {
    const parts = [];
    for (const start of nodes) {
      if (start.part !== undefined) continue;
      const part = [start];
      start.part = parts.length;
      for (const node of part) for (const next of node.near) if (next.part === undefined) { next.part = parts.length; part.push(next); }
      parts.push(part);
    }
    return parts.sort((p, q) => q.length - p.length);
  }

  function spring(part, kept) {
    if (part.length === 2) { // side by side, so that the names stand free
      [part[0].x, part[1].x, part[0].y, part[1].y] = [0, 1.88 * IDEAL, 0, 0];
      return;
    }
    part.forEach((node, i) => { // the golden angle spreads the start evenly
      node.x = Math.cos(i * 2.399963) * 30 * Math.sqrt(i + 1);
      node.y = Math.sin(i * 2.399963) * 20 * Math.sqrt(i + 1);
    });
    for (let step = 0; step < STEPS; step += 1) {
      for (const node of part) node.dx = node.dy = 0;
      for (let i = 0; i < part.length; i += 1) {
        for (let j = i + 1; j < part.length; j += 1) {
          const [p, q] = [part[i], part[j]];
          const dx = p.x - q.x || 0.01, dy = (p.y - q.y) * 1.4 || 0.01;
          const push = (IDEAL * IDEAL) / (dx * dx + dy * dy);
          p.dx += dx * push; p.dy += dy * push; q.dx -= dx * push; q.dy -= dy * push;
        }
      }
      for (const { a, b } of kept) {
        const dx = a.x - b.x, dy = a.y - b.y, pull = Math.hypot(dx, dy) / IDEAL;
        a.dx -= dx * pull; a.dy -= dy * pull; b.dx += dx * pull; b.dy += dy * pull;
      }
      const heat = 25 * (1 - step / STEPS) + 0.3;
      for (const node of part) {
        const length = Math.hypot(node.dx, node.dy) || 1;
        node.x += (node.dx / length) * Math.min(length, heat);
        node.y += (node.dy / length) * Math.min(length, heat);
      }
    }
  }

  // Moves a part so that it begins at 0, 0; returns its size with room for labels.
  function settle(part) {
    const left = Math.min(...part.map((n) => n.x)), top = Math.min(...part.map((n) => n.y));
    for (const node of part) { node.x += MARGIN - left; node.y += 34 - top; }
    return [Math.max(...part.map((n) => n.x)) + MARGIN, Math.max(...part.map((n) => n.y)) + 20];
  }

  // Puts the parts in rows; returns the size of all.
  function shelve(parts) {
    let x = 0, y = 0, row = 0, wide = WIDTH;
    for (const part of parts) {
      const [width, height] = settle(part);
      wide = Math.max(wide, width);
      if (x && x + width > wide) { x = 0; y += row; row = 0; }
      for (const node of part) { node.x += x; node.y += y; }
      x += width;
      row = Math.max(row, height);
    }
    return [wide, y + row];
  }

  function make(name, attributes, parent, text) {
    const node = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  }

  const clip = (name) => (name.length > 26 ? name.slice(0, 25).trimEnd() + "…" : name);
  const { nodes, kept, cut } = read();
  const parts = split(nodes);
  for (const part of parts) spring(part, kept.filter(({ a }) => a.part === part[0].part));
  const [width, height] = shelve(parts);
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, class: "drawing", role: "group", "aria-label": "The result as a graph" });
  for (const { a, b, label } of kept) {
    make("title", {}, make("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: "edge" }, svg), label);
    if (kept.length <= 40) make("text", { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 + 3, class: "caption", "text-anchor": "middle" }, svg, label);
  }
  for (const node of nodes) {
    const to = href(node.id);
    const link = make(to ? "a" : "g", to ? { href: to } : {}, svg);
    make("title", {}, link, node.id);
    make("circle", { cx: node.x, cy: node.y, r: 4 + Math.min(5, Math.sqrt(node.near.length)), class: "dot" }, link);
    make("text", { x: node.x, y: node.y - 11, "text-anchor": "middle" }, link, clip(shorten(node.id)));
  }
  const place = document.createElement("div");
  place.className = "scroll";
  place.append(svg);
  if (cut) place.append(`The first ${MOST} resources.`);
  return place;
};

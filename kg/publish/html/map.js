// map: located entities on Mercator's projection, coastlines below them, routes as lines through their stops.

const M = { x: new Float32Array(0), y: new Float32Array(0), node: new Uint8Array(0), fact: new Uint8Array(0), located: 0, routes: [] };
const DEGREE = 4; // units of the drawing

const east = (lon) => lon * DEGREE;
const south = (lat) => (-Math.log(Math.tan(Math.PI / 4 + (Math.max(-80, Math.min(83.7, lat)) * Math.PI) / 360)) * 180 * DEGREE) / Math.PI;

/** Finds what of the visible graph has a place, and the stops of its routes. */
function locate() {
  M.x = new Float32Array(G.n);
  M.y = new Float32Array(G.n);
  M.node = new Uint8Array(G.n);
  M.located = 0;
  for (const [key, [lat, lon]] of Object.entries(G.place ?? {})) {
    const i = Number(key);
    M.x[i] = east(lon);
    M.y[i] = south(lat);
    M.located += M.node[i] = V.node[i];
  }
  M.fact = V.fact.map((on, f) => on & M.node[G.s[f]] & M.node[G.o[f]]);
  const route = G.types.findIndex((type) => type.name === 'Route');
  M.routes = [];
  for (let i = 0; i < G.n; i++) {
    if (G.type[i] !== route || !V.node[i]) continue;
    const stops = [...new Set([...factsOf(i)].filter((f) => V.fact[f]).map((f) => otherEnd(f, i)).filter((stop) => M.node[stop]))];
    if (stops.length > 1) M.routes.push({ node: i, stops: chain(stops) });
  }
}

/** Stops in an order for travelling: from the westernmost always to the nearest that is left. */
function chain(stops) {
  const left = new Set(stops);
  let at = stops.reduce((west, stop) => (M.x[stop] < M.x[west] ? stop : west));
  const line = [];
  while (at !== undefined) {
    line.push(at);
    left.delete(at);
    const here = at;
    at = [...left].sort((a, b) => Math.hypot(M.x[a] - M.x[here], M.y[a] - M.y[here]) - Math.hypot(M.x[b] - M.x[here], M.y[b] - M.y[here]))[0];
  }
  return line;
}

let coast = null;

/** The rings of the coastline as lists of points of the drawing. */
function coastline() {
  coast ??= LAND.map((text) => {
    let [lon, lat] = [0, 0];
    return text.split(' ').map((pair) => {
      const [dx, dy] = pair.split(',').map(Number);
      lon += dx;
      lat += dy;
      return [east(lon / 10), south(lat / 10)];
    });
  });
  return coast;
}

/** Land, meridians and routes: what lies below the nodes of the map. */
function paintWorld(context, { width, height, camera: { k, x, y } }) {
  context.fillStyle = INK.sea;
  context.fillRect(0, 0, width, height);
  context.beginPath();
  for (const ring of coastline()) {
    ring.forEach(([px, py], i) => (i ? context.lineTo(px * k + x, py * k + y) : context.moveTo(px * k + x, py * k + y)));
    context.closePath();
  }
  context.fillStyle = INK.land;
  context.fill();
  context.strokeStyle = INK.coast;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 0.45;
  context.beginPath();
  for (let lon = -180; lon <= 180; lon += 30) {
    context.moveTo(east(lon) * k + x, south(80) * k + y);
    context.lineTo(east(lon) * k + x, south(-80) * k + y);
  }
  for (let lat = -60; lat <= 60; lat += 30) {
    context.moveTo(east(-180) * k + x, south(lat) * k + y);
    context.lineTo(east(180) * k + x, south(lat) * k + y);
  }
  context.stroke();
  context.globalAlpha = 1;
  paintRoutes(context, k, x, y);
}

function paintRoutes(context, k, x, y) {
  context.lineJoin = 'round';
  for (const { node, stops } of M.routes) {
    const points = stops.map((stop) => [M.x[stop] * k + x, M.y[stop] * k + y]);
    context.beginPath();
    points.forEach(([px, py], i) => (i ? context.lineTo(px, py) : context.moveTo(px, py)));
    context.strokeStyle = themed(G.types[G.type[node]].color);
    context.lineWidth = node === S.node ? 5 : 3;
    context.stroke();
  }
}

/** The name of each route half way along it, where there is room. */
function paintRouteNames(context, { camera: { k, x, y }, taken }) {
  context.font = `500 11.5px ${INK.font}`;
  for (const { node, stops } of M.routes) {
    const middle = Math.floor((stops.length - 1) / 2);
    const [[ax, ay], [bx, by]] = [stops[middle], stops[middle + 1]].map((stop) => [M.x[stop] * k + x, M.y[stop] * k + y]);
    const text = short(G.name[node], 32);
    const half = context.measureText(text).width / 2 + 3;
    if (Math.hypot(bx - ax, by - ay) < 60) continue;
    const spot = [0.5, 0.35, 0.65].flatMap((part) => [-10, 10].map((off) => [ax + part * (bx - ax), ay + part * (by - ay) + off])).find(([mx, my]) => taken.free(mx - half, my - 8, mx + half, my + 8));
    if (!spot) continue;
    taken.take(spot[0] - half, spot[1] - 8, spot[0] + half, spot[1] + 8);
    write(context, text, spot[0], spot[1], INK.soft);
  }
}

/** The route at a point of the window, or -1. */
function routeAt(px, py) {
  const { k, x, y } = camera();
  for (const { node, stops } of M.routes) {
    for (let i = 1; i < stops.length; i++) {
      const [a, b] = [stops[i - 1], stops[i]];
      if (toLine(px, py, M.x[a] * k + x, M.y[a] * k + y, M.x[b] * k + x, M.y[b] * k + y) < REACH) return node;
    }
  }
  return -1;
}

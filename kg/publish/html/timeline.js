// timeline: dated facts in lanes, a lane for each relation; a fact is a dot on its day or a bar over its span.

const T = { canvas: null, box: null, from: 0, to: 1, items: [], lanes: [], width: 0, height: 0, key: '' };
const AXIS = 30; // pixels of the axis at the top
const ROW = 17; // pixels between the rows of a lane
const DEPTH = 6; // rows of a lane at most; further facts share them

/** Builds the view, or brings it up to date. */
function showTimeline() {
  T.box = byId('timeline');
  if (!T.canvas) {
    T.canvas = el('canvas', { 'aria-hidden': 'true' });
    T.tip = el('div', { class: 'tip', hidden: true });
    T.scroll = el('div', { class: 'lanes', tabindex: '0', role: 'application' }, T.canvas, T.tip);
    listenToTimeline();
    new ResizeObserver(() => S.view === 'timeline' && paintTimeline()).observe(T.box);
  }
  T.scroll.setAttribute('aria-label', t('lanes'));
  const clocks = el('div', { class: 'segments', role: 'group', 'aria-label': t('time') }, ...['valid', 'published'].map((clock) => el('button', { type: 'button', 'aria-pressed': String(S.clock === clock), onclick: () => set({ clock, from: null, to: null }) }, t(clock))));
  gather();
  const words = T.items.length ? t('dated', { dated: T.items.length, all: V.facts }) : t('noDates');
  T.box.replaceChildren(el('div', { class: 'sheet-head' }, clocks, el('p', { class: 'soft' }, words),
    el('div', { class: 'zoom flat' }, iconButton('plus', t('zoomIn'), () => stretch(1 / 1.6)), iconButton('minus', t('zoomOut'), () => stretch(1.6)), iconButton('fit', t('fit'), () => { wholeTime(); paintTimeline(); }))), T.scroll);
  paintTimeline();
}

/** The dated visible facts, first to last, and the span that they cover. */
function gather() {
  const [first, last] = S.clock === 'valid' ? [G.from, G.to] : [G.firstPublished, G.lastPublished];
  T.items = [];
  for (let f = 0; G.ready && f < G.m; f++) {
    if (!V.fact[f] || (first[f] === NONE && last[f] === NONE)) continue;
    T.items.push({ fact: f, from: first[f] === NONE ? last[f] : first[f], to: S.clock === 'valid' && last[f] !== NONE ? last[f] : first[f], x: 0, y: 0 });
  }
  T.items.sort((a, b) => a.from - b.from || a.fact - b.fact);
  const key = `${S.clock} ${V.version}`;
  if (T.key !== key) wholeTime();
  T.key = key;
}

function wholeTime() {
  const days = T.items.map((item) => item.from);
  const cut = days.length > 40 ? Math.floor(days.length / 200) : 0;
  const [low, high] = [days[cut] ?? 0, Math.max(days[days.length - 1 - cut] ?? 1, ...T.items.slice(-200).map((item) => Math.min(item.to, item.from + 400)))];
  const room = Math.max(10, (high - low) * 0.04);
  Object.assign(T, { from: low - room, to: high + Math.max(room, (high - low) * 0.16) }); // names stand to the right
}

const LEFT = () => (T.width < 560 ? 12 : 150); // pixels for the names of lanes
const atDay = (day) => LEFT() + ((day - T.from) / (T.to - T.from)) * (T.width - LEFT() - 12);

/** Lays the facts into lanes and rows: a row takes a fact when the one before it leaves room; the rest are ticks in a strip. */
function layLanes() {
  const lanes = new Map();
  for (const item of T.items) {
    const relation = G.r[item.fact];
    if (!lanes.has(relation)) lanes.set(relation, []);
    lanes.get(relation).push(item);
  }
  let top = AXIS + 6;
  T.lanes = [...lanes].sort((a, b) => b[1].length - a[1].length).map(([relation, items]) => {
    const wanted = Math.max(110, Math.min(190, ((T.width - LEFT()) * DEPTH * 0.6) / items.length));
    const ends = [];
    let strip = 0; // its height, if some facts found no row
    for (const item of items) {
      item.x = atDay(item.from);
      item.x2 = Math.max(item.x, atDay(item.to));
      let row = ends.findIndex((end) => end <= item.x);
      if (row < 0 && ends.length < DEPTH) row = ends.length;
      if (row < 0) strip = ROW;
      else ends[row] = Math.max(ends[row] ?? 0, item.x + wanted, item.x2 + 8);
      item.row = row;
    }
    for (const item of items) item.y = top + 22 + (item.row < 0 ? 0 : strip + item.row * ROW) + ROW / 2;
    const lane = { relation, items, top, bottom: top + 28 + strip + Math.max(1, ends.length) * ROW };
    top = lane.bottom;
    return lane;
  });
  T.height = Math.max(top + 10, T.scroll.clientHeight - 2);
}

function paintTimeline() {
  T.width = T.scroll.clientWidth;
  if (!T.width) return;
  layLanes();
  measure(T.canvas, T.width, T.height);
  drawTimeline(T.canvas.getContext('2d'));
}

function drawTimeline(context) {
  context.clearRect(0, 0, T.width, T.height);
  paintAxis(context);
  for (const lane of T.lanes) paintLane(context, lane);
}

/** Lines and dates at round distances: days, months, quarters, years, decades. */
function paintAxis(context) {
  const perDay = (T.width - LEFT() - 12) / (T.to - T.from);
  const months = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((count) => count * 30.4 * perDay > 78) ?? 2400;
  const start = new Date(T.from * DAY);
  context.font = `11.5px ${INK.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  const stepDays = perDay * 30.4 > 230 ? Math.max(1, Math.round(90 / perDay)) : 0;
  const ticks = [];
  if (stepDays) for (let day = Math.ceil(T.from / stepDays) * stepDays; day < T.to; day += stepDays) ticks.push([day, isoDay(day)]);
  else {
    for (let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months; ; month += months) {
      const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
      if (day > T.to) break;
      if (day >= T.from) ticks.push([day, isoDay(day).slice(0, months % 12 ? 7 : 4)]);
    }
  }
  for (const [day, text] of ticks) {
    const x = Math.round(atDay(day)) + 0.5;
    context.strokeStyle = INK.coast;
    context.globalAlpha = 0.5;
    context.beginPath();
    context.moveTo(x, AXIS - 6);
    context.lineTo(x, T.height);
    context.stroke();
    context.globalAlpha = 1;
    context.fillStyle = INK.soft;
    context.fillText(showDate(text), x + 4, 13);
  }
}

function paintLane(context, { relation, items, top, bottom }) {
  context.strokeStyle = INK.coast;
  context.globalAlpha = 0.6;
  context.beginPath();
  context.moveTo(0, bottom + 0.5);
  context.lineTo(T.width, bottom + 0.5);
  context.stroke();
  context.globalAlpha = 1;
  const inset = LEFT() > 100;
  context.font = `600 12px ${INK.font}`;
  context.fillStyle = INK.ink;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(short(label(G.relations[relation]), 22), 14, top + 14);
  context.font = `11px ${INK.font}`;
  context.fillStyle = INK.soft;
  if (inset) context.fillText(t('facts', { count: items.length }), 14, top + 31);
  context.save();
  context.beginPath();
  context.rect(inset ? LEFT() - 8 : 0, top, T.width, bottom - top);
  context.clip();
  const next = [];
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    const inSight = item.x2 >= -20 && item.x <= T.width + 20;
    if (item.row < 0) {
      if (inSight) paintTick(context, item);
      continue;
    }
    if (inSight) paintItem(context, item, next[item.row] ?? T.width + 60);
    next[item.row] = item.x;
  }
  context.restore();
}

/** A fact for which no row has room. */
function paintTick(context, { fact, x, y }) {
  const chosen = fact === S.fact;
  context.globalAlpha = chosen ? 1 : 0.45;
  context.fillStyle = chosen ? INK.accent : themed(nodeColor(G.s[fact]));
  context.fillRect(x - (chosen ? 1.5 : 0.75), y - 6, chosen ? 3 : 1.5, 12);
  context.globalAlpha = 1;
}

function paintItem(context, { fact, x, x2, y }, limit) {
  const chosen = fact === S.fact;
  const color = themed(nodeColor(G.s[fact]));
  context.fillStyle = color;
  if (x2 - x > 9) {
    context.globalAlpha = 0.28;
    context.fillRect(x, y - 3, x2 - x, 6);
    context.globalAlpha = 1;
  }
  context.beginPath();
  trace(context, G.types[G.type[G.s[fact]]].shape, x, y, 4.5);
  if (G.statuses[G.status[fact]] === 'asserted') context.fill();
  else {
    context.strokeStyle = color;
    context.lineWidth = 1.6;
    context.stroke();
  }
  if (chosen) {
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.strokeStyle = INK.accent;
    context.lineWidth = 2;
    context.stroke();
  }
  const room = limit - x - 18;
  if (room < 60) return;
  context.font = `11.5px ${INK.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = INK.ink;
  context.fillText(short(`${short(G.name[G.s[fact]], 26)} → ${G.name[G.o[fact]]}`, Math.floor(room / 6.7)), x + 10, y);
}

function itemAt(px, py) {
  let best = null;
  let least = 12;
  for (const item of T.items) {
    const across = px < item.x ? item.x - px : Math.max(0, px - Math.max(item.x + 6, item.x2));
    const away = Math.hypot(across, item.y - py);
    if (away < least) [best, least] = [item, away];
  }
  return best;
}

function listenToTimeline() {
  const { scroll } = T;
  let held = null;
  const at = (event) => [event.clientX - T.canvas.getBoundingClientRect().left, event.clientY - T.canvas.getBoundingClientRect().top];
  scroll.addEventListener('pointerdown', (event) => { held = { x: event.clientX, from: T.from, to: T.to, moved: false }; });
  scroll.addEventListener('pointermove', (event) => {
    if (!held) return pointAt(...at(event));
    if (Math.abs(event.clientX - held.x) > 3) held.moved = true;
    const shift = ((held.x - event.clientX) / (T.width - LEFT())) * (held.to - held.from);
    if (held.moved) Object.assign(T, { from: held.from + shift, to: held.to + shift });
    if (held.moved) paintTimeline();
  });
  scroll.addEventListener('pointerup', (event) => {
    const item = held && !held.moved ? itemAt(...at(event)) : null;
    if (held && !held.moved) set({ fact: item ? item.fact : -1, node: -1 });
    held = null;
  });
  scroll.addEventListener('pointerleave', () => { held = null; T.tip.hidden = true; });
  scroll.addEventListener('wheel', (event) => {
    const scrolls = T.height > scroll.clientHeight + 4 && !event.ctrlKey && Math.abs(event.deltaY) > Math.abs(event.deltaX) && !event.shiftKey;
    if (scrolls) return;
    event.preventDefault();
    stretch(Math.exp(event.deltaY * 0.002), T.from + ((at(event)[0] - LEFT()) / (T.width - LEFT() - 12)) * (T.to - T.from));
  }, { passive: false });
  scroll.addEventListener('keydown', timelineKey);
}

function pointAt(px, py) {
  const item = itemAt(px, py);
  T.tip.hidden = !item;
  T.scroll.classList.toggle('points', Boolean(item));
  if (!item) return;
  T.tip.replaceChildren(name(short(G.name[G.s[item.fact]], 40)), ` ${label(G.relations[G.r[item.fact]])} `, name(short(G.name[G.o[item.fact]], 60)), el('br'), el('time', {}, datesOf(item.fact) || showDate(isoDay(item.from))));
  T.tip.style.transform = `translate(${Math.max(4, Math.min(px + 12, T.width - 262))}px, ${py + 14}px)`;
}

/** Zooms in time, about a day or the middle. */
function stretch(factor, about = (T.from + T.to) / 2) {
  const span = Math.max(7, Math.min(150000, (T.to - T.from) * factor));
  const part = (about - T.from) / (T.to - T.from);
  Object.assign(T, { from: about - part * span, to: about + (1 - part) * span });
  paintTimeline();
}

function timelineKey(event) {
  const [along, across] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
  if (event.key === '+' || event.key === '-') stretch(event.key === '+' ? 1 / 1.6 : 1.6);
  else if ((along || across) && T.lanes.length) {
    const now = T.items.find((item) => item.fact === S.fact);
    let lane = T.lanes.findIndex(({ items }) => items.includes(now));
    let at = 0;
    if (lane < 0) lane = 0;
    else if (along) at = Math.max(0, Math.min(T.lanes[lane].items.length - 1, T.lanes[lane].items.indexOf(now) + along));
    else lane = Math.max(0, Math.min(T.lanes.length - 1, lane + across));
    const { fact, from } = T.lanes[lane].items[at];
    if (from < T.from || from > T.to) Object.assign(T, { from: from - (T.to - T.from) / 2, to: from + (T.to - T.from) / 2 });
    set({ fact, node: -1 });
    say(`${G.name[G.s[fact]]} ${label(G.relations[G.r[fact]])} ${G.name[G.o[fact]]}, ${datesOf(fact) || showDate(isoDay(from))}`);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Paints the selected fact anew. */
const markTimeline = () => paintTimeline();

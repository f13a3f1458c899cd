// histogram: how many facts there are in each stretch of time, and two thumbs that choose a range of it.

/** The first and last day of any fact on the chosen clock, and how many facts begin in each of about forty bins. */
function timeBins() {
  const [first, last] = S.clock === 'valid' ? [G.from, G.to] : [G.firstPublished, G.lastPublished];
  const days = [];
  for (let f = 0; f < G.m; f++) {
    if (first[f] !== NONE) days.push(first[f]);
    if (last[f] !== NONE && last[f] !== first[f]) days.push(last[f]);
  }
  if (!days.length) return null;
  days.sort((a, b) => a - b);
  const cut = days.length > 40 ? Math.floor(days.length / 200) : 0; // a lone date centuries off would flatten the rest
  const [start, end] = [days[cut], days[days.length - 1 - cut]];
  const count = Math.max(1, Math.min(40, end - start + 1));
  const bins = new Float64Array(count);
  for (const day of days) if (day >= start && day <= end) bins[Math.min(count - 1, Math.floor(((day - start) / (end - start + 1)) * count))]++;
  return { start, end, bins };
}

/** The time section of the filters. */
function timeRange() {
  const found = G.ready ? timeBins() : null;
  const clocks = el('div', { class: 'segments', role: 'group', 'aria-label': t('time') }, ...['valid', 'published'].map((clock) => el('button', {
    type: 'button', 'aria-pressed': String(S.clock === clock), onclick: () => set({ clock, from: null, to: null }),
  }, t(clock))));
  if (!found) return [clocks, el('p', { class: 'soft' }, t(G.ready ? 'noDates' : 'loading'))];
  const { start, end, bins } = found;
  const highest = Math.max(...bins);
  const wide = 240 / bins.length;
  const bars = [...bins].map((count, i) => svg('rect', { x: (i * wide + 0.5).toFixed(2), y: (44 - (42 * count) / highest).toFixed(2), width: Math.max(1, wide - 1).toFixed(2), height: ((42 * count) / highest).toFixed(2) }));
  const drawing = svg('svg', { viewBox: '0 0 240 44', class: 'bars', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...bars);
  const days = ['from', 'to'].map((key) => el('input', { type: 'date', 'aria-label': t(key), onchange: typed }));
  const thumb = (key, value) => el('input', { type: 'range', min: start, max: end, value, 'aria-label': t(key), oninput: moved, onchange: kept });
  const [low, high] = [thumb('from', S.from ?? start), thumb('to', S.to ?? end)];
  const show = () => {
    const [from, to] = [Number(low.value), Number(high.value)];
    for (const [thumb, day] of [[low, from], [high, to]]) thumb.setAttribute('aria-valuetext', showDate(isoDay(day)));
    [from, to].forEach((day, i) => { if (document.activeElement !== days[i]) days[i].value = isoDay(day); });
    bars.forEach((bar, i) => {
      const day = start + ((i + 0.5) / bars.length) * (end - start + 1);
      bar.setAttribute('class', day >= from && day <= to + 1 ? 'in' : 'out');
    });
  };
  let back = true; // one undo for the whole drag
  function moved(event) {
    if (Number(low.value) > Number(high.value)) (event.target === low ? high : low).value = event.target.value;
    show();
    const [from, to] = [Number(low.value), Number(high.value)];
    set({ from: from <= start ? null : from, to: to >= end ? null : to }, { back });
    back = false;
  }
  function kept() {
    back = true;
  }
  function typed() {
    const [from, to] = days.map(({ value }) => dayOf(value));
    set({ from: from === null || from <= start ? null : from, to: to === null || to >= end ? null : to });
  }
  show();
  return [clocks, drawing, el('div', { class: 'thumbs' }, low, high), el('p', { class: 'range' }, days[0], '–', days[1]), el('p', { class: 'soft fine' }, t('undated'))];
}

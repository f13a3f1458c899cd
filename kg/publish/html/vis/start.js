// start: hands the data of the page to vis-network; every text goes in as text.
(() => {
  'use strict';

  /** A tooltip with a paragraph for each line. */
  function tooltip(text) {
    const box = document.createElement('div');
    for (const line of text.split('\n')) {
      const paragraph = document.createElement('p');
      paragraph.dir = 'auto';
      paragraph.textContent = line;
      box.append(paragraph);
    }
    return box;
  }

  async function read() {
    const block = document.getElementById('kg-data');
    if (block.type === 'application/json') return JSON.parse(block.textContent);
    const bytes = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
    return JSON.parse(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text());
  }

  async function start() {
    const data = await read();
    const titled = (row) => ({ ...row, title: tooltip(row.about), about: undefined });
    const nodes = new vis.DataSet(data.nodes.map(titled));
    const edges = new vis.DataSet(data.edges.map((row, id) => ({ id, ...titled(row) })));
    const busy = data.edges.length > 150;
    const network = new vis.Network(document.getElementById('mynetwork'), { nodes, edges }, {
      physics: false,
      layout: { improvedLayout: false },
      interaction: { hover: true, hideEdgesOnDrag: busy, hideEdgesOnZoom: busy, tooltipDelay: 120, keyboard: false },
      nodes: { font: { size: 13, color: '#18202c' }, borderWidth: 1 },
      edges: { smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.5 } }, color: { color: '#a9b2c0', highlight: '#1d5fc4', hover: '#1d5fc4' }, font: { size: busy ? 0 : 10, color: '#566173' } },
    });
    const names = new Map(data.nodes.map(({ id, label }) => [label, id]));
    document.getElementById('names').append(...[...names.keys()].map((label) => {
      const option = document.createElement('option');
      option.value = label;
      return option;
    }));
    document.getElementById('find').addEventListener('change', ({ target }) => {
      if (!names.has(target.value)) return;
      network.selectNodes([names.get(target.value)]);
      network.focus(names.get(target.value), { scale: 1 });
    });
    document.documentElement.dataset.ready = 'all';
  }

  start();
})();

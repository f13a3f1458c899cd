// The query page: runs a query without leaving the page, shows rows as a table or a drawing. The page works without it.
"use strict";

(() => {
  const setup = JSON.parse(document.getElementById("setup").textContent);
  const form = document.getElementById("ask");
  const text = document.getElementById("text");
  const result = document.getElementById("result");
  const example = document.getElementById("example");
  const SHOWN = 2000;
  const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
  let running = null;

  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  // Labels of the graph's own resources, asked for after each result.
  const names = new Map();
  const MOST = 400;

  async function learn(bindings) {
    const found = new Set();
    for (const row of bindings.slice(0, SHOWN)) {
      for (const term of Object.values(row)) if (term.type === "uri" && term.value.startsWith(setup.base)) found.add(term.value);
    }
    const wanted = [...found].filter((iri) => !names.has(iri)).slice(0, MOST);
    if (!wanted.length) return;
    const query = `SELECT ?s (SAMPLE(?l) AS ?n) { VALUES ?s { ${wanted.map((iri) => `<${iri}>`).join(" ")} }
      ?s <http://www.w3.org/2000/01/rdf-schema#label>|<https://schema.org/headline> ?l } GROUP BY ?s`;
    const { ok, body } = await ask(query);
    if (ok) for (const row of JSON.parse(body).results.bindings) names.set(row.s.value, row.n.value);
  }

  async function ask(query) {
    const reply = await fetch("/sparql", {
      method: "POST", body: query, signal: running.signal,
      headers: { "Content-Type": "application/sparql-query", Accept: ACCEPT },
    });
    return { ok: reply.ok, status: reply.status, type: reply.headers.get("content-type"), body: await reply.text() };
  }

  function shorten(iri) {
    if (names.has(iri)) return names.get(iri);
    const tail = iri.replace(/[/#]+$/, "").split(/[/#]/).pop();
    return tail ? decodeURIComponentSafe(tail) : iri;
  }

  function decodeURIComponentSafe(value) {
    try { return decodeURIComponent(value); } catch { return value; }
  }

  function href(iri) {
    if (iri.startsWith(setup.base)) return "/page/" + iri.slice(setup.base.length);
    return /^https?:\/\//.test(iri) ? iri : null;
  }

  function cell(term) {
    if (!term) return "";
    if (term.type !== "uri") return term.value;
    const to = href(term.value);
    const node = element(to ? "a" : "span", to ? { href: to } : {}, shorten(term.value));
    node.title = term.value;
    return node;
  }

  function unescapeText(value) {
    return value.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/g, (whole, code) =>
      code.length > 1 ? String.fromCodePoint(parseInt(code.slice(1), 16)) : { n: "\n", r: "\r", t: "\t" }[code] || code);
  }

  function readTriples(lines) {
    const term = /<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:\^\^<[^>]*>|@[\w-]+)?|_:(\S+)/g;
    const bindings = [];
    for (const line of lines.split("\n")) {
      const found = [...line.matchAll(term)].slice(0, 3).map((m) =>
        m[1] !== undefined ? { type: "uri", value: unescapeText(m[1]) }
          : m[2] !== undefined ? { type: "literal", value: unescapeText(m[2]) } : { type: "bnode", value: m[3] });
      if (found.length === 3) bindings.push({ subject: found[0], predicate: found[1], object: found[2] });
    }
    return { names: ["subject", "predicate", "object"], bindings, triples: true };
  }

  function table(names, bindings) {
    const head = element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)));
    const rows = bindings.slice(0, SHOWN).map((row) =>
      element("tr", {}, ...names.map((name) => element("td", {}, cell(row[name])))));
    return element("div", { class: "scroll" }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
  }

  // Edges of a drawing: triples as they are, else each row's first resource with its other ones.
  function edges(names, bindings, triples) {
    const found = [];
    for (const row of bindings) {
      if (triples) {
        if (row.object.type === "uri") found.push([row.subject.value, row.object.value, shorten(row.predicate.value)]);
        continue;
      }
      const ends = names.filter((name) => row[name] && row[name].type === "uri");
      for (const name of ends.slice(1)) found.push([row[ends[0]].value, row[name].value, name]);
    }
    return found;
  }

  function downloads(query, triples) {
    const forms = triples ? ["ttl", "nt", "jsonld"] : ["csv", "tsv", "json", "xml"];
    const links = [];
    for (const form of forms) {
      const address = "/sparql?" + new URLSearchParams({ query, format: form });
      links.push(" · ", element("a", { href: address }, form.toUpperCase()));
    }
    return links;
  }

  function show(query, found) {
    result.replaceChildren();
    if (found.boolean !== undefined) {
      result.append(element("p", {}, found.boolean ? "Yes." : "No."));
      return;
    }
    const { names, bindings, triples } = found;
    const count = `${bindings.length.toLocaleString("en")} ${bindings.length === 1 ? "row" : "rows"}`;
    const cut = bindings.length > SHOWN ? `, the first ${SHOWN.toLocaleString("en")} shown` : "";
    const note = element("p", { class: "note" }, count + cut, ...downloads(query, triples));
    const place = element("div", {}, table(names, bindings));
    result.append(note);
    const lines = edges(names, bindings, triples);
    if (lines.length) {
      const asTable = element("button", { type: "button", class: "quiet", "aria-pressed": "true" }, "Table");
      const asGraph = element("button", { type: "button", class: "quiet", "aria-pressed": "false" }, "Graph");
      const press = (graph) => {
        asTable.setAttribute("aria-pressed", String(!graph));
        asGraph.setAttribute("aria-pressed", String(graph));
        place.replaceChildren(graph ? window.drawGraph(lines, { href, shorten }) : table(names, bindings));
      };
      asTable.addEventListener("click", () => press(false));
      asGraph.addEventListener("click", () => press(true));
      result.append(element("div", { class: "row" }, asTable, asGraph));
    }
    result.append(place);
  }

  async function run() {
    const query = text.value;
    if (running) running.abort();
    const mine = running = new AbortController();
    result.replaceChildren(element("p", { class: "note" }, "Running…"));
    try {
      const { ok, status, type, body } = await ask(query);
      if (!ok) {
        result.replaceChildren(element("p", { class: "error" }, body.trim() || `The server answered ${status}.`));
      } else {
        const json = type.startsWith("application/n-triples") ? null : JSON.parse(body);
        const found = !json ? readTriples(body)
          : json.boolean !== undefined ? json : { names: json.head.vars, bindings: json.results.bindings };
        if (found.bindings) await learn(found.bindings);
        if (mine !== running) return; // a newer query shows its own
        show(query, found);
      }
      history.replaceState(null, "", "?" + new URLSearchParams({ query }) + "#query");
    } catch (error) {
      if (error.name !== "AbortError") result.replaceChildren(element("p", { class: "error" }, "The server cannot be reached."));
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
  });
  if (example) example.addEventListener("change", () => { text.value = setup.examples[Number(example.value)]; run(); });
})();

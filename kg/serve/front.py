"""The pages that are no resource: start page with queries, search, the vocabulary, the explorer, dumps, styles."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.publish.guard import Refusal
from kg.schema import ontology_dir
from kg.serve.addresses import Addresses
from kg.serve.contents import DUMPS, by_kind, dumps, examples
from kg.serve.dataset import EXPLORER
from kg.serve.facts import Thing
from kg.serve.negotiate import CSV, GRAPHS, HTML, JSON, NTRIPLES, SOLUTIONS, TSV, TURTLE, XML, choose
from kg.serve.operation import Operation, prepare
from kg.serve.pages import STATIC
from kg.serve.resources import fresh, not_modified
from kg.serve.server import Server, server_of

_SHOWN = 2_000  # rows of a result on the page; the downloads have all
_AT = Addresses()
# The explorer is one file with its script inside; it may load nothing.
_EXPLORER_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; worker-src blob:; connect-src 'none'; base-uri 'none'; frame-ancestors 'self'"
)


async def home(request: Request) -> Response:
    """The start page; with `query`, the query's result on it, so that no script is needed."""
    server = server_of(request)
    query = request.query_params.get("query")
    if query is None:
        etag = server.etag("home")
        headers = fresh(request, etag, server)
        if headers is None:
            return not_modified(etag, server)
        body = await run_in_threadpool(_home, server, None, None)
        return HTMLResponse(body, headers={**headers, "link": f'<{server.public}.well-known/void>; rel="describedby"'})
    try:
        result = await _result(request, server, query)
        return HTMLResponse(await run_in_threadpool(_home, server, query, result))
    except Refusal as error:
        headers = {"retry-after": str(error.retry_after)} if error.retry_after else {}
        body = await run_in_threadpool(_home, server, query, {"error": str(error)})
        return HTMLResponse(body, error.status, headers)


async def _result(request: Request, server: Server, query: str) -> dict[str, Any]:
    """The result as the page shows it: columns, rows of things, how many there are, and the other formats."""
    await request.body()
    accept = f"{JSON.media}, {NTRIPLES.media}"
    media, question = await run_in_threadpool(prepare, Operation(query), accept, server.limits, server.dataset)
    body = await server.ask(request, question)
    if media is NTRIPLES:
        lines = [line.rstrip(" .") for line in body.decode().splitlines()]
        rows = [[server.facts.end(term) for term in _terms(line)] for line in lines[:_SHOWN]]
        return _shaped(query, ["subject", "predicate", "object"], rows, len(lines), (TURTLE, NTRIPLES))
    found = json.loads(body)
    if "boolean" in found:
        return _shaped(query, ["answer"], [[Thing("", "yes" if found["boolean"] else "no")]], 1, (JSON, XML))
    names, bindings = found["head"]["vars"], found["results"]["bindings"]
    shown = [[_cell(server, row.get(name)) for name in names] for row in bindings[:_SHOWN]]
    return _shaped(query, names, shown, len(bindings), (CSV, TSV, JSON, XML))


def _shaped(query: str, columns: list[str], rows: list[Any], count: int, forms: tuple[Any, ...]) -> dict[str, Any]:
    links = [(f.name.upper(), "/sparql?" + urlencode({"query": query, "format": f.name})) for f in forms]
    return {"columns": columns, "rows": rows, "count": count, "links": links, "shown": len(rows)}


def _terms(line: str) -> list[object]:
    triple = next(iter(ox.parse(line + " .", format=ox.RdfFormat.N_TRIPLES)))
    return [triple.subject, triple.predicate, triple.object]


def _cell(server: Server, value: dict[str, Any] | None) -> Thing:
    if value is None:
        return Thing("", "")
    if value["type"] == "uri":
        return server.facts.thing(value["value"])
    return Thing("", str(value["value"]))


def _home(server: Server, query: str | None, result: dict[str, Any] | None) -> str:
    known = list(server.facts.schema.types)
    shown = examples()
    return server.pages.render(
        "home.html", _AT, wide=True, title=server.title, kinds=by_kind(server.names, known), query=query, result=result,
        examples=shown, start=query or (shown[0].text if shown else _FIRST), counts=server.counts,
        explorer=server.has(EXPLORER), base=server.dataset.base, dumps=dumps(server), limits=server.limits,
    )  # fmt: skip


_FIRST = """PREFIX kg: <https://w3id.org/newskg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who ?what WHERE { ?who kg:leaderOf ?what } ORDER BY ?who LIMIT 50"""


async def search(request: Request) -> Response:
    """What a name finds, as a page."""
    server = server_of(request)
    question, kind = request.query_params.get("q", "")[:200], request.query_params.get("type", "")
    hits = await run_in_threadpool(server.names.find, question, kind or None, 50)
    return HTMLResponse(server.pages.search(question, kind, hits, _AT))


async def names(request: Request) -> Response:
    """The entities of a type, by name."""
    server, kind = server_of(request), request.path_params["kind"]
    known = [(thing, facts) for thing, facts in server.names.things if thing.kind == kind]
    if not known:
        raise Refusal(404, f"No entity has the type {kind[:50]!r}; the start page names the types.")
    known.sort(key=lambda row: (row[0].label.casefold(), row[0].iri))
    label = server.facts.schema.types[kind].label.get("en", kind) if kind in server.facts.schema.types else kind
    body = await run_in_threadpool(server.pages.render, "names.html", _AT, title=label, kind=kind, things=known)
    return HTMLResponse(body)


async def dump(request: Request) -> Response:
    """A file of the export, by a name of a fixed list."""
    server, name = server_of(request), request.path_params["name"]
    if name not in DUMPS or not server.has(name):
        raise Refusal(404, f"There is no such file; there are: {', '.join(row[0] for row in dumps(server))}.")
    if server.dataset.base != server.dataset.source and name != EXPLORER:
        raise Refusal(404, "The files name another base than this server; ask /sparql with CONSTRUCT.")
    headers = {"content-security-policy": _EXPLORER_POLICY} if name == EXPLORER else {}
    return FileResponse(server.dataset.file.parent / name, media_type=DUMPS[name], headers=headers)


async def vocabulary(request: Request) -> Response:
    """The ontology: Turtle for machines, a page that lists its terms for people."""
    server = server_of(request)
    chosen = choose(request.headers.get("accept"), (TURTLE, HTML))
    if chosen is None:
        raise Refusal(406, f"The vocabulary is written in: {TURTLE.media}, {HTML.media}.")
    file = ontology_dir() / "kg.ttl"
    if chosen is TURTLE or request.url.path.endswith(".ttl"):
        if not file.is_file():
            raise Refusal(404, "The ontology's Turtle file is not in this installation.")
        return FileResponse(file, media_type=TURTLE.content_type, headers={"vary": "Accept"})
    schema = server.facts.schema
    body = server.pages.render("vocabulary.html", _AT, title="Vocabulary", schema=schema)
    return HTMLResponse(body, headers={"vary": "Accept"})


async def about(request: Request) -> Response:
    """The dataset for people."""
    server = server_of(request)
    body = await run_in_threadpool(
        server.pages.render, "about.html", _AT, title="About the data", counts=server.counts, base=server.dataset.base,
        dumps=dumps(server), modified=server.dataset.modified.date().isoformat(), version=server.dataset.version,
        public=server.public, licences=server.licences, limits=server.limits, explorer=server.has(EXPLORER),
        solutions=SOLUTIONS, graphs=GRAPHS, mapped=server.dataset.base != server.dataset.source,
    )  # fmt: skip
    return HTMLResponse(body)


ROUTES = [
    Route("/", home),
    Route("/search", search),
    Route("/names/{kind}", names),
    Route("/about", about),
    Route("/ns", vocabulary),
    Route("/ns.ttl", vocabulary),
    Route("/dumps/{name}", dump),
    Mount("/static", StaticFiles(directory=STATIC)),
]

"""JSON for programs: entities by name, an entity with its facts, the path between two, reconciliation."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.serve.facts import Fact, Facts, Source, Thing
from kg.serve.limits import Refusal
from kg.serve.names import Hit
from kg.serve.openapi import openapi
from kg.serve.paths import shortest
from kg.serve.reconcile import reconcile, suggest
from kg.serve.server import Server, server_of

_LONGEST = 300  # characters of a name that is looked for


def thing_json(thing: Thing) -> dict[str, Any]:
    """A thing; `id` is its path below the base where it is ours."""
    row: dict[str, Any] = {"iri": thing.iri, "label": thing.label}
    row |= {"id": thing.path} if thing.path else {}
    return row | ({"type": thing.kind} if thing.kind else {})


def source_json(source: Source) -> dict[str, Any]:
    """An article and the sentence in it."""
    fields = {
        "article": source.article.iri,
        "title": source.article.label,
        "sentence": source.quote,
        "url": source.url,
        "publisher": source.publisher,
        "published": source.published,
    }
    return {name: value for name, value in fields.items() if value}


def fact_json(fact: Fact) -> dict[str, Any]:
    """A fact with its sources."""
    qualifiers: dict[str, list[Any]] = {}
    for name, value in fact.qualifiers:
        qualifiers.setdefault(name, []).append(value if isinstance(value, str) else thing_json(value))
    known = fact.confidence is not None and not math.isnan(fact.confidence)
    row: dict[str, Any] = {
        "id": fact.path,
        "subject": thing_json(fact.subject),
        "relation": fact.relation,
        "phrase": fact.phrase,
        "object": thing_json(fact.object),
        "status": fact.status.lower(),
        "confidence": fact.confidence if known else None,
        "qualifiers": qualifiers,
        "sources": [source_json(source) for source in fact.sources],
    }
    return row | ({"attributedTo": thing_json(fact.attributed_to)} if fact.attributed_to else {})


def hit_json(hit: Hit) -> dict[str, Any]:
    """A search hit."""
    return {**thing_json(hit.thing), "score": hit.score, "matched": hit.name, "facts": hit.facts}


def entity_json(facts: Facts, node: ox.NamedNode) -> dict[str, Any]:
    """An entity with all that is known of it."""
    own, about, left = facts.facts(node)
    return {
        **thing_json(facts.thing(node.value)),
        "types": facts.kinds(node),
        "aliases": [term.value for term in facts.objects(node, "skos:altLabel") if isinstance(term, ox.Literal)],
        "sameAs": [term.value for term in facts.objects(node, "owl:sameAs") if isinstance(term, ox.NamedNode)],
        "facts": [fact_json(fact) for fact in own],
        "about": [fact_json(fact) for fact in about],
        "leftOut": left,
    }


def resolve(server: Server, text: str) -> ox.NamedNode:
    """The entity that an IRI, a path or a name means. Raises Refusal 400 or 404."""
    text = text.strip()[:_LONGEST]
    if not text:
        raise Refusal(400, "Name an entity by its IRI, its id (`person/…`) or its name.")
    node = server.dataset.resource(server.dataset.path_of(text) or text)
    if node is not None:
        return node
    hits = server.names.find(text, limit=1)
    if not hits or hits[0].score < 60:
        raise Refusal(404, f"No entity is called {text!r}.")
    return ox.NamedNode(hits[0].thing.iri)


def path_json(server: Server, start: str, goal: str) -> dict[str, Any]:
    """The shortest connection between two entities, each named in any way that `resolve` takes."""
    first, last = resolve(server, start), resolve(server, goal)
    found = shortest(server.facts, first, last)
    ends = [thing_json(server.facts.thing(node.value)) for node in (first, last)]
    return {"from": ends[0], "to": ends[1], "length": len(found), "facts": [fact_json(fact) for fact in found]}


def _number(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise Refusal(400, f"`{name}` is {text!r}; give a number from 1 to {most}.")
    return int(text)


async def _reply(work: Callable[..., Any], *arguments: Any) -> Response:
    return JSONResponse(await run_in_threadpool(work, *arguments))


async def entities(request: Request) -> Response:
    """Entities whose names are like `q`."""
    server, values = server_of(request), request.query_params
    question, limit = values.get("q", "")[:_LONGEST], _number(request, "limit", 10, 100)
    if not question:
        raise Refusal(400, "Give a name in `q`.")
    hits = await run_in_threadpool(server.names.find, question, values.get("type") or None, limit)
    return JSONResponse({"query": question, "entities": [hit_json(hit) for hit in hits]})


async def entity(request: Request) -> Response:
    """One entity, by its id in the path."""
    server = server_of(request)
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("/api/entity/")[2]
    node = server.dataset.resource(request.path_params["path"], raw)
    if node is None:
        raise Refusal(404, "The graph says nothing of this entity; find its id at /api/entities?q=NAME.")
    return await _reply(entity_json, server.facts, node)


async def path(request: Request) -> Response:
    """How two entities hang together."""
    values = request.query_params
    return await _reply(path_json, server_of(request), values.get("from", ""), values.get("to", ""))


async def specification(request: Request) -> Response:
    """OpenAPI 3.1."""
    server = server_of(request)
    return JSONResponse(openapi(server.title, server.public))


async def reconciliation(request: Request) -> Response:
    """The manifest, or the answer to a batch of queries."""
    server = server_of(request)
    values = dict(request.query_params)
    if request.method == "POST":
        body = await request.body()
        if len(body) > server.limits.query * 4:
            raise Refusal(413, "The batch is too long; send fewer queries at a time.")
        from starlette.datastructures import QueryParams

        values |= dict(QueryParams(body.decode("utf-8", "replace")))
    try:
        batch = json.loads(values["queries"]) if "queries" in values else None
    except ValueError as error:
        raise Refusal(400, f"`queries` is not JSON: {error}.") from None
    answer = await run_in_threadpool(reconcile, server, batch, values)
    callback = values.get("callback", "")
    if callback.isidentifier():
        script = json.dumps(answer).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        return Response(f"/**/{callback}({script});", media_type="application/javascript")
    return JSONResponse(answer)


async def suggestion(request: Request) -> Response:
    """Completions of a prefix, for entities, types and properties."""
    prefix = request.query_params.get("prefix", "")[:_LONGEST]
    return await _reply(suggest, server_of(request), request.path_params["kind"], prefix)


ROUTES = [
    Route("/api/entities", entities),
    Route("/api/entity/{path:path}", entity),
    Route("/api/path", path),
    Route("/openapi.json", specification),
    Route("/reconcile", reconciliation, methods=["GET", "POST"]),
    Route("/reconcile/suggest/{kind}", suggestion),
]

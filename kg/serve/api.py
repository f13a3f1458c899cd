"""JSON for programs: entities by name, an entity with its facts, the path between two, reconciliation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg.publish.guard import Refusal
from kg.serve.addresses import Addresses
from kg.serve.answers import LONGEST, entity_json, hit_json, path_json, resolve
from kg.serve.openapi import openapi
from kg.serve.reconcile import reconcile, suggest
from kg.serve.server import server_of


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
    question, limit = values.get("q", "")[:LONGEST], _number(request, "limit", 10, 100)
    if not question:
        raise Refusal(400, "Give a name in `q`.")
    hits = await run_in_threadpool(server.names.find, question, values.get("type") or None, limit)
    return JSONResponse({"query": question, "entities": [hit_json(hit) for hit in hits]})


async def entity(request: Request) -> Response:
    """One entity, by its id in the path."""
    server = server_of(request)
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("/api/entity/")[2]
    path = request.path_params["path"]
    node = server.dataset.resource(path, raw)
    if node is None and (path in server.dataset.former or path in server.gone):
        return await _reply(entity_json, server.facts, resolve(server, path))
    if node is None:
        raise Refusal(404, "The graph says nothing of this entity; find its id at /api/entities?q=NAME.")
    return await _reply(entity_json, server.facts, resolve(server, node.value))


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
    prefix = request.query_params.get("prefix", "")[:LONGEST]
    return await _reply(suggest, server_of(request), request.path_params["kind"], prefix)


async def preview(request: Request) -> Response:
    """A small page of an entity, which OpenRefine shows in a frame."""
    server = server_of(request)
    node = resolve(server, request.query_params.get("id", ""))
    body = await run_in_threadpool(server.pages.preview, node, Addresses(server.public))
    return HTMLResponse(body, headers={"content-security-policy": "default-src 'self'; frame-ancestors *"})


ROUTES = [
    Route("/api/entities", entities),
    Route("/api/entity/{path:path}", entity),
    Route("/api/path", path),
    Route("/openapi.json", specification),
    Route("/reconcile", reconciliation, methods=["GET", "POST"]),
    Route("/reconcile/suggest/{kind}", suggestion),
    Route("/reconcile/preview", preview),
]

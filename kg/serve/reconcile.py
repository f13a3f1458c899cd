"""The reconciliation service, version 0.2, so that OpenRefine can match a column of names with the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.publish.guard import Refusal
from kg.serve.names import Hit
from kg.serve.server import Server

_SURE = 90.0  # a score from which a hit is taken for a match, if no other comes near
_BATCH = 200


def manifest(server: Server) -> dict[str, Any]:
    """What the service is and offers."""
    schema = server.facts.schema
    suggestions = {
        kind: {"service_url": server.public.rstrip("/"), "service_path": f"/reconcile/suggest/{kind}"}
        for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": server.title,
        "identifierSpace": server.dataset.base,
        "schemaSpace": schema.namespace,
        "documentation": f"{server.public}about",
        "logo": f"{server.public}static/icon.svg",
        "view": {"url": f"{server.public}page/{{{{id}}}}"},
        "preview": {"url": f"{server.public}reconcile/preview?id={{{{id}}}}", "width": 430, "height": 300},
        "defaultTypes": [{"id": name, "name": kind.label.get("en", name)} for name, kind in schema.types.items()],
        "suggest": suggestions,
        "batchSize": _BATCH,
    }


def reconcile(server: Server, batch: object, values: Mapping[str, str]) -> dict[str, Any]:
    """The manifest where no batch comes, else the candidates of each of its queries. Raises Refusal 400 and 413."""
    if batch is None:
        return manifest(server)
    if not isinstance(batch, dict):
        raise Refusal(400, "`queries` must be an object of queries by name.")
    if len(batch) > _BATCH:
        raise Refusal(413, f"A batch holds at most {_BATCH} queries.")
    return {str(name): {"result": _candidates(server, query)} for name, query in batch.items()}


def _candidates(server: Server, query: object) -> list[dict[str, Any]]:
    if isinstance(query, str):
        query = {"query": query}
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise Refusal(400, "Each query must be an object with a `query`.")
    kinds = query.get("type") or []
    wanted = kinds if isinstance(kinds, list) else [kinds]
    names = [str(kind.get("id") if isinstance(kind, dict) else kind) for kind in wanted]
    limit = query.get("limit", 5)
    most = min(limit, 50) if isinstance(limit, int) and limit > 0 else 5
    found: dict[str, Hit] = {}
    known: list[str | None] = [name.removeprefix(server.facts.schema.namespace) for name in names]
    for kind in known or [None]:
        for hit in server.names.find(query["query"][:300], kind, most):
            found.setdefault(hit.thing.iri, hit)
    hits = sorted(found.values(), key=lambda hit: (-hit.score, -hit.facts, hit.thing.iri))[:most]
    return [_candidate(server, hit, hits) for hit in hits]


def _candidate(server: Server, hit: Hit, hits: list[Hit]) -> dict[str, Any]:
    alone = all(other.score < hit.score - 4 for other in hits if other is not hit)
    kind = hit.thing.kind or ""
    known = server.facts.schema.types.get(kind)
    return {
        "id": hit.thing.path or hit.thing.iri,
        "name": hit.thing.label,
        "type": [{"id": kind, "name": known.label.get("en", kind) if known else kind}] if kind else [],
        "score": hit.score,
        "match": hit.score >= _SURE and alone,
        "features": [{"id": "facts", "value": hit.facts}],
    }


def _suggested(server: Server, hit: Hit) -> dict[str, Any]:
    facts = f"{hit.facts} fact" if hit.facts == 1 else f"{hit.facts} facts"
    row = _candidate(server, hit, [hit])
    told = f"{row['type'][0]['name']}, {facts}" if hit.thing.kind else facts
    return {"id": row["id"], "name": row["name"], "description": told, "notable": row["type"]}


def suggest(server: Server, kind: str, prefix: str) -> dict[str, Any]:
    """Completions of a prefix. Raises Refusal 404 for a kind that is not offered."""
    schema, lower = server.facts.schema, prefix.lower()
    if kind == "entity":
        hits = server.names.find(prefix, limit=10)
        return {"result": [_suggested(server, hit) for hit in hits]}
    if kind == "type":
        rows = [(name, known.label.get("en", name), known.definition) for name, known in schema.types.items()]
    elif kind == "property":
        rows = [(name, known.label.get("en", name), known.definition) for name, known in schema.relations.items()]
    else:
        raise Refusal(404, "Suggestions are: entity, type, property.")
    fitting = [row for row in rows if lower in row[0].lower() or lower in row[1].lower()]
    return {"result": [{"id": id, "name": name, "description": text} for id, name, text in fitting]}

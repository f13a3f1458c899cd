"""The OpenAPI 3.1 description of the JSON routes."""

from __future__ import annotations

from typing import Any

_STRING, _NUMBER, _INTEGER = {"type": "string"}, {"type": "number"}, {"type": "integer"}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(of: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}


def _parameter(name: str, text: str, where: str = "query", required: bool = True, **schema: Any) -> dict[str, Any]:
    shape = schema or _STRING
    return {"name": name, "in": where, "required": required, "description": text, "schema": shape}


def _get(id: str, summary: str, parameters: list[dict[str, Any]], answer: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}}}
    problem = {"description": "A sentence says what is wrong.", "content": {"text/plain": {"schema": _STRING}}}
    responses = {"200": {"description": summary, "content": content}, "400": problem, "404": problem}
    return {"get": {"operationId": id, "summary": summary, "parameters": parameters, "responses": responses}}


def _schemas() -> dict[str, Any]:
    thing = {"iri": _STRING, "id": _STRING, "label": _STRING, "type": _STRING}
    facts = {"facts": _list("Fact"), "about": _list("Fact"), "leftOut": _INTEGER}
    names = {"type": "array", "items": _STRING}
    ref = {"$ref": "#/components/schemas/Thing"}
    return {
        "Thing": _object("iri label", **thing),
        "Hit": _object("iri label score", **thing, score=_NUMBER, matched=_STRING, facts=_INTEGER),
        "Hits": _object("query entities", query=_STRING, entities=_list("Hit")),
        "Source": _object(
            "article", article=_STRING, title=_STRING, sentence=_STRING, url=_STRING, publisher=_STRING,
            published=_STRING,
        ),
        "Fact": _object(
            "subject relation object status", id={"type": ["string", "null"]}, subject=ref, relation=_STRING,
            phrase=_STRING, object=ref, status=_STRING, confidence={"type": ["number", "null"]},
            qualifiers={"type": "object"}, attributedTo=ref, sources=_list("Source"),
        ),
        "Entity": _object("iri label facts about", **thing, types=names, aliases=names, sameAs=names, **facts),
        "Path": _object("from to length facts", **{"from": ref, "to": ref}, length=_INTEGER, facts=_list("Fact")),
    }  # fmt: skip


def _paths() -> dict[str, Any]:
    name = "An IRI, an id such as `person/ana-petrova`, or a name."
    limit = _parameter("limit", "1 to 100.", required=False, type="integer", minimum=1, maximum=100, default=10)
    kind = _parameter("type", "Only entities of this type, such as `Person`.", required=False)
    return {
        "/api/entities": _get(
            "findEntities", "Entities by name", [_parameter("q", "A name or a part of one."), kind, limit], "Hits"
        ),
        "/api/entity/{id}": _get(
            "getEntity", "An entity, its facts, their sentences and sources",
            [_parameter("id", "An id such as `person/ana-petrova`.", "path")], "Entity",
        ),
        "/api/path": _get(
            "findPath", "The shortest connection", [_parameter("from", name), _parameter("to", name)], "Path"
        ),
    }  # fmt: skip


def openapi(title: str, public: str) -> dict[str, Any]:
    """The document, for a server at `public`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": "Facts of the news, with sentences and sources."},
        "servers": [{"url": public.rstrip("/")}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }

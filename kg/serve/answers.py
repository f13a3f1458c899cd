"""Things, facts and paths as JSON, and what a client may call an entity: shared by the HTTP routes and `kg mcp`."""

from __future__ import annotations

import math
from typing import Any

import pyoxigraph as ox

from kg.publish.guard import Refusal
from kg.serve.facts import SAME, Fact, Facts, Source, Thing
from kg.serve.names import Hit
from kg.serve.paths import shortest
from kg.serve.server import Server

LONGEST = 300  # characters of a name that is looked for


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
        "sameAs": [term.value for name in SAME for term in facts.objects(node, name) if isinstance(term, ox.NamedNode)],
        "facts": [fact_json(fact) for fact in own],
        "about": [fact_json(fact) for fact in about],
        "leftOut": left,
    }


def resolve(server: Server, text: str) -> ox.NamedNode:
    """The entity that an IRI, a path or a name means. Raises Refusal 400, 404 or 410."""
    text = text.strip()[:LONGEST]
    if not text:
        raise Refusal(400, "Name an entity by its IRI, its id (`person/…`) or its name.")
    path = server.dataset.path_of(text) or text
    node = server.dataset.resource(server.dataset.former.get(path) or path)
    if node is not None and (now := server.dataset.standing(node)):
        return now
    if node is not None or path in server.dataset.former or path in server.gone:
        raise Refusal(410, f"{text!r} was removed from the graph.")
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

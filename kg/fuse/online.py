"""Links that a Wikidata-compatible API knows and the tables do not; only for a user who asks for them.

A name found there is one bearer of the name, so it is never told as the same thing: the item becomes a
`skos:closeMatch`, and only where it is the one item of that name and of a fitting kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from kg.fuse.endpoint import Answer, Endpoint
from kg.fuse.generic import is_generic
from kg.fuse.linked import item
from kg.fuse.names import fold
from kg.fuse.people import is_lone
from kg.model import Entity, Fused

SCORE = 0.6
HUMAN = "Q5"
# What no entity of the news is: pages of disambiguation, categories, lists, templates; family and given names.
_NO_THINGS = {"Q4167410", "Q4167836", "Q13406463", "Q11266439", "Q101352", "Q202444", "Q12308941", "Q11879590"}
_KINDS = ("Person", "Organization", "City", "Country", "Place", "Award")
_CANDIDATES = 7


def link_online(fused: Fused, endpoint: Endpoint) -> Fused:
    """The collection with close matches for entities that have no link, the most told of first."""
    told = Counter(id for statement in fused.statements for id in (statement.subject, statement.object))
    unknown = [entity for entity in fused.entities if _is_unknown(entity)]
    found: dict[str, Entity] = {}
    for entity in sorted(unknown, key=lambda e: (-told[e.id], e.id)):
        if known := find(entity, endpoint):
            why = ("link-reason", f"the only one of its name at {urlsplit(endpoint.url).netloc} ({SCORE:.2f})")
            notes = tuple(sorted({*entity.notes, why}))
            found[entity.id] = replace(entity, close_match=item(known), notes=notes)
    return replace(fused, entities=tuple(found.get(entity.id, entity) for entity in fused.entities))


def _is_unknown(entity: Entity) -> bool:
    """Whether it has a name of its own and no link."""
    named = not is_generic(entity.name, entity.type) and not (entity.type == "Person" and is_lone(entity.name))
    return entity.type in _KINDS and named and not entity.same_as and not entity.close_match


def find(entity: Entity, endpoint: Endpoint) -> str:
    """The only item of the entity's name and kind; empty where there is none, or more than one, or no answer."""
    answer = endpoint.ask(
        action="wbsearchentities", search=entity.name, language="en", uselang="en", type="item",
        limit=str(_CANDIDATES),
    )  # fmt: skip
    named = _named(answer or {}, entity)
    if not named:
        return ""
    answer = endpoint.ask(action="wbgetentities", ids="|".join(named), props="claims")
    fitting = [id for id in named if _fits(id, answer or {}, entity.type)]
    return fitting[0] if len(fitting) == 1 else ""


def _named(answer: Answer, entity: Entity) -> list[str]:
    """Ids of the hits whose label or alias is the name, in the server's order."""
    found = []
    for hit in _rows(answer.get("search")):
        match = hit.get("match")
        names = [hit.get("label"), match.get("text") if isinstance(match, dict) else None]
        id = hit.get("id")
        fits = any(isinstance(name, str) and fold(name) == fold(entity.name) for name in names)
        if fits and isinstance(id, str) and id[:1] == "Q" and id[1:].isdecimal():
            found.append(id)
    return found


def _fits(id: str, answer: Answer, type: str) -> bool:
    """Whether the item is a person where a person is sought, and else none, nor a page about pages."""
    entities = answer.get("entities")
    row = entities.get(id) if isinstance(entities, dict) else None
    claims = row.get("claims") if isinstance(row, dict) else None
    kinds = {_value(claim) for claim in _rows(claims.get("P31") if isinstance(claims, dict) else None)} - {""}
    return bool(kinds) and not kinds & _NO_THINGS and (HUMAN in kinds) is (type == "Person")


def _value(claim: Mapping[str, object]) -> str:
    """The item that a claim names; empty for anything else."""
    part: object = claim
    for name in ("mainsnak", "datavalue", "value", "id"):
        part = part.get(name) if isinstance(part, dict) else None
    return part if isinstance(part, str) else ""


def _rows(part: object) -> list[dict[str, object]]:
    return [row for row in part if isinstance(row, dict)] if isinstance(part, list) else []

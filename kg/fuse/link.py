"""Entities of one article to identifiers elsewhere, from the tables in the package; nothing is a good answer too.

A link's score is the share of such links that are right on the project's own test set. From `SURE` on it is
`owl:sameAs`, below it `skos:closeMatch`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.fuse import bodies, decorations, offices, places, sectors
from kg.fuse.linked import Link
from kg.model import Entity, Reading

_TIES = {"leaderOf", "officialOf"}


def link(reading: Reading) -> Mapping[str, Link]:
    """Local entity ids to links, for the entities that have one. Pure: looks at this reading only."""
    found: dict[str, Link] = {}
    by_type: dict[str, list[Entity]] = defaultdict(list)
    for entity in reading.entities:
        by_type[entity.type].append(entity)
    for entity in by_type["Country"]:
        _keep(found, entity, places.country(entity))
    named = frozenset(hit.country for hit in found.values())
    for entity in by_type["City"]:
        _keep(found, entity, places.city(entity, named, places.region(entity, reading)))
    near = named | {hit.country for hit in found.values() if hit.sure}
    for entity in by_type["Place"]:
        _keep(found, entity, places.airport(entity, near))
    for entity in by_type["Organization"]:
        _keep(found, entity, bodies.body(entity))
    posts = _posts(reading, found)
    led = near | {hit.key for hit in found.values() if hit.key.startswith("Organization:")}
    date = reading.article.published or ""
    taken = [entity.name for entity in by_type["Person"]]
    for entity in by_type["Person"]:
        _keep(found, entity, offices.leader(entity, frozenset(posts[entity.id]), led, date, taken))
    for entity in by_type["Sector"]:
        _keep(found, entity, sectors.sector(entity))
    givers = _givers(reading, found)
    for entity in by_type["Award"]:
        _keep(found, entity, decorations.award(entity, frozenset(givers[entity.id]), near))
    return found


def _keep(found: dict[str, Link], entity: Entity, hit: Link | None) -> None:
    if hit:
        found[entity.id] = hit


def _posts(reading: Reading, found: Mapping[str, Link]) -> Mapping[str, set[str]]:
    """Local ids of people to what they lead or serve: ISO codes, keys of bodies."""
    posts: dict[str, set[str]] = defaultdict(set)
    for statement in reading.statements:
        hit = found.get(statement.object)
        if statement.relation in _TIES and hit:
            posts[statement.subject].add(hit.country or hit.key)
    return posts


def _givers(reading: Reading, found: Mapping[str, Link]) -> Mapping[str, set[str]]:
    """Local ids of awards to the ISO codes of who confers them, a person counting for the country in office."""
    givers: dict[str, set[str]] = defaultdict(set)
    for statement in reading.statements:
        hit = found.get(statement.object)
        if statement.relation == "conferredBy" and hit and hit.country:
            givers[statement.subject].add(hit.country)
    return givers


__all__ = ["Link", "link"]

"""Readings -> Fused: one entity across articles, one statement for each claim.

>>> from kg.model import Article, Entity
>>> ana = Entity("e1", "Person", "Ana Petrova")
>>> one = Reading(Article.of("Ana Petrova spoke."), (ana,))
>>> [entity.id for entity in fuse([one]).entities]
['person/ana-petrova']
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.fuse.copies import find_copies, take_print
from kg.fuse.corrections import correct, load_corrections
from kg.fuse.endpoint import Endpoint
from kg.fuse.member import members
from kg.fuse.merge import merge_entities, merge_statements
from kg.fuse.online import link_online
from kg.fuse.resolve import resolve
from kg.model import Fused, Reading
from kg.schema import load_schema
from kg.settings import Settings


def fuse(readings: Iterable[Reading], settings: Settings | None = None) -> Fused:
    """The collection's entities and statements; the same whatever the order of the readings.

    Of several readings with one article id the one that sorts last as JSON is kept. Nothing is left out for its
    confidence: `min_confidence` is for those who publish.

    A store need not fuse everything anew: `member.members` looks at one reading, `resolve.cluster` at one block
    (`resolve.block`), and only `resolve.join_links` and the unique ids of `merge.merge_entities` look across blocks.
    """
    kept: dict[str, Reading] = {}
    for reading in readings:
        known = kept.get(reading.article.id)
        if known is None or (known != reading and known.to_json() < reading.to_json()):
            kept[reading.article.id] = reading
    ordered = [kept[id] for id in sorted(kept)]
    merged = merge_entities(resolve(member for reading in ordered for member in members(reading)))
    if settings and settings.corrections:
        merged = correct(merged, load_corrections(Path(settings.corrections)))
    copies = find_copies(take_print(reading.article) for reading in ordered)
    fused = Fused(
        articles=tuple(reading.article for reading in ordered),
        entities=merged.entities,
        statements=merge_statements(ordered, merged.ids, copies, load_schema()),
        merges=merged.merges,
        copies=tuple(sorted(copies.items())),
        redirects=merged.redirects,
    )
    if settings and settings.link_online:
        fused = link_online(fused, Endpoint(settings.link_online, Path(settings.link_cache)))
    return fused


__all__ = ["fuse"]

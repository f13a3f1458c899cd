"""Names found in a Doc -> its entities and all mentions of them, descriptions and pronouns included."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.detect.clusters import Found, cluster, entities_of
from kg.detect.coreference import resolve_descriptions
from kg.model import Entity, Mention


def assemble(doc: Doc, found: Iterable[Found]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions sorted by start, and entities in order of first mention."""
    mentions, entities = entities_of(cluster(found))
    added = resolve_descriptions(doc, mentions, entities)
    everything = sorted([*mentions, *added], key=lambda m: (m.start, -m.end, m.type, m.entity))
    return tuple(everything), entities

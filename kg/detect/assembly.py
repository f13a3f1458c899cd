"""Names found in a Doc -> its entities and all mentions of them, descriptions and pronouns included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.detect.clusters import Cluster, Found, cluster, entities_of, plain
from kg.detect.coreference import resolve_descriptions
from kg.detect.repair import repair
from kg.detect.variants import variants
from kg.model import Entity, Mention

Assembled = tuple[tuple[Mention, ...], tuple[Entity, ...], dict[str, float]]
# Least probability of an entity that the tagger thinks possible but not likeliest; types that are not listed need
# the likeliest. Facts are judged later, so these give recall where it costs no F1 of entities (by cross-validation).
FLOORS: Mapping[str, float] = {
    "Sector": 0.3, "Route": 0.4, "Event": 0.4, "Award": 0.4, "Organization": 0.45, "Place": 0.45, "Agreement": 0.5,
}  # fmt: skip


def _score(one: Cluster) -> float:
    return max(item.score for item in one.found)


def is_entity(one: Cluster) -> bool:
    """Whether the tagger is sure of one of the cluster's names, or sure enough for its type."""
    return any(item.sure for item in one.found) or _score(one) >= FLOORS.get(one.type, 1.0)


def _worded(doc: Doc, entity: Entity, one: Cluster) -> Entity:
    """The entity with the further wordings of its names."""
    more = {plain(form, one.type) for item in one.found if item.sure for form in variants(doc, item)}
    aliases = more | set(entity.aliases)
    return replace(entity, aliases=tuple(sorted(alias for alias in aliases if alias and alias != entity.name)))


def assemble(doc: Doc, found: Sequence[Found]) -> Assembled:
    """Mentions sorted by start, entities in order of first mention, and each entity's probability by its id."""
    kept = [one for one in cluster(repair(doc, found)) if is_entity(one)]
    mentions, entities = entities_of(kept)
    entities = tuple(_worded(doc, entity, one) for entity, one in zip(entities, kept, strict=True))
    scores = {entity.id: round(_score(one), 4) for entity, one in zip(entities, kept, strict=True)}
    added = resolve_descriptions(doc, mentions, entities)
    everything = sorted([*mentions, *added], key=lambda m: (m.start, -m.end, m.type, m.entity))
    return tuple(everything), entities, scores

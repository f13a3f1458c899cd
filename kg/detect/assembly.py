"""Names found in a Doc -> its entities and all mentions of them, descriptions and pronouns included."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.detect.clusters import Cluster, Found, cluster, entities_of
from kg.detect.coreference import resolve_descriptions
from kg.detect.repair import repair
from kg.detect.selection import FLOOR, FLOORS, Selector, cluster_features
from kg.model import Entity, Mention

Assembled = tuple[tuple[Mention, ...], tuple[Entity, ...], dict[str, float]]


def candidates(doc: Doc, found: Sequence[Found]) -> list[Cluster]:
    """Clusters of all names found, the merely possible ones included."""
    return cluster(repair(doc, found))


def _weighed(
    doc: Doc, title: str, clusters: Sequence[Cluster], selector: Selector | None
) -> list[tuple[Cluster, float]]:
    """The clusters to keep with their probabilities."""
    if selector is None:
        sure = [one for one in clusters if any(item.sure for item in one.found)]
        return [(one, max(item.score for item in one.found)) for one in sure]
    chances = selector.probabilities(cluster_features(doc, title, clusters))
    pairs = zip(clusters, chances, strict=True)
    return [(one, chance) for one, chance in pairs if chance >= FLOORS.get(one.type, FLOOR)]


def assemble(doc: Doc, found: Sequence[Found], title: str = "", selector: Selector | None = None) -> Assembled:
    """Mentions sorted by start, entities in order of first mention, and each entity's probability by its id."""
    kept = _weighed(doc, title, candidates(doc, found), selector)
    mentions, entities = entities_of([one for one, _ in kept])
    scores = {entity.id: round(chance, 4) for entity, (_, chance) in zip(entities, kept, strict=True)}
    added = resolve_descriptions(doc, mentions, entities)
    everything = sorted([*mentions, *added], key=lambda m: (m.start, -m.end, m.type, m.entity))
    return tuple(everything), entities, scores

"""Counts of a dataset, from the data themselves: what VoID and the pages tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.serve.dataset import Dataset
from kg.serve.facts import DEFAULT

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SAME = {"http://www.w3.org/2002/07/owl#sameAs", "http://www.w3.org/2004/02/skos/core#closeMatch"}


@dataclass(frozen=True, slots=True)
class Census:
    """`classes`, `properties`: triples by IRI. `links`: owl:sameAs and skos:closeMatch by the host they lead to."""

    triples: int
    subjects: int
    objects: int
    graphs: int
    entities: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    links: Mapping[tuple[str, str], int]
    namespace: str

    @property
    def statements(self) -> int:
        """The statements; the direct triples where the export has no statement nodes."""
        space = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement"
        return self.classes.get(self.namespace + "Statement", self.classes.get(space, 0))

    @property
    def articles(self) -> int:
        """The articles."""
        return self.classes.get("https://schema.org/NewsArticle", 0)

    def rows(self) -> list[tuple[str, int]]:
        """What a table of the counts shows."""
        return [
            ("Facts", self.statements),
            ("Entities", self.entities),
            ("Articles", self.articles),
            ("Triples", self.triples),
            ("Named graphs", self.graphs),
            ("Links to other datasets", sum(self.links.values())),
        ]


def take(dataset: Dataset, entities: int, namespace: str) -> Census:
    """Counts the default graph in one pass."""
    classes, properties, links = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    subjects: set[object] = set()
    objects: set[object] = set()
    for quad in dataset.store.quads_for_pattern(None, None, None, DEFAULT):
        predicate = quad.predicate.value
        properties[predicate] += 1
        subjects.add(quad.subject)
        objects.add(quad.object)
        if isinstance(quad.object, ox.NamedNode):
            if predicate == _TYPE:
                classes[quad.object.value] += 1
            elif predicate in _SAME:
                links[predicate, urlsplit(quad.object.value).netloc] += 1
    graphs = sum(1 for _ in dataset.store.named_graphs())
    return Census(
        sum(properties.values()), len(subjects), len(objects), graphs, entities, dict(sorted(classes.items())),
        dict(sorted(properties.items())), dict(sorted(links.items())), namespace,
    )  # fmt: skip

"""Candidates: every pair of entities whose types some relation allows, with the sights that the article gives of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.features import PairReader, Sight
from kg.schema import load_schema

UNLEARNED = frozenset({"said", "tradeTurnover"})  # read by rules alone


@dataclass(frozen=True, slots=True)
class Candidate:
    """A directed pair of entities' indexes, the relations its types allow, and the codes of its features."""

    subject: int
    object: int
    relations: tuple[str, ...]
    sights: tuple[Sight, ...]
    codes: tuple[int, ...]


@cache
def relations_by_types() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The learned relations between a type of subject and a type of object, by name."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, relation in sorted(load_schema().relations.items()):
        if name in UNLEARNED:
            continue
        for subject in relation.subject:
            for object in relation.object:
                found.setdefault((subject, object), []).append(name)
    return {types: tuple(names) for types, names in found.items()}


def relation_names() -> list[str]:
    """The learned relations in the order of the scorer's columns."""
    return sorted({name for names in relations_by_types().values() for name in names})


def read_candidates(reader: PairReader) -> list[Candidate]:
    """All candidates of the page. A symmetric relation stands only on the pair whose subject is named first."""
    page, schema = reader.page, load_schema()
    allowed = relations_by_types()
    first = [spots[0].start if spots else len(page.text) + n for n, spots in enumerate(page.of)]
    out = []
    for subject, one in enumerate(page.entities):
        for object, other in enumerate(page.entities):
            if subject == object:
                continue
            names = tuple(
                name
                for name in allowed.get((one.type, other.type), ())
                if not schema.relations[name].symmetric or (first[subject], subject) < (first[object], object)
            )
            if names:
                sights = tuple(reader.sights(subject, object))
                out.append(Candidate(subject, object, names, sights, tuple(reader.pair(subject, object))))
    return out

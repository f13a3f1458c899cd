"""Scores facts against facts told by hand. The rules are those of `gold/score.py`; a test holds the two equal.

A name matches exactly, case, accents and `the` ignored, or by shared words: half of them for sectors, events,
agreements and routes, three quarters for the rest. A quotation matches by its first eight words. A found fact is
used once; those that fit an optional fact count neither way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

SYMMETRIC = frozenset({"cooperatesWith", "metWith", "tradeTurnover"})
LOOSE = frozenset({"Sector", "Event", "Agreement", "Route"})
_FILLERS = frozenset(["the", "a", "an", "of", "and", "on", "in", "for", "to", "at", "s", "with", "between"])
_QUOTE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A fact that was read: node ids tell duplicates, names are what is compared. `value` is a trade figure's."""

    subject: str
    subject_names: tuple[str, ...]
    relation: str
    object: str
    object_names: tuple[str, ...]
    value: str | None = None
    confidence: float = field(default=0.0, compare=False)


@dataclass(slots=True)
class Score:
    """Counts by relation: `right` found and told, `wrong` found only, `missed` told only."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, hits: Iterable[Sequence[str]], misses: Iterable[Sequence[str]], wrong: Iterable[Found]) -> None:
        """Counts one article's outcome, as `match` returns it."""
        self.right.update(fact[1] for fact in hits)
        self.missed.update(fact[1] for fact in misses)
        self.wrong.update(fact.relation for fact in wrong)

    def measure(self, relation: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 of a relation, or of all together."""
        right, wrong, missed = (
            counts[relation] if relation else counts.total() for counts in (self.right, self.wrong, self.missed)
        )
        precision = right / (right + wrong) if right + wrong else 0.0
        recall = right / (right + missed) if right + missed else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def relations(self) -> list[str]:
        """The relations that occur, by name."""
        return sorted(self.right | self.wrong | self.missed)


@lru_cache(maxsize=65536)
def normalize(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c)).replace("ı", "i")
    folded = re.sub(r"['’`]s\b", " ", folded)
    return tuple(word for word in re.findall(r"[^\W_]+", folded) if word != "the")


@lru_cache(maxsize=65536)
def _words(text: str) -> frozenset[str]:
    singular = (word[:-1] if len(word) > 3 and word.endswith("s") else word for word in normalize(text))
    return frozenset(word for word in singular if word not in _FILLERS)


def _overlap(one: str, other: str) -> float:
    a, b = _words(one), _words(other)
    return len(a & b) / len(a | b) if a or b else 0.0


def names_entity(names: Iterable[str], entity: Mapping[str, Any]) -> bool:
    """Whether one of the names is a name of the told entity (`name`, `aliases`, `type`)."""
    told = [entity["name"], *entity.get("aliases", ())]
    names = list(names)
    if {normalize(name) for name in names} & {normalize(name) for name in told}:
        return True
    least = 0.5 if entity["type"] in LOOSE else 0.75
    return any(_overlap(name, other) >= least for name in names for other in told)


def names_quotation(names: Iterable[str], quotation: str) -> bool:
    """Whether three quarters of the told quotation's first eight words are among the first eight of a name."""
    told = set(normalize(quotation)[:_QUOTE_WORDS])
    return any(told and len(told & set(normalize(name)[:_QUOTE_WORDS])) / len(told) >= 0.75 for name in names)


def match(
    record: Mapping[str, Any], found: Iterable[Found]
) -> tuple[list[Sequence[str]], list[Sequence[str]], list[Found]]:
    """The told facts found, the told facts missed, and the found facts that are wrong, in one article's record."""
    hits, misses, wrong = align(record, found)
    return [fact for fact, _ in hits], misses, wrong


def align(
    record: Mapping[str, Any], found: Iterable[Found]
) -> tuple[list[tuple[Sequence[str], Found]], list[Sequence[str]], list[Found]]:
    """As `match`, each told fact that was found with the found fact that hit it."""
    entities = {entity["name"]: entity for entity in record["entities"]}
    rest = list(_distinct(found))
    hits: list[tuple[Sequence[str], Found]] = []
    misses: list[Sequence[str]] = []
    for fact in record["triples"]:
        at = next((n for n, candidate in enumerate(rest) if _fits(candidate, fact, entities)), None)
        if at is None:
            misses.append(fact)
        else:
            hits.append((fact, rest.pop(at)))
    optional = record.get("optional", ())
    return hits, misses, [c for c in rest if not any(_fits(c, fact, entities) for fact in optional)]


def _distinct(found: Iterable[Found]) -> Iterable[Found]:
    unique: dict[tuple[object, ...], Found] = {}
    for fact in found:
        ends: object = (fact.subject, fact.object)
        if fact.relation in SYMMETRIC:
            ends = frozenset((fact.subject, fact.object))
        unique.setdefault((fact.relation, ends), fact)
    return unique.values()


def _fits(found: Found, fact: Sequence[str], entities: Mapping[str, Mapping[str, Any]]) -> bool:
    if found.relation != fact[1]:
        return False
    subject = entities.get(fact[0]) or {"name": fact[0], "type": "Event"}
    if found.relation == "said":
        return names_entity(found.subject_names, subject) and names_quotation(found.object_names, fact[2])
    told = entities.get(fact[2]) or {"name": fact[2], "type": "Event"}
    ends = [(found.subject_names, found.object_names)]
    if found.relation in SYMMETRIC:
        ends.append((found.object_names, found.subject_names))
    if not any(names_entity(s, subject) and names_entity(o, told) for s, o in ends):
        return False
    if found.relation == "tradeTurnover" and len(fact) > 3:
        return found.value is not None and bool(_figures(found.value) & _figures(fact[3]))
    return True


def _figures(text: str) -> set[str]:
    return {figure.rstrip(".").replace(",", "") for figure in re.findall(r"\d[\d.,]*", text)}

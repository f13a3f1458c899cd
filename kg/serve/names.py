"""Finds entities by name: exact, by words, by the beginning of a word, and near misses. An index in memory.

Names are compared without case, accents and punctuation, as the graph itself does. Scores run from 0 to 100: 100 an
entity's own name, 95 an alias, below that the share of words that agree.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest

import pyoxigraph as ox

from kg.graph.graph import plain
from kg.serve.dataset import Dataset
from kg.serve.facts import DEFAULT, Facts, Thing

_MOST = 2_000  # candidates that are scored for one question
_NEAR = 0.75  # how alike a misspelt word must be


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that a name may mean, the name of it that fits, and how well: 0 to 100."""

    thing: Thing
    name: str
    score: float
    facts: int


@dataclass(slots=True)
class _Entry:
    node: ox.NamedNode
    names: list[str]
    kinds: frozenset[str]
    facts: int = 0


class NameIndex:
    """The names of the entities of one dataset: whatever has a type of the ontology and a label."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._entries = list(_entries(facts.dataset, facts))
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, set[int]] = defaultdict(set)
        self._grams: dict[str, set[str]] = defaultdict(set)
        for number, entry in enumerate(self._entries):
            for name in dict.fromkeys(map(plain, entry.names)):
                self._exact[name].append(number)
                for word in name.split():
                    self._words[word].add(number)
        self._sorted = sorted(self._words)
        for word in self._sorted:
            for gram in _grams(word):
                self._grams[gram].add(word)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def things(self) -> Iterator[tuple[Thing, int]]:
        """Every entity with its number of facts, most facts first."""
        for entry in sorted(self._entries, key=lambda e: (-e.facts, e.node.value)):
            yield self.facts.thing(entry.node.value), entry.facts

    def find(self, name: str, kind: str | None = None, limit: int = 10) -> list[Hit]:
        """The best hits for a name, best first; `kind` keeps one type. The last word may be cut short."""
        wanted = plain(name)
        if not wanted:
            return []
        numbers = dict.fromkeys(self._exact.get(wanted, ()))
        for number in self._candidates(wanted.split()):
            numbers.setdefault(number)
        hits = []
        for number in list(numbers)[:_MOST]:
            entry = self._entries[number]
            if kind is None or kind in entry.kinds:
                score, best = max((_score(wanted, plain(n), not i), n) for i, n in enumerate(entry.names))
                hits.append((score, entry.facts, entry.node.value, best))
        best_hits = nlargest(limit, hits, key=lambda hit: (hit[0], hit[1]))
        return [Hit(self.facts.thing(iri), best, round(score, 1), count) for score, count, iri, best in best_hits]

    def _candidates(self, words: list[str]) -> list[int]:
        """Entities that share a word, the beginning of the last one, or a word much like one; rarest words first."""
        found: dict[int, int] = defaultdict(int)
        for at, word in enumerate(words):
            near = {word} if word in self._words else set()
            if at == len(words) - 1:
                start = bisect_left(self._sorted, word)
                near |= {w for w in self._sorted[start : start + 50] if w.startswith(word)}
            for known in near or self._alike(word):
                for number in self._words.get(known, ()):
                    found[number] += 1
        return sorted(found, key=lambda n: (-found[n], -self._entries[n].facts, n))

    def _alike(self, word: str) -> set[str]:
        counts: dict[str, int] = defaultdict(int)
        for gram in _grams(word):
            for known in self._grams.get(gram, ()):
                counts[known] += 1
        likely = nlargest(50, counts, key=lambda known: (counts[known], known))
        return {known for known in likely if SequenceMatcher(None, word, known).ratio() >= _NEAR}


def _grams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _score(wanted: str, name: str, own: bool) -> float:
    if wanted == name:
        return 100.0 if own else 95.0
    asked, known = wanted.split(), name.split()
    shared = sum(_likeness(word, known, last=i == len(asked) - 1) for i, word in enumerate(asked))
    return 90 * 2 * shared / (len(asked) + max(len(known), 1)) - (0 if own else 1)


def _likeness(word: str, known: Iterable[str], last: bool) -> float:
    best = 0.0
    for other in known:
        if word == other:
            return 1.0
        if last and other.startswith(word):
            best = max(best, 0.5 + len(word) / len(other) / 2)
        elif abs(len(word) - len(other)) <= 2 and word[:1] == other[:1]:
            ratio = SequenceMatcher(None, word, other).ratio()
            best = max(best, ratio if ratio >= _NEAR else 0.0)
    return best


def _entries(dataset: Dataset, facts: Facts) -> Iterator[_Entry]:
    known = {ox.NamedNode(facts.schema.namespace + name): name for name in facts.schema.types if name != "Quotation"}
    kinds: dict[ox.NamedNode, set[str]] = defaultdict(set)
    for kind, name in known.items():
        for quad in dataset.store.quads_for_pattern(None, facts.word("rdf:type"), kind, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                kinds[quad.subject].add(name)
    degree: dict[ox.NamedNode, int] = defaultdict(int)
    for curie in ("rdf:subject", "rdf:object"):
        for quad in dataset.store.quads_for_pattern(None, facts.word(curie), None, DEFAULT):
            if isinstance(quad.object, ox.NamedNode):
                degree[quad.object] += 1
    for node in sorted(kinds, key=str):
        own = [facts.text(node, "rdfs:label", "skos:prefLabel", "schema:name")]
        others = [term.value for term in facts.objects(node, "skos:altLabel") if isinstance(term, ox.Literal)]
        names = [name for name in (*own, *others) if name]
        if names:
            yield _Entry(node, list(dict.fromkeys(names)), frozenset(kinds[node]), degree[node])

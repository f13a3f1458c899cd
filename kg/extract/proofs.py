"""Proofs: the sentences shown for a fact, one that most surely states it, and a second where the first may not.

A sentence is weighed when it names either end. Small boosted trees rank them; without their weights the best sight's
sentence is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.features import Sight
from kg.extract.page import Page, Spot
from kg.extract.roles import Role
from kg.extract.trees import Forest

WEIGHTS = Path(__file__).with_name("weights") / "proofs.npz"
SURE = 0.9
"""Probability under which a second sentence is shown: by cross-validation one fact in ten then has two."""

UNSEEN, FAR = -20.0, 99.0
Floats = NDArray[np.float32]
Glimpse = tuple[int, int, int, float]
"""A sight in short: the object's sentence, the subject's, how far apart, and stage 1's log-odds of it."""


def glimpse(sight: Sight, score: float) -> Glimpse:
    """The sight in short."""
    return sight.sentence, sight.subject.sentence, sight.apart, score


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence's number, and the spots of subject and object in it; None where it does not name one."""

    sentence: int
    spots: tuple[Spot | None, Spot | None]


class Sentences:
    """What a page's sentences hold, counted once for all facts."""

    def __init__(self, page: Page, roles: Sequence[Role]) -> None:
        self.page, self.roles = page, roles
        self.counts: dict[int, tuple[float, ...]] = {}

    def _count(self, sentence: int) -> tuple[float, ...]:
        """Names, people, countries, organizations, quotation marks and different words of a sentence."""
        if sentence not in self.counts:
            page = self.page
            first, last = page.sentences[sentence]
            start, end = page.bounds(sentence)
            entities = {spot.entity for spot in page.within[sentence]}
            kinds = [page.entities[entity].type for entity in entities]
            text = page.text[start:end]
            words = {
                page.lemma[token]
                for token in range(first, last)
                if token not in page.covering and page.pos[token] not in {"PUNCT", "SPACE", "DET"}
            }
            named = [float(kinds.count(kind)) for kind in ("Person", "Country", "Organization")]
            marks = text.count("“") + text.count('"')
            self.counts[sentence] = (float(len(entities)), *named, float(marks), float(len(words) + 1))
        return self.counts[sentence]

    def _of(self, entity: int) -> dict[int, list[float]]:
        """By sentence: how often it names the entity, whether by name, whether as a subject."""
        found: dict[int, list[float]] = {}
        for spot in self.page.of[entity]:
            row = found.setdefault(spot.sentence, [0.0, 0.0, 0.0])
            row[0] += 1
            row[1] = max(row[1], float(spot.named))
            row[2] = max(row[2], float(self.page.dep[spot.head] in {"nsubj", "nsubjpass"}))
        return found

    def weigh(
        self, subject: int, object: int, column: int, glimpses: Sequence[Glimpse]
    ) -> tuple[list[int], list[list[float]]]:
        """The sentences that name either end, and a row of numbers for each; `column` is the relation's."""
        ones, others = self._of(subject), self._of(object)
        seen: dict[int, float] = {}
        for there, here, apart, score in glimpses:
            seen[there] = max(seen.get(there, UNSEEN), score)
            if apart:
                seen.setdefault(here, score - 1)
        best = max(seen, key=lambda sentence: seen[sentence]) if seen else -1
        most = max(seen.values(), default=UNSEEN)
        own = [role for role in self.roles if role.person == subject]
        at = [role.sentence for role in self.roles if role.person is not None and role.holder == object]
        none = [0.0, 0.0, 0.0]
        sentences, rows = sorted({*ones, *others}), []
        for n in sentences:
            score = seen.get(n, UNSEEN)
            row = [float(column), *ones.get(n, none), *others.get(n, none), score, score - most]
            row += [float(n - best) if best >= 0 else FAR, float(n), float(len(self.page.sentences))]
            row += [float(n == min(ones, default=-1)), float(n == min(others, default=-1))]
            row.append(float(sum(role.sentence == n and role.holder == object for role in own)))
            row += [float(sum(role.sentence == n for role in own)), float(at.count(n)), *self._count(n)]
            row += [float(len(ones)), float(len(others)), float(len(ones.keys() & others.keys()))]
            row.append(float(min((abs(n - other) for other in ones), default=int(FAR))))
            row.append(float(min((abs(n - other) for other in others), default=int(FAR))))
            rows.append(row)
        return sentences, rows


class Chooser:
    """The trees in memory."""

    def __init__(self, arrays: Mapping[str, NDArray[np.float32]]) -> None:
        self.forest = Forest.of(arrays, "proofs")

    def choose(self, sentences: Sequence[int], rows: Sequence[Sequence[float]]) -> list[int]:
        """The sentences to show, the surest first."""
        if not sentences:
            return []
        scores = self.forest.scores(np.array(rows, np.float32))
        order = np.argsort(-scores, kind="stable")
        sure = scores[order[0]] >= np.log(SURE / (1 - SURE))
        return [sentences[n] for n in order[: 1 if sure else 2]]


def place(page: Page, subject: int, object: int, sentence: int) -> Proof:
    """The sentence with the two spots in it that stand nearest to each other."""
    ones = [spot for spot in page.within[sentence] if spot.entity == subject]
    others = [spot for spot in page.within[sentence] if spot.entity == object]
    pairs = [(abs(one.head - other.head), one.start, other.start, one, other) for one in ones for other in others]
    if pairs:
        *_, one, other = min(pairs, key=lambda row: row[:3])
        return Proof(sentence, (one, other))
    return Proof(sentence, (ones[0] if ones else None, others[0] if others else None))


@cache
def load_chooser(path: Path = WEIGHTS) -> Chooser | None:
    """The shipped chooser, loaded once; None where its file is absent."""
    if not path.is_file():
        return None
    with np.load(path) as arrays:
        return Chooser({name: arrays[name] for name in arrays.files})


__all__ = ["SURE", "WEIGHTS", "Chooser", "Glimpse", "Proof", "Sentences", "glimpse", "load_chooser", "place"]

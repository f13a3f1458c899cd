"""Trains the tagger on annotated articles: records with `id`, `text`, `entities` (see the gold files). Deterministic.

The gold names entities, not places in the text; their names and aliases are looked up there (`layers.find_gold`).
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pycrfsuite
from spacy.tokens import Doc

from kg.detect.assembly import Assembled, assemble, candidates
from kg.detect.clusters import LOOSE, Cluster, Found, content, entities_of, plain
from kg.detect.clusters import fold as folded
from kg.detect.features import Sentence, sentence_features
from kg.detect.language import load_language
from kg.detect.layers import LAYERS, Span, find_gold, labels
from kg.detect.selection import Selector, cluster_features, train_selector
from kg.detect.tagger import WEIGHTS, Tagger, weight_paths

PARAMETERS = {"c1": 0.08, "c2": 0.02, "max_iterations": 70, "feature.minfreq": 2}
Record = Mapping[str, Any]


class Lesson:
    """An article prepared for training: its Doc, its features, its gold spans by layer."""

    __slots__ = ("doc", "gold", "record", "sentences")

    def __init__(self, record: Record, doc: Doc) -> None:
        self.record = record
        self.doc = doc
        self.sentences: list[Sentence] = sentence_features(doc)
        self.gold: dict[str, list[Span]] = find_gold(doc, record["entities"])


def prepare(records: Sequence[Record]) -> list[Lesson]:
    """Lessons in the order of the records."""
    texts = [unicodedata.normalize("NFC", record["text"]) for record in records]
    docs = load_language().pipe(texts, batch_size=32)
    return [Lesson(record, doc) for record, doc in zip(records, docs, strict=True)]


def fold_numbers(count: int, folds: int, seed: int) -> list[int]:
    """A fold for each of `count` articles, balanced, shuffled by `seed`."""
    order = list(range(count))
    random.Random(seed).shuffle(order)
    numbers = [0] * count
    for place, at in enumerate(order):
        numbers[at] = place % folds
    return numbers


def _train_layer(lessons: Sequence[Lesson], layer: str, path: Path) -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(PARAMETERS)
    for lesson in lessons:
        for sentence in lesson.sentences:
            trainer.append(pycrfsuite.ItemSequence(sentence.features), labels(sentence.tokens, lesson.gold[layer]))
    trainer.train(str(path))


def train_tagger(lessons: Sequence[Lesson], folder: Path) -> Tagger:
    """Trains every layer, writes `LAYER.crf` into the folder, and returns the tagger."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = weight_paths(folder)
    for layer in LAYERS:
        _train_layer(lessons, layer, paths[layer])
    return Tagger(paths)


def _score(name: str, other: str) -> float:
    """How much of the content words two names share, 0 to 1; 1 where they fold to the same."""
    if folded(name) == folded(other):
        return 1.0
    ours, theirs = content(name), content(other)
    return 0.99 * len(ours & theirs) / max(len(ours | theirs), 1)


def _fit(one: Cluster, gold: Mapping[str, Any]) -> float:
    if one.type != gold["type"]:
        return 0.0
    names = [gold["name"], *gold.get("aliases", ())]
    forms = {plain(item.surface, one.type) for item in one.found}
    if one.type == "Country":
        forms |= {entity.name for entity in entities_of([one])[1]}
    best = max(_score(form, name) for form in forms for name in names)
    return best if best >= (0.5 if one.type in LOOSE else 0.75) else 0.0


def judge(clusters: Sequence[Cluster], record: Record) -> list[bool]:
    """Which clusters are entities of the gold article; each gold entity makes one cluster right, the best."""
    pairs = [
        (_fit(one, gold), max(item.score for item in one.found), -at, -number)
        for at, one in enumerate(clusters)
        for number, gold in enumerate(record["entities"])
    ]
    right: set[int] = set()
    used: set[int] = set()
    for fit, _, at, number in sorted(pairs, reverse=True):
        if fit > 0 and at not in right and number not in used:
            right.add(at)
            used.add(number)
    return [-at in right for at in range(len(clusters))]


@dataclass(frozen=True, slots=True)
class Outside:
    """An article's names as found by a tagger that did not see it, with what the selector learns from."""

    lesson: Lesson
    fold: int
    found: list[Found]
    rows: list[list[str]]
    truths: list[bool]


def find_out_of_fold(lessons: Sequence[Lesson], folds: int = 5, seed: int = 7) -> list[Outside]:
    """Each article tagged by a tagger trained on the other folds; in the lessons' order."""
    numbers = fold_numbers(len(lessons), folds, seed)
    found: dict[int, list[Found]] = {}
    for fold in range(folds):
        with TemporaryDirectory() as folder:
            seen = [lesson for lesson, number in zip(lessons, numbers, strict=True) if number != fold]
            tagger = train_tagger(seen, Path(folder))
            for at, lesson in enumerate(lessons):
                if numbers[at] == fold:
                    found[at] = tagger.find_in(lesson.doc, lesson.sentences)
    return [_outside(lesson, numbers[at], found[at]) for at, lesson in enumerate(lessons)]


def _outside(lesson: Lesson, fold: int, found: list[Found]) -> Outside:
    clusters = candidates(lesson.doc, found)
    rows = cluster_features(lesson.doc, lesson.record.get("title") or "", clusters)
    return Outside(lesson, fold, found, rows, judge(clusters, lesson.record))


def learn_selector(outside: Sequence[Outside], path: Path, but: int | None = None) -> Selector:
    """The selector learned from all articles, or from those of all folds but one."""
    seen = [item for item in outside if item.fold != but]
    rows = [row for item in seen for row in item.rows]
    truths = [truth for item in seen for truth in item.truths]
    return train_selector(rows, truths, path)


def read_out_of_fold(outside: Sequence[Outside]) -> list[Assembled]:
    """Each article's mentions, entities and scores, read by taggers and selectors that did not see it."""
    with TemporaryDirectory() as folder:
        folds = sorted({item.fold for item in outside})
        selectors = {fold: learn_selector(outside, Path(folder) / f"{fold}.crf", fold) for fold in folds}
        return [
            assemble(item.lesson.doc, item.found, item.lesson.record.get("title") or "", selectors[item.fold])
            for item in outside
        ]


def train(articles: Sequence[Record], folder: Path = WEIGHTS, folds: int = 5, seed: int = 7) -> list[Assembled]:
    """Writes the weights learned from all the articles into `folder`; returns what was read out of fold on the way."""
    lessons = prepare(articles)
    outside = find_out_of_fold(lessons, folds, seed)
    learn_selector(outside, folder / "entities.crf")
    train_tagger(lessons, folder)
    return read_out_of_fold(outside)

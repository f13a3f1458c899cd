"""Trains the tagger on annotated articles: records with `id`, `text`, `entities` (see the gold files). Deterministic.

The gold names entities, not places in the text; their names and aliases are looked up there (`layers.find_gold`).
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pycrfsuite
from spacy.tokens import Doc

from kg.detect.assembly import Assembled, assemble
from kg.detect.encoder import KEPT, Encoder
from kg.detect.encoder_features import add_encoder_features
from kg.detect.encoder_gold import fold_of
from kg.detect.features import Sentence, sentence_features
from kg.detect.language import load_language
from kg.detect.layers import LAYERS, Span, find_gold, labels
from kg.detect.tagger import Tagger, weight_paths

PARAMETERS = {"c1": 0.08, "c2": 0.02, "max_iterations": 70, "feature.minfreq": 2}
Record = Mapping[str, Any]


class Lesson:
    """An article prepared for training: its Doc, its features, its gold spans by layer."""

    __slots__ = ("doc", "gold", "record", "sentences")

    def __init__(self, record: Record, doc: Doc, encoder: Encoder | None = None) -> None:
        self.record = record
        self.doc = doc
        self.sentences: list[Sentence] = sentence_features(doc)
        if encoder:
            add_encoder_features(self.sentences, encoder.tag([doc])[0])
            del doc.user_data[KEPT]
        self.gold: dict[str, list[Span]] = find_gold(doc, record["entities"])


def prepare(records: Sequence[Record], encoders: Sequence[Encoder] = ()) -> list[Lesson]:
    """Lessons in the records' order; with encoders, one a fold, each article's is the one that has not seen it."""
    texts = [unicodedata.normalize("NFC", record["text"]) for record in records]
    docs = load_language().pipe(texts, batch_size=32)
    unseen = [encoders[fold_of(record["id"], len(encoders))] if encoders else None for record in records]
    return [Lesson(*row) for row in zip(records, docs, unseen, strict=True)]


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


def read_out_of_fold(lessons: Sequence[Lesson], folds: int = 5, seed: int = 7) -> list[Assembled]:
    """Mentions, entities and scores of each article, read by a tagger that did not see it; in the lessons' order."""
    numbers = fold_numbers(len(lessons), folds, seed)
    read: dict[int, Assembled] = {}
    for fold in range(folds):
        with TemporaryDirectory() as folder:
            seen = [lesson for lesson, number in zip(lessons, numbers, strict=True) if number != fold]
            tagger = train_tagger(seen, Path(folder))
            for at, lesson in enumerate(lessons):
                if numbers[at] == fold:
                    read[at] = assemble(lesson.doc, tagger.find_in(lesson.doc, lesson.sentences))
    return [read[at] for at in range(len(lessons))]

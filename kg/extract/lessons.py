"""Lessons for the scorer: an article's candidates with the facts told of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.detect.annotated import Annotated
from kg.detect.assembly import Assembled
from kg.detect.coreference import resolve_descriptions
from kg.detect.encoder import Encoder
from kg.detect.encoder_gold import fold_of
from kg.detect.language import load_language
from kg.extract.candidates import Candidate, read_candidates, relation_names
from kg.extract.clauses import read_frames
from kg.extract.features import PairReader
from kg.extract.gold import article_of, gold_annotated
from kg.extract.measures import measure
from kg.extract.opinions import read_opinions
from kg.extract.page import Page
from kg.extract.patterns import read_votes
from kg.extract.roles import read_roles
from kg.extract.scoring import names_entity
from kg.extract.status import Moods
from kg.model import Entity
from kg.schema import load_schema

WRONG, RIGHT = 0, 1
UNTOLD, TWICE = -1, -2  # left out of training: optional facts; right ones between second nodes of one entity
STATUSES = ("denied", "planned", "possible", "past", "reported")  # labels 2, 3, ...
Codes = NDArray[np.uint32]


def open_reader(annotated: Annotated) -> PairReader:
    """The page with all that is read on it before pairs are."""
    page = Page(annotated)
    frames = read_frames(page)
    return PairReader(page, read_roles(page), frames, read_votes(page, frames), Moods(page))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article. Rows are candidates; `labels` and `mask` have a column for each relation.

    `sight_rows` gives each sight's candidate, `sight_labels` whether its sentence states the fact.
    """

    article: str
    size: int
    subjects: NDArray[np.intp]
    objects: NDArray[np.intp]
    mask: NDArray[np.bool_]
    labels: NDArray[np.int8]
    numbers: NDArray[np.float32]
    pair_codes: list[Codes]
    sight_codes: list[Codes]
    sight_rows: NDArray[np.intp]
    sight_labels: NDArray[np.int8]
    opinions: NDArray[np.float32]


def _told_names(record: Mapping[str, Any], entities: Sequence[Entity]) -> tuple[dict[int, str], set[int]]:
    """The gold's name for each entity, and those entities that are a second node of one already named."""
    named: dict[int, str] = {}
    for n, entity in enumerate(entities):
        fits = [row for row in record["entities"] if names_entity((entity.name, *entity.aliases), row)]
        fits.sort(key=lambda row: (row["type"] != entity.type, row["name"] != entity.name))
        if fits:
            named[n] = fits[0]["name"]
    groups: dict[str, list[int]] = defaultdict(list)
    for n, name in named.items():
        groups[name].append(n)
    return named, {n for group in groups.values() for n in group[1:]}


class _Told:
    """The facts told in a record, asked by names."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        evidence = record.get("evidence") or [None] * len(record["triples"])
        self.right = {tuple(fact[:3]): spans for fact, spans in zip(record["triples"], evidence, strict=True)}
        self.optional = {tuple(fact[:3]) for fact in record.get("optional", ())}
        self.status = {tuple(fact[:3]): fact[3] for fact in record.get("nonasserted", ())}

    def label(self, subject: str, relation: str, object: str) -> tuple[int, list[list[int]]]:
        """The label, and the spans that state the fact."""
        keys = [(subject, relation, object)]
        if load_schema().relations[relation].symmetric:
            keys.append((object, relation, subject))
        for key in keys:
            if key in self.right:
                return RIGHT, self.right[key] or []
        if any(key in self.optional for key in keys):
            return UNTOLD, []
        for key in keys:
            if key in self.status:
                return 2 + STATUSES.index(self.status[key]), []
        return WRONG, []


def told_spans(record: Mapping[str, Any], entities: Sequence[Entity]) -> Callable[[int, str, int], list[list[int]]]:
    """What gives the spans that state a right fact between two of the entities, by their indexes."""
    named, _ = _told_names(record, entities)
    told = _Told(record)
    return lambda subject, relation, object: told.label(named[subject], relation, named[object])[1]


def make_lesson(
    record: Mapping[str, Any], annotated: Annotated, relations: Sequence[str], encoder: Encoder | None = None
) -> Lesson:
    """The lesson of one article, with the opinions of an encoder that has not seen it."""
    reader = open_reader(annotated)
    candidates = read_candidates(reader)
    column = {name: n for n, name in enumerate(relations)}
    labels = np.zeros((len(candidates), len(relations)), np.int8)
    mask = np.zeros(labels.shape, bool)
    named, second = _told_names(record, reader.page.entities)
    told, spans = _Told(record), dict[tuple[int, int], list[list[int]]]()
    for row, candidate in enumerate(candidates):
        mask[row, [column[name] for name in candidate.relations]] = True
        subject, object = named.get(candidate.subject), named.get(candidate.object)
        if subject is None or object is None:
            continue
        for name in candidate.relations:
            label, spans[row, column[name]] = told.label(subject, name, object)
            twice = label == RIGHT and (candidate.subject in second or candidate.object in second)
            labels[row, column[name]] = TWICE if twice else label
    sights = [(row, sight) for row, candidate in enumerate(candidates) for sight in candidate.sights]
    sight_labels = np.zeros((len(sights), len(relations)), np.int8)
    for n, (row, sight) in enumerate(sights):
        sight_labels[n] = labels[row]
        for at in np.flatnonzero(labels[row] == RIGHT):
            stated = _states(reader.page.bounds(sight.sentence), spans.get((row, int(at)), []))
            sight_labels[n, at] = RIGHT if stated else UNTOLD if sight.apart else WRONG
    return Lesson(
        record["id"], len(reader.page.entities),
        np.array([c.subject for c in candidates], np.intp), np.array([c.object for c in candidates], np.intp),
        mask, labels,
        np.array([measure(reader, c.subject, c.object, c.sights) for c in candidates], np.float32),
        [_codes(c.codes) for c in candidates], [_codes(sight.codes) for _, sight in sights],
        np.array([row for row, _ in sights], np.intp), sight_labels,
        read_opinions(encoder, annotated, [(c.subject, c.object) for c in candidates], relations),
    )  # fmt: skip


def _codes(codes: Sequence[int]) -> Codes:
    return np.unique(np.array(codes, np.uint32))


def _states(bounds: tuple[int, int], spans: Sequence[Sequence[int]]) -> bool:
    return not spans or any(min(bounds[1], end) > max(bounds[0], start) for start, end in spans)


def whole_codes(lesson: Lesson) -> list[Codes]:
    """For each candidate, its codes and those of its sights."""
    parts: list[list[Codes]] = [[codes] for codes in lesson.pair_codes]
    for row, codes in zip(lesson.sight_rows, lesson.sight_codes, strict=True):
        parts[row].append(codes)
    return [np.unique(np.concatenate(group)) for group in parts]


def full_sight_codes(lesson: Lesson) -> list[Codes]:
    """For each sight, its codes and those of its pair."""
    rows = zip(lesson.sight_rows, lesson.sight_codes, strict=True)
    return [np.concatenate([codes, lesson.pair_codes[row]]) for row, codes in rows]


def prepare_lessons(
    records: Sequence[Mapping[str, Any]],
    docs: Sequence[Doc],
    found: Sequence[Assembled],
    encoders: Sequence[Encoder] = (),
) -> list[Lesson]:
    """Lessons on the gold's entities, then lessons on the entities found, each in the records' order.

    With the encoders of the folds, each lesson has the opinions of the one that has not seen its article.
    """
    relations = relation_names()
    unseen = _unseeing(records, encoders)
    lessons = [
        _gold_lesson(record, doc, relations, encoder)
        for record, doc, encoder in zip(records, docs, unseen, strict=True)
    ]
    for record, doc, encoder, (spoken, entities, scores) in zip(records, docs, unseen, found, strict=True):
        annotated = Annotated(article_of(record), doc, spoken, entities, scores)
        lessons.append(make_lesson(record, annotated, relations, encoder))
    return lessons


def gold_lessons(records: Sequence[Mapping[str, Any]]) -> list[Lesson]:
    """Lessons on the gold's entities alone, without an encoder's opinions, in the records' order."""
    relations = relation_names()
    return [_gold_lesson(*row, relations, None) for row in zip(records, read_docs(records), strict=True)]


def read_docs(records: Sequence[Mapping[str, Any]]) -> list[Doc]:
    """The records' texts, parsed."""
    texts = [unicodedata.normalize("NFC", record["text"]) for record in records]
    return list(load_language().pipe(texts, batch_size=32))


def _unseeing(records: Sequence[Mapping[str, Any]], encoders: Sequence[Encoder]) -> list[Encoder | None]:
    return [encoders[fold_of(record["id"], len(encoders))] if encoders else None for record in records]


def gold_page(record: Mapping[str, Any], doc: Doc) -> Annotated:
    """The article with the gold's entities, pronouns and descriptions of them resolved."""
    annotated = gold_annotated(record, doc)
    added = resolve_descriptions(doc, annotated.mentions, annotated.entities)
    mentions = sorted([*annotated.mentions, *added], key=lambda m: (m.start, -m.end, m.type, m.entity))
    return replace(annotated, mentions=tuple(mentions))


def _gold_lesson(record: Mapping[str, Any], doc: Doc, relations: Sequence[str], encoder: Encoder | None) -> Lesson:
    return make_lesson(record, gold_page(record, doc), relations, encoder)


__all__ = ["RIGHT", "STATUSES", "TWICE", "UNTOLD", "WRONG", "Candidate", "Lesson", "make_lesson", "open_reader"]

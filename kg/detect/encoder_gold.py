"""Gold articles as the encoder's training examples: tags for the pieces, labels for the entity pairs."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.detect.encoder_labels import LABELS, LAYERS, RELATIONS, STATUSES, symmetric
from kg.detect.encoder_pairs import Ints
from kg.detect.layers import surfaces
from kg.detect.wordpieces import Pieces, piece_range, split_pieces


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A name of an entity (by its number) found in the text."""

    start: int
    end: int
    type: str
    entity: int


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file in the format of the guidelines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def fold_of(article: str, folds: int) -> int:
    """The fold of an article: a checksum of its id, so that it never moves."""
    return zlib.crc32(article.encode()) % folds


def project(text: str, entities: Sequence[Mapping[str, Any]]) -> list[GoldSpan]:
    """Where names and aliases stand in the text; in each layer the longest wins, sorted by start."""
    straight = text.replace("’", "'")
    found = []
    for number, entity in enumerate(entities):
        for name in surfaces(entity):
            pattern = re.escape(name.replace("’", "'")).replace(r"\ ", r"\s+")
            matches = re.finditer(rf"(?<!\w){pattern}(?!\w)", straight)
            found += [GoldSpan(m.start(), m.end(), entity["type"], number) for m in matches]
    layer_of = {kind: number for number, layer in enumerate(LAYERS) for kind in layer}
    kept: list[GoldSpan] = []
    taken: set[tuple[int, int]] = set()
    for span in sorted(found, key=lambda s: (s.start - s.end, s.start, s.type, s.entity)):
        cells = {(layer_of[span.type], at) for at in range(span.start, span.end)}
        if not cells & taken:
            taken |= cells
            kept.append(span)
    return sorted(kept, key=lambda s: (s.start, s.end, s.entity))


@dataclass(frozen=True, slots=True)
class Example:
    """An article to learn from. `tags` has a row for each layer; `mentions` are (entity, first piece, end piece).

    `facts` maps entity pairs to label numbers that hold, `unsure` to those left out of the loss; numbers count the
    relations, then the statuses.
    """

    id: str
    pieces: Pieces
    tags: npt.NDArray[np.int64]
    mentions: tuple[tuple[int, int, int], ...]
    types: tuple[str, ...]
    facts: Mapping[tuple[int, int], frozenset[int]]
    unsure: Mapping[tuple[int, int], frozenset[int]]
    judged: bool  # whether facts that are not asserted were annotated


def tag(pieces: Pieces, spans: Iterable[GoldSpan]) -> Ints:
    """BIO label numbers, a row for each layer."""
    tags = np.zeros((len(LAYERS), len(pieces)), dtype=np.int64)
    for span in spans:
        for row, layer in enumerate(LAYERS):
            if span.type in layer:
                start, end = piece_range(pieces, span.start, span.end)
                tags[row, start:end] = LABELS[row].index(f"I-{span.type}")
                tags[row, start : min(start + 1, end)] = LABELS[row].index(f"B-{span.type}")
    return tags


def make_examples(tokenizer: Any, rows: Sequence[Mapping[str, Any]]) -> list[Example]:
    """One example for each gold article."""
    texts = [row["text"] for row in rows]
    return [_example(row, pieces) for row, pieces in zip(rows, split_pieces(tokenizer, texts), strict=True)]


def _example(row: Mapping[str, Any], pieces: Pieces) -> Example:
    spans = project(row["text"], row["entities"])
    mentions = {(s.entity, *piece_range(pieces, s.start, s.end)) for s in spans}
    numbers = {entity["name"]: number for number, entity in enumerate(row["entities"])}
    facts: dict[tuple[int, int], set[int]] = {}
    unsure: dict[tuple[int, int], set[int]] = {}

    def put(table: dict[tuple[int, int], set[int]], fact: Sequence[str], label: int) -> None:
        if fact[1] not in RELATIONS or fact[0] not in numbers or fact[2] not in numbers:
            return
        one, other = numbers[fact[0]], numbers[fact[2]]
        table.setdefault((one, other), set()).add(label)
        if fact[1] in symmetric():
            table.setdefault((other, one), set()).add(label)

    for fact in row["triples"]:
        put(facts, fact, RELATIONS.index(fact[1]) if fact[1] in RELATIONS else 0)
    for fact in row.get("optional", ()):
        put(unsure, fact, RELATIONS.index(fact[1]) if fact[1] in RELATIONS else 0)
    for fact in row.get("nonasserted", ()):
        if fact[3] in STATUSES:
            put(facts, fact, len(RELATIONS) + STATUSES.index(fact[3]))
    return Example(
        row["id"],
        pieces,
        tag(pieces, spans),
        tuple(sorted(m for m in mentions if m[1] < m[2])),
        tuple(entity["type"] for entity in row["entities"]),
        {pair: frozenset(labels) for pair, labels in facts.items()},
        {pair: frozenset(labels) for pair, labels in unsure.items()},
        "nonasserted" in row,
    )

"""The learned reader: a small encoder that tags tokens and scores which relations hold between entities.

Its weights are optional: without them, or without `onnxruntime` and `tokenizers`, `Encoder.load` gives None and the
rest of the pipeline reads without it. A text is encoded once; its vectors stay with the Doc.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from kg.detect.annotated import Annotated
from kg.detect.encoder_labels import LABELS, RELATIONS, STATUSES, TYPES, allowed_types, symmetric
from kg.detect.encoder_pairs import Floats, Ints, PairTable, pair_table
from kg.detect.wordpieces import CLS, SEP, Pieces, load_tokenizer, piece_range, split_pieces

log = logging.getLogger(__name__)
WEIGHTS = Path(__file__).parent / "weights" / "encoder"
WINDOW = 448  # pieces encoded together; a longer text is cut at a sentence's end
KEPT = "kg.encoder"  # where a Doc keeps its vectors
LOOKS, KEY, CHUNK = 4, 32, 2048


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text's pieces, framed by the marks of start and end, and their vectors."""

    pieces: Pieces
    ids: Ints
    vectors: Floats


class Encoder:
    """Made by `Encoder.load`. Not safe to share between processes; threads may share it."""

    def __init__(self, folder: Path, tokenizer: Any, session: Any) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._words = np.load(folder / "words.npy", mmap_mode="r")
        with np.load(folder / "heads.npz") as heads:
            self._heads = {name: heads[name].astype(np.float32) for name in heads.files}

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> Encoder | None:
        """The encoder whose files lie in the folder, by default the project's own; None where anything is missing."""
        if not (folder / "encoder.onnx").is_file():
            return None
        try:
            import onnxruntime

            tokenizer = load_tokenizer(folder / "vocab.txt")
        except ImportError as error:
            log.warning("the encoder is left out: %s", error)
            return None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph is written as it runs best; further optimization would join each sum to its normalization, slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        return cls(folder, tokenizer, session)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The names of the columns that `tag` returns: the layers' labels side by side, each layer with its own `O`."""
        return tuple(label for layer in LABELS for label in layer)

    def encode(self, doc: Doc) -> Encoded:
        """The doc's vectors, made at the first call and kept with the doc."""
        kept = doc.user_data.get(KEPT)
        if not isinstance(kept, Encoded):
            kept = doc.user_data[KEPT] = self._encode(doc)
        return kept

    def _encode(self, doc: Doc) -> Encoded:
        (pieces,) = split_pieces(self._tokenizer, [doc.text])
        count = len(pieces)
        ids = np.concatenate([[CLS], pieces.ids, [SEP]])
        cuts = windows(
            pieces, [sentence.start_char for sentence in doc.sents] if doc.has_annotation("SENT_START") else []
        )
        vectors = np.zeros((count + 2, self._words.shape[1]), dtype=np.float32)
        for start, end in pairwise(cuts):
            found = self._run(pieces.ids[start:end], pieces.shapes[start:end])
            first, last = (0 if start == 0 else 1), (end - start + 2 if end == count else end - start + 1)
            vectors[start + first : start + last] = found[first:last]
        return Encoded(pieces, ids, vectors)

    def _run(self, ids: Ints, shapes: Ints) -> Floats:
        heads = self._heads
        ids, shapes = np.concatenate([[CLS], ids, [SEP]]), np.concatenate([[16], shapes, [16]])
        embedded = self._words[ids] * heads["word_scale"][ids, None]
        embedded += heads["body.position.weight"][: len(ids)] + heads["body.shape.weight"][shapes]
        vectors: Floats = self._session.run(None, {"embedded": embedded[None]})[0][0]
        return vectors

    def tag(self, docs: Iterable[Doc]) -> list[Floats]:
        """For each doc a row for each token: the probabilities of `labels`; those of a layer sum to 1.

        A token has the probabilities of its first wordpiece; one without (white space) is surely `O`.
        """
        return [self._tag(doc) for doc in docs]

    def _tag(self, doc: Doc) -> Floats:
        encoded = self.encode(doc)
        scores = self._linear("tagger", encoded.vectors[1:-1])
        made = np.zeros((len(doc), scores.shape[1]), dtype=np.float32)
        column = 0
        rows, owners = first_pieces(doc, encoded.pieces)
        for labels in LABELS:
            part = slice(column, column + len(labels))
            made[:, column] = 1.0
            made[rows, part] = softmax(scores[owners, part])
            column += len(labels)
        return made

    def _linear(self, name: str, x: Floats) -> Floats:
        made: Floats = x @ self._heads[name + ".weight"].T + self._heads[name + ".bias"]
        return made

    def pairs(
        self, annotated: Annotated, wanted: AbstractSet[tuple[str, str]] | None = None
    ) -> dict[tuple[str, str], dict[str, float]]:
        """For each pair of entities whose types allow a relation, the probability of each relation so allowed.

        The keys `denied`, `planned`, `possible`, `past` tell how likely the text mentions a fact of the pair so. Only
        mentions inside names and aliases count. A symmetric relation has the same value in both directions.
        `wanted` are the pairs of ids that are asked for, in either direction; by default all.
        """
        encoded = self.encode(annotated.doc)
        numbers = {entity.id: number for number, entity in enumerate(annotated.entities)}
        names = {entity.id: {entity.name, *entity.aliases} for entity in annotated.entities}
        mentions = set()
        for mention in annotated.mentions:
            if mention.surface not in names.get(mention.entity, ()):
                continue  # a pronoun or description: the encoder learned from names alone
            start, end = piece_range(encoded.pieces, mention.start, mention.end)
            if start < end and mention.type in TYPES:
                mentions.add((numbers[mention.entity], start + 1, end + 1))
        types = [entity.type for entity in annotated.entities]
        among = None if wanted is None else {(numbers[a], numbers[b]) for one in wanted for a, b in (one, one[::-1])}
        table = pair_table(sorted(mentions), types, encoded.ids, allowed_types().keys(), among)
        if not table.entities:
            return {}
        chances = sigmoid(self._score(encoded.vectors, table))
        ids = [entity.id for entity in annotated.entities]
        return _named(chances, table, types, ids)

    def _score(self, x: Floats, table: PairTable) -> Floats:
        """The logits of all outputs, a row for each entity pair of the table."""
        heads, m = self._heads, table.spans @ x
        subject = self._linear("pairs.subject", m) + heads["pairs.subject_type.weight"][table.types]
        object_ = self._linear("pairs.object", m) + heads["pairs.object_type.weight"][table.types]
        left, right = self._linear("pairs.left", m), self._linear("pairs.right", m)
        key = self._linear("pairs.key", x).reshape(-1, LOOKS, KEY).transpose(1, 2, 0)
        value = self._linear("pairs.value", x).reshape(-1, LOOKS, KEY).transpose(1, 0, 2)
        looks = [
            self._linear(f"pairs.{side}_query", m).reshape(-1, LOOKS, KEY).transpose(1, 0, 2) @ key / KEY**0.5
            for side in ("subject", "object")
        ]
        scores = []
        for at in range(0, len(table.group), CHUNK):
            part = slice(at, at + CHUNK)
            i, j = table.subject[part], table.object[part]
            context = softmax(looks[0][:, i] + looks[1][:, j]) @ value
            hidden = subject[i] + object_[j] + left[i] * right[j]
            hidden += self._linear("pairs.context", context.transpose(1, 0, 2).reshape(len(i), -1))
            for name, row in (("near", table.near), ("ends", table.ends), ("between", table.between)):
                hidden += heads[f"pairs.{name}.weight"][row[part]]
            scores.append(self._linear("pairs.output", gelu(hidden)))
        return log_sum_exp(np.concatenate(scores), table.group, len(table.entities))


def _named(
    chances: Floats, table: PairTable, types: Sequence[str], ids: Sequence[str]
) -> dict[tuple[str, str], dict[str, float]]:
    allowed = allowed_types()
    rows = {pair: row for row, pair in enumerate(table.entities)}
    made: dict[tuple[str, str], dict[str, float]] = {}
    for (one, other), row in rows.items():
        back = rows.get((other, one), row)
        told = {
            RELATIONS[k]: float(chances[row, k] + chances[back if RELATIONS[k] in symmetric() else row, k]) / 2
            for k in allowed[types[one], types[other]]
        }
        told |= {status: float(chances[row, len(RELATIONS) + k]) for k, status in enumerate(STATUSES)}
        made[ids[one], ids[other]] = told
    return made


def windows(pieces: Pieces, sentences: Sequence[int]) -> list[int]:
    """Where to cut the pieces so that no window is longer than `WINDOW`: at sentence starts (code points) if it can."""
    count, cuts = len(pieces), [0]
    starts = np.unique(np.searchsorted(pieces.starts, np.array(sentences, dtype=np.int64)))
    while count - cuts[-1] > WINDOW:
        reached = starts[(starts > cuts[-1] + WINDOW // 2) & (starts <= cuts[-1] + WINDOW)]
        cuts.append(int(reached[-1]) if len(reached) else cuts[-1] + WINDOW)
    return [*cuts, count] if count else [0, 0]


def first_pieces(doc: Doc, pieces: Pieces) -> tuple[Ints, Ints]:
    """Token numbers and, for each, the number of the first piece that overlaps it; tokens without one are left out."""
    starts, lengths = np.asarray(doc.to_array(["IDX", "LENGTH"]), np.uint64).astype(np.int64).T
    ends = starts + lengths
    first = np.searchsorted(pieces.ends, starts, "right")
    inside = np.minimum(first, max(len(pieces) - 1, 0))
    rows = np.flatnonzero((first < len(pieces)) & (pieces.starts[inside] < ends)) if len(pieces) else first[:0]
    return rows, first[rows]


def softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    made: Floats = raised / raised.sum(-1, keepdims=True)
    return made


def sigmoid(scores: Floats) -> Floats:
    """The logistic function."""
    made: Floats = (1.0 / (1.0 + np.exp(-scores))).astype(np.float32)
    return made


def gelu(x: Floats) -> Floats:
    """By the tangent form, within 0.001 of the exact one."""
    made: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * x * (1 + 0.044715 * x * x)))  # x**3 would call pow
    return made


def log_sum_exp(scores: Floats, group: Ints, groups: int) -> Floats:
    """For each group (numbered in order of the rows) the logarithm of the sum of its rows' exponentials."""
    starts = np.searchsorted(group, np.arange(groups))
    top = np.maximum.reduceat(scores, starts)
    made: Floats = np.log(np.add.reduceat(np.exp(scores - top[group]), starts)) + top
    return made


@cache
def shared_encoder(folder: Path = WEIGHTS) -> Encoder | None:
    """The encoder of a folder, by default the project's own, loaded once a process."""
    return Encoder.load(folder)


__all__ = ["Encoded", "Encoder", "shared_encoder"]

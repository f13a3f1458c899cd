"""Wordpieces of a text with their offsets and the shape of the word that each belongs to.

The encoder's vocabulary is uncased, yet case tells names from words; so each piece carries a shape beside its id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
SHAPES = 18  # nine kinds of word, with or without white space before it
UNKNOWN, CLS, SEP, MASK = 100, 101, 102, 103
ENDS = (1012, 1029, 999)  # `.`, `?`, `!` in the vocabulary of BERT, uncased


@dataclass(frozen=True, slots=True)
class Pieces:
    """One row for each piece; `starts` and `ends` are code points of the text, half open."""

    ids: Ints
    shapes: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.ids)


def shape(word: str, spaced: bool) -> int:
    """A number below `SHAPES`: how the word is written, and whether white space or nothing stands before it."""
    if word.isdigit():
        kind = 6
    elif any(c.isdigit() for c in word):
        kind = 7
    elif not any(c.isalpha() for c in word):
        kind = 8
    elif word.islower():
        kind = 1
    elif word.isupper():
        kind = 4 if len(word) == 1 else 3
    elif word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        kind = 2
    elif word[0].isupper():
        kind = 5
    else:
        kind = 0
    return 2 * kind + spaced


def load_tokenizer(vocabulary: Path) -> Any:
    """The tokenizer of BERT, uncased, over the words of a file, one a line. Raises ImportError without `tokenizers`."""
    from tokenizers import BertWordPieceTokenizer

    return BertWordPieceTokenizer(str(vocabulary), lowercase=True, strip_accents=True)


def split_pieces(tokenizer: Any, texts: Sequence[str]) -> list[Pieces]:
    """The pieces of each text, without the marks for start and end."""
    return [_pieces(text, tokenizer.encode(text, add_special_tokens=False)) for text in texts]


def _pieces(text: str, encoding: Any) -> Pieces:
    words: dict[int, tuple[int, int]] = {}
    for word, (start, end) in zip(encoding.word_ids, encoding.offsets, strict=True):
        first, last = words.get(word, (start, end))
        words[word] = (min(first, start), max(last, end))
    kinds = {
        word: shape(text[start:end] or "?", start == 0 or text[start - 1].isspace())
        for word, (start, end) in words.items()
    }
    return Pieces(
        np.array(encoding.ids, dtype=np.int64),
        np.array([kinds[word] for word in encoding.word_ids], dtype=np.int64),
        np.array([start for start, _ in encoding.offsets], dtype=np.int64),
        np.array([end for _, end in encoding.offsets], dtype=np.int64),
    )


def piece_range(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """The half-open range of the pieces that overlap `text[start:end]`; it may be empty."""
    return int(np.searchsorted(pieces.ends, start, "right")), int(np.searchsorted(pieces.starts, end, "left"))

"""A Doc's token attributes as plain lists: spaCy makes an object for each token that is asked for, each time anew."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

KEPT = "kg.columns"  # where a Doc keeps them


@dataclass(frozen=True, slots=True)
class Columns:
    """One item for each token. `lemma` is lower-case; `head` is a token's number; `starts` and `ends` are code points.

    `keys` are the low 32 bits of spaCy's hash of the lower-case form.
    """

    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    starts: list[int]
    ends: list[int]
    keys: npt.NDArray[np.uint32]
    text: str


def read_columns(doc: Doc) -> Columns:
    """The columns of a parsed Doc, read at the first call and kept with the Doc."""
    kept = doc.user_data.get(KEPT)
    if not isinstance(kept, Columns):
        kept = doc.user_data[KEPT] = _read(doc)
    return kept


def _read(doc: Doc) -> Columns:
    strings = np.asarray(doc.to_array(["LOWER", "LEMMA", "POS", "TAG", "DEP"]), np.uint64)
    lower, lemma, pos, tag, dep = (_names(doc, strings[:, column]) for column in range(5))
    offsets, starts, lengths = np.asarray(doc.to_array(["HEAD", "IDX", "LENGTH"]), np.uint64).astype(np.int64).T
    return Columns(
        lower,
        [word.lower() for word in lemma],
        pos,
        tag,
        dep,
        (np.arange(len(doc)) + offsets).tolist(),
        starts.tolist(),
        (starts + lengths).tolist(),
        (strings[:, 0] & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        doc.text,
    )


def _names(doc: Doc, ids: npt.NDArray[np.uint64]) -> list[str]:
    strings = doc.vocab.strings
    known: dict[int, str] = {}
    names: list[str] = []
    for id in ids.tolist():
        name = known.get(id)
        if name is None:
            name = known[id] = strings[id]
        names.append(name)
    return names

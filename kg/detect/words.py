"""Which words are used alike: 272,790 words in 1024 clusters, and those in 128, from general word vectors.

The table lets the tagger know a word that no training article holds. Words are found by the low 32 bits of
spaCy's hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Token

NONE = -1
TABLE = Path(__file__).with_name("weights") / "words.npz"


@dataclass(frozen=True, slots=True)
class WordClusters:
    """`keys` sorted, `fine` the cluster of each, `coarse` the larger cluster of each fine one."""

    keys: Any
    fine: Any
    coarse: Any

    def of(self, tokens: list[Token]) -> list[tuple[int, int]]:
        """(fine, coarse) for each token's lower-case form, (-1, -1) for an unknown word."""
        return self.of_keys(np.array([token.lower & 0xFFFFFFFF for token in tokens], dtype=np.uint32))

    def of_keys(self, wanted: Any) -> list[tuple[int, int]]:
        """As `of`, by the low 32 bits of spaCy's hashes of the words."""
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = self.keys[places] == wanted
        fine = self.fine[places]
        pairs = zip(fine.tolist(), self.coarse[fine].tolist(), known.tolist(), strict=True)
        return [(a, b) if hit else (NONE, NONE) for a, b, hit in pairs]


@cache
def load_words(path: Path = TABLE) -> WordClusters | None:
    """The table that comes with the package, or None where it is absent."""
    if not path.is_file():
        return None
    with np.load(path) as table:
        return WordClusters(table["keys"], table["fine"], table["coarse"])

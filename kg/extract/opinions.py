"""What the encoder says of each candidate, as further columns of the second stage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.detect.annotated import Annotated
from kg.detect.encoder import Encoder

Floats = NDArray[np.float32]


def read_opinions(
    encoder: Encoder | None, annotated: Annotated, pairs: Sequence[tuple[int, int]], relations: Sequence[str]
) -> Floats:
    """Log-odds by candidate pair (indexes of entities) and relation; NaN where the encoder has no opinion."""
    out = np.full((len(pairs), len(relations)), np.nan, np.float32)
    if encoder is None or not pairs:
        return out
    ids = [entity.id for entity in annotated.entities]
    told = encoder.pairs(annotated, {(ids[one], ids[other]) for one, other in pairs})
    for row, (subject, object) in enumerate(pairs):
        chances = told.get((ids[subject], ids[object]))
        if chances:
            for column, name in enumerate(relations):
                if name in chances:
                    chance = min(max(chances[name], 1e-5), 1 - 1e-5)
                    out[row, column] = np.log(chance / (1 - chance))
    return out


def settle(opinions: Floats, pair: Floats) -> Floats:
    """The opinions, with stage 1's log-odds where there is none, as without the encoder."""
    settled: Floats = np.where(np.isnan(opinions), pair, opinions)
    return settled

"""What the encoder thinks of each token, as features of the tagger's sequences."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from kg.detect.encoder_labels import LABELS
from kg.detect.encoder_pairs import Floats
from kg.detect.features import Sentence

SECOND = 0.08  # probability from which a label that is not the likeliest is told too
SURE = 0.97  # probability above which the likeliest label's bucket is `A`


def add_encoder_features(sentences: Iterable[Sentence], probabilities: Floats) -> None:
    """Append to each token's features: by layer the likeliest label, how likely, the next two, and the neighbours'.

    `probabilities` has a row for each token of the Doc, as `Encoder.tag` gives it.
    """
    told, tops = _tell(probabilities)
    for sentence in sentences:
        places = [token.i for token in sentence.tokens]
        for at, features in enumerate(sentence.features):
            features += told[places[at]]
            if at:
                features += [f"{name}-1" for name in tops[places[at - 1]]]
            if at + 1 < len(places):
                features += [f"{name}+1" for name in tops[places[at + 1]]]


def _tell(probabilities: Floats) -> tuple[list[list[str]], list[list[str]]]:
    """For each token its own features, and the likeliest labels by layer."""
    told: list[list[str]] = [[] for _ in probabilities]
    tops: list[list[str]] = [[] for _ in probabilities]
    column = 0
    for layer, labels in enumerate(LABELS):
        part = probabilities[:, column : column + len(labels)]
        column += len(labels)
        order = np.argsort(-part, axis=1, kind="stable")[:, :3]
        chances = np.take_along_axis(part, order, axis=1)
        for token, (ranks, values) in enumerate(zip(order.tolist(), chances.tolist(), strict=True)):
            top = f"e{layer}={labels[ranks[0]]}"
            tops[token].append(top)
            told[token] += [top, f"{top}:{'A' if values[0] > SURE else int(values[0] * 10)}"]
            told[token] += [
                f"e{layer}~{labels[rank]}:{int(value * 5)}"
                for rank, value in zip(ranks[1:], values[1:], strict=True)
                if value > SECOND
            ]
    return told, tops

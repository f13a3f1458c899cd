"""The learned tagger: one linear-chain CRF for each layer of labels, over the features of `features`.

A label's probability over the span is kept as its score. Weights lie in `weights/`; without them the rules of `rules`
read alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pycrfsuite
from spacy.tokens import Doc

from kg.detect.clusters import Found
from kg.detect.columns import read_columns
from kg.detect.encoder import Encoder, shared_encoder
from kg.detect.encoder_features import add_encoder_features
from kg.detect.features import Sentence, sentence_features
from kg.detect.layers import LAYERS, spans_of

POSSIBLE = 0.88  # probability of "no name" below which a token may yet be part of one
WEIGHTS = Path(__file__).with_name("weights")
STACK = "stack"  # the folder, inside that of the weights, of those learned with the encoder's labels


class Tagger:
    """The taggers of all layers. `paths` maps a layer to its weights.

    With an encoder, the weights are those that were learned with its labels as further features.
    """

    def __init__(self, paths: Mapping[str, Path], encoder: Encoder | None = None) -> None:
        self._encoder = encoder
        self._taggers: dict[str, pycrfsuite.Tagger] = {}
        for layer, path in paths.items():
            tagger = pycrfsuite.Tagger()
            tagger.open(str(path))
            self._taggers[layer] = tagger

    def find(self, doc: Doc) -> list[Found]:
        """The names in a Doc, by layer and position; those that are only possible are marked so."""
        sentences = sentence_features(doc)
        if self._encoder:
            add_encoder_features(sentences, self._encoder.tag([doc])[0])
        return self.find_in(doc, sentences)

    def find_in(self, doc: Doc, sentences: Sequence[Sentence]) -> list[Found]:
        """As `find`, for features made before."""
        found: dict[str, list[Found]] = {layer: [] for layer in self._taggers}
        text = read_columns(doc).text
        for sentence in sentences:
            items = pycrfsuite.ItemSequence(sentence.features)
            for layer, tagger in self._taggers.items():
                tags = tagger.tag(items)
                none = [tagger.marginal("O", at) for at in range(len(tags))]
                if min(none) < POSSIBLE:
                    found[layer] += _likeliest(text, sentence, tags, tagger)
                    found[layer] += _possible(text, sentence, tags, none, tagger, LAYERS[layer])
        return [item for layer in LAYERS for item in found.get(layer, ())]


def _likeliest(text: str, sentence: Sentence, tags: list[str], tagger: pycrfsuite.Tagger) -> list[Found]:
    found = []
    for start, end, type in spans_of(sentence.tokens, tags):
        places = [at for at, token in enumerate(sentence.tokens) if start <= token.idx < end]
        score = min(tagger.marginal(tags[at], at) for at in places)
        found.append(Found(start, end, text[start:end], type, round(score, 4)))
    return found


def _possible(
    text: str, sentence: Sentence, tags: list[str], none: list[float], tagger: pycrfsuite.Tagger, types: Sequence[str]
) -> list[Found]:
    """Stretches outside the likeliest names whose tokens are each no name with a probability below `POSSIBLE`."""
    known = set(tagger.labels())
    guess = ["O"] * len(tags)
    scores = [0.0] * len(tags)
    for at, (tag, probability) in enumerate(zip(tags, none, strict=True)):
        if tag == "O" and probability < POSSIBLE:
            options = [f"{mark}-{type}" for type in types for mark in "BI"]
            ranked = [(tagger.marginal(label, at), label) for label in options if label in known]
            scores[at], guess[at] = max(ranked)
    found = []
    for start, end, type in spans_of(sentence.tokens, guess):
        places = [at for at, token in enumerate(sentence.tokens) if start <= token.idx < end]
        score = sum(1 - none[at] for at in places) / len(places)
        found.append(Found(start, end, text[start:end], type, round(score, 4), sure=False))
    return found


def weight_paths(folder: Path = WEIGHTS) -> dict[str, Path]:
    """Where each layer's weights are, or would be."""
    return {layer: folder / f"{layer}.crf" for layer in LAYERS}


@cache
def load_tagger(folder: Path = WEIGHTS) -> Tagger | None:
    """The tagger that comes with the package, with the encoder where that can be loaded; None without weights."""
    stacked, paths = weight_paths(folder / STACK), weight_paths(folder)
    if all(path.is_file() for path in stacked.values()):
        encoder = shared_encoder(folder / "encoder")
        if encoder:
            return Tagger(stacked, encoder)
    return Tagger(paths) if all(path.is_file() for path in paths.values()) else None

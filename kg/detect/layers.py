"""The three layers of labels, and gold entities laid onto a Doc's tokens.

Names nest (`Ambassador of Serbia`, `Ministry of Energy`), so one sequence of labels cannot hold them: people and places
make one layer, organizations and things another, sectors the third.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc, Token

from kg.detect.lexicon import load_lexicon

LAYERS: Mapping[str, tuple[str, ...]] = {
    "names": ("Person", "Country", "City", "Place"),
    "things": ("Organization", "Award", "Route", "Event", "Agreement"),
    "sectors": ("Sector",),
}
Span = tuple[int, int, str]


def surfaces(entity: Mapping[str, Any]) -> list[str]:
    """The forms of a gold entity to look for in the text: without `the`, and without titles before a person's name."""
    titles = load_lexicon().titles
    forms: dict[str, None] = {}
    for name in [entity["name"], *entity.get("aliases", ())]:
        words = name.split()
        if entity["type"] == "City" and words[-1].lower() == "capital":
            continue  # a description; the demonym in it is a mention of the country
        while len(words) > 1 and (words[0].lower() == "the" or _is_title(words, entity["type"], titles)):
            words = words[1:]
        forms[" ".join(words)] = None
    return [form for form in forms if form]


def _is_title(words: Sequence[str], type: str, titles: frozenset[str]) -> bool:
    return type == "Person" and words[0].lower().rstrip(".") in titles


def find_gold(doc: Doc, entities: Iterable[Mapping[str, Any]]) -> dict[str, list[Span]]:
    """Character spans of the entities' names in each layer, longest first, none overlapping inside a layer."""
    found: dict[str, list[Span]] = {}
    for layer, types in LAYERS.items():
        spans: list[Span] = []
        for entity in entities:
            if entity["type"] in types:
                for form in surfaces(entity):
                    pattern = r"(?<!\w)" + re.escape(form).replace(r"\ ", r"\s+") + r"(?!\w)"
                    spans += [(m.start(), m.end(), entity["type"]) for m in re.finditer(pattern, doc.text)]
        spans.sort(key=lambda span: (span[0] - span[1], span[0], span[2]))
        kept: list[Span] = []
        for span in spans:
            if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
                kept.append(span)
        found[layer] = sorted(kept)
    return found


def labels(tokens: Sequence[Token], spans: Sequence[Span]) -> list[str]:
    """BIO labels of one sentence's tokens; a token is inside a span where they overlap."""
    out = ["O"] * len(tokens)
    for start, end, type in spans:
        first = True
        for at, token in enumerate(tokens):
            if token.idx < end and token.idx + len(token) > start:
                out[at] = f"{'B' if first else 'I'}-{type}"
                first = False
    return out


def spans_of(tokens: Sequence[Token], tags: Sequence[str]) -> list[Span]:
    """Character spans of a sentence's BIO labels; an I without its B begins a span."""
    spans: list[Span] = []
    open_type, start, end = "", 0, 0
    for token, tag in zip(tokens, tags, strict=True):
        type = tag[2:]
        if open_type and (tag[0] != "I" or type != open_type):
            spans.append((start, end, open_type))
            open_type = ""
        if tag[0] != "O":
            if not open_type:
                open_type, start = type, token.idx
            end = token.idx + len(token)
    if open_type:
        spans.append((start, end, open_type))
    return spans

"""Corrects the ends of tagged names: titles before people, royal titles, what runs on into the next name, `(ABBR)`.

The tagger labels token by token, layer by layer; what spans more than that is set right here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Span

from kg.detect.clusters import LOOSE, ROYAL, Found
from kg.detect.columns import read_columns
from kg.detect.gazetteer import demonyms
from kg.detect.lexicon import load_lexicon
from kg.tables import country_by_name

_NAMES = frozenset(("Person", "Country", "City", "Place"))
_PASSED = frozenset(("of", "the", "'s", "’s"))
_LINKS = frozenset("on to by for at and , ; – — with".split())


def _span(doc: Doc, item: Found) -> Span | None:
    return doc.char_span(item.start, item.end, alignment_mode="expand")


def _cut(doc: Doc, item: Found, start: int, end: int) -> Found | None:
    """The item over tokens `start` to `end`, or None where nothing is left."""
    while start < end and (doc[start].is_space or (doc[start].is_punct and doc[start].text not in "“\"«‘'(")):
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if start >= end:
        return None
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    return replace(item, start=first, end=last, surface=read_columns(doc).text[first:last])


def _is_country(word: str) -> bool:
    return word in country_by_name() or word in demonyms()


def _person(doc: Doc, item: Found, others: frozenset[str]) -> Found | None:
    """Without the title and country before the name (`of Belarus Alexander Lukashenko`), with a royal title."""
    span = _span(doc, item)
    if span is None:
        return item
    titles = load_lexicon().titles | load_lexicon().posts
    start = span.start
    for at in range(span.start, span.end - 1):
        if doc[at].lower_.rstrip(".") in titles or _is_country(doc[at].text) or doc[at].text in _PASSED:
            start = at + 1
    if start >= span.end - 1 and doc[span.end - 1].lower_ in titles:
        return None  # a title alone names nobody
    if (start > span.start and doc[start - 1].lower_ in ROYAL) or (
        start == span.start and start and doc[start - 1].lower_ in ROYAL and doc[start - 1].text[0].isupper()
    ):
        start -= 1
    end = next((at for at in range(start + 1, span.end) if doc[at].text in "(•|/"), span.end)
    if span.end - start == 1 and "-" in doc[start].text and doc[start].text.split("-")[0] in others:
        return None  # `Biden-Harris Administration`
    return _cut(doc, item, start, end)


def _thing(doc: Doc, item: Found, people: Sequence[Found]) -> Found | None:
    """An award or another thing, cut before a person's name that it runs into (`Order of Merit on Ana Silva`)."""
    for person in people:
        if item.start < person.start and person.end == item.end:
            span, inner = _span(doc, item), _span(doc, person)
            if span is None or inner is None:
                continue
            at = inner.start - 1
            while at > span.start and (doc[at].lower_ in load_lexicon().titles or doc[at].lower_ in ("the", "former")):
                at -= 1
            if doc[at].lower_ in _LINKS and at > span.start:
                return _cut(doc, item, span.start, at)
    return item


def _has_head(words: Sequence[str], type: str) -> bool:
    """Whether the stretch could be a name of the type by itself: two words or more, with a head."""
    letter = {"Organization": "o", "Award": "a"}[type]
    heads = load_lexicon().heads
    low = [word.lower() for word in words if word.lower() != "the"]
    ends = {low[0], low[-1]} if type == "Organization" else set(low)
    return len(low) > 1 and any(letter in heads.get(word, "") for word in ends)


def _parts(doc: Doc, item: Found) -> list[Found]:
    """Two names joined by `and` or a comma that the tagger took for one, apart."""
    span = _span(doc, item) if item.type in ("Organization", "Award") else None
    if span is None:
        return [item]
    cuts = [at for at in range(span.start + 1, span.end - 1) if doc[at].lower_ in ("and", ",")]
    edges = [span.start - 1, *cuts, span.end]
    pieces = [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]
    if len(pieces) < 2 or not all(_has_head([token.text for token in doc[a:b]], item.type) for a, b in pieces):
        return [item]
    return [part for a, b in pieces if (part := _cut(doc, item, a, b))]


def _listed_fields(doc: Doc, item: Found, ends: set[int]) -> list[Found]:
    """The last two fields of a list (`trade, health and security`), apart: `and` closes the list, not a name."""
    span = _span(doc, item)
    if span is None or span.start < 2 or doc[span.start - 1].text != "," or doc[span.start - 2].i not in ends:
        return [item]
    cuts = [at for at in range(span.start + 1, span.end - 1) if doc[at].lower_ == "and"]
    if len(cuts) != 1:
        return [item]
    halves = (_cut(doc, item, span.start, cuts[0]), _cut(doc, item, cuts[0] + 1, span.end))
    return [half for half in halves if half]


def _apart(doc: Doc, found: Sequence[Found]) -> list[Found]:
    spans = [_span(doc, item) for item in found if item.type == "Sector"]
    ends = {span.end - 1 for span in spans if span is not None}
    out: list[Found] = []
    for item in found:
        out += _listed_fields(doc, item, ends) if item.type == "Sector" else _parts(doc, item)
    return out


def _is_sound(doc: Doc, item: Found) -> bool:
    """Whether a merely possible name can be one: it has a noun and begins like a phrase."""
    if item.sure:
        return True
    span = _span(doc, item)
    if span is None or len(item.surface) < 2 or span[0].pos_ in ("ADP", "CCONJ", "PUNCT", "SYM", "VERB", "AUX", "PRON"):
        return False
    return any(token.pos_ in ("NOUN", "PROPN") for token in span) or item.type == "Sector"


def _abbreviations(doc: Doc, found: Sequence[Found]) -> list[Found]:
    """What stands in brackets right behind a name and is one word in capitals: `Eurasian Development Bank (EDB)`."""
    out: list[Found] = []
    for item in found:
        span = _span(doc, item) if item.sure and item.type not in ("Person", "Country", "Sector") else None
        if span is None or len(span) < 2 or span.end + 2 >= len(doc) or doc[span.end].text != "(":
            continue
        word, after = doc[span.end + 1], doc[span.end + 2]
        if after.text in (")", ",", ";") and sum(char.isupper() for char in word.text) >= 2 and len(word) <= 9:
            out.append(Found(word.idx, word.idx + len(word), word.text, item.type, item.score, item.start))
    return out


def _free(start: int, end: int, taken: Sequence[Found]) -> bool:
    return all(end <= item.start or start >= item.end for item in taken)


def _repeated(doc: Doc, found: Sequence[Found]) -> list[Found]:
    """Further places of the capitalized names found, where their layer is free."""
    out: list[Found] = []
    text = read_columns(doc).text
    counts = Counter(item.surface for item in found)
    surfaces: dict[tuple[str, str], Found] = {}
    for item in found:
        if item.sure and item.type not in LOOSE - {"Route"} and item.surface[:1].isupper() and len(item.surface) > 2:
            if text.count(item.surface) <= counts[item.surface]:
                continue
            surfaces.setdefault((item.surface, item.type), item)
    for (surface, type), item in sorted(surfaces.items(), key=lambda pair: -len(pair[0][0])):
        taken = [
            other for other in (*found, *out) if (other.type in _NAMES) == (type in _NAMES) and other.type != "Sector"
        ]
        for match in re.finditer(rf"(?<![\w-]){re.escape(surface)}(?![\w-])", text):
            if _free(match.start(), match.end(), taken):
                out.append(Found(match.start(), match.end(), surface, type, item.score / 2))
    return out


def _balanced(doc: Doc, item: Found, found: Sequence[Found]) -> Found | None:
    """With both of its brackets or none: cut before one left open, and with the name before one that is only closed."""
    span = _span(doc, item)
    marks = [token.text for token in span or () if token.text in "()"]
    if span is None or marks.count("(") == marks.count(")"):
        return item
    if marks[-1] == "(":
        return _cut(doc, item, span.start, max(at for at in range(span.start, span.end) if doc[at].text == "("))
    opened = next((at for at in range(span.start - 1, max(-1, span.start - 6), -1) if doc[at].text == "("), None)
    before = [other for other in found if opened and other.end in (doc[opened].idx, doc[opened].idx - 1)]
    if before:
        start = min(other.start for other in before)
        return replace(item, start=start, surface=read_columns(doc).text[start : item.end])
    at = max(at for at in range(span.start, span.end) if doc[at].text == ")")
    return _cut(doc, item, span.start, at) if at == span.end - 1 else _cut(doc, item, at + 1, span.end)


def _ends(doc: Doc, found: Sequence[Found]) -> list[Found]:
    people = [item for item in found if item.type == "Person"]
    last = frozenset(item.surface.split()[-1] for item in people if item.surface.split())
    out: list[Found] = []
    for item in found:
        fixed: Found | None = item
        if item.type == "Person":
            fixed = _person(doc, item, last)
        elif item.type not in _NAMES and item.type != "Sector":
            fixed = _thing(doc, item, people)
        if fixed is not None and (fixed := _balanced(doc, fixed, found)) is not None:
            out.append(fixed)
    return [one for one in out if not any(_swallowed(one, other) for other in out)]


def _swallowed(one: Found, other: Found) -> bool:
    """Whether the other is a longer name of the same type around this one, grown over a bracket."""
    inside = other.start <= one.start and one.end <= other.end and (one.start, one.end) != (other.start, other.end)
    return inside and one.type == other.type and ")" in other.surface


def repair(doc: Doc, found: Sequence[Found]) -> list[Found]:
    """The names with their ends set right, their abbreviations, and the places where they stand again."""
    fixed = _ends(doc, _apart(doc, [item for item in found if _is_sound(doc, item)]))
    short = _abbreviations(doc, fixed)
    places = {(item.start, item.end) for item in short}
    fixed = [item for item in fixed if (item.start, item.end) not in places] + short
    return fixed + _repeated(doc, fixed)

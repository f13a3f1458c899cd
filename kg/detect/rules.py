"""Names by rule: gazetteers, titles before names, head nouns. What reads when the learned weights are absent."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.detect.clusters import Found
from kg.detect.features import MONTHS, capital_runs
from kg.detect.gazetteer import AMBIGUOUS, Known, find_known
from kg.detect.lexicon import Lexicon, load_lexicon

CITY_FLOOR = 100_000  # people; smaller places share their names with too many people and things
_TYPES = {"a": "Award", "r": "Route", "e": "Event", "g": "Agreement", "o": "Organization", "p": "Place"}


def _known_type(doc: Doc, item: Known, lexicon: Lexicon) -> str:
    if item.kind == "region":
        return "Place"
    if item.kind != "city":
        return "Country"
    word = doc[item.start].text
    low = word.lower()
    if item.population < CITY_FLOOR or (item.end - item.start == 1 and (word in AMBIGUOUS or low in lexicon.heads)):
        return ""
    return "" if low in lexicon.titles or low in MONTHS else "City"


def _run_type(words: list[str], titled: bool, lexicon: Lexicon) -> str:
    """The type of a capitalized stretch by its heads: the last word's, else the first's (`Order of the Lion`)."""
    low = [word.lower() for word in words]
    for word in (low[-1], low[0]):
        letters = lexicon.heads.get(word, "")
        if letters and len(words) > 1:
            return next((_TYPES[letter] for letter in "oaregp" if letter in letters), "")
    if titled:
        return "Person"
    if len(words) == 1:
        return "Organization" if words[0].isupper() and 2 < len(words[0]) <= 6 else ""
    return "Person" if 2 <= len(words) <= 4 and all(word[0].isupper() and not word.isupper() for word in words) else ""


def _past_title(tokens: list[Token], start: int, end: int, lexicon: Lexicon) -> tuple[int, bool]:
    """Where the name begins behind a title (`Serbian President Ana Petrova`), and whether there is one."""
    last = start
    for at in range(start, min(end, start + 6)):
        if tokens[at].lower_.rstrip(".") in lexicon.titles:
            last = at + 1
    heads = {letter for token in tokens[last:end] for letter in lexicon.heads.get(token.lower_, "")}
    return (last, True) if last > start and not heads else (start, False)


def _halves(tokens: list[Token]) -> list[tuple[int, int]]:
    """Capitalized stretches, cut at `and`: names on both sides are likelier than one name with `and` in it."""
    found = []
    for start, end in capital_runs(tokens):
        for at in range(start, end):
            if tokens[at].lower_ == "and":
                found.append((start, at))
                start = at + 1
        found.append((start, end))
    return found


def _runs(tokens: list[Token], taken: set[int], lexicon: Lexicon) -> list[tuple[Token, Token, str]]:
    found = []
    for start, end in _halves(tokens):
        start, titled = _past_title(tokens, start, end, lexicon)
        whole = {token.i for token in tokens[start:end]}
        if start == end or whole <= taken:
            continue
        words = [token.text for token in tokens[start:end]]
        if end - start == 1 and tokens[start].is_sent_start and not titled:
            continue
        type = _run_type(words, titled, lexicon)
        if type:
            found.append((tokens[start], tokens[end - 1], type))
    return found


def _sectors(doc: Doc, lexicon: Lexicon) -> list[Found]:
    """Lower-case phrases headed by a field of the economy, under `cooperation in` and its like."""
    found = []
    for chunk in doc.noun_chunks:
        head = chunk.root
        if "s" not in lexicon.heads.get(head.lemma_.lower(), "") or head.text[0].isupper():
            continue
        above = head
        while above.dep_ == "conj":
            above = above.head
        if above.dep_ == "pobj" and "s" in lexicon.cues.get(above.head.head.lemma_.lower(), ""):
            tokens = [token for token in chunk if token.pos_ in ("NOUN", "ADJ", "PROPN") or token.text == "and"]
            start, end = tokens[0].idx, head.idx + len(head)
            found.append(Found(start, end, doc.text[start:end], "Sector", 0.5))
    return found


def _surnames(doc: Doc, found: list[Found]) -> list[Found]:
    """Last names of the people found, where they stand alone."""
    last = {item.surface.split()[-1] for item in found if item.type == "Person"}
    taken = [(item.start, item.end) for item in found]
    return [
        Found(token.idx, token.idx + len(token), token.text, "Person", 0.5)
        for token in doc
        if token.text in last and not any(start <= token.idx < end for start, end in taken)
    ]


def find_by_rule(doc: Doc) -> list[Found]:
    """The names in a Doc, sorted by start. Scores are 0.5: rules do not know how sure they are."""
    lexicon = load_lexicon()
    found: list[Found] = []
    taken: set[int] = set()
    for item in find_known(doc):
        type = _known_type(doc, item, lexicon)
        if type:
            taken.update(range(item.start, item.end))
            span = doc[item.start : item.end]
            found.append(Found(span.start_char, span.end_char, span.text, type, 0.5))
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        for first, last, type in _runs(tokens, taken, lexicon):
            start, end = first.idx, last.idx + len(last)
            found.append(Found(start, end, doc.text[start:end], type, 0.5))
    found += _surnames(doc, found)
    return sorted([*found, *_sectors(doc, lexicon)], key=lambda item: (item.start, item.end))

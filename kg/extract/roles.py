"""Roles: which post a person holds, and of what, told by titles (`First Deputy Chairman of the Board of Acme`).

A title is a word of the cues `titles` of the relations `leaderOf` and `officialOf`, with the words that grade it
(`deputy`). Around it stand its holder's name and what it is a post of; each may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.page import Page, Spot
from kg.schema import load_schema

HOLDERS = frozenset({"Country", "Organization", "Place", "City"})
_PREPOSITIONS = frozenset({"of", "for", "at", "to", "in", "with", "from", "on"})
_LINKS = _PREPOSITIONS | {"the", "a", "an", "and", "&", "-", "–", "/", "'s", "’s", "’", "'"}
_TO = frozenset({"to", "with", "in", "from"})  # `ambassador to`: the receiving side
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "PART", "CCONJ", "ADV", "PUNCT"})
_STOPS = frozenset(',;:().—–"“”')
_WALLS = frozenset({"VERB", "AUX", "PRON", "SCONJ"})
_APPOSED = re.compile(
    r"\s*(?:,|\(|–|—|-|:)\s*(?:(?:who|which) (?:is|was|has been) )?(?:also |both |then |now )?"
    r"(?:(?:the|a|an|his|her|its|their|as)\s+)?$"
)
_ACTING = re.compile(
    r"\b(?:is|was|been|became|becomes|become|remains|as|be|elected|named|appointed)\s+(?:also |now |currently )?"
    r"(?:(?:the|a|an|its|their|new|first)\s+)*$",
    re.IGNORECASE,
)

_WAS = re.compile(r"\b(?:was|were|served as|had been)\s+(?:(?:the|a|an|its|their|his|her)\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"[^.;,]{0,25}?\b(?:until|till|from \d{4} (?:to|until|till)|between \d{4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Role:
    """A title on the page. `top` says that it names the top post; `person`, `holder` are entities' indexes or None.

    `link` says how the person was found: `before` (title, name), `apposed` (name, title), `copula`, `described`
    (`the President`), or `none`. `side` says where the holder stood: `left`, `right`, `to` (`ambassador to X`), `none`.
    `nested` is true when a nearer complement lies between title and holder (`Chairman of the Board of X`).
    """

    start: int
    end: int
    top: bool
    former: bool
    wording: str
    person: int | None
    holder: int | None
    link: str
    side: str
    nested: bool
    sentence: int


@cache
def _title_pattern() -> re.Pattern[str]:
    """Grades and title words, in groups `grades` and `head`; the longer words first."""
    relations = load_schema().relations
    top, under = relations["leaderOf"].cues, relations["officialOf"].cues
    grades = "|".join(map(re.escape, sorted(under["lowering"] + top["grades"], key=len, reverse=True)))
    words = sorted({*top["titles"], *under["titles"]}, key=len, reverse=True)
    heads = "|".join(re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]+") for word in words)
    return re.compile(rf"\b(?P<grades>(?:(?:{grades})[\s-]+)*)(?P<head>{heads})(?:e?s)?\b", re.IGNORECASE)


def _fold(words: str) -> str:
    return re.sub(r"[\s-]+", " ", words).strip().casefold()


class _Titles:
    """One pass over a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        relations = load_schema().relations
        self.tops = frozenset(map(_fold, relations["leaderOf"].cues["titles"]))
        self.lowering = frozenset(map(_fold, relations["officialOf"].cues["lowering"]))
        self.formers = frozenset(map(_fold, relations["leaderOf"].cues["former"]))
        self.fields = frozenset(map(_fold, relations["officialOf"].cues["fields"]))

    def roles(self) -> Iterator[Role]:
        for found in _title_pattern().finditer(self.page.text):
            yield from self._read(found)

    def _read(self, found: re.Match[str]) -> Iterator[Role]:
        page = self.page
        first, last = self._tokens(*found.span())
        if page.pos[last] == "VERB" and found.group()[:1].islower():
            return
        grades = {_fold(word) for word in re.findall(r"[\w-]+", found["grades"])} | {_fold(found["grades"])}
        head = _fold(found["head"])
        left, lefts = self._walk_left(first)
        right, rights = self._walk_right(last)
        words_left = {page.lower[t] for t in range(left, first)}
        words_left |= (
            {page.lower[t] for t in range(max(0, left - 1), left)} if lefts else set()
        )  # `former German Chancellor`
        former = bool((grades | words_left) & self.formers) or self._over(left, right)
        top = head in self.tops and not (grades | words_left) & (self.lowering | self.fields)
        person, link = self._person(left, first, last, right)
        wording = self._wording(left, lefts, first, right, rights, person)
        holders: list[tuple[int | None, str, bool]] = [*self._holders(lefts, rights)] or [(None, "none", False)]
        sentence = page.sentence_of(last)
        for holder, side, nested in holders:
            yield Role(*found.span(), top, former, wording, person, holder, link, side, nested, sentence)

    def _over(self, left: int, right: int) -> bool:
        """Whether the title is told with its end: `who was ambassador to Japan until 2021`."""
        page = self.page
        before = page.text[max(0, page.starts[left] - 30) : page.starts[left]]
        after = page.text[page.ends[right] : page.ends[right] + 40]
        return bool(_WAS.search(before) and _UNTIL.match(after))

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        span = self.page.doc.char_span(start, end, alignment_mode="expand")
        return (span.start, span.end - 1) if span is not None and len(span) else (0, 0)

    def _spot(self, token: int, types: frozenset[str], last: bool) -> Spot | None:
        fits = [
            spot
            for spot in self.page.covering.get(token, ())
            if spot.type in types and (spot.last if last else spot.first) == token
        ]
        return max(fits, key=lambda spot: spot.last - spot.first, default=None)

    def _walk_left(self, first: int) -> tuple[int, list[Spot]]:
        """Where the phrase begins, and the holder that stands in it before the title, if one does."""
        page, token, steps = self.page, first - 1, 0
        begin = page.sentences[page.sentence_of(first)][0]
        while token >= begin and steps < 7:
            spot = self._spot(token, HOLDERS, last=True)
            if spot is not None:
                return spot.first, [spot]
            if self._spot(token, frozenset({"Person"}), last=True) or page.pos[token] in _WALLS:
                break
            word = page.lower[token]
            if page.pos[token] not in _MODIFIERS or word in _STOPS:
                break
            if word == "and" and (token - 1 in page.covering or not page.doc[token - 1].is_title):
                break
            token -= 1
            steps += 1
        return token + 1, []

    def _walk_right(self, last: int) -> tuple[int, list[tuple[Spot, str]]]:
        """The phrase's last token, and the holders after the title, each with the preposition before it."""
        page, token, link = self.page, last + 1, ""
        end = page.sentences[page.sentence_of(last)][1]
        found: list[tuple[Spot, str]] = []
        if token < end and page.lower[token] not in _LINKS:
            return last, found
        reach = last
        while token < end and token - last < 24:
            if self._spot(token, frozenset({"Person"}), last=False):
                break
            spot = self._spot(token, HOLDERS, last=False)
            word = page.lower[token]
            if spot is not None:
                found.append((spot, link))
                token = spot.last + 1
                reach = spot.last
                continue
            if word in _LINKS:
                if word in {"of", "for", "at", "to", "in", "with", "from", "on"}:
                    link = word
                elif word in {"and", "&"} and self._title_at(token + 1):
                    break
            elif page.doc[token].is_title or page.pos[token] in {"NOUN", "PROPN", "ADJ"}:
                if not page.doc[token].is_title and found:
                    break
                reach = token
            elif word == "," and not found and token + 1 < end and page.doc[token + 1].is_title:
                if self._spot(token + 1, frozenset({"Person"}), last=False):
                    break
            else:
                break
            token += 1
        return reach, found

    def _title_at(self, token: int) -> bool:
        page = self.page
        if token >= len(page.starts):
            return False
        window = page.text[page.starts[token] : page.starts[token] + 60]
        found = _title_pattern().search(window)
        return found is not None and found.start() < 25

    def _holders(self, lefts: list[Spot], rights: list[tuple[Spot, str]]) -> list[tuple[int, str, bool]]:
        out: list[tuple[int, str, bool]] = [(spot.entity, "left", False) for spot in lefts]
        for order, (spot, link) in enumerate(rights):
            side = "to" if link in _TO else "right"
            if all(spot.entity != holder for holder, _, _ in out):
                out.append((spot.entity, side, order > 0 or bool(lefts)))
        return out

    def _person(self, left: int, first: int, last: int, right: int) -> tuple[int | None, str]:
        page, person = self.page, frozenset({"Person"})
        for reach in (right, last):
            after = reach + 1
            if after < len(page.lower) and page.lower[after] in {",", ":", "(", "-", "–", "mr", "mr.", "mrs", "ms"}:
                after += 1
            spot = self._spot(after, person, last=False)
            if spot is not None and page.sentence_of(after) == page.sentence_of(last):
                return spot.entity, "before"
        inside = [spot for spot in page.covering.get(last, ()) if spot.type == "Person"]
        if inside:
            return inside[0].entity, "named" if inside[0].named else "described"
        return self._apposed(left, last)

    def _apposed(self, left: int, last: int) -> tuple[int | None, str]:
        page = self.page
        sentence = page.sentence_of(last)
        begin = page.starts[left]
        people = [spot for spot in page.within[sentence] if spot.type == "Person" and spot.end <= begin]
        if not people:
            return None, "none"
        near = max(people, key=lambda spot: spot.end)
        between = page.text[near.end : begin]
        if _APPOSED.fullmatch(between) or re.fullmatch(r"\s*,\s*", between):
            return near.entity, "apposed"
        if _ACTING.search(between) and len(between) < 80:
            return near.entity, "copula"
        head = page.up[page.head(left, last)]
        if head == near.head and page.dep[page.head(left, last)] == "appos":
            return near.entity, "apposed"
        return None, "none"

    def _wording(
        self, left: int, lefts: list[Spot], first: int, right: int, rights: list[tuple[Spot, str]], person: int | None
    ) -> str:
        begin = lefts[0].last + 1 if lefts else left
        while begin < first and self.page.lower[begin] in {
            "'s",
            "’s",
            "’",
            "'",
            "the",
            "a",
            "an",
            "its",
            "his",
            "her",
            "their",
        }:
            begin += 1
        return self.page.phrase(begin, right)


def read_roles(page: Page) -> list[Role]:
    """The page's roles in the order of their titles; a title of two things gives two."""
    roles = list(_Titles(page).roles())
    return _share(page, roles)


def _share(page: Page, roles: list[Role]) -> list[Role]:
    """`Ana, chair of A and head of B`: a title without a person takes the one of the title just before `and`."""
    out: list[Role] = []
    for role in roles:
        if role.person is None and out and out[-1].person is not None and out[-1].sentence == role.sentence:
            between = page.text[out[-1].end : role.start]
            if re.fullmatch(
                r"[^.;:()]{0,90}?\b(?:and|as well as)\s+(?:also\s+)?(?:the\s+|its\s+|a\s+)?(?:[\w’']+\s+){0,3}", between
            ):
                role = Role(
                    role.start,
                    role.end,
                    role.top,
                    role.former,
                    role.wording,
                    out[-1].person,
                    role.holder,
                    out[-1].link,
                    role.side,
                    role.nested,
                    role.sentence,
                )
        out.append(role)
    return out

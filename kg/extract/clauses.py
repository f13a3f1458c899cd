"""Frames: a verb or a noun of action with what stands in its slots, read off the dependency parse.

Slots are `subj`, `passive`, `obj`, `by`, `poss`, `mod` and the prepositions (`with`); `obj>with` is under the object.
Coordinated, apposed and titled names fill a slot together; a verb without a subject takes its governor's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.page import Page, Spot

_SLOTS = {
    "nsubj": "subj",
    "csubj": "subj",
    "nsubjpass": "passive",
    "dobj": "obj",
    "attr": "obj",
    "oprd": "obj",
    "dative": "obj",
    "poss": "poss",
    "compound": "mod",
    "amod": "mod",
    "nmod": "mod",
    "npadvmod": "mod",
}
_CONTROLLED = {"conj", "xcomp", "advcl", "ccomp", "pcomp", "acl"}
_INNER = {"conj", "appos", "compound", "nmod", "poss", "amod"}


@dataclass(frozen=True, slots=True)
class Frame:
    """`trigger` is the token, `slots` maps a slot to the spots in it."""

    trigger: int
    lemma: str
    verbal: bool
    sentence: int
    slots: dict[str, list[Spot]] = field(default_factory=dict)


class _Frames:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.heads: dict[int, list[Spot]] = {}
        for spot in page.spots:
            self.heads.setdefault(spot.head, []).append(spot)

    def spots(self, token: int, depth: int = 0) -> list[Spot]:
        """The spots that a token names: headed by it, covering it, coordinated with it, apposed to it."""
        page = self.page
        found = list(self.heads.get(token, ())) or list(page.covering.get(token, ()))
        if depth < 6:
            for child in page.children[token]:
                if page.dep[child] in {"conj", "appos"}:
                    found += self.spots(child, depth + 1)
        if not found:
            for child in page.children[token]:
                if page.dep[child] in _INNER:
                    found += [s for s in self.heads.get(child, ()) if s.type in {"Person", "Organization", "Country"}]
        return list(dict.fromkeys(found))

    def frames(self) -> Iterator[Frame]:
        page = self.page
        for token, pos in enumerate(page.pos):
            if pos in {"VERB", "AUX"}:
                slots = dict(self._slots(token))
                self._inherit(token, slots)
            elif pos == "NOUN" and page.children[token]:
                slots = dict(self._slots(token))
            else:
                continue
            filled = {slot: spots for slot, spots in slots.items() if spots}
            if filled:
                yield Frame(token, page.lemma[token], pos != "NOUN", page.sentence_of(token), filled)

    def _slots(self, token: int) -> Iterator[tuple[str, list[Spot]]]:
        gathered: dict[str, list[Spot]] = {}
        for slot, filler in self._fillers(token):
            gathered.setdefault(slot, []).extend(s for s in self.spots(filler) if s not in gathered.get(slot, ()))
            if slot in {"obj", "passive"}:
                for inner, deep in self._prepositions(filler):
                    gathered.setdefault(f"{slot}>{inner}", []).extend(self.spots(deep))
        yield from gathered.items()

    def _fillers(self, token: int) -> Iterator[tuple[str, int]]:
        page = self.page
        for child in page.children[token]:
            dep = page.dep[child]
            if dep == "agent":
                yield from (("by", t) for t in page.children[child] if page.dep[t] == "pobj")
            elif dep in _SLOTS:
                yield _SLOTS[dep], child
                if page.lower[child] in {"who", "which", "that"}:
                    yield _SLOTS[dep], page.up[token]
        yield from self._prepositions(token)

    def _prepositions(self, token: int) -> Iterator[tuple[str, int]]:
        page = self.page
        for child in page.children[token]:
            if page.dep[child] in {"prep", "dative"} and page.pos[child] == "ADP":
                yield from self._objects(child, page.lower[child])

    def _objects(self, preposition: int, word: str) -> Iterator[tuple[str, int]]:
        page = self.page
        for child in page.children[preposition]:
            if page.dep[child] == "pobj":
                yield word, child
            elif page.dep[child] == "prep":
                yield from self._objects(child, page.lower[child])

    def _inherit(self, token: int, slots: dict[str, list[Spot]]) -> None:
        """A verb without a subject of its own takes that of the verb, or the noun, that governs it."""
        page, verb, steps = self.page, token, 0
        while "subj" not in slots and "passive" not in slots and page.dep[verb] in _CONTROLLED and steps < 4:
            verb, steps = page.up[verb], steps + 1
            if page.pos[verb] not in {"VERB", "AUX"}:
                slots["subj"] = self.spots(verb)
                return
            for child in page.children[verb]:
                if page.dep[child] in {"nsubj", "nsubjpass"}:
                    target = page.up[verb] if page.lower[child] in {"who", "which", "that"} else child
                    slots["subj"] = self.spots(target)
                    return


def read_frames(page: Page) -> list[Frame]:
    """The page's frames in the order of their triggers."""
    return list(_Frames(page).frames())

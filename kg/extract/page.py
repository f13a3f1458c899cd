"""`Page`: an annotated article indexed for reading: where each entity stands, in which sentence, under which head."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from kg.detect.annotated import Annotated
from kg.detect.columns import read_columns
from kg.detect.words import load_words
from kg.model import Entity, Mention


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention on the page. `first`, `last`, `head` are tokens (last one inclusive); `entity` an index in `entities`.

    `named` is false for pronouns and descriptions such as `the President`.
    """

    start: int
    end: int
    first: int
    last: int
    head: int
    sentence: int
    entity: int
    type: str
    named: bool


class Page:
    """What the readers share. Token attributes are plain lists, as spaCy's own views cost more to make than to read."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.article = annotated.article
        self.text = annotated.article.text
        self.doc = doc = annotated.doc
        self.entities: tuple[Entity, ...] = annotated.entities
        self.index = {entity.id: n for n, entity in enumerate(self.entities)}
        columns = read_columns(doc)
        self.lower, self.lemma, self.pos = columns.lower, columns.lemma, columns.pos
        self.tag, self.dep, self.up = columns.tag, columns.dep, columns.head
        self.starts, self.ends = columns.starts, columns.ends
        words = load_words()
        self.cluster = [fine for fine, _ in words.of_keys(columns.keys)] if words else [-1] * len(doc)
        self._ancestors: dict[int, list[int]] = {}
        self.children: list[list[int]] = [[] for _ in self.up]
        for token, head in enumerate(self.up):
            if head != token:
                self.children[head].append(token)
        self.sentences = [(span.start, span.end) for span in doc.sents]
        self._sentence_starts = [start for start, _ in self.sentences]
        self.names = [frozenset(name.casefold() for name in (entity.name, *entity.aliases)) for entity in self.entities]
        self.spots = self._place(annotated.mentions)
        self.of: list[list[Spot]] = [[] for _ in self.entities]
        self.within: list[list[Spot]] = [[] for _ in self.sentences]
        self.covering: dict[int, list[Spot]] = defaultdict(list)
        for spot in self.spots:
            self.of[spot.entity].append(spot)
            self.within[spot.sentence].append(spot)
            for token in range(spot.first, spot.last + 1):
                self.covering[token].append(spot)

    def _place(self, mentions: tuple[Mention, ...]) -> list[Spot]:
        spots = []
        for mention in mentions:
            first = max(0, bisect_right(self.starts, mention.start) - 1)
            last = max(first, bisect_right(self.starts, mention.end - 1) - 1)
            if mention.entity not in self.index or not self.starts:
                continue
            spots.append(self._spot(mention, first, last))
        return spots

    def _spot(self, mention: Mention, first: int, last: int) -> Spot:
        entity = self.index[mention.entity]
        surface = " ".join(mention.surface.split()).casefold()
        named = surface in self.names[entity] or surface.removeprefix("the ") in self.names[entity]
        head = self.head(first, last)
        return Spot(
            mention.start,
            mention.end,
            first,
            last,
            head,
            self.sentence_of(head),
            entity,
            self.entities[entity].type,
            named,
        )

    def head(self, first: int, last: int) -> int:
        """The token of the range whose syntactic head lies outside it; the last such one."""
        outside = [t for t in range(first, last + 1) if not first <= self.up[t] <= last or self.up[t] == t]
        return outside[-1] if outside else last

    def sentence_of(self, token: int) -> int:
        """The index of the sentence that holds the token."""
        return max(0, bisect_right(self._sentence_starts, token) - 1)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """The sentence's characters, half-open, without white space at its ends."""
        first, last = self.sentences[sentence]
        while last - 1 > first and not self.lower[last - 1].strip():
            last -= 1
        while first < last - 1 and not self.lower[first].strip():
            first += 1
        return self.starts[first], self.ends[last - 1]

    def ancestors(self, token: int) -> list[int]:
        """The token and its heads up to the root. The list is kept: leave it as it is."""
        path = self._ancestors.get(token)
        if path is None:
            path = self._ancestors[token] = [token]
            while self.up[path[-1]] != path[-1] and len(path) < 60:
                path.append(self.up[path[-1]])
        return path

    def phrase(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last` inclusive, white space folded."""
        return " ".join(self.text[self.starts[first] : self.ends[last]].split())

"""Sparse features of one name: how it is called and governed, its sentence, its place in the article.

A feature is a hash of its words. Each is read once, and hashed anew for each part that the name plays in a pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from kg.extract.clauses import Frame
from kg.extract.page import Page, Spot
from kg.extract.roles import Role

_NAMED_BY_HEAD = frozenset({"Event", "Agreement", "Route", "Award", "Sector", "Organization", "Place"})
COLLAPSED = frozenset({"conj", "appos"})


def code(feature: str, seed: int = 0) -> int:
    """The feature's hash, 32 bits, the same everywhere; `seed` is the hash of a prefix."""
    return crc32(feature.encode(), seed)


def bucket(number: int) -> str:
    """0, 1, 2, 3, `4-5`, `6-8`, `9-14`, `15-25`, `26+`."""
    if number <= 3:
        return str(number)
    return next((name for top, name in ((5, "4-5"), (8, "6-8"), (14, "9-14"), (25, "15-25")) if number <= top), "26+")


class NameReader:
    """Reads the features of names on one page."""

    def __init__(self, page: Page, roles: Sequence[Role], frames: Sequence[Frame]) -> None:
        self.page = page
        self.slots: dict[Spot, list[tuple[Frame, str]]] = defaultdict(list)
        for frame in frames:
            for slot, spots in frame.slots.items():
                for spot in spots:
                    self.slots[spot].append((frame, slot))
        self.roles: dict[int, list[Role]] = defaultdict(list)
        for role in roles:
            if role.person is not None:
                self.roles[role.person].append(role)
        title = page.article.title.casefold()
        self.title_words = sorted(set(title.replace(",", " ").split()))
        self.titled = [any(name in title for name in names if len(name) > 2) for names in page.names]
        self.quoted = _quoted(page.lower)
        self.words = [self._word(token) for token in range(len(page.lower))]
        self._cached: dict[tuple[int, object], list[int]] = {}
        self._alone: dict[Spot, list[bytes]] = {}
        self._entity: dict[int, list[bytes]] = {}
        self._scene: dict[int, list[bytes]] = {}

    def _coded(self, seed: int, key: object, features: Iterable[bytes]) -> list[int]:
        found = self._cached.get((seed, key))
        if found is None:
            found = self._cached[seed, key] = [crc32(feature, seed) for feature in features]
        return found

    def spot(self, seed: int, spot: Spot) -> list[int]:
        if spot not in self._alone:
            self._alone[spot] = [feature.encode() for feature in self._read_alone(spot)]
        return self._coded(seed, spot, self._alone[spot])

    def _read_alone(self, spot: Spot) -> Iterator[str]:
        page = self.page
        yield f"named={spot.named}"
        if not spot.named:
            yield f"called={page.lemma[spot.head]}"
        if spot.type in _NAMED_BY_HEAD:
            yield f"head={page.lemma[spot.head]}"
            yield f"headc={page.cluster[spot.head]}"
            yield f"first={page.lower[spot.first]}"
        governor, dep = self._governor(spot.head)
        yield f"gov={page.lemma[governor]}"
        yield f"gov={page.lemma[governor]}:{dep}"
        yield f"govc={page.cluster[governor]}:{dep}"
        yield f"dep={dep}"
        verb = self._verb(spot.head)
        yield f"verb={page.lemma[verb]}"
        yield f"verbc={page.cluster[verb]}"
        for offset in (1, 2):
            yield f"b{offset}={self.word(spot.first - offset)}"
            yield f"a{offset}={self.word(spot.last + offset)}"
        yield f"b={self.word(spot.first - 2)} {self.word(spot.first - 1)}"
        for frame, slot in self.slots.get(spot, ()):
            yield f"slot={frame.lemma}:{slot}"
        if self.quoted[spot.head]:
            yield "quoted"

    def word(self, token: int) -> str:
        """The token's lemma, or the type of the name that it belongs to; `#` beyond the text."""
        return self.words[token] if 0 <= token < len(self.words) else "#"

    def _word(self, token: int) -> str:
        page = self.page
        covering = page.covering.get(token)
        return f"<{covering[0].type}>" if covering and covering[0].named else page.lemma[token]

    def _governor(self, token: int) -> tuple[int, str]:
        """The governor of a token and the relation to it, coordination and apposition passed over."""
        page, steps = self.page, 0
        while page.dep[token] in COLLAPSED and steps < 25:
            token, steps = page.up[token], steps + 1
        if page.dep[token] == "pobj":
            preposition = page.up[token]
            return page.up[preposition], page.lower[preposition]
        return page.up[token], page.dep[token]

    def _verb(self, token: int) -> int:
        above = self.page.ancestors(token)[1:]
        return next((t for t in above if self.page.pos[t] in {"VERB", "AUX"}), token)

    def scene(self, seed: int, sentence: int) -> list[int]:
        """A sentence's verbs and nouns, its place, whether it is a heading."""
        if sentence not in self._scene:
            page = self.page
            tokens = range(*page.sentences[sentence])
            verbs = sorted({f"v={page.lemma[t]}" for t in tokens if page.pos[t] == "VERB"})
            nouns = sorted({f"n={page.lemma[t]}" for t in tokens if page.pos[t] == "NOUN" and t not in page.covering})
            place = [f"place={min(sentence, 3)}", *([] if verbs else ["verbless"])]
            place += sorted({f"vc={page.cluster[t]}" for t in tokens if page.pos[t] == "VERB"})
            self._scene[sentence] = [feature.encode() for feature in verbs + nouns + place]
        return self._coded(seed, sentence, self._scene[sentence])

    def entity(self, seed: int, entity: int) -> list[int]:
        if entity not in self._entity:
            self._entity[entity] = [f":{feature}".encode() for feature in self._read_entity(entity)]
        return self._coded(seed, entity, self._entity[entity])

    def _read_entity(self, entity: int) -> Iterator[str]:
        page, spots = self.page, self.page.of[entity]
        kind = page.entities[entity].type
        yield f"type={kind}"
        yield f"count={bucket(len(spots))}"
        yield f"first={bucket(spots[0].sentence) if spots else 'none'}"
        rivals = [len(page.of[n]) for n, other in enumerate(page.entities) if other.type == kind and n != entity]
        yield f"rank={bucket(sum(count > len(spots) for count in rivals))}"
        yield f"peers={bucket(len(rivals))}"
        if self.titled[entity]:
            yield "titled"
        if kind in _NAMED_BY_HEAD:
            words = page.entities[entity].name.casefold().split()
            if words:
                yield f"last={words[-1]}"
                yield f"word1={words[0]}"
            for word in words[:12]:
                yield f"word={word}"
        for role in self.roles.get(entity, ()):
            rank = "top" if role.top else "under"
            yield f"rank={rank}"
            yield f"rank={rank}:{'bound' if role.holder is not None else 'loose'}"
            if role.former:
                yield "former"
            for word in role.wording.casefold().split()[:6]:
                yield f"title={word}"


def _quoted(words: list[str]) -> list[bool]:
    """For each token whether it stands between quotation marks."""
    inside, out = False, []
    for word in words:
        if word in {"“", "«"}:
            inside = True
        elif word in {"”", "»"}:
            inside = False
        elif word == '"':
            inside = not inside
        out.append(inside)
    return out

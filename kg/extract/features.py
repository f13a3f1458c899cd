"""Sparse features of a pair of names: the words around and between them, the way through the parse, roles, moods.

A feature is a hash of its words. Those of a sight say how two spots stand to each other, those of the pair how the
article treats the two entities. What concerns one name alone is read once and hashed anew for each part that it plays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

from kg.extract.clauses import Frame
from kg.extract.knowledge import Knowledge
from kg.extract.names import COLLAPSED, NameReader, bucket, code
from kg.extract.page import Page, Spot
from kg.extract.patterns import Vote
from kg.extract.roles import Role
from kg.extract.status import Moods

_NEAR = 3  # sentences apart beyond which two names are not read together
_MOST = 5  # spot pairs read for one pair of entities in one sentence
_SUBJECT, _OBJECT, _FAR_SUBJECT, _FAR_OBJECT = (crc32(part) for part in (b"S.", b"O.", b"farS.", b"farO."))


@dataclass(frozen=True, slots=True)
class Sight:
    """Two spots seen together, subject and object, with the codes of the features of it.

    `apart` is their distance in sentences; `marks` are what the second stage counts.
    """

    subject: Spot
    object: Spot
    sentence: int
    apart: int
    codes: list[int]
    marks: frozenset[str]


class PairReader:
    """Reads the features of pairs on one page."""

    def __init__(self, page: Page, roles: list[Role], frames: list[Frame], votes: list[Vote], moods: Moods) -> None:
        self.page, self.roles, self.moods = page, roles, moods
        self.knowledge = Knowledge(page)
        self.names = NameReader(page, roles, frames)
        self.votes: dict[tuple[int, int], list[Vote]] = defaultdict(list)
        for vote in votes:
            self.votes[vote.subject.entity, vote.object.entity].append(vote)
        self.person_roles = self.names.roles
        self._places: dict[int, dict[int, list[Spot]]] = {}
        self._headed: dict[int, list[int]] = {}
        self._climbs: dict[int, tuple[list[tuple[int, str]], dict[int, int]]] = {}
        self._moods: dict[tuple[str, int, int], tuple[list[int], frozenset[str]]] = {}
        self._crowded: dict[int, Counter[str]] = {}
        self.measured: dict[int, tuple[float, ...]] = {}  # kept by `measure` for each entity
        self.holder_roles: dict[int, list[Role]] = defaultdict(list)
        self.sentence_roles: dict[int, list[Role]] = defaultdict(list)
        for role in roles:
            self.sentence_roles[role.sentence].append(role)
            if role.holder is not None:
                self.holder_roles[role.holder].append(role)

    def sights(self, subject: int, object: int) -> list[Sight]:
        """Every sentence that holds both, nearest spots first; without one, the nearest sentences."""
        ones, others = self._placed(subject), self._placed(object)
        shared = sorted(ones.keys() & others.keys())
        if not shared:
            return list(self._apart(subject, object))
        found = []
        for sentence in shared:
            pairs = [(one, other) for one in ones[sentence] for other in others[sentence]]
            if len(pairs) > 1:
                pairs.sort(key=lambda pair: (abs(pair[0].head - pair[1].head), pair[0].start, pair[1].start))
            found += [self._together(one, other) for one, other in pairs[:_MOST]]
        return found

    def _placed(self, entity: int) -> dict[int, list[Spot]]:
        """The entity's spots by sentence."""
        found = self._places.get(entity)
        if found is None:
            found = self._places[entity] = {}
            for spot in self.page.of[entity]:
                found.setdefault(spot.sentence, []).append(spot)
        return found

    def _apart(self, subject: int, object: int) -> Iterator[Sight]:
        rows = [
            (abs(one.sentence - other.sentence), one.start, other.start, one, other)
            for one in self.page.of[subject]
            for other in self.page.of[object]
            if abs(one.sentence - other.sentence) <= _NEAR
        ]
        for apart, _, _, one, other in sorted(rows, key=lambda row: row[:3])[:2]:
            codes = [*self.names.spot(_FAR_SUBJECT, one), *self.names.spot(_FAR_OBJECT, other)]
            codes += self.names.scene(_FAR_OBJECT, other.sentence)
            codes += self.names.scene(_FAR_SUBJECT, one.sentence)
            codes.append(code(f"apart={apart}:{one.sentence < other.sentence}"))
            codes += self._mood("farmood", other.head, other.head)[0]
            yield Sight(one, other, other.sentence, apart, codes, frozenset())

    def _together(self, one: Spot, other: Spot) -> Sight:
        codes = [*self.names.spot(_SUBJECT, one), *self.names.spot(_OBJECT, other), *self.names.scene(0, one.sentence)]
        types = code(f"{one.type}:{other.type}|")
        read = chain(self._between(one, other), self._path(one, other), self._framed(one, other))
        lines = [feature.encode() for feature in read]
        codes += map(crc32, lines)
        codes += [crc32(line, types) for line in lines]
        marks = set(self._crowd(one, other))
        codes += [crc32(feature.encode()) for feature in (*marks, *self._ranks(one, other))]
        moods, kinds = self._mood("mood", one.head, other.head)
        codes += moods
        marks |= kinds
        if self.names.quoted[one.head]:
            marks.add("quoted")
        return Sight(one, other, one.sentence, 0, codes, frozenset(marks))

    def _mood(self, name: str, first: int, second: int) -> tuple[list[int], frozenset[str]]:
        """The codes and the marks of the moods between two tokens."""
        found = self._moods.get((name, first, second))
        if found is None:
            between = self.moods.between(first, second)
            marks = frozenset(f"{where}:{kind}" for where, kinds in between.items() for kind in kinds)
            found = [code(f"{name}={mark}") for mark in marks], marks
            self._moods[name, first, second] = found
        return found

    def _between(self, one: Spot, other: Spot) -> Iterator[str]:
        order = "so" if one.start <= other.start else "os"
        left, right = (one, other) if order == "so" else (other, one)
        if right.first <= left.last:
            yield f"nested={order}:{right.last <= left.last}"
            return
        words: list[str] = []
        for word in self.names.words[left.last + 1 : right.first]:
            if not (word.startswith("<") and words and words[-1] == word):
                words.append(word)
        yield f"gap={order}:{bucket(right.first - left.last - 1)}"
        if len(words) <= 6:
            yield f"mid={order}:{' '.join(words)}"
        if len(words) <= 18:
            for word in sorted(set(words)):
                yield f"m={order}:{word}"
            gap = range(left.last + 1, right.first)
            for cluster in sorted({self.page.cluster[t] for t in gap if t not in self.page.covering}):
                yield f"mc={order}:{cluster}"
        if len(words) <= 8:
            for first, second in zip(["^", *words], [*words, "$"], strict=True):
                yield f"mm={order}:{first} {second}"
        elif words:
            yield f"mm={order}:^ {words[0]}"
            yield f"mm={order}:{words[-1]} $"

    def _path(self, one: Spot, other: Spot) -> Iterator[str]:
        page = self.page
        (up, seen), (down, _) = self._climb(one.head), self._climb(other.head)
        meet = next((n for n, (token, _) in enumerate(down) if token in seen), None)
        if meet is None:
            yield "path=none"
            return
        join = down[meet][0]
        left, right = up[: seen[join]], down[:meet]
        ends = f"{left[-1][1] if left else '='}:{right[-1][1] if right else '='}"
        steps = [dep for _, dep in left] + ["^"] + [dep for _, dep in reversed(right)]
        if len(steps) <= 9:
            yield f"deps={'.'.join(steps)}"
        yield f"join={page.lemma[join]}"
        yield f"join={page.lemma[join]}:{ends}"
        yield f"joinc={page.cluster[join]}:{ends}"
        yield f"joindeps={ends}:{page.pos[join]}"
        yield f"steps={len(left)}:{len(right)}"
        lemmas = [page.lemma[t] for t, _ in left[1:]] + [page.lemma[join]] + [page.lemma[t] for t, _ in right[1:]]
        for lemma in sorted(set(lemmas)):
            yield f"on={lemma}"
        if len(lemmas) <= 4:
            yield f"way={'.'.join(steps)}|{'.'.join(lemmas)}"

    def _climb(self, token: int) -> tuple[list[tuple[int, str]], dict[int, int]]:
        """(token, step to the next) up to the root, and each token's place in that; read once for each token."""
        found = self._climbs.get(token)
        if found is None:
            path = self._read_climb(token)
            found = self._climbs[token] = path, {at: n for n, (at, _) in enumerate(path)}
        return found

    def _read_climb(self, token: int) -> list[tuple[int, str]]:
        """Coordination and apposition cost no step."""
        page, path = self.page, list[tuple[int, str]]()
        while len(path) < 40:
            while page.dep[token] in COLLAPSED and page.up[token] != token:
                token = page.up[token]
            if page.up[token] == token:
                path.append((token, "root"))
                return path
            dep = page.dep[token]
            path.append((token, page.lower[token] if dep == "prep" else dep))
            token = page.up[token]
        return path

    def _framed(self, one: Spot, other: Spot) -> Iterator[str]:
        others = {frame.trigger: slot for frame, slot in self.names.slots.get(other, ())}
        for frame, slot in self.names.slots.get(one, ()):
            match = others.get(frame.trigger)
            if match is not None:
                yield f"frame={frame.lemma}:{slot}:{match}"
                yield f"frame={slot}:{match}"
                yield f"framed={frame.lemma}"
        for vote in self.votes.get((one.entity, other.entity), ()):
            if vote.subject == one and vote.object == other:
                yield f"vote={vote.relation}:{vote.row}"
                yield f"vote={vote.relation}"

    def _crowd(self, one: Spot, other: Spot) -> Iterator[str]:
        """Rivals: names of the same type nearer to either."""
        low, high = sorted((one.head, other.head))
        gap, pair = high - low, (one.entity, other.entity)
        rivals_one = rivals_other = 0
        nearest_one = nearest_other = True
        for spot in self.page.within[one.sentence]:
            if spot.entity in pair:
                continue
            if spot.type == one.type:
                rivals_one += low < spot.head < high
                nearest_one = nearest_one and abs(spot.head - other.head) >= gap
            if spot.type == other.type:
                rivals_other += low < spot.head < high
                nearest_other = nearest_other and abs(spot.head - one.head) >= gap
        yield f"rivalS={bucket(rivals_one)}"
        yield f"rivalO={bucket(rivals_other)}"
        if nearest_one:
            yield "nearestS"
        if nearest_other:
            yield "nearestO"
        crowd = self._crowds(one.sentence)
        yield f"crowdS={bucket(crowd[one.type])}"
        yield f"crowdO={bucket(crowd[other.type])}"
        if self._first_conjunct(one.head) == self._first_conjunct(other.head):
            yield "coordinated"

    def _crowds(self, sentence: int) -> Counter[str]:
        """How many entities of each type the sentence names."""
        found = self._crowded.get(sentence)
        if found is None:
            named = {(spot.entity, spot.type) for spot in self.page.within[sentence]}
            found = self._crowded[sentence] = Counter(type for _, type in named)
        return found

    def _first_conjunct(self, token: int) -> int:
        steps = 0
        while self.page.dep[token] == "conj" and steps < 25:
            token, steps = self.page.up[token], steps + 1
        return token

    def _ranks(self, one: Spot, other: Spot) -> Iterator[str]:
        """Roles told in the same sentence, and the title that a list of names stands under."""
        for role in self.person_roles.get(one.entity, ()):
            if role.sentence != one.sentence:
                continue
            rank = "top" if role.top else "under"
            if role.holder == other.entity:
                yield f"role={rank}:{role.link}:{role.side}:{role.nested}"
                yield f"role={rank}:{role.side}"
                yield f"title={role.wording.split()[0].casefold() if role.wording else ''}"
            elif role.holder is None:
                yield f"loose={rank}:{role.link}"
            else:
                yield f"bound={rank}:{self.page.entities[role.holder].type}"
        if one.type == "Person":
            before = [role for role in self.sentence_roles.get(one.sentence, ()) if role.start < one.start]
            if before:
                role = max(before, key=lambda role: role.start)
                state = "own" if role.person == one.entity else "none" if role.person is None else "other"
                plural = self.page.text[role.end - 1 : role.end] == "s"
                yield f"under={'top' if role.top else 'under'}:{plural}:{state}"
                yield f"under={role.wording.casefold().split()[-1] if role.wording else ''}:{state}"

    def pair(self, subject: int, object: int) -> list[int]:
        """Codes of the pair in the article as a whole."""
        types = f"{self.page.entities[subject].type}:{self.page.entities[object].type}"
        codes = [*self.names.entity(_SUBJECT, subject), *self.names.entity(_OBJECT, object)]
        seed = code(types)
        lines = [feature.encode() for feature in self._read_pair(subject, object)]
        codes += map(crc32, lines)
        codes += [crc32(line, seed) for line in lines]
        return codes

    def _read_pair(self, subject: int, object: int) -> Iterator[str]:
        known = self.knowledge
        yield "types"
        shared = self._placed(subject).keys() & self._placed(object).keys()
        yield f"shared={bucket(len(shared))}"
        if self.names.titled[subject] and self.names.titled[object]:
            yield "bothtitled"
            for word in self.names.title_words:
                yield f"headline={word}"
        for name, pairs in (("capital", known.capitals), ("leader", known.leaders), ("minister", known.ministers)):
            if (subject, object) in pairs:
                yield name
            if (object, subject) in pairs:
                yield f"{name} of"
        if subject in known.leading and (subject, object) not in known.leaders:
            yield "leads another"
        for role in self.person_roles.get(subject, ()):
            if role.holder == object:
                yield f"holds={'top' if role.top else 'under'}:{role.side}:{role.former}"
        if any(role.holder is not None and role.holder != object for role in self.person_roles.get(subject, ())):
            yield "holdselse"
        yield f"nearest={self._nearest(subject, object)}"

    def _nearest(self, subject: int, object: int) -> str:
        heads, others = self._heads(object), self._heads(subject)
        if not heads or not others:
            return "unseen"
        gaps = []
        for head in others:
            at = bisect_left(heads, head)
            gaps += [abs(head - near) for near in heads[max(0, at - 1) : at + 1]]
        return bucket(min(gaps))

    def _heads(self, entity: int) -> list[int]:
        """The tokens that head the entity's spots, sorted."""
        found = self._headed.get(entity)
        if found is None:
            found = self._headed[entity] = sorted({spot.head for spot in self.page.of[entity]})
        return found

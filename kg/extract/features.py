"""Sparse features of a pair of names: the words around and between them, the way through the parse, roles, moods.

A feature is a hash of its words. Those of a sight say how two spots stand to each other, those of the pair how the
article treats the two entities. What concerns one name alone is read once and hashed anew for each part that it plays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
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
        self.measured: dict[int, tuple[float, ...]] = {}  # kept by `measure` for each entity
        self.holder_roles: dict[int, list[Role]] = defaultdict(list)
        self.sentence_roles: dict[int, list[Role]] = defaultdict(list)
        for role in roles:
            self.sentence_roles[role.sentence].append(role)
            if role.holder is not None:
                self.holder_roles[role.holder].append(role)

    def sights(self, subject: int, object: int) -> list[Sight]:
        """Every sentence that holds both, nearest spots first; without one, the nearest sentences."""
        page = self.page
        there: dict[int, list[Spot]] = defaultdict(list)
        for spot in page.of[object]:
            there[spot.sentence].append(spot)
        pairs: dict[int, list[tuple[int, int, int, Spot, Spot]]] = defaultdict(list)
        for one in page.of[subject]:
            for other in there.get(one.sentence, ()):
                pairs[one.sentence].append((abs(one.head - other.head), one.start, other.start, one, other))
        if not pairs:
            return list(self._apart(subject, object))
        return [
            self._together(one, other)
            for sentence in sorted(pairs)
            for _, _, _, one, other in sorted(pairs[sentence], key=lambda row: row[:3])[:_MOST]
        ]

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
            for where, kinds in self.moods.between(other.head, other.head).items():
                codes += [code(f"farmood={where}:{kind}") for kind in sorted(kinds)]
            yield Sight(one, other, other.sentence, apart, codes, frozenset())

    def _together(self, one: Spot, other: Spot) -> Sight:
        codes = [*self.names.spot(_SUBJECT, one), *self.names.spot(_OBJECT, other), *self.names.scene(0, one.sentence)]
        types = code(f"{one.type}:{other.type}|")
        for feature in (*self._between(one, other), *self._path(one, other), *self._framed(one, other)):
            line = feature.encode()
            codes.append(crc32(line))
            codes.append(crc32(line, types))
        marks = set(self._crowd(one, other))
        codes += [code(feature) for feature in (*sorted(marks), *self._ranks(one, other))]
        for where, kinds in self.moods.between(one.head, other.head).items():
            codes += [code(f"mood={where}:{kind}") for kind in sorted(kinds)]
            marks.update(f"{where}:{kind}" for kind in kinds)
        if self.names.quoted[one.head]:
            marks.add("quoted")
        return Sight(one, other, one.sentence, 0, codes, frozenset(marks))

    def _between(self, one: Spot, other: Spot) -> Iterator[str]:
        order = "so" if one.start <= other.start else "os"
        left, right = (one, other) if order == "so" else (other, one)
        if right.first <= left.last:
            yield f"nested={order}:{right.last <= left.last}"
            return
        words: list[str] = []
        for token in range(left.last + 1, right.first):
            word = self.names.word(token)
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
        up, down = self._climb(one.head), self._climb(other.head)
        seen = {token: n for n, (token, _) in enumerate(up)}
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

    def _climb(self, token: int) -> list[tuple[int, str]]:
        """(token, step to the next) up to the root; coordination and apposition cost no step."""
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
        spots = self.page.within[one.sentence]
        low, high = sorted((one.head, other.head))
        gap, pair = high - low, {one.entity, other.entity}
        between = [s.type for s in spots if low < s.head < high and s.entity not in pair]
        yield f"rivalS={bucket(between.count(one.type))}"
        yield f"rivalO={bucket(between.count(other.type))}"
        if not any(s.type == one.type and s.entity not in pair and abs(s.head - other.head) < gap for s in spots):
            yield "nearestS"
        if not any(s.type == other.type and s.entity not in pair and abs(s.head - one.head) < gap for s in spots):
            yield "nearestO"
        yield f"crowdS={bucket(len({s.entity for s in spots if s.type == one.type}))}"
        yield f"crowdO={bucket(len({s.entity for s in spots if s.type == other.type}))}"
        if self._first_conjunct(one.head) == self._first_conjunct(other.head):
            yield "coordinated"

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
        for feature in self._read_pair(subject, object):
            codes += [code(feature), code(feature, seed)]
        return codes

    def _read_pair(self, subject: int, object: int) -> Iterator[str]:
        page, known = self.page, self.knowledge
        yield "types"
        shared = {s.sentence for s in page.of[subject]} & {s.sentence for s in page.of[object]}
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
        heads = sorted(spot.head for spot in self.page.of[object])
        if not heads or not self.page.of[subject]:
            return "unseen"
        gaps = []
        for spot in self.page.of[subject]:
            at = bisect_left(heads, spot.head)
            gaps += [abs(spot.head - head) for head in heads[max(0, at - 1) : at + 1]]
        return bucket(min(gaps))

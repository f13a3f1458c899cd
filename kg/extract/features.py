"""Sparse features of a pair of names: what stands between, before and after them, the way through the parse, roles, moods.

A feature is a string; `code` hashes it. The features of one pair of spots say how a sentence relates them, those of the
pair of entities say how the article does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from kg.extract.clauses import Frame
from kg.extract.page import Page, Spot
from kg.extract.patterns import Vote
from kg.extract.roles import Role
from kg.extract.status import Moods
from kg.tables import country_by_name

_NAMED_BY_HEAD = frozenset({"Event", "Agreement", "Route", "Award", "Sector", "Organization", "Place"})
_COLLAPSED = frozenset({"conj", "appos"})
_NEAR = 3  # sentences apart beyond which two names are not read together
_MOST = 6  # spot pairs read for one pair of entities in one sentence


def code(feature: str) -> int:
    """The feature's hash, 32 bits, the same everywhere."""
    return crc32(feature.encode())


def bucket(number: int) -> str:
    """0, 1, 2, 3, `4-5`, `6-8`, `9-14`, `15-25`, `26+`."""
    if number <= 3:
        return str(number)
    return next((name for top, name in ((5, "4-5"), (8, "6-8"), (14, "9-14"), (25, "15-25")) if number <= top), "26+")


@dataclass(frozen=True, slots=True)
class Sight:
    """Two spots seen together, subject and object, with the features of it. `apart` is their distance in sentences."""

    subject: Spot
    object: Spot
    sentence: int
    apart: int
    features: list[str]


class PairReader:
    """Reads the features of pairs on one page; what concerns one name alone is read once."""

    def __init__(self, page: Page, roles: list[Role], frames: list[Frame], votes: list[Vote], moods: Moods) -> None:
        self.page, self.roles, self.moods = page, roles, moods
        self.slots: dict[Spot, list[tuple[Frame, str]]] = defaultdict(list)
        for frame in frames:
            for slot, spots in frame.slots.items():
                for spot in spots:
                    self.slots[spot].append((frame, slot))
        self.votes: dict[tuple[int, int], list[Vote]] = defaultdict(list)
        for vote in votes:
            self.votes[vote.subject.entity, vote.object.entity].append(vote)
        self.person_roles: dict[int, list[Role]] = defaultdict(list)
        self.holder_roles: dict[int, list[Role]] = defaultdict(list)
        for role in roles:
            if role.person is not None:
                self.person_roles[role.person].append(role)
            if role.holder is not None:
                self.holder_roles[role.holder].append(role)
        self._alone: dict[Spot, list[str]] = {}
        self._entity: dict[int, list[str]] = {}
        self._scene: dict[int, list[str]] = {}
        title = page.article.title.casefold()
        self.title_words = set(title.replace(",", " ").split())
        self.titled = [any(name in title for name in names if len(name) > 2) for names in page.names]
        self.capitals = self._capitals()
        self.quoted = self._quoted()

    def _capitals(self) -> set[tuple[int, int]]:
        known = country_by_name()
        found = set()
        for n, entity in enumerate(self.page.entities):
            if entity.type != "Country":
                continue
            country = next((known[name] for name in (entity.name, *entity.aliases) if name in known), None)
            if country:
                for m, other in enumerate(self.page.entities):
                    if other.type == "City" and {other.name, *other.aliases} & set(country.capitals):
                        found.add((m, n))
        return found

    def _quoted(self) -> list[bool]:
        inside, out = False, []
        for word in self.page.lower:
            if word in {"“", "«"}:
                inside = True
            elif word in {"”", "»"}:
                inside = False
            elif word == '"':
                inside = not inside
            out.append(inside)
        return out

    # --- one name alone

    def alone(self, spot: Spot) -> list[str]:
        """Features of a spot: how it is named, its governor, its neighbours."""
        if spot not in self._alone:
            self._alone[spot] = list(self._read_alone(spot))
        return self._alone[spot]

    def _read_alone(self, spot: Spot) -> Iterator[str]:
        page = self.page
        yield f"named={spot.named}"
        if not spot.named:
            yield f"called={page.lemma[spot.head]}"
        if spot.type in _NAMED_BY_HEAD:
            yield f"head={page.lemma[spot.head]}"
            yield f"first={page.lower[spot.first]}"
        governor, dep = self.governor(spot.head)
        yield f"gov={page.lemma[governor]}"
        yield f"gov={page.lemma[governor]}:{dep}"
        yield f"dep={dep}"
        top, _ = self._verb(spot.head)
        yield f"verb={page.lemma[top]}"
        for offset in (1, 2):
            yield f"b{offset}={self._word(spot.first - offset)}"
            yield f"a{offset}={self._word(spot.last + offset)}"
        yield f"b={self._word(spot.first - 2)} {self._word(spot.first - 1)}"
        for frame, slot in self.slots.get(spot, ()):
            yield f"slot={frame.lemma}:{slot}"
        if self.quoted[spot.head]:
            yield "quoted"

    def _word(self, token: int) -> str:
        """The token's lemma, or the type of the name that it belongs to."""
        page = self.page
        if not 0 <= token < len(page.lower):
            return "#"
        covering = page.covering.get(token)
        return f"<{covering[0].type}>" if covering else page.lemma[token]

    def governor(self, token: int) -> tuple[int, str]:
        """The governor of a token and the relation to it, coordination and apposition passed over."""
        page, steps = self.page, 0
        while page.dep[token] in _COLLAPSED and steps < 25:
            token, steps = page.up[token], steps + 1
        if page.dep[token] == "pobj":
            preposition = page.up[token]
            return page.up[preposition], page.lower[preposition]
        return page.up[token], page.dep[token]

    def _verb(self, token: int) -> tuple[int, int]:
        for steps, above in enumerate(self.page.ancestors(token)):
            if steps and self.page.pos[above] in {"VERB", "AUX"}:
                return above, steps
        return token, 0

    def scene(self, sentence: int) -> list[str]:
        """Features of a sentence: its verbs, its place, whether it is a heading."""
        if sentence not in self._scene:
            page = self.page
            first, last = page.sentences[sentence]
            verbs = {f"v={page.lemma[t]}" for t in range(first, last) if page.pos[t] == "VERB"}
            nouns = {
                f"n={page.lemma[t]}" for t in range(first, last) if page.pos[t] == "NOUN" and not page.covering.get(t)
            }
            place = [f"place={min(sentence, 3)}"]
            if not verbs:
                place.append("verbless")
            self._scene[sentence] = sorted(verbs) + sorted(nouns) + place
        return self._scene[sentence]

    # --- two names

    def sights(self, subject: int, object: int) -> Iterator[Sight]:
        """Every sentence that holds both, nearest spots first; without one, the nearest sentences."""
        page = self.page
        by_sentence: dict[int, list[Spot]] = defaultdict(list)
        for spot in page.of[object]:
            by_sentence[spot.sentence].append(spot)
        together = False
        pairs: dict[int, list[tuple[int, Spot, Spot]]] = defaultdict(list)
        for one in page.of[subject]:
            for other in by_sentence.get(one.sentence, ()):
                pairs[one.sentence].append((abs(one.head - other.head), one, other))
                together = True
        for sentence in sorted(pairs):
            for _, one, other in sorted(pairs[sentence], key=lambda row: (row[0], row[1].start, row[2].start))[:_MOST]:
                yield Sight(one, other, sentence, 0, list(self._together(one, other)))
        if not together:
            yield from self._apart(subject, object)

    def _apart(self, subject: int, object: int) -> Iterator[Sight]:
        page = self.page
        rows = [
            (abs(one.sentence - other.sentence), one.start, other.start, one, other)
            for one in page.of[subject]
            for other in page.of[object]
            if abs(one.sentence - other.sentence) <= _NEAR
        ]
        for apart, _, _, one, other in sorted(rows, key=lambda row: row[:3])[:2]:
            yield Sight(one, other, other.sentence, apart, list(self._far(one, other, apart)))

    def _far(self, one: Spot, other: Spot, apart: int) -> Iterator[str]:
        yield f"apart={apart}:{one.sentence < other.sentence}"
        for name, spot in (("S", one), ("O", other)):
            for feature in self.alone(spot):
                yield f"far{name}.{feature}"
        for feature in self.scene(other.sentence):
            yield f"farO.{feature}"
        flags = self.moods.between(other.head, other.head)
        for where, kinds in flags.items():
            for kind in kinds:
                yield f"farmood={where}:{kind}"

    def _together(self, one: Spot, other: Spot) -> Iterator[str]:
        for name, spot in (("S", one), ("O", other)):
            for feature in self.alone(spot):
                yield f"{name}.{feature}"
        yield from self.scene(one.sentence)
        yield from self._between(one, other)
        yield from self._path(one, other)
        yield from self._frames(one, other)
        yield from self._crowd(one, other)
        yield from self._ranks(one, other)
        for where, kinds in self.moods.between(one.head, other.head).items():
            for kind in kinds:
                yield f"mood={where}:{kind}"

    def _between(self, one: Spot, other: Spot) -> Iterator[str]:
        page = self.page
        order = "so" if one.start <= other.start else "os"
        left, right = (one, other) if order == "so" else (other, one)
        if right.first <= left.last:
            yield f"nested={order}:{right.last <= left.last}"
            return
        tokens = list(range(left.last + 1, right.first))
        words: list[str] = []
        for token in tokens:
            word = self._word(token)
            if not (word.startswith("<") and words and words[-1] == word):
                words.append(word)
        yield f"gap={order}:{bucket(len(tokens))}"
        if len(words) <= 6:
            yield f"mid={order}:{' '.join(words)}"
        if len(words) <= 18:
            for word in set(words):
                yield f"m={order}:{word}"
            for first, second in zip(["^", *words], [*words, "$"], strict=True):
                yield f"mm={order}:{first} {second}"
        if words:
            yield f"m1={order}:{words[0]}"
            yield f"m-1={order}:{words[-1]}"
        for mark in (";", ":", '"', "”", ".", "("):
            if mark in words:
                yield f"mark={mark}"

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
        steps = [dep for _, dep in left] + ["^"] + [dep for _, dep in reversed(right)]
        yield f"deps={'.'.join(steps)}" if len(steps) <= 9 else "deps=long"
        yield f"join={page.lemma[join]}"
        yield f"join={page.lemma[join]}:{left[-1][1] if left else '='}:{right[-1][1] if right else '='}"
        yield f"joindeps={left[-1][1] if left else '='}:{right[-1][1] if right else '='}:{page.pos[join]}"
        yield f"steps={len(left)}:{len(right)}"
        lemmas = (
            [page.lemma[token] for token, _ in left[1:]] + [page.lemma[join]] + [page.lemma[t] for t, _ in right[1:]]
        )
        for lemma in set(lemmas):
            yield f"on={lemma}"
        if len(lemmas) <= 4:
            yield f"way={'.'.join(steps)}|{'.'.join(lemmas)}"

    def _climb(self, token: int) -> list[tuple[int, str]]:
        """(token, step to the next) up to the root; coordination and apposition cost no step."""
        page, path = self.page, list[tuple[int, str]]()
        while len(path) < 40:
            while page.dep[token] in _COLLAPSED and page.up[token] != token:
                token = page.up[token]
            if page.up[token] == token:
                path.append((token, "root"))
                return path
            dep = page.dep[token]
            path.append((token, page.lower[token] if dep == "prep" else dep))
            token = page.up[token]
        return path

    def _frames(self, one: Spot, other: Spot) -> Iterator[str]:
        others = {frame.trigger: slot for frame, slot in self.slots.get(other, ())}
        for frame, slot in self.slots.get(one, ()):
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
        between = [s for s in spots if low < s.head < high and s.entity not in {one.entity, other.entity}]
        yield f"rivalS={bucket(sum(s.type == one.type for s in between))}"
        yield f"rivalO={bucket(sum(s.type == other.type for s in between))}"
        gap = abs(one.head - other.head)
        if not any(s.type == one.type and s.entity != one.entity and abs(s.head - other.head) < gap for s in spots):
            yield "nearestS"
        if not any(s.type == other.type and s.entity != other.entity and abs(s.head - one.head) < gap for s in spots):
            yield "nearestO"
        yield f"crowdS={bucket(len({s.entity for s in spots if s.type == one.type}))}"
        yield f"crowdO={bucket(len({s.entity for s in spots if s.type == other.type}))}"
        if self._coordinated(one, other):
            yield "coordinated"

    def _coordinated(self, one: Spot, other: Spot) -> bool:
        page = self.page

        def first(token: int) -> int:
            steps = 0
            while page.dep[token] == "conj" and steps < 25:
                token, steps = page.up[token], steps + 1
            return token

        return first(one.head) == first(other.head)

    def _ranks(self, one: Spot, other: Spot) -> Iterator[str]:
        """Roles told in the same sentence."""
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

    # --- the article

    def entity(self, entity: int) -> list[str]:
        """Features of an entity in the article: its type, how often and where it is named, its roles."""
        if entity not in self._entity:
            self._entity[entity] = list(self._read_entity(entity))
        return self._entity[entity]

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
        for role in self.person_roles.get(entity, ()):
            rank = "top" if role.top else "under"
            yield f"rank={rank}"
            yield f"rank={rank}:{'bound' if role.holder is not None else 'loose'}"
            if role.former:
                yield "former"
            words = role.wording.casefold().split()
            for word in words[:6]:
                yield f"title={word}"

    def pair(self, subject: int, object: int) -> Iterator[str]:
        """Features of the pair in the article as a whole."""
        for name, entity in (("S", subject), ("O", object)):
            for feature in self.entity(entity):
                yield f"{name}:{feature}"
        page = self.page
        yield f"types={page.entities[subject].type}:{page.entities[object].type}"
        shared = {s.sentence for s in page.of[subject]} & {s.sentence for s in page.of[object]}
        yield f"shared={bucket(len(shared))}"
        if self.titled[subject] and self.titled[object]:
            yield "bothtitled"
            for word in self.title_words:
                yield f"headline={word}"
        if (subject, object) in self.capitals:
            yield "capital"
        if (object, subject) in self.capitals:
            yield "capitalof"
        for role in self.person_roles.get(subject, ()):
            if role.holder == object:
                yield f"holds={'top' if role.top else 'under'}:{role.side}:{role.former}"
        if any(role.holder is not None and role.holder != object for role in self.person_roles.get(subject, ())):
            yield "holdselse"
        yield from self._distance(subject, object)

    def _distance(self, subject: int, object: int) -> Iterator[str]:
        """How far the nearest spots are, and whether a rival object is nearer to the subject's first spot."""
        page = self.page
        heads = sorted(spot.head for spot in page.of[object])
        if not heads or not page.of[subject]:
            yield "unseen"
            return
        best = min(
            abs(spot.head - heads[at])
            for spot in page.of[subject]
            for at in (max(0, bisect_left(heads, spot.head) - 1), min(len(heads) - 1, bisect_left(heads, spot.head)))
        )
        yield f"nearest={bucket(best)}"

"""Dense features of a candidate: counts, distances, ranks, roles and votes as numbers, for the second stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.candidates import UNLEARNED
from kg.extract.features import PairReader, Sight
from kg.extract.page import Spot
from kg.schema import load_schema

FAR = 99.0
_MOODS = ("denied", "past", "possible", "planned", "reported")
_KINDS = tuple(frozenset(f"{where}:{mood}" for where in ("join", "path", "above")) for mood in _MOODS)
_UNMARKED = (0.0,) * (5 + 2 * len(_MOODS))
_NO_ROLES = (0.0,) * 11


def measure(reader: PairReader, subject: int, object: int, sights: Sequence[Sight]) -> tuple[float, ...]:
    """The numbers of a pair, in an order that does not change within a version."""
    page = reader.page
    near = [sight for sight in sights if sight.apart == 0]
    out: list[float] = [*_measured(reader, subject), *_measured(reader, object)]
    out += [float(len(near)), float(len(sights)), float(len(page.sentences)), float(len(page.entities))]
    gaps = [abs(sight.subject.head - sight.object.head) for sight in near]
    out += [float(min(gaps, default=FAR)), float(min((s.apart for s in sights), default=FAR))]
    out += [float(min((sight.sentence for sight in near), default=FAR))]
    out += _marks(near) if near else _UNMARKED
    out += _roles(reader, subject, object)
    out += _votes(reader, subject, object)
    out += [
        float(reader.names.titled[subject] and reader.names.titled[object]),
        float((subject, object) in reader.knowledge.capitals),
        float((object, subject) in reader.knowledge.capitals),
        float((subject, object) in reader.knowledge.leaders),
        float((subject, object) in reader.knowledge.ministers),
        float(subject in reader.knowledge.leading),
        float(_order(page.of[subject], page.of[object])),
    ]
    return tuple(out)


def _marks(near: Sequence[Sight]) -> Iterator[float]:
    for name in ("nearestS", "nearestO", "coordinated", "quoted"):
        yield float(any(name in sight.marks for sight in near))
    yield float(any("nearestS" in sight.marks and "nearestO" in sight.marks for sight in near))
    for kinds in _KINDS:
        hits = [not kinds.isdisjoint(sight.marks) for sight in near]
        yield float(any(hits))
        yield float(all(hits))


def _measured(reader: PairReader, entity: int) -> tuple[float, ...]:
    """The numbers of one entity, read once a page."""
    found = reader.measured.get(entity)
    if found is None:
        found = reader.measured[entity] = tuple(_entity(reader, entity))
    return found


def _entity(reader: PairReader, entity: int) -> Iterator[float]:
    page = reader.page
    kind, spots = page.entities[entity].type, page.of[entity]
    yield float(sorted(load_schema().types).index(kind)) if kind in load_schema().types else -1.0
    yield float(len(spots))
    yield float(sum(spot.named for spot in spots))
    yield float(len({spot.sentence for spot in spots}))
    yield float(spots[0].sentence) if spots else FAR
    yield float(spots[0].head) if spots else FAR
    peers = [len(page.of[n]) for n, other in enumerate(page.entities) if other.type == kind and n != entity]
    yield float(sum(count > len(spots) for count in peers))
    yield float(len(peers))
    yield float(reader.names.titled[entity])
    yield reader.page.annotated.scores.get(page.entities[entity].id, 1.0)
    yield float(len(page.entities[entity].name.split()))


def _roles(reader: PairReader, subject: int, object: int) -> Sequence[float]:
    own, others = reader.person_roles.get(subject, ()), reader.holder_roles.get(object, ())
    if not own and not others:
        return _NO_ROLES
    here = [role for role in own if role.holder == object]
    out: list[int] = []
    for roles in (own, here):
        out.append(sum(role.top for role in roles))
        out.append(sum(not role.top for role in roles))
        out.append(sum(role.former for role in roles))
    out.append(sum(role.holder is None and role.top for role in own))
    out.append(sum(role.holder is None and not role.top for role in own))
    out.append(sum(role.side == "to" for role in here))
    out.append(sum(role.top for role in others if role.person != subject))
    out.append(sum(not role.top for role in others if role.person != subject))
    return [float(number) for number in out]


@cache
def _voted() -> tuple[tuple[str, bool], ...]:
    """The relations that patterns vote for, and whether each is symmetric."""
    relations = sorted(load_schema().relations.items())
    return tuple((name, relation.symmetric) for name, relation in relations if name not in UNLEARNED)


def _votes(reader: PairReader, subject: int, object: int) -> Sequence[float]:
    found = [vote.relation for vote in reader.votes.get((subject, object), ())]
    back = [vote.relation for vote in reader.votes.get((object, subject), ())]
    if not found and not back:
        return (0.0,) * len(_voted())
    return [float(found.count(name) + (back.count(name) if symmetric else 0)) for name, symmetric in _voted()]


def _order(ones: Sequence[Spot], others: Sequence[Spot]) -> int:
    if not ones or not others:
        return 0
    return 1 if ones[0].start < others[0].start else -1

"""Dense features of a candidate: counts, distances, ranks, roles and votes as numbers, for the second stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.features import PairReader, Sight
from kg.extract.page import Spot
from kg.schema import load_schema

FAR = 99.0
_MOODS = ("denied", "past", "possible", "planned", "reported")


def measure(reader: PairReader, subject: int, object: int, sights: Sequence[Sight]) -> tuple[float, ...]:
    """The numbers of a pair, in an order that does not change within a version."""
    page = reader.page
    near = [sight for sight in sights if sight.apart == 0]
    out: list[float] = [*_entity(reader, subject), *_entity(reader, object)]
    out += [float(len(near)), float(len(sights)), float(len(page.sentences)), float(len(page.entities))]
    gaps = [abs(sight.subject.head - sight.object.head) for sight in near]
    out += [float(min(gaps, default=FAR)), float(min((s.apart for s in sights), default=FAR))]
    out += [float(min((sight.sentence for sight in near), default=FAR))]
    for name in ("nearestS", "nearestO", "coordinated", "quoted"):
        out.append(float(any(name in sight.marks for sight in near)))
    out.append(float(any({"nearestS", "nearestO"} <= sight.marks for sight in near)))
    for mood in _MOODS:
        kinds = {f"join:{mood}", f"path:{mood}", f"above:{mood}"}
        hits = [bool(kinds & sight.marks) for sight in near]
        out += [float(any(hits)), float(all(hits) and bool(hits))]
    out += list(_roles(reader, subject, object))
    out += list(_votes(reader, subject, object))
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


def _roles(reader: PairReader, subject: int, object: int) -> Iterator[float]:
    own = reader.person_roles.get(subject, ())
    here = [role for role in own if role.holder == object]
    for roles in (own, here):
        yield float(sum(role.top for role in roles))
        yield float(sum(not role.top for role in roles))
        yield float(sum(role.former for role in roles))
    yield float(sum(role.holder is None and role.top for role in own))
    yield float(sum(role.holder is None and not role.top for role in own))
    yield float(sum(role.side == "to" for role in here))
    yield float(sum(role.top for role in reader.holder_roles.get(object, ()) if role.person != subject))
    yield float(sum(not role.top for role in reader.holder_roles.get(object, ()) if role.person != subject))


def _votes(reader: PairReader, subject: int, object: int) -> Iterator[float]:
    found = [vote.relation for vote in reader.votes.get((subject, object), ())]
    back = [vote.relation for vote in reader.votes.get((object, subject), ())]
    for name, relation in sorted(load_schema().relations.items()):
        if name not in {"said", "tradeTurnover"}:
            yield float(found.count(name) + (back.count(name) if relation.symmetric else 0))


def _order(ones: Sequence[Spot], others: Sequence[Spot]) -> int:
    if not ones or not others:
        return 0
    return 1 if ones[0].start < others[0].start else -1

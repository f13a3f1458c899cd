"""A small picture of a resource: those whose facts lead to it on the left, those its own lead to on the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.serve.facts import Fact, Thing

ROW, GAP, WIDTH, MIDDLE = 26, 12, 760, 380
LEFT, RIGHT = 250, 510  # where the columns' text ends and begins
_PER_SIDE = 12
_LETTERS = 32  # of a label


@dataclass(frozen=True, slots=True)
class Spot:
    """A neighbour's place: `x`, `y` of its dot in pixels; `anchor` of its text."""

    thing: Thing
    label: str
    x: int
    y: int
    anchor: str
    curve: str


@dataclass(frozen=True, slots=True)
class Caption:
    """A relation's name above its neighbours."""

    text: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The picture's parts; `left_out` neighbours found no place."""

    height: int
    middle: int
    label: str
    spots: tuple[Spot, ...]
    captions: tuple[Caption, ...]
    left_out: int


def draw(label: str, own: Iterable[Fact], about: Iterable[Fact], iri: str) -> Figure | None:
    """The picture of a resource from its asserted facts; None where it has no neighbour with a page."""
    right = _groups((fact.phrase, fact.object if fact.subject.iri == iri else fact.subject) for fact in _stated(own))
    left = _groups((fact.phrase, fact.subject) for fact in _stated(about))
    if not right and not left:
        return None
    heights = [_height(groups) for groups in (left, right)]
    height = max(*heights, 60) + 2 * GAP
    spots: list[Spot] = []
    captions: list[Caption] = []
    for groups, own_height, x, anchor in ((left, heights[0], LEFT, "end"), (right, heights[1], RIGHT, "start")):
        y = (height - own_height) // 2
        for phrase, things in groups[:_PER_SIDE]:
            captions.append(Caption(phrase, x, y + 12, anchor))
            y += 18
            for thing in things:
                spots.append(_spot(thing, x, y + ROW // 2, anchor, height // 2))
                y += ROW
            y += GAP
    shown = len(spots)
    every = {fact.object.iri for fact in _stated(own)} | {fact.subject.iri for fact in _stated(about)}
    return Figure(height, height // 2, _short(label), tuple(spots), tuple(captions), max(0, len(every - {iri}) - shown))


def _stated(facts: Iterable[Fact]) -> list[Fact]:
    return [f for f in facts if f.status == "Asserted" and f.object.path and f.object.kind != "Quotation"]


def _groups(rows: Iterable[tuple[str, Thing]]) -> list[tuple[str, list[Thing]]]:
    """Neighbours by relation, at most `_PER_SIDE` in all, each once for each relation."""
    groups: dict[str, dict[str, Thing]] = {}
    for phrase, thing in rows:
        groups.setdefault(phrase, {})[thing.iri] = thing
    left, kept = _PER_SIDE, []
    for phrase, things in sorted(groups.items(), key=lambda row: (len(row[1]), row[0])):
        chosen = sorted(things.values(), key=lambda thing: thing.label)[: max(1, left)]
        if left > 0:
            kept.append((phrase, chosen))
            left -= len(chosen)
    return kept


def _height(groups: Sequence[tuple[str, Sequence[Thing]]]) -> int:
    return sum(18 + ROW * len(things) + GAP for _, things in groups) - (GAP if groups else 0)


def _spot(thing: Thing, x: int, y: int, anchor: str, middle: int) -> Spot:
    dot = x + (8 if anchor == "end" else -8)
    near = MIDDLE + (-9 if anchor == "end" else 9)
    bend = (dot + near) // 2
    return Spot(thing, _short(thing.label), dot, y, anchor, f"M{near} {middle}C{bend} {middle} {bend} {y} {dot} {y}")


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else label[: _LETTERS - 1].rstrip() + "…"

"""Where to draw every entity, by igraph; seeded, so the same graph gives the same picture.

Small components are drawn by the springs of Kamada and Kawai (Information Processing Letters 31, 1989), where distance
on paper follows distance in the graph. Large ones are split into communities by the Leiden method (Traag, Waltman, van
Eck, Scientific Reports 9, 2019): each is a disc, the discs are laid out by Fruchterman and Reingold's forces (Software
21, 1991) and pushed apart, and the members settle inside for a few rounds of the grid variant of
the same forces. The time is nearly linear, and groups stay apart.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import igraph
import numpy as np

from kg.graph.measures import seeded

WHOLE = 700  # vertices up to which a component is laid out as one
SPACING = 58.0  # units between neighbours, about; the page draws a node 10 to 38 units wide
CROWD = 8  # points of one cell that are pushed apart in one round
DISC = 0.8  # radius of a community of one, in lengths of an edge
PUSHES = 60  # rounds in which discs are pushed apart at most
GOLDEN = math.pi * (3 - math.sqrt(5))  # the angle of a sunflower's seeds
CELL = (SPACING * 0.95, SPACING * 0.62)  # of the grid in which components are packed: wider than high, as names are
Point = tuple[float, float]
Cell = tuple[int, int]


def positions(network: igraph.Graph, groups: Sequence[int]) -> list[tuple[int, int]]:
    """Where to draw every vertex, in whole units with (0, 0) in the middle. `groups` is what `communities` gave."""
    drawn: list[tuple[list[int], list[Point], set[Cell]]] = []
    with seeded():
        for members in sorted(network.connected_components(), key=lambda group: (-len(group), group[0])):
            part = network.induced_subgraph(members)
            points = _component(part, [groups[vertex] for vertex in members])
            drawn.append((members, points, _footprint(part, points)))
    placed: list[tuple[int, int]] = [(0, 0)] * network.vcount()
    for (members, points, _), (dx, dy) in zip(drawn, _packed([cells for *_, cells in drawn]), strict=True):
        for vertex, (x, y) in zip(members, points, strict=True):
            placed[vertex] = (round(x + dx), round(y + dy))
    return placed


def _component(part: igraph.Graph, groups: list[int]) -> list[Point]:
    count = part.vcount()
    if count == 1:
        return [(0.0, 0.0)]
    if count == 2:
        return [(-SPACING / 2, 0.0), (SPACING / 2, 0.0)]
    points = _springs(part) if count <= WHOLE else _grouped(part, groups)
    widest = max(part.degree())
    return _apart(_scaled(part, points), [math.sqrt(degree / widest) for degree in part.degree()])


def _springs(part: igraph.Graph) -> list[Point]:
    return [(x, y) for x, y in part.layout_kamada_kawai(seed=_circle(part.vcount())).coords]


def _forces(part: igraph.Graph, start: list[Point], *, rounds: int, near: bool, heat: float) -> list[Point]:
    """Fruchterman-Reingold from `start`; `near` looks at close pairs only, which is fast and a little rougher."""
    weights = part.es["weight"] if part.ecount() else None
    layout = part.layout_fruchterman_reingold(
        weights=weights, niter=rounds, seed=start, start_temp=heat, grid="grid" if near else "nogrid"
    )
    return [(x, y) for x, y in layout.coords]


def _grouped(part: igraph.Graph, groups: list[int]) -> list[Point]:
    """Communities first, as discs by their quotient graph, then their members inside each."""
    order = {group: number for number, group in enumerate(sorted(set(groups)))}
    ranks = [order[group] for group in groups]
    sizes = [0] * len(order)
    for rank in ranks:
        sizes[rank] += 1
    quotient = part.copy()
    quotient.contract_vertices(ranks)
    quotient.simplify(combine_edges={"weight": "sum"})
    quotient.es["weight"] = [math.log1p(weight) for weight in quotient.es["weight"]]
    count = len(order)
    centres = _forces(quotient, _circle(count), rounds=400, near=count > WHOLE, heat=math.sqrt(count) / 10)
    if count <= WHOLE:
        centres = _discs(centres, [DISC * math.sqrt(size) for size in sizes])
    seen = [0] * count
    start: list[Point] = []
    for rank in ranks:
        distance, angle = DISC * math.sqrt(seen[rank]), GOLDEN * seen[rank]
        seen[rank] += 1
        x, y = centres[rank]
        start.append((x + distance * math.cos(angle), y + distance * math.sin(angle)))
    return _forces(part, start, rounds=25, near=True, heat=0.5)


def _discs(centres: list[Point], radii: list[float]) -> list[Point]:
    """Discs drawn together until they about touch, then pushed off one another; the larger gives way less."""
    spots, radius = np.array(centres), np.array(radii)
    spots -= spots.mean(axis=0)
    far, wanted = float(np.sqrt(np.average((spots**2).sum(axis=1), weights=radius**2))), radius[:, None] + radius + 0.5
    spots *= 1.15 * math.sqrt(float((radius**2).sum()) / 2) / (far or 1.0)
    np.fill_diagonal(wanted, 0.0)
    yields = radius / (radius[:, None] + radius) / 2
    for _ in range(PUSHES):
        gaps = spots[:, None] - spots
        away = np.sqrt((gaps**2).sum(axis=2)) + 1e-9
        over = np.maximum(0.0, wanted - away)
        if not over.any():
            break
        spots = spots + (gaps * (over * yields / away)[:, :, None]).sum(axis=1)
    return [(float(x), float(y)) for x, y in spots]


def _circle(count: int) -> list[Point]:
    """A sunflower of `count` points, as far from one another as a unit apart: a start without chance."""
    return [(math.sqrt(i) * math.cos(GOLDEN * i), math.sqrt(i) * math.sin(GOLDEN * i)) for i in range(count)]


def _scaled(part: igraph.Graph, points: list[Point]) -> list[Point]:
    """Centred; the median edge as long as the spacing asks, or longer where the points would be crowded."""
    count = len(points)
    x, y = sum(p[0] for p in points) / count, sum(p[1] for p in points) / count
    points = [(px - x, py - y) for px, py in points]
    lengths = sorted(math.dist(points[a], points[b]) for a, b in part.get_edgelist())
    far = [math.hypot(px, py) for px, py in points]
    order = sorted(range(count), key=lambda i: (far[i], i))
    roomy = SPACING * math.sqrt(count / (2 * math.pi)) / (far[order[count // 2]] or 1.0)
    unit = max(SPACING * 1.35 / (lengths[len(lengths) // 2] or 1.0), roomy)
    wide = SPACING * 0.8 * math.sqrt(count)  # thins the crowded middle: a part of each radius goes by rank
    for rank, i in enumerate(order):
        stretch = 0.5 * unit + 0.5 * wide * math.sqrt((rank + 0.5) / count) / (far[i] or 1.0)
        points[i] = (points[i][0] * stretch, points[i][1] * stretch)
    return points


def _apart(points: list[Point], sizes: list[float]) -> list[Point]:
    """Points pushed apart, a few rounds over a grid of cells, until there is room for what is drawn at each.

    `sizes` are 0 to 1; of few points the large ones get more room, of many all get the same.
    """
    few = len(points) <= 2500
    rooms = [SPACING * (0.33 + 0.4 * size) for size in sizes] if few else [SPACING / 3] * len(points)
    reach = 2 * max(rooms)
    spots = [[x, y] for x, y in points]
    for _ in range(20 if few else 3 if len(points) <= 12000 else 1):
        cells: dict[Cell, list[int]] = defaultdict(list)
        for number, (x, y) in enumerate(spots):
            cells[(int(x // reach), int(y // reach))].append(number)
        if not sum(_push(spots, cells, cell, rooms) for cell in cells):
            break
    return [(x, y) for x, y in spots]


_AROUND = ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))


def _push(spots: list[list[float]], cells: dict[Cell, list[int]], cell: Cell, rooms: list[float]) -> int:
    """Pushes the points of a cell off those of itself and half of its neighbours; says how many pairs moved."""
    moved = 0
    for dx, dy in _AROUND:
        others = cells.get((cell[0] + dx, cell[1] + dy), ())[:CROWD]
        for a in cells[cell][:CROWD]:
            for b in others:
                if (dx == dy == 0 and b <= a) or a == b:
                    continue
                gx, gy = spots[b][0] - spots[a][0], spots[b][1] - spots[a][1]
                wanted, gap = rooms[a] + rooms[b], math.hypot(gx, gy)
                if gap >= wanted:
                    continue
                if gap < 1e-6:
                    gx, gy, gap = math.cos(a), math.sin(a), 1.0
                step = (wanted - min(gap, wanted)) / 2 / gap
                spots[a][0] -= gx * step
                spots[a][1] -= gy * step
                spots[b][0] += gx * step
                spots[b][1] += gy * step
                moved += 1
    return moved


def _footprint(part: igraph.Graph, points: list[Point]) -> set[Cell]:
    """The cells that a component covers: those of its vertices, of its edges' middles, and those next to them."""
    middles = [((points[a][0] + points[b][0]) / 2, (points[a][1] + points[b][1]) / 2) for a, b in part.get_edgelist()]
    return {(round(x / CELL[0]), round(y / CELL[1])) for x, y in points + middles}


def _packed(footprints: list[set[Cell]]) -> list[Point]:
    """Where to move each component, the largest first: each to the free place that is nearest to the middle.

    Places are tried along a spiral; components of one size go on where the last found room.
    """
    taken: set[Cell] = set()
    reached: dict[int, int] = {}
    moves: list[Point] = []
    for cells in footprints:
        turn = reached.get(len(cells), 0)
        while True:
            away = 0.7 * math.sqrt(turn)
            dx, dy = round(away * math.cos(GOLDEN * turn)), round(1.4 * away * math.sin(GOLDEN * turn))
            if all((x + dx, y + dy) not in taken for x, y in cells):
                break
            turn += 1
        reached[len(cells)] = turn
        moves.append((dx * CELL[0], dy * CELL[1]))
        taken.update((x + dx + i, y + dy + j) for x, y in cells for i in (-1, 0, 1) for j in (-1, 0, 1))
    return moves

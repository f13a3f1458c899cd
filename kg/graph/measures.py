"""Layout, communities and centrality of a knowledge graph, by igraph; seeded, so the same graph gives the same numbers.

Small components are drawn by Fruchterman and Reingold's forces (Software: Practice and Experience 21, 1991). Large
ones are split into communities by the Leiden method (Traag, Waltman, van Eck, Scientific Reports 9, 2019), whose
centres are laid out first and whose members then settle around them with the grid variant of the same forces: the
time is nearly linear, and groups stay apart.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import igraph

from kg.graph.graph import KnowledgeGraph

SEED = 7
WHOLE = 700  # vertices up to which a component is laid out by the forces of all pairs
SPACING = 58.0  # units between neighbours, about; the page draws a node 8 to 30 units wide
CROWD = 8  # points of one cell that are pushed apart in one round
GOLDEN = math.pi * (3 - math.sqrt(5))  # the angle of a sunflower's seeds
CELL = (SPACING * 0.95, SPACING * 0.62)  # of the grid in which components are packed: wider than high, as names are
Point = tuple[float, float]
Cell = tuple[int, int]


@contextmanager
def _seeded() -> Iterator[None]:
    """igraph draws its random numbers from a fixed seed in here."""
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def connections(graph: KnowledgeGraph) -> igraph.Graph:
    """A vertex for each entity, in the graph's order, and an undirected edge with `weight` for each pair with facts."""
    index = {id: number for number, id in enumerate(graph.entities)}
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for statement in graph.statements.values():
        a, b = index.get(statement.subject), index.get(statement.object)
        if a is not None and b is not None and a != b:
            weights[(min(a, b), max(a, b))] += 1.0
    pairs = sorted(weights)
    network = igraph.Graph(n=len(index), edges=pairs)
    network.es["weight"] = [math.sqrt(weights[pair]) for pair in pairs]
    return network


def importance(network: igraph.Graph) -> list[float]:
    """PageRank, weighted by facts, of every vertex; they add up to 1."""
    return list(network.pagerank(weights="weight")) if network.vcount() else []


def bridging(network: igraph.Graph) -> list[float]:
    """Betweenness as a share of the highest, 0 to 1. Its time grows with vertices times edges: for small graphs."""
    scores = network.betweenness(directed=False)
    highest = max(scores, default=0.0) or 1.0
    return [score / highest for score in scores]


def communities(network: igraph.Graph) -> list[int]:
    """The number of the community of every vertex: 0 is the largest. Vertices without edges are each their own."""
    if not network.vcount():
        return []
    with _seeded():
        found = network.community_leiden(objective_function="modularity", weights="weight", n_iterations=6)
    members = sorted(found, key=lambda group: (-len(group), group[0]))
    number = {vertex: rank for rank, group in enumerate(members) for vertex in group}
    return [number[vertex] for vertex in range(network.vcount())]


def positions(network: igraph.Graph, groups: Sequence[int]) -> list[tuple[int, int]]:
    """Where to draw every vertex, in whole units with (0, 0) in the middle. `groups` is what `communities` gave."""
    drawn: list[tuple[list[int], list[Point], set[Cell]]] = []
    with _seeded():
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
    whole = count <= WHOLE
    points = _forces(part, _circle(count), rounds=400, near=False) if whole else _grouped(part, groups)
    return _apart(_scaled(part, points))


def _forces(
    part: igraph.Graph, start: list[Point], *, rounds: int, near: bool, heat: float | None = None
) -> list[Point]:
    """Fruchterman-Reingold from `start`; `near` looks at close pairs only, which is fast and a little rougher."""
    heat = heat if heat is not None else math.sqrt(part.vcount()) / 10
    weights = part.es["weight"] if part.ecount() else None
    layout = part.layout_fruchterman_reingold(
        weights=weights, niter=rounds, seed=start, start_temp=heat, grid="grid" if near else "nogrid"
    )
    return [(x, y) for x, y in layout.coords]


def _grouped(part: igraph.Graph, groups: list[int]) -> list[Point]:
    """Communities first, on their quotient graph, then their members around each centre."""
    order = {group: number for number, group in enumerate(sorted(set(groups)))}
    ranks = [order[group] for group in groups]
    sizes = [0] * len(order)
    for rank in ranks:
        sizes[rank] += 1
    quotient = part.copy()
    quotient.contract_vertices(ranks)
    quotient.simplify(combine_edges={"weight": "sum"})
    quotient.es["weight"] = [math.log1p(weight) for weight in quotient.es["weight"]]
    centres = _forces(quotient, _circle(len(order)), rounds=400, near=len(order) > WHOLE)
    spread = 1.6 * math.sqrt(part.vcount() / max(len(order), 1))
    seen = [0] * len(order)
    start: list[Point] = []
    for rank in ranks:
        distance, angle = 0.75 * math.sqrt(seen[rank]), GOLDEN * seen[rank]
        seen[rank] += 1
        x, y = centres[rank]
        start.append((x * spread + distance * math.cos(angle), y * spread + distance * math.sin(angle)))
    return _forces(part, start, rounds=120, near=True, heat=math.sqrt(math.sqrt(part.vcount())))


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
    if count <= WHOLE:
        return [(px * unit, py * unit) for px, py in points]
    wide = SPACING * 0.8 * math.sqrt(count)  # thins the crowded middle: a part of each radius goes by rank
    for rank, i in enumerate(order):
        stretch = 0.5 * unit + 0.5 * wide * math.sqrt((rank + 0.5) / count) / (far[i] or 1.0)
        points[i] = (points[i][0] * stretch, points[i][1] * stretch)
    return points


def _apart(points: list[Point]) -> list[Point]:
    """Points nearer than two thirds of the spacing pushed apart, a few rounds over a grid of cells."""
    wanted = SPACING * 2 / 3
    spots = [[x, y] for x, y in points]
    for _ in range(12 if len(points) <= 2500 else 3 if len(points) <= 12000 else 1):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, (x, y) in enumerate(spots):
            cells[(int(x // wanted), int(y // wanted))].append(number)
        if not sum(_push(spots, cells, cell, wanted) for cell in cells):
            break
    return [(x, y) for x, y in spots]


_AROUND = ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1))


def _push(
    spots: list[list[float]], cells: dict[tuple[int, int], list[int]], cell: tuple[int, int], wanted: float
) -> int:
    """Pushes the points of a cell off those of itself and half of its neighbours; says how many pairs moved."""
    moved = 0
    for dx, dy in _AROUND:
        others = cells.get((cell[0] + dx, cell[1] + dy), ())[:CROWD]
        for a in cells[cell][:CROWD]:
            for b in others:
                if (dx == dy == 0 and b <= a) or a == b:
                    continue
                gx, gy = spots[b][0] - spots[a][0], spots[b][1] - spots[a][1]
                gap = math.hypot(gx, gy)
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

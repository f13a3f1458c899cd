"""Communities and centrality of a knowledge graph, by igraph; seeded, so the same graph gives the same numbers."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import igraph

from kg.graph.graph import KnowledgeGraph

SEED = 7


@contextmanager
def seeded() -> Iterator[None]:
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
    with seeded():
        found = network.community_leiden(objective_function="modularity", weights="weight", n_iterations=6)
    members = sorted(found, key=lambda group: (-len(group), group[0]))
    number = {vertex: rank for rank, group in enumerate(members) for vertex in group}
    return [number[vertex] for vertex in range(network.vcount())]

"""The graph as a pyvis `Network`: rows of nodes and edges that either style of page is made from.

pyvis's own page is not used: it loads from content networks and runs scripts out of names (its template does not
escape). Its `Network` is filled in bulk, since `add_node` and `add_edge` search lists, and given a template of ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.network import Network

from kg.graph import KnowledgeGraph, layout, measures
from kg.model import Entity, Statement
from kg.schema import Schema

FOLDER = Path(__file__).parent
BRIDGES = 2000  # entities up to which betweenness, which is slow, is counted
Row = dict[str, Any]


class Page(Network):  # type: ignore[misc]
    """A directed pyvis network that renders a template of this folder, escaped, with `given` as its globals."""

    def __init__(self, template: str, **given: Any) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(
            loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
        )
        self.templateEnv.globals.update(given)
        self.path = template

    def fill(self, nodes: list[Row], edges: list[Row]) -> None:
        """All nodes and edges at once; ids are taken to be unique and edges to join known nodes."""
        self.nodes, self.edges = nodes, edges
        self.node_ids = [row["id"] for row in nodes]
        self.node_map = {row["id"]: row for row in nodes}


# Controls that reorder or hide text around them; marks (LRM, RLM) and isolates stay, names in Arabic need them.
_HARMFUL = dict.fromkeys(range(32), " ") | dict.fromkeys(range(127, 160), " ")
_HARMFUL |= dict.fromkeys((*range(8234, 8239), 65279), " ")
_HARMFUL |= dict.fromkeys(range(55296, 57344), "�")


def clean(text: str) -> str:
    """The text as a page may show it: controls, overrides and lone surrogates replaced, one for one."""
    return text if text.isascii() and text.isprintable() else text.translate(_HARMFUL)


def rows(graph: KnowledgeGraph, schema: Schema) -> tuple[list[Row], list[Row]]:
    """Nodes and edges of a graph in its order: placed, ranked and grouped; edges only between entities it has."""
    network = measures.connections(graph)
    groups = measures.communities(network)
    places = layout.positions(network, groups)
    ranks = measures.importance(network)
    bridges = measures.bridging(network) if len(graph.entities) <= BRIDGES else [0.0] * len(ranks)
    nodes = [
        _node(entity, schema, place) | {"community": group, "rank": rank, "bridge": bridge}
        for entity, place, group, rank, bridge in zip(
            graph.entities.values(), places, groups, ranks, bridges, strict=True
        )
    ]
    known = graph.entities.keys()
    edges = [_edge(id, s) for id, s in graph.statements.items() if s.subject in known and s.object in known]
    return nodes, edges


def _node(entity: Entity, schema: Schema, place: tuple[int, int]) -> Row:
    kind = schema.types.get(entity.type)
    return {
        "id": entity.id,
        "label": clean(entity.name) or entity.id,
        "group": entity.type,
        "color": kind.color if kind else "#5F6368",
        "shape": kind.shape if kind else "dot",
        "x": place[0],
        "y": place[1],
        "entity": entity,
    }


def _edge(id: str, statement: Statement) -> Row:
    told = {"id": id, "label": statement.relation, "statement": statement}
    return {"from": statement.subject, "to": statement.object} | told

"""Turtle, TriG and N-Triples files, written by Oxigraph: the same graph gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from kg.graph import KnowledgeGraph
from kg.publish.iris import Names
from kg.publish.rdf import blocks, triples
from kg.schema import load_schema
from kg.settings import Settings


def prefixes(graph: KnowledgeGraph, settings: Settings) -> dict[str, str]:
    """The vocabularies' prefixes, and one for each kind of resource: `person:ana` for `.../id/person/ana`."""
    base = Names.of(settings).base
    found = {**load_schema().prefixes}
    kinds = {id.split("/", 1)[0] for id in graph.entities if "/" in id}
    for kind in sorted({"article", "statement", "evidence", "passage", "graph", *kinds}):
        if kind.isascii() and kind.isalpha() and kind not in found:
            found[kind] = f"{base}{kind}/"
    return found


def write_turtle(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    """The union of the graph's named graphs, grouped by subject."""
    _serialize(triples(graph, settings), path, RdfFormat.TURTLE, prefixes(graph, settings))


def write_trig(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    """One named graph for each article, and the collection's."""
    by_graph: dict[str, list[Quad]] = {}
    for block in blocks(graph, settings):
        for predicate, node, graphs in block.rows:
            for name in graphs:
                by_graph.setdefault(name.value, []).append(Quad(block.subject, predicate, node, name))
    rows = (quad for name in sorted(by_graph) for quad in by_graph[name])
    _serialize(rows, path, RdfFormat.TRIG, prefixes(graph, settings))


def write_ntriples(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    """The union, a triple on each line."""
    pyoxigraph.serialize(triples(graph, settings), path, RdfFormat.N_TRIPLES)


def _serialize(rows: Iterable[Triple] | Iterable[Quad], path: Path, syntax: RdfFormat, known: dict[str, str]) -> None:
    pyoxigraph.serialize(rows, path, syntax, prefixes=known)
    # Oxigraph writes the prefixes in an order that changes from run to run: put those lines, same length, in order.
    with path.open("r+b") as file:
        lines = [file.readline() for _ in known]
        file.seek(0)
        file.writelines(sorted(lines))

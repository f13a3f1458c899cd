"""Seconds to publish a large graph, beside Oxigraph alone on the same triples.

    python tests/benchmarks/rdf_speed.py [--articles 8000]

`raw` makes each triple's terms and triples with pyoxigraph from plain strings, as any program must that has facts and
wants Turtle, and writes them with `pyoxigraph.serialize`. `kg` is `write` from a KnowledgeGraph, hashes, selectors and
dates included. CPU seconds, the best of three, so that a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement
from kg.publish import write
from kg.publish.rdf import triples
from kg.settings import Settings

SENTENCE = "President Ana Petrova of Freedonia number {} met Ben Carter of Sylvania on Monday. "


def large(articles: int) -> KnowledgeGraph:
    """A graph of so many articles, each with five sentences and five facts."""
    people = [Entity(f"person/p{i}", "Person", f"Ana Petrova {i}", (f"Petrova {i}",)) for i in range(articles)]
    texts = [
        Article.of(SENTENCE.format(i) * 5, id=f"a{i}", title=f"Title {i}", published="2026-02-27")
        for i in range(articles)
    ]
    length = len(SENTENCE)
    statements = [
        Statement(
            f"person/p{i}",
            "metWith",
            f"person/p{(i * 7 + 13 * k + 1) % articles}",
            (("date", "2026-02-27"), ("role", "President")),
            evidence=(Evidence(f"a{i}", k * length, (k + 1) * length, (10, 21), (46, 56), "pattern/met", 0.9),),
            confidence=0.9,
        )
        for i in range(articles)
        for k in range(5)
    ]
    return KnowledgeGraph(texts, people, statements)


def best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def plain(node: NamedNode | Literal) -> tuple[str, str | None, str | None]:
    if isinstance(node, NamedNode):
        return node.value, None, None
    return node.value, node.language, node.datatype.value


def term(kind: type, told: tuple[str, str | None, str | None]) -> NamedNode | Literal:
    value, language, datatype = told
    if kind is NamedNode:
        return NamedNode(value)
    if language:
        return Literal(value, language=language)
    return Literal(value) if str(datatype).endswith("#string") else Literal(value, datatype=NamedNode(str(datatype)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=8000)
    graph = large(parser.parse_args().articles)
    rows = [(t.subject.value, t.predicate.value, type(t.object), plain(t.object)) for t in triples(graph)]

    def raw(syntax: RdfFormat, path: Path) -> None:
        made = (Triple(NamedNode(s), NamedNode(p), term(kind, told)) for s, p, kind, told in rows)
        pyoxigraph.serialize(made, path, syntax)

    print(f"{len(rows):,} triples")
    with tempfile.TemporaryDirectory() as folder:
        for name, syntax in (("turtle", RdfFormat.TURTLE), ("ntriples", RdfFormat.N_TRIPLES)):
            base = best(partial(raw, syntax, Path(folder) / "raw"))
            ours = best(partial(write, graph, folder, Settings(), [name]))
            print(f"{name:9} raw {base:6.2f} s   kg {ours:6.2f} s   ratio {ours / base:.2f}")
        for name in ("trig", "jsonld"):
            print(f"{name:9} kg {best(partial(write, graph, folder, Settings(), [name])):6.2f} s")


if __name__ == "__main__":
    main()

"""KnowledgeGraph -> files: RDF, HTML, tables.

>>> sorted(FORMATS)
['entities', 'graphml', 'html', 'jsonld', 'ntriples', 'statements', 'trig', 'turtle']
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.publish.jsonld import write_jsonld
from kg.publish.tables import write_entities, write_graphml, write_statements
from kg.publish.turtle import write_ntriples, write_trig, write_turtle
from kg.settings import Settings

Writer = Callable[[KnowledgeGraph, Path, Settings], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A file that an export holds: its name, its media type and what writes it."""

    file: str
    media_type: str
    write: Writer


def _write_page(graph: KnowledgeGraph, path: Path, settings: Settings) -> None:
    from kg.publish.html import write_html  # pyvis takes half a second to import

    write_html(graph, path, base=settings.base)


FORMATS = {
    "turtle": Format("graph.ttl", "text/turtle", write_turtle),
    "trig": Format("graph.trig", "application/trig", write_trig),
    "jsonld": Format("graph.jsonld", "application/ld+json", write_jsonld),
    "ntriples": Format("graph.nt", "application/n-triples", write_ntriples),
    "graphml": Format("graph.graphml", "application/graphml+xml", write_graphml),
    "html": Format("graph.html", "text/html", _write_page),
    "entities": Format("entities.csv", "text/csv", write_entities),
    "statements": Format("statements.csv", "text/csv", write_statements),
}


HELPED_FROM = 2000
"""Pieces of evidence from which on a second process writes the formats of `HELPED`, which are half of the work."""

HELPED = ("turtle", "trig", "ntriples")


def write(
    graph: KnowledgeGraph, folder: str | Path, settings: Settings | None = None, formats: Iterable[str] | None = None
) -> tuple[Path, ...]:
    """Write the graph in each format, by default all, and return the files' paths.

    A file is written beside its place and then renamed: a reader sees the old file or the new one, never a half.
    Raises StoreError for an unknown format, and where the folder cannot be written.
    """
    settings, folder = settings or Settings(), Path(folder)
    names = list(FORMATS if formats is None else formats)
    for name in names:
        if name not in FORMATS:
            raise StoreError(f"unknown format {name!r}; known: {', '.join(sorted(FORMATS))}")
    helped = [name for name in names if name in HELPED]
    several = (settings.processes or os.cpu_count() or 1) > 1
    size = sum(len(statement.evidence) for statement in graph.statements.values())
    if several and helped and helped != names and size >= HELPED_FROM:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["kg.publish"])  # without effect where the readers' server runs already
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            other = pool.submit(_write_all, graph, folder, settings, helped)
            _write_all(graph, folder, settings, [name for name in names if name not in HELPED])
            other.result()
    else:
        _write_all(graph, folder, settings, names)
    return tuple(folder / FORMATS[name].file for name in names)


def _write_all(graph: KnowledgeGraph, folder: Path, settings: Settings, names: Iterable[str]) -> None:
    for name in names:
        path = folder / FORMATS[name].file
        part = path.with_name(f".{path.name}.part")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            FORMATS[name].write(graph, part, settings)
            os.replace(part, path)
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error})") from error
        finally:
            part.unlink(missing_ok=True)


__all__ = ["FORMATS", "Format", "write"]

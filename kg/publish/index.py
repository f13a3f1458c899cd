"""The Oxigraph index of a store's graph: kept up to date by the quads that changed, and read without waiting.

`STORE/index/work` is the writer's; after each update readers get a snapshot of it. It holds the articles' graphs and
the collection's, and in the default graph their union, each triple once. What an update took away and added is kept as
a patch. The base and the provenance of an export by patch stay the index's until another export gives others.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad

from kg.errors import StoreError
from kg.model import digest
from kg.publish.index_patches import read_patch, replace_file, span, write_patch
from kg.publish.index_scope import Scope, compare, difference, kept
from kg.publish.index_snapshots import generations, publish, with_index
from kg.publish.iris import Names
from kg.publish.rdf import quads
from kg.settings import Settings
from kg.store import Changes, Store
from kg.store.database import explained

log = logging.getLogger(__name__)

KEPT = 100
"""Patches that are kept; who has not asked for so long takes the whole graph."""


TOGETHER = 100_000
"""Quads that are loaded in one go."""


@cache
def _version() -> str:
    """Names what turns the graph into quads: the code of this folder."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return digest([(path.name, sha256(path.read_bytes()).hexdigest()) for path in files])


@dataclass(frozen=True, slots=True)
class Mark:
    """The change up to which an index goes, what made it, and under which settings."""

    at: int
    version: str
    base: str | None
    provenance: str

    @classmethod
    def of(cls, folder: Path) -> Mark | None:
        """The mark in the folder of an index; None where there is none that can be read."""
        try:
            return cls(**json.loads((folder / "mark.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def settings(self) -> Settings:
        """How its quads were made."""
        return Settings(base=self.base, provenance=self.provenance)

    def set(self, folder: Path) -> None:
        """Write it down."""
        told = {"at": self.at, "version": self.version, "base": self.base, "provenance": self.provenance}
        replace_file(folder / "mark.json", json.dumps(told))


class Index:
    """The index of a store that is open to write."""

    def __init__(self, store: Store, *, base: str | None = None, provenance: str | None = None) -> None:
        """`base` and `provenance` stay as they are where they are not given. Raises StoreError for a wrong base."""
        self.store = store
        self.folder = store.folder / "index"
        self.patches = store.folder / "patches"
        mark = Mark.of(self.folder)
        known = mark.settings if mark else Settings()
        self.settings = replace(known, base=base or known.base, provenance=provenance or known.provenance)
        Names.of(self.settings)

    def refresh(self) -> None:
        """Bring the kept graph, the index and the patches up to date. Killed at any moment, the next call ends it."""
        self.store.derived.refresh()
        at = self.store.derived.at
        with explained(self.folder):
            self.folder.mkdir(exist_ok=True)
            self.patches.mkdir(exist_ok=True)
            mark = self._mark()
            if mark is not None:
                mark = self._recover(mark)
            changes = None if mark is None else self.store.derived.changes(mark)
            if mark is None or changes is None:
                self._rebuild(at)
            elif mark != at:
                self._update(mark, at, changes)
            elif not generations(self.folder):
                with_index(self.folder / "work", self._publish)

    def _mark(self) -> int | None:
        """The change up to which the index goes; None where there is none that can be built upon."""
        mark = Mark.of(self.folder)
        if mark is None or mark != self._now(mark.at) or not (self.folder / "work").is_dir():
            return None
        return mark.at

    def _now(self, at: int) -> Mark:
        return Mark(at, _version(), self.settings.base, self.settings.provenance)

    def _set_mark(self, at: int) -> None:
        self._now(at).set(self.folder)

    def _recover(self, mark: int) -> int:
        """Apply a patch that was written whole but not applied whole; once more does no harm."""
        for path in sorted(self.patches.glob(f"{mark:09d}-*.rdfp")):
            removed, added = read_patch(path)
            with_index(self.folder / "work", lambda index: self._apply(index, removed, added))  # noqa: B023
            mark = span(path)[1]
            self._set_mark(mark)
        return mark

    def _rebuild(self, at: int) -> None:
        log.info("the index is made anew")
        part, work = self.folder / "work.part", self.folder / "work"
        shutil.rmtree(part, ignore_errors=True)
        (self.folder / "mark.json").unlink(missing_ok=True)
        for path in self.patches.iterdir():  # they lead to a graph that may have been told otherwise
            path.unlink()
        with_index(part, self._fill)
        shutil.rmtree(work, ignore_errors=True)
        part.rename(work)
        with_index(work, self._publish)
        self._set_mark(at)

    def _fill(self, index: pyoxigraph.Store) -> None:
        """Bulk loading is fast and keeps what it is given in memory, so it gets a portion at a time."""
        rows = (quad for named in self._all() for quad in (named, _united(named)))
        while portion := list(islice(rows, TOGETHER)):
            index.bulk_extend(portion)

    def _all(self) -> Iterator[Quad]:
        """The quads of the whole graph, a portion of it in memory at a time."""
        for portion in self.store.derived.portions():
            graph = self.store.derived.excerpt(portion)
            scope = Scope(graph, portion, self.settings)
            yield from (quad for quad in quads(graph, self.settings) if quad in scope)

    def _update(self, mark: int, at: int, changes: Changes) -> None:
        graph = self.store.derived.excerpt(changes)

        def work(index: pyoxigraph.Store) -> None:
            if self.settings.provenance == "none":  # no node tells what facts there were: all are compared
                removed, added = difference(kept(index), set(self._all()))
            else:
                removed, added = compare(index, graph, changes, self.settings)
            log.info("%d quads go, %d come", len(removed), len(added))
            write_patch(self.patches / f"{mark:09d}-{at:09d}.rdfp", removed, added, (mark, at))
            self._apply(index, removed, added)

        with_index(self.folder / "work", work)
        self._set_mark(at)
        for path in sorted(self.patches.glob("*.rdfp"))[:-KEPT]:
            path.unlink()

    def _apply(self, index: pyoxigraph.Store, removed: Sequence[Quad], added: Iterable[Quad]) -> None:
        for quad in removed:
            index.remove(quad)
        index.extend(quad for named in added for quad in (named, _united(named)))
        for quad in removed:
            left = index.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(isinstance(other.graph_name, DefaultGraph) for other in left):
                index.remove(_united(quad))
        self._publish(index)

    def _publish(self, index: pyoxigraph.Store) -> None:
        publish(self.folder, index)


def refreshed(folder: Path) -> Path:
    """The folder of a store whose index is up to date if it can be: where another writes, or the folder may not be
    written, the last snapshot serves. Raises StoreError where there is none then.
    """
    with Store(folder) as store:
        mark = Mark.of(folder / "index")
        current = mark is not None and mark.version == _version() and generations(folder / "index")
        if current and mark and mark.at == store.derived.at and store.derived.is_current:
            return folder
    try:
        with Store(folder, write=True) as store:
            Index(store).refresh()
    except StoreError as error:
        if not generations(folder / "index"):
            raise
        log.warning("%s; the index as it was serves", error)
    return folder


def _united(quad: Quad) -> Quad:
    """The quad's triple in the union."""
    return Quad(quad.subject, quad.predicate, quad.object)

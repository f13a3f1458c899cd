"""The graph of a store, kept beside its readings and brought up to date by what changed.

A file of its own, `graph.N.sqlite`, that can be deleted at any time: it is made anew from the readings, as it is when
fusion, its tables or the ontology change. Whatever the way, the same readings give the same graph, that of `fuse`.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import kg.fuse
from kg.fuse.corrections import Corrections, load_corrections
from kg.graph import KnowledgeGraph
from kg.graph.graph import Seen
from kg.model import Article, Entity, Merge, Statement, digest
from kg.schema import ontology_dir
from kg.store import blocks, claims, copies
from kg.store.blocks import Blocks, load_entity
from kg.store.claims import Claims, load_seen, stated, stated_in
from kg.store.copies import Copies
from kg.store.database import connect, explained, transaction
from kg.store.former import Former, compared, settle
from kg.store.former import changed as out_of_use
from kg.store.readings import Readings

log = logging.getLogger(__name__)

CORRECTIONS = "corrections.toml"
"""The merges that a person forced or undid."""

FEW = 1000
"""So many changed articles are always taken in one by one; more only while they are less than half of all."""

_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE changed (kind TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE INDEX changed_at ON changed (at);
{blocks.SCHEMA}
{claims.SCHEMA}
{copies.SCHEMA}
"""

_KINDS = ("article", "statement", "entity", "seen")


@cache
def fusion_version() -> str:
    """Names what fuses: the code of fuse and store, the tables and relations of the ontology."""
    folders = (
        Path(kg.fuse.__file__).parent,
        Path(__file__).parent,
        ontology_dir() / "tables",
        ontology_dir() / "relations",
    )
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file())
    return digest([(path.name, sha256(path.read_bytes()).hexdigest()) for path in files])


@dataclass(frozen=True, slots=True)
class Changes:
    """What may differ from the graph of an earlier change: articles, statements and entities, by id."""

    articles: frozenset[str]
    statements: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()

    # `seen` are statements that are seen elsewhere or at another time, whatever they say.


class Excerpt(KnowledgeGraph):
    """A part of a graph, with evidence left out; `seen` still counts all of it."""

    def __init__(
        self,
        articles: Iterable[Article],
        entities: Iterable[Entity],
        statements: Iterable[Statement],
        seen: Mapping[str, Seen],
        redirects: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(articles, entities, statements, redirects=redirects)
        self._seen = seen

    def seen(self, statement: Statement) -> Seen:
        """As in the whole graph."""
        return self._seen[statement.id]


class Derived:
    """The graph in a folder. Opened to read, it stands as it was when it was last brought up to date."""

    def __init__(self, folder: Path, readings: Readings, *, write: bool) -> None:
        self.folder, self.readings = folder, readings
        self._write = write
        self._db: sqlite3.Connection | None = None
        files = _files(folder)
        if files:
            with explained(files[-1]):
                self._db = connect(files[-1], write=write)
                if write:  # what is lost with a failing machine can be made again
                    self._db.execute("PRAGMA synchronous = NORMAL")
                    self._db.execute("PRAGMA cache_size = -65536")

    def close(self) -> None:
        """Ends the connection."""
        if self._db:
            self._db.close()

    @property
    def at(self) -> int:
        """The number of the change up to which the graph goes; -1 where it has to be made anew."""
        if self._db is None or self._meta("version") != fusion_version():
            return -1
        return int(self._meta("at") or 0)

    @property
    def is_current(self) -> bool:
        """Whether all readings are in it, and nothing else, corrected as the folder's `corrections.toml` says."""
        return self.at == self.readings.at and self._corrected() == load_corrections(self.folder / CORRECTIONS)

    def _corrected(self) -> Corrections:
        """The corrections that the graph obeys."""
        same, split = json.loads(self._meta("corrections") or "[[], []]")
        return Corrections(tuple(map(tuple, same)), tuple(map(tuple, split)))

    def refresh(self) -> None:
        """Takes in what changed. Raises StoreError where the folder cannot be written; then nothing has changed."""
        corrections = load_corrections(self.folder / CORRECTIONS)
        changed = self.readings.changes(self.at) if self.at >= 0 else []
        if self.at < 0 or len(changed) > max(FEW, len(self.readings) / 2):
            self._rebuild(corrections)
        elif not self.is_current:
            assert self._db
            before = self._corrected()
            at = self.readings.at if corrections == before else self.readings.touch()
            log.info("%d changed articles are taken in", len(changed))
            with explained(self.folder), transaction(self._db) as db:
                gone, back = _take_in(db, self.readings, changed, at, corrections, before)
                db.execute("UPDATE meta SET value = ? WHERE key = 'at'", (at,))
                db.execute("INSERT OR REPLACE INTO meta VALUES ('corrections', ?)", (_dumped(corrections),))
                self.readings.note(gone, back)  # before the rest is safe: done again, it says the same

    def former(self) -> Former:
        """What became of each id that was in use when the graph was brought up to date, and is not: the one that stands
        for it now, or None.
        """
        assert self._db
        query = "SELECT DISTINCT entity FROM uses WHERE ends"
        return settle(self.readings.former(), self._ids(query))

    def graph(self) -> KnowledgeGraph:
        """The whole graph: every article, the entities that statements use, the statements."""
        assert self._db
        with explained(self.folder):
            self._db.execute("BEGIN")
            try:
                articles = (reading.article for reading in self.readings)
                copies = self._db.execute("SELECT article, original FROM copies")
                redirects = self._db.execute("SELECT old, new FROM redirects")
                return KnowledgeGraph(articles, self._entities(), stated(self._db), self.merges(), copies, redirects)
            finally:
                self._db.execute("ROLLBACK")

    def changes(self, since: int) -> Changes | None:
        """What changed after change number `since`; None where that is not known any more."""
        assert self._db
        if since < int(self._meta("rebuilt") or 0):
            return None
        found: dict[str, set[str]] = {kind: set() for kind in _KINDS}
        with explained(self.folder):
            for kind, id in self._db.execute("SELECT kind, id FROM changed WHERE at > ?", (since,)):
                found[kind].add(id)
        return Changes(*(frozenset(found[kind]) for kind in _KINDS))

    def portions(self, size: int = 500) -> Iterator[Changes]:
        """The whole graph as changes of bounded size: its excerpts, one after the other, show all of it."""
        assert self._db
        for articles in _chunks(self._ids("SELECT article FROM contexts ORDER BY 1"), size):
            yield Changes(articles)
        query = "SELECT id FROM entities UNION SELECT old FROM redirects ORDER BY 1"
        for entities in _chunks(self._ids(query), 20 * size):
            yield Changes(frozenset(), entities=entities)
        for seen in _chunks(self._ids("SELECT id FROM statements ORDER BY 1"), 20 * size):
            yield Changes(frozenset(), seen=seen)

    def excerpt(self, changes: Changes) -> KnowledgeGraph:
        """The part of the graph that shows the changes.

        It has the changed articles, and their statements with the evidence that these articles give; the changed
        statements, and all between the same two entities, with all their evidence and its articles; and the entities of
        all of them.
        """
        assert self._db
        with explained(self.folder):
            whole = changes.statements.union(self._beside(changes.statements))
            statements = tuple(stated_in(self._db, sorted(changes.articles), sorted(whole), sorted(changes.seen)))
            shown = (statement for statement in statements if statement.id in whole)
            cited = changes.articles | {item.article for statement in shown for item in statement.evidence}
            redirects = [row for id in sorted(changes.entities) for row in self._redirects(id)]
            named = {id for statement in statements for id in _named(statement)}
            named |= changes.entities | {new for _, new in redirects}
            query = "SELECT seen FROM statements WHERE id = ?"
            seen = {s.id: load_seen(self._db.execute(query, (s.id,)).fetchone()[0]) for s in statements}
            return Excerpt(self._articles(sorted(cited)), self._used(sorted(named)), statements, seen, redirects)

    def _redirects(self, old: str) -> list[tuple[str, str]]:
        assert self._db
        return self._db.execute("SELECT old, new FROM redirects WHERE old = ?", (old,)).fetchall()

    def _beside(self, statements: Iterable[str]) -> Iterator[str]:
        """The statements between the same two entities as one of these: they may make the same direct triple."""
        assert self._db
        query = """
            SELECT other.statement FROM uses AS other JOIN uses AS further USING (statement)
            WHERE other.entity = ? AND further.entity = ? AND other.ends AND further.ends"""
        for id in statements:
            if row := self._db.execute("SELECT data FROM statements WHERE id = ?", (id,)).fetchone():
                subject, _, object = json.loads(row[0])[:3]
                yield from (statement for (statement,) in self._db.execute(query, (subject, object)))

    def _ids(self, query: str) -> list[str]:
        assert self._db
        with explained(self.folder):
            return [id for (id,) in self._db.execute(query)]

    def merges(self) -> Iterator[Merge]:
        """What joined entities of several articles, as `fuse` tells it, sorted by entity and name."""
        assert self._db
        query = """
            SELECT entity, json_extract(forms.data, '$[0][1]') AS name, json_group_array(DISTINCT article)
            FROM members JOIN forms ON form = forms.id GROUP BY entity, name ORDER BY entity"""
        named = groupby(self._db.execute(query), key=itemgetter(0))
        for id, why in self._db.execute("SELECT id, why FROM entities WHERE why != '[]' ORDER BY id"):
            where = next({name: told for _, name, told in rows} for entity, rows in named if entity == id)
            for name, reason, score, *articles in json.loads(why):
                told = articles[0] if articles else sorted(json.loads(where[name]))
                yield Merge(id, name, reason, score, tuple(told))

    def _articles(self, ids: list[str]) -> Iterator[Article]:
        for id in ids:
            if reading := self.readings.get(id):
                yield reading.article

    def _entities(self) -> Iterator[Entity]:
        assert self._db
        query = "SELECT data FROM entities WHERE EXISTS (SELECT 1 FROM uses WHERE entity = id AND ends)"
        return (load_entity(data) for (data,) in self._db.execute(query))

    def _used(self, ids: list[str]) -> Iterator[Entity]:
        assert self._db
        query = "SELECT data FROM entities WHERE id = ? AND EXISTS (SELECT 1 FROM uses WHERE entity = id AND ends)"
        for id in ids:
            if row := self._db.execute(query, (id,)).fetchone():
                yield load_entity(row[0])

    def _meta(self, key: str) -> str | None:
        assert self._db
        with explained(self.folder):
            row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _rebuild(self, corrections: Corrections) -> None:
        """Makes the file anew beside the old one, which serves until the new one is whole."""
        log.info("the graph is made anew from %d articles", len(self.readings))
        files = _files(self.folder)
        number = 1 + (int(files[-1].name.split(".")[1]) if files else 0)
        part, path = self.folder / "graph.part", self.folder / f"graph.{number}.sqlite"
        with explained(self.folder):
            part.unlink(missing_ok=True)
            _fill(part, self.readings, corrections)
            if files:
                self.readings.note(*_compared(part, files[-1]))
            part.rename(path)
            self.close()
            for old in files:
                for name in (old.name, f"{old.name}-wal", f"{old.name}-shm"):
                    with suppress(FileNotFoundError):
                        (self.folder / name).unlink()
        self.__init__(self.folder, self.readings, write=self._write)  # type: ignore[misc]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("graph.*.sqlite"), key=lambda path: int(path.name.split(".")[1]))


def _compared(part: Path, old: Path) -> tuple[Former, set[str]]:
    """What the graph in a new file lacks of the old one; nothing where the old one is of a kind not known any more."""
    db = sqlite3.connect(part, isolation_level=None)
    try:
        return compared(db, old)
    except sqlite3.Error as error:
        log.warning("%s: what became of its ids is not told: %s", old, error)
        return {}, set()
    finally:
        db.close()


def _dumped(corrections: Corrections) -> str:
    return json.dumps([corrections.same, corrections.split], ensure_ascii=False)


def _fill(path: Path, readings: Readings, corrections: Corrections) -> None:
    """A new file with the graph of the readings. Nobody sees it before it is whole, so it needs no journal."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144", "temp_store = FILE"):
            db.execute(f"PRAGMA {setting}")
        db.executescript(_SCHEMA)
        at = readings.at
        db.execute("BEGIN")
        _take_in(db, readings, readings.changes(0), at, corrections, Corrections())
        db.execute("DELETE FROM changed")
        rows = [("version", fusion_version()), ("at", at), ("rebuilt", at), ("corrections", _dumped(corrections))]
        db.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        db.execute("COMMIT")
    finally:
        db.close()


def _take_in(
    db: sqlite3.Connection,
    readings: Readings,
    changed: list[str],
    at: int,
    corrections: Corrections,
    before: Corrections,
) -> tuple[Former, set[str]]:
    """Brings the graph in `db` up to date, and logs what is another than before.

    Returns what became of the ids that are used no longer, and those that are used now.
    """
    members, copies, told = Blocks(db, corrections, before), Copies(db), Claims(db)
    for article in changed:
        reading = readings.get(article)
        members.drop(article)
        copies.change(article, reading.article if reading else None)
        if reading:
            members.put(reading)
    resolved = members.resolve()
    articles = resolved.articles.union(changed, copies.find())
    for article in sorted(articles):
        told.drop(article)
        if reading := readings.get(article):
            told.put(reading, members.ids(article))
    pointed = told.unite()
    query = "SELECT statement FROM uses WHERE entity = ? AND NOT ends"
    naming = {statement for entity in pointed.entities for (statement,) in db.execute(query, (entity,))}
    query = "SELECT old FROM redirects WHERE new = ?"
    leading = {old for entity in pointed.entities for (old,) in db.execute(query, (entity,))}
    entities = resolved.entities | pointed.entities | leading
    ids = (articles, pointed.statements | naming, entities, pointed.seen)
    for kind, different in zip(_KINDS, ids, strict=True):
        db.executemany("INSERT OR REPLACE INTO changed VALUES (?, ?, ?)", [(kind, id, at) for id in different])
    return out_of_use(db, pointed.entities, resolved.former)


def _chunks(ids: list[str], size: int) -> Iterator[frozenset[str]]:
    return (frozenset(ids[start : start + size]) for start in range(0, len(ids), size))


def _named(statement: Statement) -> Iterator[str]:
    yield from (statement.subject, statement.object)
    if statement.attributed_to:
        yield statement.attributed_to
    yield from (value for _, value in statement.qualifiers)

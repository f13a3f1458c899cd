"""The readings of a store: one row an article, the part of a store that cannot be rebuilt.

Each row has what the article is found by, a hash of the article as it came, the version of the reader, and the
reading as compressed JSON. `changed` gives each article, also a removed one, the number of its last change: whoever
derives something from the readings asks for the changes since the number up to which he has come. `former` keeps what
became of entities' ids that the graph had once, which no reading tells.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.model import Article, Reading, digest
from kg.store.database import connect, explained, transaction

FORMAT = "1"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS readings (
  id TEXT NOT NULL UNIQUE, url TEXT, publisher TEXT, published TEXT, hash TEXT NOT NULL, version TEXT NOT NULL,
  data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS by_url ON readings (url);
CREATE INDEX IF NOT EXISTS by_publisher ON readings (publisher);
CREATE INDEX IF NOT EXISTS by_version ON readings (version);
CREATE TABLE IF NOT EXISTS changed (article TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_change ON changed (at);
CREATE TABLE IF NOT EXISTS former (id TEXT PRIMARY KEY, now TEXT) WITHOUT ROWID;
"""


def hashed(article: Article) -> str:
    """A hash of all that the reader sees of an article: text, title, date and the rest."""
    return digest(*astuple(article), length=32)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles there are, by publisher and by version of the reader, and from when to when."""

    articles: int
    publishers: tuple[tuple[str, int], ...]
    versions: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None


class Readings:
    """The readings in `path`, a file made if missing when it is opened to write."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        with explained(path):
            self._db = connect(path, write=write)
            if write:
                self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
                self._db.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?)", (FORMAT,))
            tables = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master")}
            row = self._db.execute("SELECT value FROM meta").fetchone() if "meta" in tables else None
        if row is None or row[0] != FORMAT:
            self.close()
            found = f"has format {row[0]}" if row else "is no file of a store"
            raise StoreError(f"{path}: {found}; this version of kg reads format {FORMAT}")

    def close(self) -> None:
        """Ends the connection."""
        self._db.close()

    def __len__(self) -> int:
        return int(self._one("SELECT count(*) FROM readings"))

    def __iter__(self) -> Iterator[Reading]:
        """All readings, sorted by article id, as they were when the first was taken."""
        cursor = self._db.cursor()
        with explained(self.path):
            cursor.execute("SELECT data FROM readings ORDER BY id")
            while rows := cursor.fetchmany(100):
                yield from (_reading(data) for (data,) in rows)

    @property
    def at(self) -> int:
        """The number of the last change; 0 for an empty store."""
        return int(self._one("SELECT coalesce(max(at), 0) FROM changed"))

    def holds(self, article: Article, version: str) -> bool:
        """Whether this very article was read by this version of the reader."""
        with explained(self.path):
            row = self._db.execute("SELECT hash, version FROM readings WHERE id = ?", (article.id,)).fetchone()
        return bool(row) and row == (hashed(article), version)

    def put(self, readings: Sequence[Reading]) -> None:
        """Keeps the readings, all or none; one of the same article gives way."""
        rows = [_row(reading) for reading in readings]
        with explained(self.path), transaction(self._db) as db:
            at = self.at + 1
            db.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            db.executemany("INSERT OR REPLACE INTO changed VALUES (?, ?)", [(row[0], at) for row in rows])

    def remove(self, ids: Iterable[str]) -> int:
        """Forgets the articles, all or none, and returns how many of them were there."""
        with explained(self.path), transaction(self._db) as db:
            at, gone = self.at + 1, 0
            for id in ids:
                if db.execute("DELETE FROM readings WHERE id = ?", (id,)).rowcount:
                    db.execute("INSERT OR REPLACE INTO changed VALUES (?, ?)", (id, at))
                    gone += 1
        return gone

    def get(self, id: str) -> Reading | None:
        """The reading of one article."""
        with explained(self.path):
            row = self._db.execute("SELECT data FROM readings WHERE id = ?", (id,)).fetchone()
        return _reading(row[0]) if row else None

    def outdated(self, version: str) -> list[str]:
        """The ids of the articles that another version of the reader has read, sorted."""
        with explained(self.path):
            return [
                id for (id,) in self._db.execute("SELECT id FROM readings WHERE version != ? ORDER BY id", [version])
            ]

    def find(self, *, url: str | None = None, publisher: str | None = None) -> list[str]:
        """The ids of the articles with this address or of this publisher, sorted."""
        column, value = ("url", url) if url is not None else ("publisher", publisher)
        with explained(self.path):
            return [
                id for (id,) in self._db.execute(f"SELECT id FROM readings WHERE {column} = ? ORDER BY id", [value])
            ]

    def touch(self) -> int:
        """Counts a change that no article made, such as a correction, and returns its number."""
        with explained(self.path), transaction(self._db) as db:
            at = self.at + 1
            db.execute("INSERT OR REPLACE INTO changed VALUES ('', ?)", (at,))
        return at

    def note(self, gone: Mapping[str, str | None], back: Iterable[str]) -> None:
        """Keeps what became of ids that are no longer, and forgets it of those that are again."""
        with explained(self.path), transaction(self._db) as db:
            db.executemany("INSERT OR REPLACE INTO former VALUES (?, ?)", gone.items())
            db.executemany("DELETE FROM former WHERE id = ?", ((id,) for id in back))

    def former(self) -> Mapping[str, str | None]:
        """What became of each id that is no longer, as it was when it went; None for nothing."""
        with explained(self.path):
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'former'").fetchone():
                return {}  # a store of an earlier version that nobody has written to since
            return dict(self._db.execute("SELECT id, now FROM former ORDER BY id"))

    def changes(self, since: int) -> list[str]:
        """The ids of articles added, read anew or removed after change number `since`, sorted."""
        with explained(self.path):
            query = "SELECT article FROM changed WHERE at > ? AND article != '' ORDER BY article"
            rows = self._db.execute(query, (since,))
            return [article for (article,) in rows]

    def count(self) -> Counts:
        """What is there."""

        def by(column: str) -> tuple[tuple[str, int], ...]:
            query = f"SELECT coalesce({column}, ''), count(*) AS n FROM readings GROUP BY 1 ORDER BY n DESC, 1"
            return tuple(self._db.execute(query))

        with explained(self.path):
            span = self._db.execute("SELECT min(published), max(published) FROM readings").fetchone()
            return Counts(len(self), by("publisher"), by("version"), *span)

    def _one(self, query: str) -> int:
        with explained(self.path):
            value: int = self._db.execute(query).fetchone()[0]
        return value


def _row(reading: Reading) -> tuple[str, str | None, str | None, str | None, str, str, bytes]:
    article = reading.article
    data = zlib.compress(reading.to_json().encode("utf-8", "surrogatepass"))
    row = (article.id, article.url, article.publisher, article.published, hashed(article), reading.version, data)
    try:
        "".join(part or "" for part in row[:4]).encode()
    except UnicodeEncodeError as error:
        raise StoreError(f"{article.id!r}: id, url, publisher or date hold no valid text; clean them first") from error
    return row


def _reading(data: bytes) -> Reading:
    try:
        return Reading.from_json(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise sqlite3.DatabaseError(f"a reading is damaged ({error}); add its article again") from error

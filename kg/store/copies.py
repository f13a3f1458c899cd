"""Prints of the articles and their bands, so that near-duplicates of a changed article are found without the others.

Of the pairs that are alike only what follows is kept, the first article of each group. A group that lost an article or
may gain one is found anew by `find_copies` among its own articles: none of them is like one outside.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from kg.fuse.copies import Print, find_copies, take_print
from kg.model import Article

TOGETHER = 1000
"""Changed articles that are compared in one go."""

SCHEMA = """
CREATE TABLE prints (
  article TEXT PRIMARY KEY, published TEXT NOT NULL, runs INTEGER NOT NULL, signature BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE bands (band INTEGER NOT NULL, article TEXT NOT NULL, PRIMARY KEY (band, article)) WITHOUT ROWID;
CREATE TABLE copies (article TEXT PRIMARY KEY, original TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX copies_by_original ON copies (original);
"""


class Copies:
    """The prints in a database, inside a transaction of the caller's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._open: set[str] = set()
        self._changed: set[str] = set()

    def change(self, id: str, article: Article | None) -> None:
        """Put the article in the place of the one with this id, or take that one away."""
        if row := self._db.execute("SELECT * FROM prints WHERE article = ?", (id,)).fetchone():
            self._open |= self._group(id) - {id}
            old = _print(*row)
            self._db.executemany("DELETE FROM bands WHERE band = ? AND article = ?", [(b, id) for b in _bands(old)])
            self._db.execute("DELETE FROM prints WHERE article = ?", (id,))
            self._forget([id, *self._copies_of(id)])
        if article is not None:
            new = take_print(article)
            signature = array("Q", new.signature).tobytes()
            self._db.execute("INSERT INTO prints VALUES (?, ?, ?, ?)", (id, new.published, new.runs, signature))
            self._db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, id) for band in _bands(new)])
            self._open.add(id)
        else:
            self._open.discard(id)
        if len(self._open) >= TOGETHER:
            self._regroup()

    def find(self) -> set[str]:
        """Find the copies among what changed; the articles that copy another one than before, or none now."""
        self._regroup()
        changed, self._changed = self._changed, set()
        return changed

    def _regroup(self) -> None:
        open, self._open = self._open, set()
        for id in sorted(open):
            own = self._load(id)
            for other in self._near(own):
                if other.article not in open and own.copies(other):
                    open |= self._group(other.article)
        before = {row[0]: row[1] for row in self._rows("article, original", "article", open)}
        after = find_copies(self._load(id) for id in sorted(open))
        different = {id for id in open if before.get(id) != after.get(id)}
        self._forget(different)
        rows = [(id, after[id]) for id in different if id in after]
        self._db.executemany("INSERT INTO copies VALUES (?, ?)", rows)
        self._changed |= different

    def _forget(self, copies: Iterable[str]) -> None:
        for id in copies:
            if self._db.execute("DELETE FROM copies WHERE article = ?", (id,)).rowcount:
                self._changed.add(id)

    def _near(self, own: Print) -> Iterator[Print]:
        """The prints that share a band with this one."""
        found = {article for (article,) in self._rows("article", "band", _bands(own), table="bands")}
        for article in sorted(found - {own.article}):
            yield self._load(article)

    def _group(self, id: str) -> set[str]:
        """The article, the one that it copies, and all that copy that."""
        row = self._db.execute("SELECT original FROM copies WHERE article = ?", (id,)).fetchone()
        original = row[0] if row else id
        return {id, original, *self._copies_of(original)}

    def _copies_of(self, original: str) -> list[str]:
        return [id for (id,) in self._rows("article", "original", [original])]

    def _load(self, id: str) -> Print:
        return _print(*self._db.execute("SELECT * FROM prints WHERE article = ?", (id,)).fetchone())

    def _rows(
        self, columns: str, key: str, values: Iterable[str] | Iterable[int], table: str = "copies"
    ) -> Iterator[tuple[str, ...]]:
        query = f"SELECT {columns} FROM {table} WHERE {key} = ?"
        for value in values:
            yield from self._db.execute(query, (value,))


def _print(article: str, published: str, runs: int, signature: bytes) -> Print:
    return Print(article, published, runs, tuple(array("Q", signature)))


def _bands(print: Print) -> list[int]:
    """The print's bands as numbers that SQLite can hold."""
    keys = (json.dumps(band).encode() for band in print.bands())
    return [int.from_bytes(blake2b(key, digest_size=8).digest(), "big", signed=True) for key in keys]

"""SQLite files of a store: how they are opened, and what is said when they cannot be.

Write-ahead logging: readers see the last committed state while one process writes, and a process that is killed
leaves nothing half.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

WAIT = 10.0
"""Seconds to wait for another process's short transaction."""

_ADVICE = {
    "SQLITE_FULL": "the disk is full; what was reported as added is kept: free some space and run the command again",
    "SQLITE_IOERR": "cannot be written, as when a disk or a quota is full; what was reported as added is kept: "
    "free some space and run the command again",
    "SQLITE_READONLY": "is read-only; make the folder and its files writable, or copy the store",
    "SQLITE_CANTOPEN": "cannot be opened; name a folder that you may read and write",
    "SQLITE_BUSY": "is in use by another process; run the command again when that has ended",
    "SQLITE_CORRUPT": "is damaged; restore the folder from a copy, or add the articles to a new store",
    "SQLITE_NOTADB": "is no file of a store; restore the folder from a copy, or name another",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite and the file system raise into a StoreError that says what would be right."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        advice = next((text for prefix, text in _ADVICE.items() if name.startswith(prefix)), str(error))
        raise StoreError(f"{path}: {advice}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; name a folder that you may read and write") from error


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection in which transactions begin by BEGIN alone. Raises sqlite3.Error.

    Without `write`, works also in a folder that may not be written, as on read-only media.
    """
    if write:
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        # Each commit reaches the disk before it is reported, whatever then befalls the machine.
        connection.execute("PRAGMA synchronous = FULL")
        return connection
    uri = path.absolute().as_uri() + "?mode=ro"
    try:
        return _probe(sqlite3.connect(uri, timeout=WAIT, isolation_level=None, uri=True))
    except sqlite3.OperationalError:
        if path.with_name(path.name + "-wal").exists() or not path.exists():
            raise
        # No log beside it and none can be made: nobody writes, so the file alone is the whole truth.
        return _probe(sqlite3.connect(uri + "&immutable=1", isolation_level=None, uri=True))


def _probe(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is written inside, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

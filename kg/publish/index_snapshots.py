"""Snapshots of a store's index: what readers open, and keep as long as they like while the writer goes on.

`STORE/index/N` is a whole Oxigraph store, its files shared with the writer's by hard links. Who reads one holds a
shared lock on `N.lock`; the writer takes away only those that it can lock alone.
"""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pyoxigraph

from kg.errors import StoreError

Result = TypeVar("Result")


def with_index(path: Path, work: Callable[[pyoxigraph.Store], Result]) -> Result:
    """What `work` returns of the index in `path`. Oxigraph gives its lock free when the last reference goes: here."""
    index = pyoxigraph.Store(str(path))
    try:
        return work(index)
    finally:
        index.flush()
        del index
        gc.collect()


def publish(folder: Path, index: pyoxigraph.Store) -> None:
    """A snapshot of the index for readers; those that nobody reads any more go, but for the last before it."""
    index.flush()
    numbers = generations(folder)
    part = folder / "snapshot.part"
    shutil.rmtree(part, ignore_errors=True)
    index.backup(str(part))
    part.rename(folder / str(1 + max(numbers, default=0)))
    for number in numbers[:-1]:
        with _locked(folder / f"{number}.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as free:
            if free:
                shutil.rmtree(folder / str(number))
                (folder / f"{number}.lock").unlink()


@contextmanager
def last_snapshot(folder: Path) -> Iterator[Path]:
    """The folder of the last snapshot of the index of the store in `folder`; it stays until the block ends.

    Raises StoreError where there is none.
    """
    root = folder / "index"
    for _ in range(3):  # a writer may take a snapshot away between our look and our lock
        number = max(generations(root), default=None)
        if number is None:
            break
        with _locked(root / f"{number}.lock", fcntl.LOCK_SH):
            if (root / str(number)).is_dir():
                yield root / str(number)
                return
    raise StoreError(f"{folder}: has no index; make it by kg export {folder} --patch -")


@contextmanager
def open_index(folder: Path) -> Iterator[pyoxigraph.Store]:
    """The last snapshot of the index of the store in `folder`, to read. Raises StoreError where there is none."""
    with last_snapshot(folder) as path:
        yield pyoxigraph.Store.read_only(str(path))


def generations(folder: Path) -> list[int]:
    """The numbers of the snapshots in the folder of an index, the oldest first."""
    return sorted(int(path.name) for path in folder.glob("*") if path.name.isdigit() and path.is_dir())


@contextmanager
def _locked(path: Path, mode: int) -> Iterator[bool]:
    """Whether the lock could be had; held to the end of the block."""
    handle = os.open(path, os.O_RDONLY | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, mode)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)

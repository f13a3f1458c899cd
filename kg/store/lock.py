"""One writer at a time: a lock on a file of the store, which the system releases however the process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError
from kg.store.database import explained


class WriterLock:
    """Held from `with` to its end. Raises StoreError at once where another process holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def __enter__(self) -> WriterLock:
        with explained(self.path.parent):
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.read(handle, 32).decode("ascii", "replace").strip()
            os.close(handle)
            who = f"process {owner}" if owner else "another process"
            raise StoreError(f"{self.path.parent}: {who} is writing to it; run the command again then") from error
        self._handle = handle
        with explained(self.path.parent):
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

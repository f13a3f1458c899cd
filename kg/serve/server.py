"""What the handlers share: the dataset of the hour, the pool before it, the address that the world sees."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.serve.census import Census, take
from kg.serve.dataset import Dataset
from kg.serve.facts import Facts
from kg.serve.kept import Kept
from kg.serve.limits import Limits
from kg.serve.names import NameIndex
from kg.serve.pages import Pages, look
from kg.serve.pool import Pool

if TYPE_CHECKING:
    from starlette.requests import Request

log = logging.getLogger(__name__)
_SOON = 0.05  # seconds before a client that has left is missed


@dataclass(slots=True)
class Server:
    """One served dataset. `public` is the address that the world sees, ending in `/`."""

    dataset: Dataset
    limits: Limits
    pool: Pool
    public: str
    title: str = "Knowledge graph"
    gone: set[str] = field(default_factory=set)  # paths that an earlier dataset had and this one lacks
    licences: tuple[str, ...] = ("https://creativecommons.org/publicdomain/zero/1.0/",)
    facts: Facts = field(init=False)
    names: NameIndex = field(init=False)
    pages: Pages = field(init=False)
    counts: Census = field(init=False)
    kept: Kept = field(init=False)
    retired: list[Dataset] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._read()

    def _read(self) -> None:
        self.facts = Facts(self.dataset)
        self.names = NameIndex(self.facts)
        self.counts = take(self.dataset, len(self.names), self.facts.schema.namespace)
        self.pages = Pages(self.facts, self.title, self.public)
        self.kept = Kept(self.limits.kept)

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        limits: Limits | None = None,
        public: str = "http://127.0.0.1:8000/",
        title: str = "Knowledge graph",
    ) -> Server:
        """A server whose pool is not started yet."""
        limits = limits or Limits()
        return cls(dataset, limits, Pool(dataset.path, limits), public.rstrip("/") + "/", title)

    def has(self, name: str) -> bool:
        """Whether the export's folder has a file of this name."""
        return (self.dataset.file.parent / name).is_file()

    def etag(self, name: str) -> str:
        """The entity tag of a representation: changes with the data, the pages' look and the files beside them."""
        return f'"{self.dataset.version}-{look()}-{name}"'

    async def ask(self, request: Request, query: Mapping[str, object]) -> bytes:
        """The pool's answer; the query is killed when the client hangs up, and then raises ConnectionError."""
        work = asyncio.ensure_future(self.pool.ask(query))
        tasks: set[asyncio.Future[Any]] = {work}
        try:
            await asyncio.wait(tasks, timeout=_SOON)
            if not work.done():
                tasks.add(asyncio.ensure_future(_left(request)))
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            raise ConnectionError("the client left")
        finally:
            for task in tasks:
                if not task.done():
                    task.cancel()
                    with contextlib.suppress(asyncio.CancelledError, Exception):
                        await task

    def swap(self, dataset: Dataset) -> None:
        """Serves another dataset from the next request on; queries under way end on the store that they began on."""
        old, self.dataset = self.dataset, dataset
        self._read()
        self.pool.store = dataset.path
        self.gone = {path for path in self.gone | old.paths() if path not in dataset.paths()}
        self.retired.append(old)
        asyncio.get_running_loop().call_later(self.limits.seconds + self.limits.patience + 1, self._drop, old)

    def _drop(self, dataset: Dataset) -> None:
        if dataset in self.retired:
            self.retired.remove(dataset)
            dataset.close()

    def close(self) -> None:
        """Drops the stores of the datasets that were swapped out; the present one belongs to its opener."""
        for dataset in list(self.retired):
            self._drop(dataset)

    async def follow(self, export: Path, every: float = 2.0) -> None:
        """Swaps when the export's file changes; a file that cannot be read is logged, and the old one stays."""
        known = self.dataset.file.stat().st_mtime_ns
        while True:
            await asyncio.sleep(every)
            try:
                now = self.dataset.file.stat().st_mtime_ns
                if now != known:
                    known = now
                    base = self.dataset.base if self.dataset.base != self.dataset.source else None
                    self.swap(await asyncio.to_thread(Dataset.open, export, base))
                    log.info("%s changed; serving version %s", export, self.dataset.version)
            except (OSError, StoreError) as error:
                log.warning("%s changed but cannot be served: %s", export, error)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def server_of(request: Request) -> Server:
    """The server that handles the request."""
    server: Server = request.app.state.server
    return server

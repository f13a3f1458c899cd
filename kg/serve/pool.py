"""A pool of workers: takes a query in, gives bytes out, kills what runs too long, replaces what dies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import struct
import sys
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.publish.guard import Refusal
from kg.serve.limits import Limits

log = logging.getLogger(__name__)
_ROOT = str(Path(__file__).parents[2])
_TRIES = 4
_AT_ONCE = 0.05
_SLOWER = 5  # niceness: a third of the share of others, so that it ends even on a busy machine
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")


class WorkerLost(Exception):
    """The worker died under a query; `code` is its exit status, negative for a signal."""

    def __init__(self, code: int) -> None:
        super().__init__(f"worker ended with {code}")
        self.code = code


class _Worker:
    """One process, and the two pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin and process.stdout
        self.process, self.stdin, self.stdout = process, process.stdin, process.stdout
        self.walls: list[str] = []
        self.slowed = self.dead = False
        self.over = asyncio.Event()  # it is dead or dying: somebody else must take its place

    @classmethod
    async def start(cls, limits: Limits, store: Path) -> _Worker:
        """A worker that has opened the store and said which walls stand around it."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-s", "-m", "kg.serve.worker", str(limits.memory), str(store)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**{k: v for k, v in os.environ.items() if k in _KEPT}, "PYTHONPATH": _ROOT, "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
            limit=2**20,
        )
        worker = cls(process)
        try:
            header, _ = await worker._read()
        except BaseException:
            worker.kill()
            await process.wait()
            raise
        worker.walls = header["walls"]
        return worker

    async def exchange(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """The worker's header and body. Raises WorkerLost where it dies first."""
        frame = json.dumps(request).encode()
        try:
            self.stdin.write(struct.pack(">I", len(frame)) + frame)
            await self.stdin.drain()
            return await self._read()
        except (ConnectionError, asyncio.IncompleteReadError):
            self.dead = True
            raise WorkerLost(await self.process.wait()) from None

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        size = struct.unpack(">I", await self.stdout.readexactly(4))[0]
        header: dict[str, Any] = json.loads(await self.stdout.readexactly(size))
        return header, await self.stdout.readexactly(header["length"])

    def slow(self) -> None:
        """Lets the other workers go first."""
        with contextlib.suppress(OSError):
            own = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PGRP, self.process.pid, min(own + _SLOWER, 19))
            self.slowed = True

    def restore(self) -> bool:
        """Whether the worker is as quick as before; only a privileged process may raise a priority again."""
        if self.slowed and not self.dead:
            try:
                os.setpriority(os.PRIO_PGRP, self.process.pid, os.getpriority(os.PRIO_PROCESS, 0))
            except OSError:
                return False
            self.slowed = False
        return not self.dead

    async def end(self) -> None:
        """Waits for the process's end."""
        await self.process.wait()
        self.over.set()

    def kill(self) -> None:
        """Ends the process. One that was slowed takes its time to die on a busy machine, so it is hurried first."""
        self.restore()
        self.dead = True
        self.over.set()
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)


class Pool:
    """`limits.workers` workers over the store at `store`; set `store` anew to swap it under running queries."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.store, self.limits = store, limits
        self.idle: list[_Worker] = []
        self.waiting: deque[asyncio.Future[_Worker]] = deque()
        self.workers: set[_Worker] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._ends: set[asyncio.Task[None]] = set()
        self.loop: asyncio.AbstractEventLoop

    async def __aenter__(self) -> Pool:
        self.loop = asyncio.get_running_loop()
        ready = [asyncio.get_running_loop().create_future() for _ in range(self.limits.workers)]
        self._tasks = [asyncio.create_task(self._tend(future)) for future in ready]
        async with asyncio.timeout(30):
            await asyncio.gather(*ready)
        walls = next(iter(self.workers)).walls
        if "seccomp" not in walls and "namespace" not in walls:
            log.warning("this system cannot take the network from the workers; only the query's text is checked")
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*self._ends)

    async def ask(self, request: Mapping[str, Any]) -> bytes:
        """The answer's bytes. Raises Refusal: 400, 413, 500, 503 or 504. A query whose asker leaves is killed."""
        request = {**request, "store": str(self.store), "rows": self.limits.rows, "size": self.limits.size}
        clock = asyncio.get_running_loop().time
        for attempt in range(_TRIES):
            worker = await self._take()
            started = clock()
            try:
                return self._judged(*await self._timed(worker, request))
            except WorkerLost as lost:
                log.warning("a worker was lost with status %s", lost.code)
                last = attempt == _TRIES - 1
                found_dead = clock() - started < _AT_ONCE  # it may have died before it was asked
                if lost.code == -signal.SIGABRT and (last or not found_dead):
                    raise Refusal(413, f"The query needs more than {self.limits.memory} MiB; narrow it.") from None
                if last or (lost.code == -signal.SIGSEGV and not found_dead):
                    raise Refusal(500, "The engine failed on this query; the server goes on. Simplify it.") from None
            finally:
                self._give(worker)
        raise AssertionError("the last try returns or raises")

    async def _timed(self, worker: _Worker, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        slower = asyncio.get_running_loop().call_later(self.limits.slow, worker.slow)
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await worker.exchange(request)
        except TimeoutError:
            worker.kill()
            raise Refusal(504, f"The query ran longer than {self.limits.seconds:g} s and was stopped.") from None
        except asyncio.CancelledError:
            worker.kill()
            raise
        finally:
            slower.cancel()

    def _judged(self, header: dict[str, Any], body: bytes) -> bytes:
        error, message = header.get("error"), header.get("message", "")
        if error is None:
            return body
        if error == "too much":
            raise Refusal(
                413,
                f"The answer is larger than {self.limits.rows:,} rows or {self.limits.size // 2**20:,} MiB. "
                "Narrow the query, or page with ORDER BY, LIMIT and OFFSET.",
            )
        if error == "memory":
            raise Refusal(413, f"The query needs more than {self.limits.memory} MiB; narrow it.")
        if error == "syntax":
            raise Refusal(400, f"The query is not valid SPARQL: {message}")
        raise Refusal(500, f"The engine could not answer: {message}")

    async def _take(self) -> _Worker:
        while self.idle:
            worker = self.idle.pop()
            if not worker.dead and not worker.stdout.at_eof():
                return worker
        if len(self.waiting) >= self.limits.queue:
            raise Refusal(503, "Too many queries wait already; try again in a few seconds.", 2)
        future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self.waiting.append(future)
        try:
            async with asyncio.timeout(self.limits.patience):
                return await future
        except TimeoutError:
            raise Refusal(503, "All workers are busy; try again in a few seconds.", 5) from None
        finally:
            if future in self.waiting:
                self.waiting.remove(future)
            if future.done() and not future.cancelled() and sys.exception() is not None:
                self._give(future.result())  # it came as we left

    def _give(self, worker: _Worker) -> None:
        """Back to the waiting or the idle; a worker that is slow for good is killed, and `_tend` replaces it."""
        if not worker.restore():
            worker.kill()
            return
        while self.waiting:
            future = self.waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self.idle.append(worker)

    async def _tend(self, ready: asyncio.Future[None]) -> None:
        """Keeps one place of the pool filled for as long as the pool is open."""
        while True:
            try:
                worker = await _Worker.start(self.limits, self.store)
            except (OSError, asyncio.IncompleteReadError) as error:
                log.error("a worker could not start: %s", error)
                await asyncio.sleep(1)
                continue
            self.workers.add(worker)
            end = asyncio.create_task(worker.end())
            self._ends.add(end)
            end.add_done_callback(self._ends.discard)
            self._give(worker)
            if not ready.done():
                ready.set_result(None)
            try:
                await worker.over.wait()  # not for its death: freeing a gigabyte may take seconds
            finally:
                worker.kill()
                self.workers.discard(worker)
                if worker in self.idle:
                    self.idle.remove(worker)

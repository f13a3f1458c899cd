"""A real server on a free port of 127.0.0.1, in a thread of the test's own process."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn

from kg.serve.app import make_app
from kg.serve.dataset import Dataset
from kg.serve.limits import Limits
from kg.serve.run import configure
from kg.serve.server import Server


@dataclass
class Live:
    """A running server, where it is, and the hand that reaches into its loop."""

    url: str
    server: Server
    runner: uvicorn.Server

    def swap(self, dataset: Dataset) -> None:
        done = threading.Event()

        def swap() -> None:
            self.server.swap(dataset)
            done.set()

        self.server.pool.loop.call_soon_threadsafe(swap)
        assert done.wait(5)


@contextmanager
def serving(dataset: Dataset, limits: Limits | None = None, **options: Any) -> Iterator[Live]:
    tcp = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, else asyncio leaves TCP_NODELAY unset
    with socket.socket(*tcp) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        url = f"http://127.0.0.1:{port}/"
        server = Server.of(dataset, limits or Limits(workers=2), options.pop("public", url), **options)
        runner = uvicorn.Server(configure(make_app(server), lifespan="on"))
        thread = threading.Thread(target=runner.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        for _ in range(300):
            if runner.started or not thread.is_alive():
                break
            thread.join(0.05)
        assert runner.started, "the server did not start"
        try:
            yield Live(url, server, runner)
        finally:
            runner.should_exit = True
            thread.join(10)

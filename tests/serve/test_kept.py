"""Answers that are kept, and connections that bring too much or nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.serve import connection
from kg.serve.dataset import Dataset
from kg.serve.kept import Kept
from kg.serve.limits import Limits
from tests.serve.conftest import Client
from tests.serve.live import Live, serving

POINT = "SELECT ?o { <http://x.example/1> <http://x.example/p> ?o }"


def test_an_answer_is_kept_until_the_data_change(tmp_path: Path) -> None:
    files = {name: tmp_path / f"{name}.nt" for name in ("old", "new")}
    for name, file in files.items():
        file.write_text(f'<http://x.example/1> <http://x.example/p> "{name}" .\n')
    with Dataset.open(files["old"]) as old, serving(old, Limits(workers=1)) as running:
        ask = Client(running.url).ask
        assert ask(POINT, "text/csv").text.split() == ["o", "old"]
        workers = [worker.process.pid for worker in running.server.pool.workers]
        for pid in workers:
            os.kill(pid, signal.SIGSTOP)  # who is asked now does not answer
        assert ask(POINT, "text/csv").text.split() == ["o", "old"]
        for pid in workers:
            os.kill(pid, signal.SIGCONT)
        assert "old" in ask(POINT, "application/sparql-results+xml").text, "another format is another answer"
        running.swap(Dataset.open(files["new"]))
        assert ask(POINT, "text/csv").text.split() == ["o", "new"]
        running.server.dataset.close()


@pytest.mark.parametrize("call", ["RAND()", "rand()", "STRUUID()", "UUID()", "NOW()", "BNODE()"])
def test_what_differs_each_time_is_not_kept(live: Live, call: str) -> None:
    ask = Client(live.url).ask
    query = f"SELECT ({call} AS ?x) {{}}"
    assert ask(query).status == 200
    assert not any(query in str(key) for key in live.server.kept._answers)


def test_no_more_is_kept_than_fits() -> None:
    kept = Kept(20_000)
    for number in range(20):
        kept.put(number, "ASK {}", "text/csv", b"x" * 1000)
        assert kept.get(0) if number < 5 else True, "what is asked for stays"
    assert kept.get(19) == ("text/csv", b"x" * 1000) and kept.get(6) is None
    assert kept._size <= 20_000
    kept.put("large", "ASK {}", "text/csv", b"x" * 2**19)
    assert kept.get("large") is None and kept.get(19)


def talk(live: Live, *parts: bytes) -> bytes:
    """What comes back until the server closes."""
    with socket.create_connection((urlsplit(live.url).hostname, urlsplit(live.url).port), timeout=10) as client:
        for part in parts:
            try:
                client.sendall(part)
            except OSError:
                break
        told = b""
        with contextlib.suppress(ConnectionResetError):  # what was sent and not read resets the connection
            while part := client.recv(2**16):
                told += part
        return told


def test_a_head_without_end_is_refused(live: Live) -> None:
    line = b"X-Long: " + b"x" * 60_000 + b"\r\n"
    told = talk(live, b"GET / HTTP/1.1\r\n", *[line] * 20)
    assert told.startswith(b"HTTP/1.1 431") or not told
    assert Client(live.url)("GET", "/robots.txt").status == 200


def test_a_connection_that_says_nothing_is_closed(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.3)
    started = time.monotonic()
    assert talk(live) == b"" and talk(live, b"GET / HT") == b""
    assert time.monotonic() - started < 8
    assert Client(live.url)("GET", "/robots.txt").status == 200


def test_a_request_in_pieces_is_answered(live: Live) -> None:
    request = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert talk(live, *[request[i : i + 7] for i in range(0, len(request), 7)]).startswith(b"HTTP/1.1 200")

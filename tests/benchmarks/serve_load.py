"""How `kg serve` bears load: 8 clients for a minute on a million triples, hostile queries, memory.

    python tests/benchmarks/serve_load.py [--articles 5500] [--seconds 60] [--clients 8] [--folder DIR]

The server is the command itself, in a process of its own. Point queries ask for one resource's label, types and facts;
no two are alike until all resources have been asked for. Each is timed at the client, which keeps its connection. The
measure beside it is pyoxigraph in the client's own process, on the same store on disk: parse, evaluate, serialize as
JSON, nothing else. Clients, server and workers share the machine's cores, so the pair is compared twice: one at a
time, and with all clients (threads, in-process). PSS is a process's own memory and its share of what it shares.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.publish import write
from kg.serve.dataset import Dataset
from kg.settings import Settings
from tests.benchmarks.rdf_speed import large

LABEL = "SELECT ?l {{ <{0}> <http://www.w3.org/2000/01/rdf-schema#label> ?l }}"
FACTS = (
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX kg: <https://w3id.org/newskg/ontology#> SELECT ?relation ?label ?confidence {{ ?st rdf:subject <{0}> ; "
    "rdf:predicate ?relation ; rdf:object ?o ; kg:confidence ?confidence . ?o rdfs:label ?label }}"
)
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1",
)


class Connection:
    """One kept connection that speaks just enough HTTP, so that the client costs little."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def ask(self, query: str) -> tuple[int, bytes]:
        path = "/sparql?" + urlencode({"query": query})
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/sparql-results+json\r\n\r\n"
        self.socket.sendall(head.encode())
        status = int(self.file.readline().split()[1])
        length = 0
        while (line := self.file.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return status, self.file.read(length)


def run(
    ask: Callable[[str], bool], queries: list[str], seconds: float, start: int, step: int
) -> tuple[list[float], int]:
    """(seconds of each query, errors) of one client that asks for so long."""
    times, errors, at = [], 0, start
    end = time.perf_counter() + seconds
    while (now := time.perf_counter()) < end:
        errors += not ask(queries[at % len(queries)])
        times.append(time.perf_counter() - now)
        at += step
    return times, errors


def together(asks: list[Callable[[str], bool]], queries: list[str], seconds: float) -> tuple[list[float], int]:
    """The same of all clients at once, each on a thread."""
    found: list[tuple[list[float], int]] = []
    threads = [
        threading.Thread(target=lambda n=n, ask=ask: found.append(run(ask, queries, seconds, n, len(asks))))
        for n, ask in enumerate(asks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [t for times, _ in found for t in times], sum(errors for _, errors in found)


def over(port: int) -> Callable[[str], bool]:
    connection = Connection(port)
    return lambda query: connection.ask(query)[0] == 200


def within(store: ox.Store) -> Callable[[str], bool]:
    def ask(query: str) -> bool:
        found = store.query(query)
        return bool(found.serialize(format=ox.QueryResultsFormat.JSON))  # type: ignore[union-attr]

    return ask


def told(name: str, times: list[float], errors: int, seconds: float) -> float:
    times.sort()
    median = statistics.median(times)
    print(
        f"{name:34} {len(times):8,} queries {len(times) / seconds:7,.0f}/s  median {median * 1e3:7.3f} ms  "
        f"p99 {times[int(len(times) * 0.99)] * 1e3:8.2f} ms  worst {times[-1] * 1e3:8.1f} ms  errors {errors}",
        flush=True,
    )
    return median


@contextmanager
def served(folder: Path, workers: int, seconds: float) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    started = time.perf_counter()
    command = [*(sys.executable, "-m", "kg", "serve", str(folder), "--port", str(port)),
               *("--seconds", str(seconds), "--workers", str(workers))]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                Connection(port)
                break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit("the server ended") from None
                time.sleep(0.1)
        print(f"ready after {time.perf_counter() - started:.1f} s")
        yield process, port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def memory(process: subprocess.Popen[bytes]) -> None:
    """MiB of the server and of its workers."""
    tasks = [process.pid, *map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())]
    for pid in tasks:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        size = {name: int(re.search(rf"^{name}: *(\d+)", rollup, re.M)[1]) / 1024 for name in ("Pss", "Rss")}  # type: ignore[index]
        print(
            f"  {'server' if pid == process.pid else 'worker'} PSS {size['Pss']:6.0f} MiB  RSS {size['Rss']:6.0f} MiB"
        )


def besieged(port: int, queries: list[str], deadline: float) -> None:
    """Point queries while two hostile ones run, and how long after its deadline each of these is answered."""
    late: list[float] = []
    stop = threading.Event()

    def attack(query: str) -> None:
        connection = Connection(port)
        while not stop.is_set():
            started = time.perf_counter()
            status, _ = connection.ask(query)
            late.append(time.perf_counter() - started - deadline)
            if status != 504:
                print(f"  a hostile query answered {status}")

    threads = [threading.Thread(target=attack, args=(query,)) for query in HOSTILE]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    times, errors = run(over(port), queries, 3 * deadline, 0, 1)
    stop.set()
    told("one client beside two hostile", times, errors, 3 * deadline)
    for thread in threads:
        thread.join()
    print(f"  hostile queries stopped {min(late):.2f} to {max(late):.2f} s after their deadline ({len(late)} of them)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_500, help="185 triples each")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--deadline", type=float, default=3)
    parser.add_argument("--folder", type=Path, help="an export to use, or to make")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch) / "export"
        if not (folder / "graph.trig").is_file():
            write(large(options.articles), folder, Settings(), ["trig"])
        measure(folder, options)


def measure(folder: Path, options: Any) -> None:
    with Dataset.open(folder) as dataset:
        count = sum(1 for _ in dataset.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        print(f"{count:,} triples, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        people = sorted(path for path in dataset.paths() if path.startswith("person/"))
        shapes = {"label": LABEL, "facts": FACTS}
        queries = {name: [shape.format(dataset.base + path) for path in people] for name, shape in shapes.items()}
        alone, shared = {}, {}
        for name, texts in queries.items():
            alone[name] = told(f"in process, {name}", *run(within(dataset.store), texts, 5, 0, 1), 5)
            asks = [within(dataset.store) for _ in range(options.clients)]
            shared[name] = told(f"in process, {name}, {options.clients} threads", *together(asks, texts, 5), 5)
    with served(folder, options.workers, options.deadline) as (process, port):
        for name, texts in queries.items():
            assert json.loads(Connection(port).ask(texts[0])[1])["results"]["bindings"], name
            ratio = told(f"over HTTP, {name}", *run(over(port), texts, 5, 0, 1), 5) / alone[name]
            print(f"  {ratio:.1f} times in process")
            asks = [over(port) for _ in range(options.clients)]
            seconds = options.seconds / len(queries)
            times, errors = together(asks, texts, seconds)
            ratio = told(f"over HTTP, {name}, {options.clients} clients", times, errors, seconds) / shared[name]
            print(f"  {ratio:.1f} times in process with {options.clients} threads")
        memory(process)
        besieged(port, queries["label"], options.deadline)


if __name__ == "__main__":
    main()

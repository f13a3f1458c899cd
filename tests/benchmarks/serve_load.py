"""How `kg serve` bears load: 8 clients for a minute on a million triples, hostile queries, memory.

    python tests/benchmarks/serve_load.py [--articles 5500] [--seconds 60] [--clients 8] [--folder DIR]

The server is the command itself, in a process of its own; clients keep their connections and time each query. `label`
asks for the label of one resource, `facts` for the facts that it is the subject of, with labels and confidence (five
rows). `new` queries were never asked before (a comment tells them apart), `known` ones were. Beside each stands
pyoxigraph in the client's own process, on the same store on disk: parse, evaluate, serialize as JSON, nothing else.
Clients, server and workers share the machine's cores. PSS is a process's own memory and its share of what it shares.
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
from functools import partial
from itertools import count
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
Ask = Callable[[str], bool]
Queries = Callable[[int], str]


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


def over(port: int) -> Ask:
    connection = Connection(port)
    return lambda query: connection.ask(query)[0] == 200


def within(store: ox.Store) -> Ask:
    def ask(query: str) -> bool:
        found = store.query(query)
        return bool(found.serialize(format=ox.QueryResultsFormat.JSON))  # type: ignore[union-attr]

    return ask


def run(ask: Ask, queries: Queries, seconds: float, start: int = 0) -> tuple[list[float], int]:
    """(seconds of each query, errors) of one client that asks for so long."""
    times, errors = [], 0
    end = time.perf_counter() + seconds
    for number in count(start):
        query = queries(number)
        if (now := time.perf_counter()) >= end:
            break
        errors += not ask(query)
        times.append(time.perf_counter() - now)
    return times, errors


def together(asks: list[Ask], queries: Queries, seconds: float) -> tuple[list[float], int]:
    """The same of all clients at once, each on a thread."""
    found: list[tuple[list[float], int]] = []
    threads = [
        threading.Thread(target=lambda n=n, ask=ask: found.append(run(ask, queries, seconds, n * 10**6)))
        for n, ask in enumerate(asks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [t for times, _ in found for t in times], sum(errors for _, errors in found)


def told(name: str, found: tuple[list[float], int], seconds: float) -> float:
    """Prints a line, and returns the median in seconds."""
    times, errors = sorted(found[0]), found[1]
    median = statistics.median(times)
    print(
        f"{name:32} {len(times):8,} queries {len(times) / seconds:7,.0f}/s  median {median * 1e3:7.3f} ms  "
        f"p99 {times[int(len(times) * 0.99)] * 1e3:8.2f} ms  worst {times[-1] * 1e3:7.1f} ms  errors {errors}",
        flush=True,
    )
    return median


@contextmanager
def served(folder: Path, workers: int, deadline: float) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    started = time.perf_counter()
    command = [*(sys.executable, "-m", "kg", "serve", str(folder), "--port", str(port)),
               *("--seconds", str(deadline), "--workers", str(workers))]  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
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
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in (process.pid, *map(int, children)):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        size = {name: int(kib) / 1024 for name, kib in re.findall(r"^(Pss|Rss): *(\d+)", rollup, re.MULTILINE)}
        print(f"  {'server' if pid == process.pid else 'worker'} PSS {size['Pss']:.0f} MiB, RSS {size['Rss']:.0f} MiB")


def besieged(port: int, queries: Queries, deadline: float) -> None:
    """Point queries while two hostile ones run, and how long after its deadline each of these is answered."""
    late: list[float] = []
    stop = threading.Event()

    def attack(query: str) -> None:
        connection = Connection(port)
        while not stop.is_set():
            started = time.perf_counter()
            status, body = connection.ask(query)
            late.append(time.perf_counter() - started - deadline)
            if status != 504:
                print(f"  a hostile query was answered {status}: {body[:80]!r}")

    threads = [threading.Thread(target=attack, args=(query,)) for query in HOSTILE]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    found = run(over(port), queries, 4 * deadline, 10**9)
    stop.set()
    told("beside two hostile queries", found, 4 * deadline)
    for thread in threads:
        thread.join()
    print(f"  hostile queries stopped {min(late):.2f} to {max(late):.2f} s after their deadline ({len(late)} of them)")


def query(shape: str, base: str, people: list[str], new: bool, number: int) -> str:
    text = shape.format(base + people[number % (len(people) if new else 50)])
    return f"{text} # {number}" if new else text


def measure(folder: Path, options: Any) -> None:
    with Dataset.open(folder) as dataset:
        size = sum(1 for _ in dataset.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        print(f"{size:,} triples, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        people = sorted(path for path in dataset.paths() if path.startswith("person/"))
        shapes = {"label": LABEL, "facts": FACTS}
        asked: dict[tuple[str, str], Queries] = {
            (name, kind): partial(query, shape, dataset.base, people, kind == "new")
            for name, shape in shapes.items()
            for kind in ("new", "known")
        }
        alone = {
            name: told(f"in process, {name}", run(within(dataset.store), asked[name, "new"], 5), 5) for name in shapes
        }
        asks = [within(dataset.store) for _ in range(options.clients)]
        crowd = together(asks, asked["facts", "new"], 5)
        told(f"in process, facts, {options.clients} threads", crowd, 5)
    with served(folder, options.workers, options.deadline) as (process, port):
        for (name, kind), queries in asked.items():
            assert json.loads(Connection(port).ask(queries(7))[1])["results"]["bindings"], name
            median = told(f"over HTTP, {name}, {kind}", run(over(port), queries, 5), 5)
            print(f"  {median / alone[name]:.1f} times in process")
        asks, half = [over(port) for _ in range(options.clients)], options.seconds / 2
        for kind in ("new", "known"):
            found = together(asks, asked["facts", kind], half)
            told(f"over HTTP, facts, {kind}, {options.clients} clients", found, half)
            print(f"  {len(crowd[0]) / 5 / (len(found[0]) / half):.1f} times in process, by queries a second")
        memory(process)
        besieged(port, asked["label", "new"], options.deadline)


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


if __name__ == "__main__":
    main()

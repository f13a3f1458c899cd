"""`kg serve`, `site`, `push` and `mcp` as a user starts them: the command line, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.publish import write
from kg.store import Store
from tests.serve.conftest import ANA, Client, small_graph
from tests.serve.stores import free, oxigraph
from tests.store.examples import reading

ROOT = Path(__file__).parents[2]
KG = [sys.executable, "-m", "kg"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SAID = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/newskg/ontology#Statement> }"


@pytest.fixture(scope="module", params=["folder", "store"])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export, and a store."""
    folder: Path = tmp_path_factory.mktemp(request.param) / "graph"
    if request.param == "folder":
        write(small_graph(), folder)
    else:
        with Store.make(folder) as store:
            list(store.add([reading(number) for number in range(3)]))
    return folder


def kg(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**ENVIRONMENT, **environment})


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[Client, subprocess.Popen[str]]]:
    port = free()
    command = [*KG, "serve", str(folder), "--port", str(port), "--workers", "1", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    client = Client(f"http://127.0.0.1:{port}/")
    try:
        for _ in range(400):
            try:
                assert client("GET", "/robots.txt").status == 200
                break
            except OSError:
                assert process.poll() is None, process.communicate()[1]
                time.sleep(0.1)
        yield client, process
    finally:
        process.kill()
        process.communicate()


def test_serve_answers_until_it_is_told_to_stop(source: Path) -> None:
    with served(source) as (client, process):
        assert int(client.ask(SAID, "text/csv").text.split()[1]) > 0
        assert client("GET", "/").status == 200 and client("GET", "/about").status == 200
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        workers = children.read_text().split() if children.exists() else []
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
        assert process.returncode == 0, told
        assert "Serving" in told and "Traceback" not in told
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers), "a worker outlived its server"


def test_serve_takes_in_a_new_build(tmp_path: Path) -> None:
    write(small_graph(), tmp_path)
    with served(tmp_path) as (client, _):
        before = client.ask(SAID, "text/csv").text
        write(small_graph().select(lambda statement: statement.relation == "said"), tmp_path)
        for _ in range(200):
            if client.ask(SAID, "text/csv").text != before:
                break
            time.sleep(0.1)
        assert client.ask(SAID, "text/csv").text.split() == ["n", "1"]
        assert client("GET", "/id/person/mallory").status == 410


def test_serve_maps_the_base_and_keeps_to_its_limits(tmp_path: Path) -> None:
    write(small_graph(), tmp_path)
    options = (
        "--base",
        "http://other.example/",
        "--public",
        "https://other.example/",
        "--title",
        "News",
        "--rows",
        "5",
    )
    with served(tmp_path, *options) as (client, _):
        found = client("GET", f"/data/{ANA}.nt")
        assert f"<http://other.example/{ANA}>" in found.text
        assert "https://other.example/data/" in found.headers["link"]
        assert "<h1>News</h1>" in client("GET", "/").text
        assert client.ask("SELECT * { ?s ?p ?o }").status == 413


def test_what_cannot_be_served_is_told(tmp_path: Path) -> None:
    for command in (["serve"], ["mcp"], ["site", "-o", "x"], ["push", "--to", "http://127.0.0.1:9/"]):
        done = kg(command[0], tmp_path, *command[1:])
        assert done.returncode != 0 and "kg build" in done.stderr and "Traceback" not in done.stderr
    write(small_graph(), tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = kg("serve", tmp_path, "--port", taken.getsockname()[1])
    assert done.returncode != 0 and "--port" in done.stderr and "Traceback" not in done.stderr


def test_site_writes_pages_that_need_no_server(source: Path, tmp_path: Path) -> None:
    done = kg("site", source, "-o", tmp_path / "site", "--public", "https://news.example/")
    assert done.returncode == 0, done.stderr
    assert "Wrote" in done.stderr
    for name in ("index.html", "void.ttl", "sitemap.xml", "robots.txt", "static/style.css"):
        assert (tmp_path / "site" / name).is_file(), name
    assert list((tmp_path / "site" / "id").rglob("index.html"))


def test_push_fills_a_store_and_knows_what_arrived(source: Path) -> None:
    with oxigraph() as (url, _):
        done = kg("push", source, "--to", url + "store")
        assert done.returncode == 0, done.stderr
        reply = Client(url)("GET", "/store", accept="application/n-quads")
        graphs = {quad.graph_name for quad in ox.parse(reply.body, format=ox.RdfFormat.N_QUADS)}
        assert graphs and f": {len(graphs)} graphs" in done.stderr
        again = kg("push", source, "--to", url + "store")
    assert again.returncode == 0 and ": 0 graphs" in again.stderr and f"{len(graphs)} were there" in again.stderr


def test_mcp_speaks_on_standard_input_and_output(source: Path) -> None:
    from mcp import Client as Model
    from mcp import StdioServerParameters

    command = StdioServerParameters(command=KG[0], args=[*KG[1:], "mcp", str(source)], env=ENVIRONMENT)

    async def talk() -> Any:
        async with Model(command) as client:
            assert {tool.name for tool in (await client.list_tools()).tools} >= {"find_entities", "query_sparql"}
            return (await client.call_tool("query_sparql", {"query": SAID})).structured_content

    # The browser tests' driver keeps an event loop running in the main thread, so this one gets a thread of its own.
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(lambda: asyncio.run(talk())).result(60)
    assert int(found["rows"][0]["n"]) > 0

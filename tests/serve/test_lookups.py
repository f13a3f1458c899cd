"""The look-ups over the Model Context Protocol, by the official client."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kg.serve.dataset import Dataset
from kg.serve.limits import Limits
from kg.serve.server import Server
from tests.serve.conftest import ANA

pytest.importorskip("mcp")


def talk(data: Dataset, work: Callable[[Any], Awaitable[None]]) -> None:
    from mcp import Client

    from kg.serve.lookups import offer

    async def run() -> None:
        async with Client(offer(Server.of(data, Limits(workers=1, seconds=2)))) as client:
            await work(client)

    # The browser tests' driver keeps an event loop running in the main thread, so this one gets a thread of its own.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(run())).result()


def test_the_tools_read_and_tell_sentences(data: Dataset) -> None:
    async def work(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == {
            "find_entities", "get_facts", "find_path", "query_sparql", "get_vocabulary",
        }  # fmt: skip
        assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
        found = (await client.call_tool("find_entities", {"name": "Pertova"})).structured_content
        assert found["entities"][0]["id"] == ANA
        facts = (await client.call_tool("get_facts", {"entity": ANA, "relation": "leaderOf"})).structured_content
        assert facts["facts"][0]["sources"][0]["sentence"].startswith("Ana Petrova, President")
        path = (await client.call_tool("find_path", {"start": "Petrova", "goal": "energy"})).structured_content
        assert path["length"] == 2
        asked = {"query": "SELECT ?n { <person/ana-petrova> <http://www.w3.org/2000/01/rdf-schema#label> ?n }"}
        assert (await client.call_tool("query_sparql", asked)).structured_content["rows"] == [{"n": "Ana Petrová"}]
        assert (await client.call_tool("get_vocabulary", {})).structured_content["relations"]["leaderOf"]

    talk(data, work)


def test_refusals_are_told(data: Dataset) -> None:
    async def work(client: Any) -> None:
        for name, arguments, part in [
            ("query_sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"}, "SERVICE is refused"),
            ("query_sparql", {"query": "DROP ALL"}, "read-only"),
            ("get_facts", {"entity": "zzzzzz"}, "No entity"),
        ]:
            reply = await client.call_tool(name, arguments)
            assert reply.is_error and part in reply.content[0].text

    talk(data, work)

"""Engines that are not ours agree: pyld on the JSON-LD, rudof on the shapes."""

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.graph import KnowledgeGraph
from kg.publish import write
from kg.publish.context import context
from kg.publish.validate import validate
from kg.schema import load_schema, ontology_dir
from tests.publish.atlas import atlas
from tests.publish.test_rdf import canonical, read
from tests.publish.test_validate import FAULTS, turned


@pytest.fixture(scope="module", params=["small", "atlas"])
def folder(request: pytest.FixtureRequest, graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write(graph if request.param == "small" else atlas(), folder, formats=["turtle", "jsonld"])
    return folder


DATES = {f"kg:{key}": key for key in ("from", "to", "date", "firstSeen", "lastSeen")}
DATES["schema:datePublished"] = "datePublished"


def no_network(url: str, options: object) -> Any:
    raise AssertionError(f"the file asks for {url}")


def test_pyld_reads_the_same_graph(folder: Path) -> None:
    jsonld = pytest.importorskip("pyld").jsonld
    document = json.loads((folder / "graph.jsonld").read_text(encoding="utf-8"))
    text = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": no_network})
    assert canonical(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)) == read(folder / "graph.ttl")


def test_pyld_compacts_to_what_we_wrote(folder: Path) -> None:
    """Our shortening is what a processor makes of the same graph with the same context."""
    jsonld = pytest.importorskip("pyld").jsonld
    document = json.loads((folder / "graph.jsonld").read_text(encoding="utf-8"))
    options = {"documentLoader": no_network}
    theirs = jsonld.compact(jsonld.expand(document, options), {"@context": context(load_schema().base)}, options)

    def simple(value: Any) -> Any:
        """Lists in one order; IRIs of other sites in full, and one key for dates of any precision, as we write them."""
        if isinstance(value, dict):
            return {DATES.get(key, key): simple(part) for key, part in value.items()}
        if isinstance(value, list):
            return sorted(map(simple, value), key=str)
        return value.replace("wd:", load_schema().prefixes["wd"]) if isinstance(value, str) else value

    ours = {node["id"]: simple(node) for node in document["@graph"]}
    assert {node["id"]: simple(node) for node in theirs["@graph"]} == ours


def test_rudof_gives_the_same_verdict(graph: KnowledgeGraph, tmp_path: Path) -> None:
    pyrudof = pytest.importorskip("pyrudof")
    (path,) = write(graph, tmp_path, formats=["turtle"])
    text = path.read_text(encoding="utf-8")
    wrong = text + "".join(turned(fault, number) for number, (fault, _) in enumerate(FAULTS))
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_shacl((ontology_dir() / "shapes.ttl").read_text(encoding="utf-8"))
    for turtle, conforms in ((text, True), (wrong, False)):
        path.write_text(turtle, encoding="utf-8")
        rudof.read_data(turtle)
        report = rudof.validate_shacl()
        ours = {(finding.node, finding.path) for finding in validate(path)}
        theirs = {(entry.focus_node.strip("<>"), (entry.path or "").strip("<>")) for entry in report}
        assert (not ours, report.conforms) == (conforms, conforms)
        assert theirs == ours

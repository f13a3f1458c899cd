"""Engines that are not ours agree: pyld on the JSON-LD, rudof on the shapes."""

import json
import re
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
from tests.publish.test_validate import FAULTS, denied, turned


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
    known = load_schema().prefixes
    theirs = jsonld.compact(jsonld.expand(document, options), {"@context": context(load_schema().base)}, options)

    def simple(value: Any) -> Any:
        """Lists in one order; IRIs of other sites in full, and one key for dates of any precision, as we write them."""
        if isinstance(value, dict):
            return {DATES.get(key, key): simple(part) for key, part in value.items()}
        if isinstance(value, list):
            return sorted(map(simple, value), key=str)
        prefix, colon, name = value.partition(":") if isinstance(value, str) else ("", "", "")
        return known[prefix] + name if colon and prefix in {"wd", "kgs", "medtop", "nace"} else value

    ours = {node["id"]: simple(node) for node in document["@graph"]}
    assert {node["id"]: simple(node) for node in theirs["@graph"]} == ours


DEMO = Path(__file__).parents[2] / "exports" / "demo" / "graph.ttl"


def whole(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def exports(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Turtle by name: three right exports, and the small one with faults, singly and together."""
    (path,) = write(graph, tmp_path_factory.mktemp("small"), formats=["turtle"])
    (other,) = write(atlas(), tmp_path_factory.mktemp("atlas"), formats=["turtle"])
    faults = "".join(turned(fault, number) for number, (fault, _) in enumerate(FAULTS))
    claim = denied("country:sylvania", "person:ben-carter")
    small = whole(path)
    date = turned("article:first schema:datePublished '2025-13-45'^^xsd:date .", 0)
    return {
        "small": small,
        "atlas": whole(other),
        "demo": whole(DEMO),
        "date": small + date,
        "claim": small + claim,
        "all": small + faults + claim,
    }


@pytest.mark.parametrize(
    ("name", "conforms"),
    [("small", True), ("atlas", True), ("demo", True), ("date", False), ("claim", False), ("all", False)],
)
def test_rudof_gives_the_same_verdict(exports: dict[str, str], tmp_path: Path, name: str, conforms: bool) -> None:
    """The same nodes and properties, of a path of several properties the last."""
    pyrudof = pytest.importorskip("pyrudof")
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_shacl(whole(ontology_dir() / "shapes.ttl"))
    rudof.read_data(exports[name])
    report = rudof.validate_shacl()
    (tmp_path / "graph.ttl").write_text(exports[name], encoding="utf-8")
    ours = {(finding.node, finding.path) for finding in validate(tmp_path)}
    theirs = {(entry.focus_node.strip("<>"), re.split(r"[ <(]", entry.path or "")[-1].strip(">)")) for entry in report}
    assert (not ours, report.conforms) == (conforms, conforms)
    assert theirs == ours

"""The W3C's SPARQL 1.1 suites over HTTP; KG_W3C names the tarball or its unpacked folder, else the shared data's."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.serve.dataset import Dataset
from tests.serve.conftest import Client, Reply
from tests.serve.live import serving
from tests.serve.w3c import Case, cases, expected, got, iri, parse, protocol_cases

FOLDERS = (
    "aggregates bind bindings cast construct exists functions grouping negation project-expression property-path "
    "subquery syntax-query"
).split()
FAILURES = {
    line.split()[0]
    for line in (Path(__file__).parent / "w3c-expected-failures.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}


@pytest.fixture(scope="module")
def suite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(os.environ.get("KG_W3C") or request.getfixturevalue("shared") / "w3c" / "rdf-tests.tar.gz")
    if path.is_file():
        folder = tmp_path_factory.mktemp("w3c")
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter="data")
        path = folder
    return path / "sparql" / "sparql11"


@pytest.fixture(scope="module")
def tests(suite: Path) -> dict[str, list[Case]]:
    kinds = ["QueryEvaluationTest", "NegativeSyntaxTest11", "PositiveSyntaxTest11"]
    found: dict[str, list[Case]] = {kind: [] for kind in kinds}
    for folder in FOLDERS:
        for case in cases(suite, folder, kinds):
            found[case.kind].append(case)
    return found


@pytest.fixture(scope="module")
def w3c(suite: Path, tests: dict[str, list[Case]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server over the data of all tests, a named graph for each file."""
    evaluated = tests["QueryEvaluationTest"]
    files = sorted({file for case in evaluated for file in (*case.data, *(file for _, file in case.named))})
    quads = [ox.Quad(*quad.triple, ox.NamedNode(iri(file, suite))) for file in files for quad in parse(file, suite)]
    for name in ("data1", "data2", "data3"):
        graph = ox.NamedNode(f"http://kasei.us/2009/09/sparql/data/{name}.rdf")
        triples = ox.parse(path=str(suite / "protocol" / f"{name}.nt"), format=ox.RdfFormat.N_TRIPLES)
        quads += [ox.Quad(*quad.triple, graph) for quad in triples]
    path = tmp_path_factory.mktemp("w3c-data") / "data.nq"
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS))
    with Dataset.open(path, union=False) as dataset, serving(dataset) as running:
        yield Client(running.url)


def put(client: Client, suite: Path, case: Case) -> Reply:
    """The answer to a case, with its files as the protocol's dataset unless the query names its own."""
    graphs = [("default-graph-uri", iri(file, suite)) for file in case.data]
    graphs += [("named-graph-uri", name) for name, _ in case.named]
    empty = [("default-graph-uri", "http://suite.example/nothing")]
    chosen = [] if "FROM" in case.text or case.kind != "QueryEvaluationTest" else graphs or empty
    return client(
        "POST", "/sparql?" + urlencode(chosen), case.text.encode(), content_type="application/sparql-query",
        accept="application/sparql-results+json, application/n-triples",
    )  # fmt: skip


@pytest.mark.shared
def test_evaluation_and_syntax(w3c: Client, suite: Path, tests: dict[str, list[Case]]) -> None:
    failed = set()
    for case in tests["QueryEvaluationTest"]:
        reply = put(w3c, suite, case)
        if reply.status != 200 or got(reply.body, reply.type) != expected(case, suite):
            failed.add(case.name)
    assert len(tests["QueryEvaluationTest"]) == 225
    assert len(failed) <= 225 - 209
    failed |= {case.name for case in tests["PositiveSyntaxTest11"] if put(w3c, suite, case).status != 200}
    assert failed == FAILURES


@pytest.mark.shared
def test_negative_syntax(w3c: Client, suite: Path, tests: dict[str, list[Case]]) -> None:
    wrong = tests["NegativeSyntaxTest11"]
    assert len(wrong) == 40
    assert [case.name for case in wrong if put(w3c, suite, case).status != 400] == []


@pytest.mark.shared
def test_protocol(w3c: Client, suite: Path) -> None:
    """All of the suite's tests but the seven that update; where a test updates wrongly, refusing is right."""
    failed, ran = [], 0
    for case in protocol_cases(suite):
        if case.name.startswith("update_"):
            continue
        ran += 1
        for request in case.requests:
            reply = w3c(request.method, request.path, request.body, **request.headers)
            if not request.fits(reply.status, reply.type, reply.body):
                failed.append((case.name, reply.status, reply.text[:100]))
    assert failed == []
    assert ran == 27

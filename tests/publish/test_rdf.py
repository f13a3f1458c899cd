"""The published contract, and that every file is the same graph for every reader."""

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status
from kg.publish import write
from kg.publish.iris import clean
from kg.publish.rdf import dataset, quads, triples
from kg.schema import load_schema
from kg.settings import Settings

RDF_FORMATS = ("turtle", "ntriples", "trig", "jsonld")
RDF_FILES = ("graph.ttl", "graph.nt", "graph.trig", "graph.jsonld")
PATTERNS = (Path(__file__).parent / "contract.txt").read_text(encoding="utf-8").split("\n", 1)[1].split("\n\n")
SCHEMA = load_schema()
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in {**SCHEMA.prefixes, "id": SCHEMA.base}.items())


def canonical(rows: object) -> str:
    """The RDFC-1.0 form of the union of the graphs."""
    union = ox.Dataset(ox.Quad(row.subject, row.predicate, row.object) for row in rows)  # type: ignore[attr-defined]
    union.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, union)))


def read(path: Path) -> str:
    return canonical(ox.parse(path=str(path)))


@pytest.fixture(scope="module")
def folder(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write(graph, folder, formats=RDF_FORMATS)
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(folder / "graph.ttl"))
    return store


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_contract(store: ox.Store, pattern: str) -> None:
    assert store.query(f"{PREFIXES} ASK {{ {pattern} }}")


@pytest.mark.parametrize(
    "pattern",
    [
        "?s kg:memberOf ?o",  # denied
        "?st kg:status kg:Denied ; prov:wasDerivedFrom ?a",  # so that nobody counts it among the article's facts
        "?s ?p ?o FILTER(isBlank(?s) || isBlank(?o))",
        "?s ?p ?o FILTER(datatype(?o) = xsd:date && STRLEN(STR(?o)) != 10)",
    ],
)
def test_what_the_contract_forbids(store: ox.Store, pattern: str) -> None:
    assert not store.query(f"{PREFIXES} ASK {{ {pattern} }}")


def test_an_articles_graph_says_what_the_article_says(folder: Path) -> None:
    store = ox.Store()
    store.load(path=str(folder / "graph.trig"))
    query = "SELECT ?id { GRAPH ?a { ?a dcterms:identifier ?id . ?s %s ?o } } ORDER BY ?id"
    said = {
        p: [row["id"].value for row in store.query(PREFIXES + query % p)] for p in ("kg:leaderOf", "kg:tradeTurnover")
    }
    assert said == {"kg:leaderOf": ["first", "second / ü"], "kg:tradeTurnover": ["first", "first"]}
    assert not store.query("ASK { ?s ?p ?o }")  # the default graph is empty


def test_a_sentence_read_twice_is_one_passage(store: ox.Store) -> None:
    rows = list(
        store.query(PREFIXES + "SELECT ?e { ?e oa:hasSelector/oa:exact ?x FILTER(STRSTARTS(?x, 'Ana Petrova, ')) }")
    )
    assert len(rows) == 2
    assert len(list(store.query(PREFIXES + "SELECT ?q { ?q oa:exact ?x FILTER(STRSTARTS(?x, 'Ana Petrova, ')) }"))) == 1


def test_every_file_is_the_same_graph(graph: KnowledgeGraph, folder: Path) -> None:
    wanted = canonical(quads(graph))
    assert {name: read(folder / name) == wanted for name in RDF_FILES} == dict.fromkeys(RDF_FILES, True)
    assert len(list(triples(graph))) == len(set(triples(graph))) == wanted.count("\n") + 1


@pytest.mark.parametrize("name", RDF_FILES)
def test_rdflib_reads_the_same_graph(folder: Path, name: str) -> None:
    data = rdflib.Dataset()
    data.parse(folder / name)
    text = "".join(graph.serialize(format="nt") for graph in data.graphs())
    assert canonical(set(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))) == read(folder / "graph.nt")


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt"])
@pytest.mark.parametrize(
    "command",
    [
        ["serdi", "-o", "ntriples", "-i"],
        ["rapper", "-q", "-o", "ntriples", "-i"],
    ],
    ids=["serdi", "rapper"],
)
def test_independent_readers_read_the_same_graph(folder: Path, name: str, command: list[str]) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    syntax = {"graph.ttl": "turtle", "graph.nt": "ntriples"}[name]
    done = subprocess.run([*command, syntax, str(folder / name)], capture_output=True, check=True)
    assert done.stderr == b""
    assert canonical(set(ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES))) == read(folder / "graph.nt")


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph, folder: Path, tmp_path: Path) -> None:
    mixed = KnowledgeGraph(*(list(part.values())[::-1] for part in (graph.articles, graph.entities, graph.statements)))
    for path in write(mixed, tmp_path, formats=RDF_FORMATS):
        assert path.read_bytes() == (folder / path.name).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in folder.iterdir())


def test_turtle_is_grouped_and_short(folder: Path) -> None:
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    assert "\nperson:ana-petrova a kg:Person ;\n" in text
    assert text.count("\nperson:ana-petrova ") == 1
    body = [line for line in text.splitlines() if not line.startswith("@prefix")]
    assert not [line for line in body if "<https://w3id.org/newskg/" in line]


def test_json_reads_like_json(folder: Path) -> None:
    nodes = {node["id"]: node for node in json.loads((folder / "graph.jsonld").read_text(encoding="utf-8"))["@graph"]}
    assert nodes["person/ana-petrova"] == {
        "id": "person/ana-petrova",
        "type": "Person",
        "label": "Ana Petrova",
        "altLabel": ["Petrova", "Ана Петрова"],
        "headOfStateOf": "country/freedonia",
        "leaderOf": "country/freedonia",
        "metWith": "person/ben-carter",
        "said": "quotation/q1",
    }
    assert nodes["article/first"]["datePublished"] == "2026-02-27"


def test_the_dataset_is_the_same_graph(graph: KnowledgeGraph) -> None:
    data = dataset(graph)
    text = "".join(part.serialize(format="nt") for part in data.graphs())
    assert canonical(set(ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))) == canonical(quads(graph))
    assert len(list(data.query(PREFIXES + "SELECT ?s { ?s kg:leaderOf ?o }"))) == 1
    data.update(PREFIXES + "INSERT { GRAPH id:x { ?s kg:seen true } } WHERE { ?s kg:leaderOf ?o }")


@pytest.mark.parametrize("base", ["relative/", "http://a b/", "http://example.org/id"])
def test_a_wrong_base_is_refused(graph: KnowledgeGraph, base: str) -> None:
    with pytest.raises(StoreError, match=r"example\.org/id/"):
        list(quads(graph, Settings(base=base)))


def test_an_unknown_format_is_refused(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="turtle"):
        write(graph, tmp_path, formats=["rdfxml"])


HOSTILE = [
    "", ".", "..", "a/../b", "//", "/a", "</script>", '"><img onerror=x>', "\u202eabc", "\x00\x1f", "\ud800", "a:b",
    "%41", "%zz", "statement/x", "\r\n\t", "'''\"\"\"\\", "=1+1", "\ufeff", "😀", "a#b?c", "_:b0", "@id", "\x85",
    "e\u0301", "value",
]  # fmt: skip
hostile = st.one_of(st.text(max_size=12), st.sampled_from(HOSTILE))


@settings(max_examples=60, deadline=None)
@given(st.lists(hostile, min_size=6, max_size=6), st.sampled_from(["en", "sr-Latn", "not a tag", ""]), st.floats())
def test_hostile_names_make_the_journey(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], tag: str, score: float
) -> None:
    a, b, c, d, e, f = words
    article = Article(id=a, text=b + c, title=d, published=e, url=f, publisher=a, language=tag)
    pair = [Entity(b, "Person", c, (d, e), (f,), (a,), ((b, c), ("lat", d))), Entity(b + "x", "Quotation", e)]
    claim = Statement(
        b,
        "said",
        b + "x",
        ((d, e), ("role", f), ("date", a)),
        Status.ASSERTED,
        c,
        (Evidence(a, 0, 3, (0, 1), None, f, score),),
        score,
    )
    graph = KnowledgeGraph([article], pair, [claim])
    folder = tmp_path_factory.mktemp("hostile")
    write(graph, folder, formats=RDF_FORMATS)
    wanted = canonical(quads(graph))
    for name in RDF_FILES:
        assert read(folder / name) == wanted, name
    labels = {quad.object.value for quad in quads(graph) if quad.predicate.value.endswith("#label")}
    assert clean(c) in labels


@given(st.lists(hostile, min_size=2, max_size=2, unique=True))
def test_two_ids_never_share_an_iri(ids: list[str]) -> None:
    graph = KnowledgeGraph([], [Entity(id, "Person", id) for id in ids])
    assert len({quad.subject for quad in quads(graph)}) == 2

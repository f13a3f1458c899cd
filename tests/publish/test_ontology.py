"""The published ontology: current, complete, within OWL 2 RL, and harmless to the gold scorer."""

import importlib.util
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import KnowledgeGraph
from kg.publish.ontology import write_ontology
from kg.publish.rdf import triples
from kg.publish.vocabulary import finer, load_vocabulary
from kg.schema import load_schema, ontology_dir

SCHEMA = load_schema()
NAMES = {f"<{iri}": f"{prefix}:" for prefix, iri in SCHEMA.prefixes.items()}


def short(node: object) -> str:
    text = str(node)
    for iri, prefix in NAMES.items():
        if text.startswith(iri):
            return prefix + text.removeprefix(iri).rstrip(">")
    return text


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, list[str]]]:
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=str(ontology_dir() / "kg.ttl")):
        told[short(quad.subject)][short(quad.predicate)].append(short(quad.object))
    return told


@pytest.mark.parametrize("name", ["kg.ttl", "sectors.ttl", "shapes.ttl", "context.jsonld"])
def test_the_files_are_current(name: str, tmp_path: Path) -> None:
    write_ontology(tmp_path)
    assert (tmp_path / name).read_bytes() == (ontology_dir() / name).read_bytes(), "run: kg ontology"


@pytest.mark.parametrize(
    "reader", [["serdi", "-i", "turtle"], ["rapper", "-q", "-i", "turtle"]], ids=["serdi", "rapper"]
)
@pytest.mark.parametrize("name", ["kg.ttl", "sectors.ttl", "shapes.ttl"])
def test_independent_readers_accept_them(name: str, reader: list[str]) -> None:
    if not shutil.which(reader[0]):
        pytest.skip(f"{reader[0]} is not installed")
    done = subprocess.run([*reader, str(ontology_dir() / name)], capture_output=True, check=True)
    assert done.stderr == b"" and done.stdout


def test_every_term_has_label_and_definition_in_three_languages(told: dict[str, dict[str, list[str]]]) -> None:
    for name, rows in told.items():
        if not name.startswith("kg:") or "Or" in name or name == "kg:qualifiedBy":
            continue
        wanted = (
            ["rdfs:label"]
            if "owl:inverseOf" in rows and "skos:definition" not in rows
            else ["rdfs:label", "skos:definition"]
        )
        for predicate in wanted:
            assert [text.rpartition("@")[2] for text in rows[predicate]] == ["en", "ru", "fr"], (name, predicate)


def test_there_is_no_blank_node_and_nothing_outside_owl_rl(told: dict[str, dict[str, list[str]]]) -> None:
    barred = {
        "owl:unionOf",
        "owl:intersectionOf",
        "owl:oneOf",
        "owl:complementOf",
        "owl:hasSelf",
        "owl:disjointUnionOf",
    }
    for name, rows in told.items():
        assert not name.startswith("_:")
        assert not barred & set(rows), name
        assert not any(value.startswith("_:") for values in rows.values() for value in values), name


def test_relations_carry_domain_range_inverse_and_symmetry(told: dict[str, dict[str, list[str]]]) -> None:
    assert told["kg:signed"]["rdfs:domain"] == ["kg:CountryOrOrganizationOrPerson"]
    assert "kg:CountryOrOrganizationOrPerson" in told["kg:Country"]["rdfs:subClassOf"]
    assert told["kg:signed"]["owl:inverseOf"] == ["kg:signedBy"]
    assert "owl:SymmetricProperty" in told["kg:metWith"]["rdf:type"]
    assert told["kg:foreignMinisterOf"]["rdfs:subPropertyOf"] == ["kg:ministerOf"]
    assert told["kg:signedBy"]["skos:closeMatch"] == ["wdt:P1891"]


def test_every_inverse_is_described() -> None:
    named = {relation.inverse for relation in SCHEMA.relations.values() if relation.inverse}
    assert named == set(load_vocabulary().inverses)


def test_every_qualifier_is_a_property() -> None:
    known = load_vocabulary().properties
    assert not [q for r in SCHEMA.relations.values() for q in r.qualifiers if f"kg:{q}" not in known]


def test_the_files_use_only_what_the_vocabulary_lists(graph: KnowledgeGraph) -> None:
    own = {f"kg:{name}" for name in [*SCHEMA.relations, *load_vocabulary().posts]}
    assert {short(row.predicate) for row in triples(graph)} <= {"rdf:type", *own, *load_vocabulary().properties}


def test_the_scorer_reads_no_relation_into_another(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    up = score.supers(ontology_dir())
    wrong = {name: up.get(name, set()) & set(SCHEMA.relations) - {name} for name in SCHEMA.relations}
    assert not any(wrong.values())
    assert up["headOfStateOf"] & set(SCHEMA.relations) == {"leaderOf"}


@pytest.mark.parametrize(
    ("relation", "role", "object", "wanted"),
    [
        ("leaderOf", "President", "Country", ["headOfStateOf"]),
        ("leaderOf", "Prime Minister", "Country", ["headOfGovernmentOf"]),
        ("leaderOf", "Federal Chancellor", "Country", ["headOfGovernmentOf"]),
        ("leaderOf", "Chancellor", "Organization", ["rectorOf"]),
        ("leaderOf", "President and CEO", "Organization", ["chairOf", "chiefExecutiveOf"]),
        ("leaderOf", "President", "Organization", ["chairOf"]),
        ("leaderOf", "acting mayor", "City", ["mayorOf"]),
        ("leaderOf", "Governor", "Organization", []),
        ("leaderOf", "captain", "Organization", []),
        ("officialOf", "Deputy Prime Minister", "Country", ["viceLeaderOf"]),
        ("officialOf", "Deputy Prime Minister and Energy Minister", "Country", ["viceLeaderOf", "ministerOf"]),
        ("officialOf", "Deputy Minister of Energy", "Country", ["deputyMinisterOf"]),
        ("officialOf", "Vice President", "Country", ["viceLeaderOf"]),
        ("officialOf", "Secretary of State", "Country", ["foreignMinisterOf", "ministerOf"]),
        ("officialOf", "Energy Minister", "Country", ["ministerOf"]),
        ("officialOf", "spokesperson for the Foreign Minister", "Country", ["spokespersonOf"]),
        ("officialOf", "Ambassador to Hungary", "Country", ["ambassadorOf"]),
        ("officialOf", "presidential aide", "Country", ["adviserOf"]),
        ("officialOf", "administrator", "Country", []),
    ],
)
def test_a_role_picks_the_sub_property(relation: str, role: str, object: str, wanted: list[str]) -> None:
    assert list(finer(relation, role, object)) == wanted

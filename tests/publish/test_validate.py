"""The shapes let every right export pass and name each fault."""

from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.graph import KnowledgeGraph
from kg.publish import write
from kg.publish.validate import validate

# What is wrong, and the node and property that the finding must name. `:x` is another node in each row.
CLAIM = "statement:x a kg:Statement ; kg:confidence 0.5 ; kg:status kg:Past"
ARTICLE = "article:x a schema:NewsArticle ; rdfs:label 'x' ; dcterms:identifier 'x' ; schema:inLanguage 'en'"
FAULTS = [
    ("person:ana-petrova rdfs:label 'Second' .", "label"),
    ("person:x a kg:Person .", "label"),
    ("person:ana-petrova rdfs:label 'Ana'@en .", "label"),
    ("country:sylvania ^kg:memberOf person:ana-petrova .", ""),
    ("country:sylvania kg:leaderOf country:freedonia .", ""),
    ("organization:league ^kg:headOfStateOf person:ana-petrova .", ""),
    ("country:sylvania wgs:lat 91.0 .", "wgs84_pos#lat"),
    ("country:freedonia wgs:long 'north' .", "wgs84_pos#long"),
    ("country:sylvania owl:sameAs 'Q1' .", "sameAs"),
    ("article:first schema:datePublished '2025-13-45'^^xsd:date .", "datePublished"),
    (ARTICLE + " .", "textSha256"),
    ("article:first dcterms:identifier 'second' .", "identifier"),
    ("statement:x a kg:Statement ; kg:status kg:Asserted ; kg:confidence 1.5 .", "confidence"),
    ("statement:x a kg:Statement ; kg:status kg:Asserted ; kg:confidence 1.0e0 .", "confidence"),
    ("statement:x a kg:Statement ; kg:status kg:Sure ; kg:confidence 0.5 .", "status"),
    ("statement:x a kg:Statement ; kg:confidence 0.5 .", "status"),
    (CLAIM + " ; rdf:predicate kg:likes .", "predicate"),
    (CLAIM + " ; rdf:subject person:nobody .", "subject"),
    (CLAIM + " ; prov:wasDerivedFrom article:none .", "wasDerivedFrom"),
    (CLAIM + " ; kg:date '2026-02-30'^^xsd:date .", "date"),
    (CLAIM + " ; kg:date '2026' .", "date"),
    (CLAIM + " ; kg:from '2026-13'^^xsd:gYearMonth .", "from"),
    (CLAIM + " ; kg:amount 'much' .", "amount"),
    (CLAIM + " ; kg:role 7 .", "role"),
    ("evidence:x a kg:Evidence ; kg:rule 'r' ; kg:score 0.5 .", "hasSource"),
    ("evidence:x a kg:Evidence ; oa:hasSource article:first ; kg:subjectStart -1 .", "subjectStart"),
    ("passage:x a oa:TextPositionSelector ; oa:start 1 ; kg:textSha256 'abc' .", "end"),
    ("passage:x a oa:TextQuoteSelector ; oa:exact 'a' ; oa:prefix 'b' .", "suffix"),
]


def turned(fault: str, number: int) -> str:
    """The row as Turtle; `^` turns subject and object round."""
    words = fault.replace(":x ", f":x{number} ").split(" ")
    return " ".join([words[2], words[1][1:], words[0], words[3]] if words[1].startswith("^") else words) + "\n"


def denied(subject: str, object: str) -> str:
    """A statement without a direct triple, as Turtle."""
    ends = f"rdf:subject {subject} ; rdf:predicate kg:leaderOf ; rdf:object {object}"
    return f"{CLAIM.replace(':x ', ':d ')} ; kg:independentSources '1'^^xsd:nonNegativeInteger ; {ends} .\n"


@pytest.fixture(scope="module")
def turtle(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    (path,) = write(graph, tmp_path_factory.mktemp("export"), formats=["turtle"])
    assert validate(path) == []
    return path.read_text(encoding="utf-8")


def test_every_fault_is_found(turtle: str, tmp_path: Path) -> None:
    """One run for all faults, since each run reads the shapes anew."""
    text = turtle + "".join(turned(fault, number) for number, (fault, _) in enumerate(FAULTS))
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    found = [(finding.node.rpartition("/")[2], finding.path) for finding in validate(tmp_path)]
    missed = []
    for number, (fault, path) in enumerate(FAULTS):
        node = fault.replace(":x ", f":x{number} ").split(" ")[0].partition(":")[2]
        if not any(node == name and (step.endswith(path) if path else not step) for name, step in found):
            missed.append(fault)
    assert missed == []


def test_what_is_no_rdf_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"graph\.ttl"):
        validate(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a> <b> <http://a b> .", encoding="utf-8")
    with pytest.raises(StoreError, match=r"graph\.ttl"):
        validate(tmp_path)


@pytest.mark.parametrize(
    ("subject", "object", "wanted"),
    [
        ("country:sylvania", "country:freedonia", [("country/sylvania", "subject")]),
        ("person:ana-petrova", "person:ben-carter", [("person/ben-carter", "object")]),
        ("person:ana-petrova", "country:freedonia", []),
    ],
)
def test_the_ends_of_a_denied_claim_are_checked_too(
    turtle: str, tmp_path: Path, subject: str, object: str, wanted: list[tuple[str, str]]
) -> None:
    """No direct triple shows them: the shape of the relation itself must."""
    (tmp_path / "graph.ttl").write_text(turtle + denied(subject, object), encoding="utf-8")
    found = validate(tmp_path)
    assert [(f.value.rpartition("/id/")[2], f.path.rpartition("#")[2]) for f in found] == wanted
    assert all(f.node.endswith("#leaderOf") and "of a statement of leaderOf is no" in f.message for f in found)

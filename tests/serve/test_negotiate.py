"""Accept headers, by RFC 9110."""

import pytest

from kg.serve.negotiate import CSV, GRAPHS, HTML, JSON, JSONLD, NTRIPLES, RDFXML, SOLUTIONS, TSV, TURTLE, XML, choose


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        (None, JSON), ("", JSON), ("*/*", JSON), ("text/csv", CSV), ("text/*", CSV), ("application/*", JSON),
        ("application/sparql-results+xml", XML), ("application/json", JSON), ("application/xml", XML),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.8", TSV), ("text/csv;q=0, */*;q=0.1", JSON),
        ("application/sparql-results+json;q=0, */*", XML), ("TEXT/CSV ; charset=utf-8", CSV),
        ("image/png", None), ("text/csv;q=0", None), ("nonsense", None), ("text/csv;q=x", None),
        ("application/sparql-results+json;q=0.5, application/*;q=0.9", XML),
    ],
)  # fmt: skip
def test_solutions(accept: str | None, best: object) -> None:
    assert choose(accept, SOLUTIONS) is best


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        ("*/*", TURTLE), ("text/plain", NTRIPLES), ("text/*", TURTLE),
        ("application/ld+json, text/turtle;q=0.9", JSONLD),
        ("application/rdf+xml", RDFXML), ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("application/n-triples;q=1.0, text/turtle;q=1.0", TURTLE),
    ],
)  # fmt: skip
def test_graphs_and_pages(accept: str, best: object) -> None:
    assert choose(accept, (*GRAPHS, HTML)) is best

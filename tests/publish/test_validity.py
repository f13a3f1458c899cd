"""The graph as of a day: which facts hold, in exports and in stores."""

from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Statement, Status
from kg.publish import write
from kg.publish.sparql import Export
from kg.publish.validity import holds
from kg.settings import Settings
from kg.store import Store
from tests.fuse.test_fuse import reading
from tests.publish.atlas import atlas

NAMES = "SELECT DISTINCT ?name { ?it %s/rdfs:label ?name } ORDER BY ?name"
LEADERS = 'SELECT ?name { ?it kg:leaderOf/rdfs:label "Kazakhstan" ; rdfs:label ?name } ORDER BY ?name'


@pytest.mark.parametrize(
    ("started", "ended", "day", "answer"),
    [
        (["2024-05-01"], [], "2024-05-01", True),
        (["2024-05-01"], [], "2024-04-30", False),
        (["2024"], [], "2024-01-01", True),
        (["2024"], ["2024"], "2024-12-31", True),
        (["2024"], ["2024"], "2025-01-01", False),
        (["2024-05", "2023"], ["2024-02", "2024-03-10"], "2024-03-10", True),
        ([], ["2024"], "2023-01-01", False),
    ],
)
def test_dates_cut_to_what_is_known(started: list[str], ended: list[str], day: str, answer: bool) -> None:
    assert holds(started, ended, day) is answer


def names(export: Export, query: str = LEADERS) -> list[str]:
    return [str(getattr(cell, "value", "")) for (cell,) in export.ask(query).rows]


def test_from_else_date_else_first_seen() -> None:
    def leaders(day: str) -> list[str]:
        return names(Export.of(atlas()).as_of(day)[0])

    assert leaders("2016-04-30") == []
    assert leaders("2018-12-31") == ["Nursultan Nazarbayev"]
    assert leaders("2019-01-01") == ["Kassym-Jomart Tokayev", "Nursultan Nazarbayev"]
    assert "Olzhas Bektenov" in leaders("2025-11-03")
    met = NAMES % "kg:metWith"
    assert names(Export.of(atlas()).as_of("2026-02-27")[0], met) == ["Aleksandar Vučić", "Kassym-Jomart Tokayev"]


def test_what_has_no_date_is_counted_and_left_out() -> None:
    export, undated = Export.of(atlas()).as_of("2030-01-01")
    assert undated == 1
    assert names(export, "SELECT ?st { ?st kg:status kg:Past }") == []


def test_evidence_goes_and_articles_stay() -> None:
    export, _ = Export.of(atlas()).as_of("2016-05-01")
    assert len(export.ask("SELECT ?e { ?e a kg:Evidence }").rows) == 1
    assert len(export.ask("SELECT ?a { ?a a schema:NewsArticle }").rows) == 6


def fact(article: str, *dates: tuple[str, str], status: Status = Status.ASSERTED, value: str = "") -> Statement:
    told = (*dates, *((("value", value),) if value else ()))
    proof = Evidence(article, 0, 5, None, None, "hand", 0.9)
    return Statement("person/ana", "leaderOf", "country/freedonia", told, status, None, (proof,), 0.9)


def small(*statements: Statement) -> KnowledgeGraph:
    days = {"a": "2020-01-01", "b": "2022-01-01", "c": "2024-01-01"}
    articles = [Article.of("Ana leads.", id=id, published=day) for id, day in days.items()]
    ends = [Entity("person/ana", "Person", "Ana"), Entity("country/freedonia", "Country", "Freedonia")]
    return KnowledgeGraph(articles, ends, statements)


def leads(graph: KnowledgeGraph, day: str) -> bool:
    return Export.of(graph).as_of(day)[0].ask("ASK { ?who kg:leaderOf ?what }").rows == [("true",)]


def test_a_direct_triple_stays_while_one_of_its_statements_holds() -> None:
    graph = small(fact("a", ("from", "2020"), ("to", "2021")), fact("b", value="again"))
    assert [leads(graph, day) for day in ("2019-12-31", "2021-12-31", "2022-01-01")] == [False, True, True]
    graph = small(fact("a", ("from", "2020"), ("to", "2021")))
    assert not leads(graph, "2022-01-01")


def test_a_fact_that_an_article_calls_past_has_ended() -> None:
    graph = small(fact("a"), fact("b", status=Status.PAST))
    assert [leads(graph, day) for day in ("2020-01-01", "2021-12-31", "2022-01-01")] == [True, True, False]
    graph = small(fact("c"), fact("b", status=Status.PAST))  # said to be past before it came about again
    assert leads(graph, "2025-01-01")


@pytest.mark.parametrize("provenance", ["statements", "rdf12"])
def test_graphs_of_articles_are_as_of_the_day_too(tmp_path: Path, provenance: str) -> None:
    write(atlas(), tmp_path, Settings(provenance=provenance), ["ntriples", "trig"])
    export, _ = Export.open(tmp_path).as_of("2025-12-31")
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?who kg:leaderOf ?what } }"
    assert [name.rpartition("/")[2] for name in sorted(names(export, query))] == ["old", "seed", "trade", "visit"]
    export, _ = Export.open(tmp_path).as_of("2018-12-31")
    assert [name.rpartition("/")[2] for name in names(export, query)] == ["old"]


def test_without_statements_nothing_tells_dates() -> None:
    with pytest.raises(QueryError, match="tells its dates"):
        Export.of(atlas(), Settings(provenance="graphs")).as_of("2026-01-01")


def test_a_store_answers_as_of_a_day_and_is_not_changed(tmp_path: Path) -> None:
    ends = (("Country", "Serbia"), ("Person", "Ana Petrova"))
    rows = [
        reading(id, *ends, facts=(("Ana Petrova", relation, "Serbia"),), date=day)
        for id, relation, day in (("s1", "visited", "2024-03-01"), ("s2", "leaderOf", "2025-03-01"))
    ]
    with Store.make(tmp_path / "s") as store:
        list(store.add(rows))
    export = Export.open(tmp_path / "s")
    query = "SELECT ?p { ?who ?p ?what . ?who a kg:Person . ?what a kg:Country } ORDER BY ?p"

    def told(export: Export) -> list[str]:
        return [name.rpartition("#")[2] for name in names(export, query)]

    assert told(export.as_of("2024-12-31")[0]) == ["visited"]
    assert told(export) == told(export.as_of("2025-03-01")[0]) == ["leaderOf", "visited"]

"""Lint: each fault is found, with its statements, and a sound graph has none."""

from dataclasses import replace

import pytest

from kg.graph import KnowledgeGraph
from kg.graph.lint import contradictions, is_date, lint
from kg.model import Article, Entity, Evidence, Statement, Status

ANA = Entity("person/ana", "Person", "Ana")
BEN = Entity("person/ben", "Person", "Ben")
PERU = Entity("country/peru", "Country", "Peru")
CHILE = Entity("country/chile", "Country", "Chile")
LIMA = Entity("city/lima", "City", "Lima")
ENTITIES = (ANA, BEN, PERU, CHILE, LIMA)


def fact(subject: Entity, relation: str, object: Entity, *days: str, role: str = "", **fields: object) -> Statement:
    """A statement with one article a day."""
    evidence = tuple(Evidence(day, 0, 5, None, None, "test", 0.8) for day in days or ("2026-01-01",))
    told = (("role", role),) if role else ()
    made = Statement(subject.id, relation, object.id, told, evidence=evidence, confidence=0.8)
    return replace(made, **fields)  # type: ignore[arg-type]


def graph(*statements: Statement, entities: tuple[Entity, ...] = ENTITIES) -> KnowledgeGraph:
    days = {item.article for statement in statements for item in statement.evidence}
    return KnowledgeGraph((Article.of("Text.", id=day, published=day) for day in days), entities, statements)


def kinds(found: KnowledgeGraph) -> list[str]:
    return [finding.kind for finding in lint(found) if finding.kind != "orphan"]


def test_a_sound_graph_has_no_faults() -> None:
    sound = graph(fact(ANA, "leaderOf", PERU, role="President"), fact(ANA, "metWith", BEN), entities=(ANA, BEN, PERU))
    assert lint(sound) == ()


def test_asserted_and_denied() -> None:
    found = graph(fact(ANA, "visited", LIMA), fact(ANA, "visited", LIMA, status=Status.DENIED))
    (finding,) = contradictions(found)
    assert finding.kind == "asserted and denied"
    assert set(finding.statements) == set(found.statements)


@pytest.mark.parametrize(
    ("ours", "theirs", "clash"),
    [
        (("2026-01-01",), ("2026-01-01",), True),
        (("2026-01-01", "2026-03-01"), ("2026-02-01",), True),
        (("2026-02-01",), ("2026-01-01", "2026-03-01"), True),
        (("2025-01-01",), ("2026-01-01",), False),
        (("2007-01-01", "2013-01-01"), ("2010-01-01",), False),
    ],
)
def test_two_heads_of_state_at_one_time(ours: tuple[str, ...], theirs: tuple[str, ...], clash: bool) -> None:
    found = graph(
        fact(ANA, "leaderOf", PERU, *ours, role="President"), fact(BEN, "leaderOf", PERU, *theirs, role="president")
    )
    assert [finding.kind for finding in contradictions(found)] == ["two heads"] * clash


def test_president_and_prime_minister_may_serve_together() -> None:
    found = graph(fact(ANA, "leaderOf", PERU, role="President"), fact(BEN, "leaderOf", PERU, role="Prime Minister"))
    assert contradictions(found) == ()


def test_a_city_in_two_countries() -> None:
    found = graph(fact(LIMA, "locatedIn", PERU), fact(LIMA, "locatedIn", CHILE))
    (finding,) = contradictions(found)
    assert finding.message == "Lima lies in Chile and Peru"
    assert set(finding.statements) == set(found.statements)


def test_orphans_and_doubles() -> None:
    twins = (replace(ANA, same_as=("http://x/1",)), replace(BEN, same_as=("http://x/1",)))
    found = lint(graph(entities=twins))
    assert [finding.kind for finding in found] == ["double", "orphan", "orphan"]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        (fact(ANA, "leaderOf", PERU, qualifiers=(("from", "2025-13-45"),)), "impossible date"),
        (fact(ANA, "leaderOf", PERU, qualifiers=(("from", "2025-05"), ("to", "2024"))), "impossible date"),
        (fact(PERU, "leaderOf", ANA), "type clash"),
        (fact(ANA, "metWith", ANA), "itself"),
        (fact(ANA, "marriedTo", BEN), "unknown relation"),
        (fact(ANA, "metWith", BEN, evidence=()), "no evidence"),
        (fact(ANA, "metWith", replace(BEN, id="person/nobody")), "dangling"),
    ],
)
def test_faults_of_statements(statement: Statement, kind: str) -> None:
    found = [finding for finding in lint(graph(statement)) if finding.kind == kind]
    assert found and all(finding.statements == (statement.id,) for finding in found)


def test_dates_that_there_are() -> None:
    assert all(map(is_date, ("2026", "2026-02", "2024-02-29")))
    assert not any(map(is_date, ("", "26", "2026-2", "2026-02-30", "0000", "2026-02-29", "today")))

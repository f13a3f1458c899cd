"""The kept graph is that of `fuse`, whatever the way to it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.fuse import fuse
from kg.fuse.corrections import Corrections
from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, Evidence, Reading, Statement
from kg.settings import Settings
from kg.store import derived as module
from kg.store.derived import Derived
from kg.store.readings import Readings
from tests.store.examples import article, reading


def told(graph: KnowledgeGraph) -> tuple[object, ...]:
    statements = graph.statements.values()
    seen = tuple(map(graph.seen, statements))
    return (
        *map(tuple, (graph.articles.values(), graph.entities.values(), statements)),
        seen,
        graph.merges,
        graph.copies,
        graph.redirects,
    )


def fused(readings: list[Reading], corrections: Path | None = None) -> KnowledgeGraph:
    whole = fuse(readings, Settings(corrections=str(corrections)) if corrections else None)
    used = {i for s in whole.statements for i in (s.subject, s.object, s.attributed_to) if i}
    entities = (e for e in whole.entities if e.id in used)
    return KnowledgeGraph(whole.articles, entities, whole.statements, whole.merges, whole.copies, whole.redirects)


def test_the_kept_graph_is_that_of_fuse(tmp_path: Path) -> None:
    readings = Readings(tmp_path / "r", write=True)
    numbers = [*range(60), *range(1000, 1010)]
    readings.put([reading(n) for n in numbers])
    kept = Derived(tmp_path, readings, write=True)
    kept.refresh()
    graph = kept.graph()
    assert told(graph) == told(fused([reading(n) for n in numbers]))
    assert len(graph.statements) > 60
    assert len(graph.merges) > 10
    assert graph.copies.items() >= {article(1000 + n): article(n) for n in range(10)}.items()
    kept.close()
    readings.close()


numbers = st.integers(0, 12) | st.integers(1000, 1006)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.lists(st.tuples(numbers, st.integers(0, 1)), min_size=1, max_size=5)),
        st.tuples(st.just("remove"), st.lists(numbers, min_size=1, max_size=3)),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_any_order_any_batches_any_removals(tmp_path_factory, steps) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("s")
    readings = Readings(folder / "r", write=True)
    kept = Derived(folder, readings, write=True)
    kept.refresh()
    there: dict[str, Reading] = {}
    for what, numbers in steps:
        if what == "put":
            rows = {article(n): reading(n, edition=edition) for n, edition in numbers}
            readings.put(list(rows.values()))
            there |= rows
        else:
            readings.remove(article(n) for n in numbers)
            there = {id: row for id, row in there.items() if id not in {article(n) for n in numbers}}
        kept.refresh()
        assert told(kept.graph()) == told(fused(list(there.values())))
    kept.close()
    readings.close()


PEOPLE = ("ana-petrova", "petrova", "ben-smith", "xu-li", "serik-omarov")
OTHERS = ("country/serbia", "country/norway", "organization/astana-ballet", "organization/wto", "event/oslo-forum")
ids = st.sampled_from((*(f"person/{name}" for name in PEOPLE), *OTHERS))
corrections = st.builds(
    Corrections,
    st.lists(st.lists(ids, min_size=2, max_size=3, unique=True).map(tuple), max_size=2).map(tuple),
    st.lists(
        st.tuples(ids, st.lists(st.integers(0, 12).map(article), max_size=3)).map(lambda row: (row[0], *row[1])),
        max_size=2,
    ).map(tuple),
)
corrected_steps = st.lists(
    st.tuples(st.lists(numbers, max_size=4), st.lists(numbers, max_size=2), st.none() | corrections),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corrected_steps)
def test_corrections_may_come_and_go_between(tmp_path_factory, steps) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("s")
    path = folder / "corrections.toml"
    readings = Readings(folder / "r", write=True)
    readings.put([reading(n) for n in range(6)])
    there = {article(n): reading(n) for n in range(6)}
    kept = Derived(folder, readings, write=True)
    for added, removed, told_to_be in steps:
        rows = {article(n): reading(n) for n in added}
        if rows:
            readings.put(list(rows.values()))
        readings.remove(article(n) for n in removed)
        there = {id: row for id, row in (there | rows).items() if id not in {article(n) for n in removed}}
        if told_to_be is not None:
            path.write_text(told_to_be.dump(), encoding="utf-8")
        kept.refresh()
        assert kept.is_current
        assert told(kept.graph()) == told(fused(list(there.values()), path))
    kept.close()
    readings.close()


def test_what_became_of_ids_that_are_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    readings = Readings(tmp_path / "r", write=True)
    kept = Derived(tmp_path, readings, write=True)

    def known(*rows: Reading) -> set[str]:
        readings.remove([row.article.id for row in readings])
        readings.put(list(rows))
        kept.refresh()
        return set(kept.graph().entities)

    alone, full = short("a", "Brantov"), short("b", "Igor Brantov")
    assert known(alone) == {"country/norway", "person/brantov"}
    assert kept.former() == {}
    assert known(alone, full) == {"country/norway", "person/igor-brantov"}
    assert kept.former() == {"person/brantov": "person/igor-brantov"}
    assert known() == set()
    assert kept.former() == dict.fromkeys(("country/norway", "person/igor-brantov", "person/brantov"))
    assert known(alone) == {"country/norway", "person/brantov"}
    assert kept.former() == {"person/igor-brantov": None}
    other = short("c", "Ben Smith")
    known(alone, other)
    path.write_text(Corrections(same=(("person/ben-smith", "person/brantov"),)).dump(), encoding="utf-8")
    assert known(alone, other) == {"country/norway", "person/ben-smith"}
    assert kept.former()["person/brantov"] == "person/ben-smith"
    path.unlink()
    assert known(alone, other) == {"country/norway", "person/ben-smith", "person/brantov"}
    assert kept.former() == {"person/igor-brantov": None}
    kept.close()
    readings.close()


def short(id: str, name: str) -> Reading:
    text = f"{name} visited Norway."
    proof = Evidence(id, 0, len(text), None, None, "told", 0.9)
    ends = (Entity("p", "Person", name), Entity("c", "Country", "Norway"))
    told_by = Article.of(text, id=id, published="2024-05-01")
    return Reading(told_by, ends, (), (Statement("p", "visited", "c", evidence=(proof,), confidence=0.9),), "1")


def test_a_graph_made_anew_tells_what_the_old_one_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = Readings(tmp_path / "r", write=True)
    readings.put([short("a", "Brantov")])
    kept = Derived(tmp_path, readings, write=True)
    kept.refresh()
    monkeypatch.setattr(module, "fusion_version", lambda: "another")
    readings.put([short("b", "Igor Brantov")])
    kept.refresh()
    assert kept.former() == {"person/brantov": "person/igor-brantov"}
    kept.close()
    readings.close()

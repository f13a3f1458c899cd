"""The kept graph is that of `fuse`, whatever the way to it."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.fuse import fuse
from kg.graph import KnowledgeGraph
from kg.model import Reading
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
    )


def fused(readings: list[Reading]) -> KnowledgeGraph:
    whole = fuse(readings)
    used = {i for s in whole.statements for i in (s.subject, s.object, s.attributed_to) if i}
    entities = (e for e in whole.entities if e.id in used)
    return KnowledgeGraph(whole.articles, entities, whole.statements, whole.merges, whole.copies)


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

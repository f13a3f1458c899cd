"""Articles are read batch by batch, in one process or several, to the same graph; a bad one costs only itself."""

from collections.abc import Iterable, Iterator

import pytest

import kg.detect
from kg import Article, Settings, assemble, build, read
from kg.detect.annotated import Annotated
from kg.errors import KGError
from kg.model import Failure

TEXT = "Kazakh President Kassym-Jomart Tokayev met Serbian President Aleksandar Vučić in Astana."


def articles(count: int) -> list[Article]:
    return [Article.of(f"{TEXT} Day {n}.", id=f"a{n:03}") for n in range(count)]


@pytest.mark.model
def test_processes_make_no_difference() -> None:
    alone = list(read(articles(40), Settings(processes=1)))
    spread = list(read(articles(40), Settings(processes=2)))
    assert spread == alone
    assert [reading.article.id for reading in alone] == [a.id for a in articles(40)]


@pytest.mark.model
def test_the_order_of_articles_makes_no_difference() -> None:
    readings = list(read(articles(5), Settings(processes=1)))
    one, other = assemble(readings), assemble(reversed(readings))
    assert one.statements == other.statements
    assert one.entities == other.entities


@pytest.mark.model
def test_a_bad_article_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    annotate = kg.detect.annotate

    def failing(batch: Iterable[Article], settings: Settings) -> Iterator[Annotated]:
        for annotated in annotate(batch, settings):
            if annotated.article.id == "a001":
                raise RuntimeError("no such tree")
            yield annotated

    monkeypatch.setattr(kg.detect, "annotate", failing)
    failures: list[Failure] = []
    readings = list(read(articles(3), Settings(processes=1), failures.append))
    assert [reading.article.id for reading in readings] == ["a000", "a002"]
    assert failures == [Failure("a001", "cannot be read: RuntimeError: no such tree")]
    with pytest.raises(KGError, match="a001: cannot be read"):
        list(read(articles(3), Settings(processes=1)))


@pytest.mark.model
def test_low_confidence_is_left_out_with_the_entities_only_it_used() -> None:
    graph = build(articles(1), Settings(min_confidence=1.0))
    kept = {i for s in graph.statements.values() for i in (s.subject, s.object)}
    assert set(graph.entities) == kept
    assert all(s.confidence >= 1.0 for s in graph.statements.values())

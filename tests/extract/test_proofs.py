"""The sentences shown for a fact: the one that states it first, a second behind it where the first may not."""

import numpy as np
import pytest

from kg.detect import annotate
from kg.extract import extract
from kg.extract.proofs import Chooser, load_chooser
from kg.model import Article, Statement
from kg.settings import Settings

TEXT = (
    "Serbian President Marko Jovanović and Hungarian Prime Minister Péter Szabó were both born in May. "
    "The harbour was full of boats. "
    "On Monday Marko Jovanović met with Péter Szabó in Budapest. "
    "Reporters asked about Marko Jovanović and Péter Szabó and their families."
)


@pytest.fixture(scope="module")
def statements() -> dict[tuple[str, str, str], Statement]:
    reading = next(extract(item, Settings()) for item in annotate([Article.of(TEXT, id="a")], Settings()))
    names = {entity.id: entity.name for entity in reading.entities}
    return {(names[s.subject], s.relation, names[s.object]): s for s in reading.statements}


@pytest.mark.model
def test_the_first_sentence_shown_is_the_one_that_states_the_fact(statements) -> None:
    shown = statements["Marko Jovanović", "metWith", "Péter Szabó"].evidence[0]
    assert TEXT[shown.start : shown.end].startswith("On Monday")


@pytest.mark.model
def test_further_sentences_are_weaker_and_different(statements) -> None:
    for statement in statements.values():
        first, *further = statement.evidence
        assert len(further) <= 1
        assert all(item.score < first.score and item.start != first.start for item in further)


@pytest.mark.model
def test_spots_lie_in_the_sentence_shown(statements) -> None:
    for statement in statements.values():
        for item in statement.evidence:
            for span in filter(None, (item.subject, item.object)):
                assert item.start <= span[0] < span[1] <= item.end


def test_a_second_sentence_is_chosen_only_where_the_first_is_unsure() -> None:
    chooser = load_chooser()
    assert isinstance(chooser, Chooser)
    assert chooser.choose([], []) == []
    rows = np.zeros((3, 28), np.float32)
    rows[:, 7:9] = -20
    assert len(chooser.choose([4, 7, 9], rows.tolist())) == 2

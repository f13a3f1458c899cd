"""The relation files' own examples: each must fire, each near miss must stay silent, with the shipped weights."""

from __future__ import annotations

import pytest

from kg.detect import annotate
from kg.extract import extract
from kg.model import Article, Status
from kg.schema import load_schema
from kg.settings import Settings

pytestmark = pytest.mark.model
RELATIONS = sorted(load_schema().relations)


@pytest.fixture(scope="module")
def readings():
    """Every example's reading by its text; one pass over all."""
    texts = sorted({example.text for relation in load_schema().relations.values() for example in relation.examples})
    annotated = annotate((Article.of(text) for text in texts), Settings())
    return {item.article.text: extract(item, Settings()) for item in annotated}


def pairs(reading, relation: str) -> set[tuple[str, str]]:
    names = {entity.id: entity.name for entity in reading.entities}
    asserted = [s for s in reading.statements if s.relation == relation and s.status is Status.ASSERTED]
    found = {(names[s.subject], names[s.object]) for s in asserted}
    return found | {(b, a) for a, b in found} if load_schema().relations[relation].symmetric else found


@pytest.mark.parametrize("name", RELATIONS)
def test_examples_fire_and_near_misses_stay_silent(readings, name):
    for example in load_schema().relations[name].examples:
        found = pairs(readings[example.text], name)
        if example.expect:
            assert set(example.expect) <= found, example.text
        else:
            assert not found, example.text


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_has_an_example_and_a_near_miss(name):
    examples = load_schema().relations[name].examples
    assert any(example.expect for example in examples)
    assert any(not example.expect for example in examples)

"""Articles annotated end to end."""

import pytest

from kg.detect import annotate
from kg.detect.annotated import Annotated
from kg.model import Article
from kg.settings import Settings

pytestmark = pytest.mark.model
TEXT = (
    "Kazakh President Kassym-Jomart Tokayev and Serbian President Aleksandar Vučić held extended talks in Astana. "
    "Vučić was awarded the Altyn Qyran Order. Serbia’s leader thanked President Tokayev."
)


def read(text: str, **settings: bool) -> Annotated:
    return next(iter(annotate([Article.of(text)], Settings(**settings))))  # type: ignore[arg-type]


@pytest.mark.parametrize("rules_only", [False, True])
def test_people_countries_and_cities_are_found(rules_only: bool) -> None:
    annotated = read(TEXT, rules_only=rules_only)
    named = {(entity.type, entity.name): entity for entity in annotated.entities}
    assert ("Person", "Kassym-Jomart Tokayev") in named
    assert "Vučić" in named["Person", "Aleksandar Vučić"].aliases
    assert "Serbian" in named["Country", "Serbia"].aliases
    assert ("Country", "Kazakhstan") in named
    assert ("City", "Astana") in named


def test_mentions_are_slices_of_the_text_and_point_to_entities() -> None:
    annotated = read(TEXT)
    ids = {entity.id for entity in annotated.entities}
    assert annotated.doc.text == annotated.article.text
    assert all(TEXT[m.start : m.end] == m.surface and m.entity in ids for m in annotated.mentions)
    assert list(annotated.mentions) == sorted(annotated.mentions, key=lambda m: m.start)


def test_articles_keep_their_order_and_empty_ones_stay() -> None:
    texts = ["Ana Petrova spoke in Rome.", "", "   \n", "Peru and Chile signed a treaty."]
    found = list(annotate([Article.of(text, id=str(at)) for at, text in enumerate(texts)]))
    assert [item.article.id for item in found] == ["0", "1", "2", "3"]
    assert found[1].entities == found[2].entities == ()

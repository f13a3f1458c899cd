"""Descriptions and pronouns: what each stands for, given the names. Parsed by the model, named by hand."""

import re

import pytest

from kg.detect.coreference import resolve_descriptions
from kg.detect.language import load_language
from kg.model import Entity, Mention

pytestmark = pytest.mark.model


def resolve(text: str, **names: str) -> list[tuple[str, str]]:
    """(expression, name) pairs for a text in which `names` maps a type to names separated by `;`."""
    listed = [(type, name) for type, cell in names.items() for name in cell.split("; ")]
    entities = [Entity(f"e{at}", type, name) for at, (type, name) in enumerate(listed)]
    mentions = [
        Mention(match.start(), match.end(), match.group(), entity.type, entity.id)
        for entity in entities
        for match in re.finditer(re.escape(entity.name), text)
    ]
    mentions.sort(key=lambda mention: mention.start)
    by_id = {entity.id: entity.name for entity in entities}
    return [(m.surface, by_id[m.entity]) for m in resolve_descriptions(load_language()(text), mentions, entities)]


LEADERS = "President Ana Silva of Peru met President Ben Olsen of Norway in Lima. "


def test_both_presidents_are_two_mentions() -> None:
    found = resolve(
        LEADERS + "Both presidents praised the accord.", Person="Ana Silva; Ben Olsen", Country="Peru; Norway"
    )
    assert sorted(name for words, name in found if words == "Both presidents") == ["Ana Silva", "Ben Olsen"]


def test_the_two_countries_are_those_of_the_talks() -> None:
    found = resolve(
        LEADERS + "The two countries agreed to trade more.", Person="Ana Silva; Ben Olsen", Country="Peru; Norway"
    )
    assert sorted(name for words, name in found if words == "The two countries") == ["Norway", "Peru"]


def test_a_demonym_chooses_between_two_presidents() -> None:
    text = "Peruvian President Ana Silva met Norwegian President Ben Olsen. The Norwegian president left early."
    found = resolve(text, Person="Ana Silva; Ben Olsen", Country="Peruvian; Norwegian")
    assert ("The Norwegian president", "Ben Olsen") in found


def test_a_counterpart_is_the_other_one() -> None:
    text = "President Ana Silva met President Ben Olsen on Monday. Ana Silva thanked her counterpart for the welcome."
    assert ("her counterpart", "Ben Olsen") in resolve(text, Person="Ana Silva; Ben Olsen")


def test_a_title_before_a_name_is_no_description() -> None:
    text = "Ben Olsen arrived. The President Ana Silva spoke; the prime minister, Carl Berg, listened."
    assert [words for words, _ in resolve(text, Person="Ana Silva; Carl Berg; Ben Olsen")] == []


def test_the_prime_minister_is_not_the_minister() -> None:
    text = "Prime Minister Ana Silva and Foreign Minister Ben Olsen spoke. The minister thanked the prime minister."
    found = resolve(text, Person="Ana Silva; Ben Olsen")
    assert found == [("The minister", "Ben Olsen"), ("the prime minister", "Ana Silva")]


def test_she_is_not_he() -> None:
    text = "Mr Ben Olsen introduced Mrs Ana Silva. She thanked him."
    found = resolve(text, Person="Ben Olsen; Ana Silva")
    assert ("She", "Ana Silva") in found
    assert ("him", "Ben Olsen") in found


def test_the_company_and_its_are_the_organization() -> None:
    text = "Norsk Fisk opened a plant in Lima. The company will hire 200 people for its plant."
    found = resolve(text, Organization="Norsk Fisk", City="Lima")
    assert ("The company", "Norsk Fisk") in found
    assert ("its", "Norsk Fisk") in found


def test_the_agreement_is_the_one_of_that_head() -> None:
    text = "They signed a trade agreement and a joint memorandum. The agreement enters into force in May."
    found = resolve(text, Agreement="trade agreement; joint memorandum")
    assert ("The agreement", "trade agreement") in found


def test_the_capital_is_that_of_the_country_in_the_phrase() -> None:
    text = "Talks in Cairo followed those in Oslo. Flights to the Egyptian capital were full."
    found = resolve(text, City="Cairo; Oslo", Country="Egyptian")
    assert ("the Egyptian capital", "Cairo") in found


@pytest.mark.parametrize("text", ["He arrived.", "The president spoke.", "Both sides agreed.", "It was late."])
def test_nothing_is_said_where_nothing_fits(text: str) -> None:
    assert resolve("Rain fell on Lima. " + text, City="Lima") == []

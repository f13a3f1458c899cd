"""The ends of names set right, on Docs built by hand."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.detect.clusters import Found
from kg.detect.repair import repair

VOCAB = spacy.blank("en").vocab


def find(words: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """(surface, type) after repair of names that stand in the text of space-separated words."""
    doc = Doc(VOCAB, words=words.split())
    found = [Found(doc.text.index(name), doc.text.index(name) + len(name), name, type) for name, type in names]
    return sorted((item.surface, item.type) for item in repair(doc, found))


@pytest.mark.parametrize(
    ("text", "tagged", "person"),
    [
        ("President of Belarus Alexander Lukashenko spoke", "of Belarus Alexander Lukashenko", "Alexander Lukashenko"),
        (
            "Vietnamese Prime Minister Pham Minh Chinh spoke",
            "Vietnamese Prime Minister Pham Minh Chinh",
            "Pham Minh Chinh",
        ),
        ("Administrator Isobel Coleman spoke", "Isobel Coleman", "Isobel Coleman"),
        ("His Majesty King Abdullah II spoke", "Abdullah II", "King Abdullah II"),
        ("Then Pope Francis spoke", "Francis", "Pope Francis"),
    ],
)
def test_titles_are_no_part_of_a_name_but_royal_ones_are(text: str, tagged: str, person: str) -> None:
    assert find(text, (tagged, "Person")) == [(person, "Person")]


def test_a_title_alone_is_nobody() -> None:
    assert find("The Russian President spoke", ("Russian President", "Person")) == []


def test_an_award_ends_before_the_person_who_gets_it() -> None:
    text = "He conferred the Order of Friendship on President Ana Silva today"
    found = find(text, ("Order of Friendship on President Ana Silva", "Award"), ("Ana Silva", "Person"))
    assert found == [("Ana Silva", "Person"), ("Order of Friendship", "Award")]


def test_an_abbreviation_in_brackets_is_found_here_and_later() -> None:
    text = "The Caribbean Community ( CARICOM ) met . CARICOM agreed ."
    found = find(text, ("Caribbean Community", "Organization"))
    assert found.count(("CARICOM", "Organization")) == 2


def test_a_name_is_found_wherever_it_stands_again() -> None:
    assert find("Masdar won . Then Masdar left .", ("Masdar", "Organization")) == [("Masdar", "Organization")] * 2


def test_two_organizations_or_awards_in_one_span_come_apart() -> None:
    text = "Saigon Tourism Group and Thien Minh Group signed"
    found = find(text, ("Saigon Tourism Group and Thien Minh Group", "Organization"))
    assert [surface for surface, _ in found] == ["Saigon Tourism Group", "Thien Minh Group"]
    assert len(find("the Ministry of Trade and Industry said", ("Ministry of Trade and Industry", "Organization"))) == 1


def test_the_last_two_fields_of_a_list_come_apart_and_a_pair_stays() -> None:
    listed = find("on trade , health and security .", ("trade", "Sector"), ("health and security", "Sector"))
    assert [surface for surface, _ in listed] == ["health", "security", "trade"]
    pair = find("on transport and logistics .", ("transport and logistics", "Sector"))
    assert [surface for surface, _ in pair] == ["transport and logistics"]


def test_a_name_has_both_of_its_brackets_or_none() -> None:
    pipeline = "Alpha-Beta-Gamma ( ABG ) gas pipeline"
    assert find(f"The {pipeline} opened", ("Alpha-Beta-Gamma", "Route"), ("ABG ) gas pipeline", "Route")) == [
        (pipeline, "Route")
    ]
    assert find("The Union Commission ( UC ) met", ("Union Commission ( UC", "Organization")) == [
        ("UC", "Organization"), ("Union Commission", "Organization"),
    ]  # fmt: skip
    assert find("He praised the Fund ) there", ("Fund )", "Organization")) == [("Fund", "Organization")]

"""Tokens and sentences: where names must hold together and where sentences must end."""

import pytest

from kg.detect.language import load_language

pytestmark = pytest.mark.model


def words(text: str) -> list[str]:
    return [token.text for token in load_language()(text)]


@pytest.mark.parametrize(
    "name",
    ["Kassym-Jomart", "Al-Farabi", "Guinea-Bissau", "Port-au-Prince", "Timor-Leste", "Nur-Sultan", "Jean-Claude"],
)
def test_a_hyphenated_name_is_one_token(name: str) -> None:
    assert name in words(f"Yesterday {name} was praised.")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Kazakhstan-Serbia council", "Serbia"),
        ("the Astana-Belgrade flight", "Astana"),
        ("Russian-Chinese talks", "Chinese"),
    ],
)
def test_places_joined_by_a_hyphen_are_apart(text: str, part: str) -> None:
    assert part in words(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("President Ana Petrova arrives\nShe will meet the\nprime minister today.", 2),
        ("Schedule\nFlight 12 leaves at noon.", 2),
        ("They agreed on:\n- trade\n- energy", 3),
        (
            "The delegation of the Ministry of Foreign Affairs of the\nRepublic of Serbia arrived on Monday.",
            1,
        ),
        ("A title\n\nThe text begins here.", 2),
    ],
)
def test_headings_and_list_items_end_sentences_and_wrapped_lines_do_not(text: str, count: int) -> None:
    assert len(list(load_language()(text).sents)) == count


def test_the_doc_keeps_the_text() -> None:
    text = " date 2026-02-27 “We agreed,”\n\n said  the President.\t"
    assert load_language()(text).text == text

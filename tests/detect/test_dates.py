"""Expressions of time: each row a wording and what it means for an article of Friday, 27 February 2026."""

import pytest

from kg.detect.dates import resolve

TODAY = "2026-02-27"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on 27 February 2026.", "2026-02-27"),
        ("They met on February 27, 2026.", "2026-02-27"),
        ("They met on February 20.", "2026-02-20"),
        ("They met on December 3rd.", "2025-12-03"),
        ("They will meet on December 3.", "2026-12-03"),
        ("They met on 3 March 2019 at noon.", "2019-03-03"),
        ("The treaty of March 2019 holds.", "2019-03"),
        ("He took office in November.", "2025-11"),
        ("He takes office next November.", "2026-11"),
        ("She won it in 2013.", "2013"),
        ("Last year, flights began.", "2025"),
        ("last month", "2026-01"),
        ("this month", "2026-02"),
        ("Next year it opens.", "2027"),
        ("He arrived on Tuesday.", "2026-02-24"),
        ("He arrived on Friday.", "2026-02-27"),
        ("He will arrive on Tuesday.", "2026-03-03"),
        ("He arrived last Friday.", "2026-02-20"),
        ("Earlier today, they talked.", "2026-02-27"),
        ("They talked yesterday.", "2026-02-26"),
        ("They signed it three years ago.", "2023"),
        ("They signed it two months ago.", "2025-12"),
        ("They signed it a week ago.", "2026-02"),
        ("It is dated 2024-05-06.", "2024-05-06"),
        ("Baku, 12.03.2023", "2023-03-12"),
        ("the day before yesterday", "2026-02-25"),
    ],
)
def test_one_moment(text: str, value: str) -> None:
    assert [when.value for when in resolve(text, TODAY)] == [value]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on October 29-30, 2018", "2018-10-29", "2018-10-30"),
        ("on 29 and 30 October 2018", "2018-10-29", "2018-10-30"),
        ("from September 30–October 1, 2021", "2021-09-30", "2021-10-01"),
        ("30 December to 2 January", "2025-12-30", "2026-01-02"),
        ("in 2019-2024", "2019", "2024"),
        ("the 2024-25 plan", "2024", "2025"),
    ],
)
def test_two_moments_in_one_expression(text: str, first: str, last: str) -> None:
    assert [(when.value, when.until) for when in resolve(text, TODAY)] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("He led it from 2019, she until March 2024.", [("2019", "from"), ("2024-03", "to")]),
        ("Flights run since 19 June 2024.", [("2024-06-19", "from")]),
        ("Trade must double by 2030.", [("2030", "to")]),
        ("It was so before 2010.", [("2010", "before")]),
    ],
)
def test_the_words_before_tell_the_role(text: str, roles: list[tuple[str, str]]) -> None:
    assert [(when.value, when.role) for when in resolve(text, TODAY)] == roles


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.",
        "They march on.",
        "worth $2019 million",
        "some 2,019 people",
        "route 20265",
        "growth of 2019%",
        "31 February 2020",
        "Mr May spoke.",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert resolve(text, TODAY) == []


def test_without_the_articles_date_only_whole_dates_resolve() -> None:
    found = resolve("On Tuesday and in May, last year; on 3 May 2020.", None)
    assert [when.value for when in found] == ["2020-05-03"]


def test_places_are_those_of_the_text() -> None:
    text = "They met on 27 February 2026."
    when = resolve(text, TODAY, offset=100)[0]
    assert text[when.start - 100 : when.end - 100] == "27 February 2026"

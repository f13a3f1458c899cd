"""Names across spellings: what is one, and what must not be."""

import pytest

from kg.fuse import people
from kg.fuse.names import acronym, alike, company, fold, slug


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Sadyr Japarov", "Sadyr Zhaparov", 0.9),
        ("Sadyr Japarov", "Sadır Caparov", 0.9),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", 1.0),
        ("Kassym-Jomart Tokayev", "Qasym-Jomart Toqaev", 0.9),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", 0.9),
        ("Владимир Путин", "Vladimir Putin", 1.0),
        ("Aleksandar Vučić", "A. Vučić", 0.5),
        ("Joe Biden", "Joseph R. Biden, Jr.", 0.85),
        ("President Ilham Aliyev", "Ilham Aliyev", 1.0),
        ("Nguyễn Phú Trọng", "Nguyen Phu Trong", 1.0),
    ],
)
def test_spellings_of_one_name(one: str, other: str, least: float) -> None:
    assert people.compare(one, other)[0] >= least
    assert people.block(one) == people.block(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilham Aliyev", "Mehriban Aliyeva"),
        ("Vladimir Putin", "Lyudmila Putin"),
        ("Gurbanguly Berdimuhamedov", "Serdar Berdimuhamedov"),
        ("Nawaz Sharif", "Shehbaz Sharif"),
        ("King Abdullah II", "Hussein bin Abdullah"),
        ("King Felipe VI", "King Felipe V"),
        ("Sergei Ivanov", "Igor Ivanov"),
        ("John Brown", "Jane Brown"),
    ],
)
def test_relatives_and_namesakes_are_not_one(one: str, other: str) -> None:
    assert people.compare(one, other)[0] < 0.5


def test_words_alike() -> None:
    assert alike("Organisation", "Organization") >= 0.9
    assert alike("Austria", "Australia") == 0.0
    assert alike("Iran", "Iraq") == 0.0


def test_companies_acronyms_and_slugs() -> None:
    assert company("Kazakhstan Temir Zholy JSC") == company("Kazakhstan Temir Zholy")
    assert acronym("Organization for Security and Co-operation in Europe") == "oscoe"
    assert acronym("World Bank") == ""
    assert fold("The U.S.’s") == "us"
    assert slug("Đorđe Đurić — Şükrü") == "djordje-djuric-sukru"

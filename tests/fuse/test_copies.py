"""Near-duplicates on the project's own set: copies of eight articles, retold ones, and reports of one mould."""

import itertools
import json
import random
from pathlib import Path

import pytest

from kg.fuse import fuse
from kg.fuse.copies import find_copies, take_print
from kg.model import Article, Entity, Evidence, Reading, Statement

ROWS = [json.loads(line) for line in (Path(__file__).parent / "copies.jsonl").read_text("utf-8").splitlines()]


def sentences(text: str) -> list[str]:
    return [part.strip() + "." for part in text.split(". ") if part.strip(" .")]


def edited(text: str) -> str:
    """Every twelfth word replaced, as an editor's hand does."""
    words = text.split()
    return " ".join("reportedly" if at % 12 == 11 else word for at, word in enumerate(words))


def variants(text: str) -> list[str]:
    lines = sentences(text)
    return [
        "(NewsWire) — " + text + " © NewsWire. All rights reserved.",
        text.upper(),
        " ".join(lines[: len(lines) * 2 // 3]),
        " ".join([*lines, "Update at noon: the office has confirmed these figures in a note to editors and friends."]),
        " ".join([lines[1], lines[0], *lines[2:]]),
        edited(text),
    ]


def mould(day: int) -> str:
    """A report that comes each week with other figures: its own source each time."""
    pick = random.Random(day)
    goods = pick.sample(["wheat", "barley", "rye", "maize", "oats", "lentils", "flax", "soya", "rice", "millet"], 6)
    told = [
        f"A tonne of {name} fetched {pick.randint(90, 400)} crowns at {pick.choice('ABCDEFGH')} gate" for name in goods
    ]
    return "Prices at the exchange of Orland this week. " + ". ".join(told) + ". Trade was calm."


def collection() -> tuple[list[Article], dict[str, str]]:
    """Articles, and the group of each."""
    groups = {}
    articles = []
    for row in ROWS:
        texts = {f"{row['id']}-0": row["text"], f"{row['id']}-retold": row["retold"]}
        texts |= {f"{row['id']}-{at}": text for at, text in enumerate(variants(row["text"]), 1)}
        for id, text in texts.items():
            groups[id] = id if id.endswith("retold") else row["id"]
            articles.append(Article.of(text, id=id, published="2026-03-01" if id.endswith("-0") else "2026-03-02"))
    for day in range(20):
        groups[f"prices-{day}"] = f"prices-{day}"
        articles.append(Article.of(mould(day), id=f"prices-{day}", published="2026-03-01"))
    return articles, groups


def pairs(groups: dict[str, str]) -> set[tuple[str, str]]:
    return {pair for pair in itertools.combinations(sorted(groups), 2) if groups[pair[0]] == groups[pair[1]]}


def measure() -> tuple[float, float]:
    articles, groups = collection()
    copies = find_copies(map(take_print, articles))
    found = pairs({article.id: copies.get(article.id, article.id) for article in articles})
    right = pairs(groups)
    return len(found & right) / len(found), len(found & right) / len(right)


def test_floors() -> None:
    precision, recall = measure()
    assert precision >= 0.98
    assert recall >= 0.95


def test_the_first_is_the_one_that_is_copied_in_any_order() -> None:
    articles, _ = collection()
    prints = [take_print(article) for article in articles]
    copies = find_copies(prints)
    assert find_copies(prints[::-1]) == copies
    assert {copy: first for copy, first in copies.items() if copy.startswith("ferry")}["ferry-3"] == "ferry-0"


@pytest.mark.parametrize(
    ("one", "other", "equal"), [("", "", True), ("Rain.", "Rain.", True), ("Rain.", "Snow.", False)]
)
def test_short_texts_are_copies_only_if_equal(one: str, other: str, equal: bool) -> None:
    prints = [take_print(Article.of(text, id=id)) for id, text in (("a", one), ("b", other))]
    assert bool(find_copies(prints)) is equal


def test_a_copied_claim_is_no_surer() -> None:
    def told(id: str, text: str) -> Reading:
        evidence = (Evidence(id, 0, 10, None, None, "test", 0.8),)
        ends = (Entity("e1", "Country", "Peru"), Entity("e2", "Country", "Chile"))
        fact = Statement("e1", "cooperatesWith", "e2", evidence=evidence, confidence=0.8)
        return Reading(Article.of(text, id=id), ends, (), (fact,))

    text, retold = ROWS[0]["text"], ROWS[0]["retold"]
    copied = fuse([told("a", text), told("b", variants(text)[0])])
    assert copied.copies == (("b", "a"),)
    assert [s.confidence for s in copied.statements] == [0.8]
    assert [len(s.evidence) for s in copied.statements] == [2]
    assert fuse([told("a", text), told("b", retold)]).statements[0].confidence > 0.8


if __name__ == "__main__":
    print("precision {:.3f} recall {:.3f}".format(*measure()))

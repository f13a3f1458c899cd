"""The library's questions on `exports/demo`: known answers in worked.txt, the same rows from Oxigraph and rdflib.

When `exports/demo` has changed, write worked.txt anew from the top of the checkout:

    python -m tests.contracts.test_worked_example

Then read what changed in it against the articles of `kg/collect/samples`, and set `! ` before each row that they do not
bear out; marks of rows that stay are kept.
"""

from pathlib import Path

import pytest
import rdflib

from kg.publish.queries import question, questions
from kg.publish.sparql import Export

DEMO = Path(__file__).parents[2] / "exports" / "demo"
FILE = Path(__file__).parent / "worked.txt"
SHOWN = 8  # of a longer answer the first rows, and the number of all

# Values that the articles have something to tell of; the others stand in the queries.
VALUES = {
    "article-facts": {"id": "eu-new-zealand"},
    "awards-by-giver": {"giver": "Norway", "year": "2024"},
    "members": {"body": "NATO"},
    "officials": {"of": "New Zealand"},
    "operators": {"country": "London"},
    "quotations": {"speaker": "Ottilie Brandvold"},
    "trade": {"country": "New Zealand"},
}
# Empty by nature: no article contradicts another, and no two people hold one post. atlas.py has such cases.
EMPTY = {"contradictions", "rival-holders"}


def answers() -> dict[str, tuple[int, list[str]]]:
    """By question: how many rows, and the first of them as written, marks of wrong readings included."""
    found = {}
    for part in FILE.read_text(encoding="utf-8").split("## ")[1:]:
        head, _, body = part.strip("\n").partition("\n")
        name, _, count = head.partition(" | ")
        found[name] = (int(count), body.splitlines())
    return found


def text(name: str) -> str:
    return question(name).fill(VALUES.get(name, {}))


def told(export: Export, name: str) -> list[str]:
    return [" ; ".join(" ".join(cell.split()) for cell in row).strip() for row in export.ask(text(name)).shown()]


ANSWERS = answers() if FILE.is_file() else {}


@pytest.fixture(scope="module")
def export() -> Export:
    return Export.open(DEMO)


@pytest.fixture(scope="module")
def data() -> rdflib.Dataset:
    data = rdflib.Dataset(default_union=True)
    data.parse(DEMO / "graph.trig")
    return data


def test_every_question_has_an_answer_here_or_is_empty_by_nature() -> None:
    assert set(ANSWERS) == set(questions()) - EMPTY
    assert all(count and rows for count, rows in ANSWERS.values())


@pytest.mark.parametrize("name", sorted(set(questions()) - EMPTY))
def test_oxigraph_gives_the_known_answer(export: Export, name: str) -> None:
    count, rows = ANSWERS[name]
    found = told(export, name)
    known = (count, [row.removeprefix("! ") for row in rows])
    assert (len(found), found[:SHOWN]) == known, "run: python -m tests.contracts.test_worked_example"


@pytest.mark.parametrize("name", sorted(EMPTY))
def test_what_is_empty_by_nature_is_empty(export: Export, name: str) -> None:
    assert told(export, name) == []


@pytest.mark.parametrize("name", sorted(questions()))
def test_rdflib_gives_the_same_rows(export: Export, data: rdflib.Dataset, name: str) -> None:
    theirs = [["" if cell is None else str(cell) for cell in row] for row in data.query(text(name))]
    assert theirs == [["" if cell is None else cell.value for cell in row] for row in export.ask(text(name)).rows]


def test_most_rows_are_borne_out_by_the_articles() -> None:
    rows = [row for _, rows in ANSWERS.values() for row in rows]
    wrong = [row for row in rows if row.startswith("! ")]
    assert len(wrong) / len(rows) < 0.2


def write() -> None:
    """Write the answers of today, with the marks of rows that stay."""
    marked = {row.removeprefix("! ") for _, rows in ANSWERS.values() for row in rows if row.startswith("! ")}
    export = Export.open(DEMO)
    head = "# Answers on exports/demo, read against its articles; `! ` marks rows that the articles do not bear out.\n"
    parts = []
    for name in sorted(set(questions()) - EMPTY):
        rows = told(export, name)
        lines = [f"! {row}" if row in marked else row for row in rows[:SHOWN]]
        parts.append(f"\n## {name} | {len(rows)}\n" + "".join(f"{line}\n" for line in lines))
    FILE.write_text(head + "".join(parts), encoding="utf-8")


if __name__ == "__main__":
    write()

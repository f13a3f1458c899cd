"""Linking on the project's own test set: 453 mentions in sentences written for it, with ids; NIL is `null`."""

import json
from collections import Counter
from pathlib import Path

import pytest

from kg.fuse.link import Link, link
from kg.model import Article, Entity, Mention, Reading, Statement

ROWS = [json.loads(line) for line in (Path(__file__).parent / "linking.jsonl").read_text("utf-8").splitlines()]


def reading(row: dict) -> Reading:
    article = Article.of(row["text"], published=row["date"])
    entities, mentions = {}, []
    for at, told in enumerate(row["mentions"]):
        entity = entities.setdefault((told["type"], told["name"]), Entity(f"e{at}", told["type"], told["name"]))
        end = told["start"] + len(told["name"])
        assert article.text[told["start"] : end] == told["name"]
        mentions.append(Mention(told["start"], end, told["name"], told["type"], entity.id))
    ids = {entity.name: entity.id for entity in entities.values()}
    posts = tuple(Statement(ids[person], "leaderOf", ids[of]) for person, of in row.get("posts", ()))
    return Reading(article, tuple(entities.values()), tuple(mentions), posts)


def linked() -> list[tuple[str, str, str | None, Link | None]]:
    """(type, name, right id, link) of every mention."""
    rows = []
    for row in ROWS:
        read = reading(row)
        links = link(read)
        ids = {(entity.type, entity.name): entity.id for entity in read.entities}
        for told in row["mentions"]:
            rows.append((told["type"], told["name"], told["id"], links.get(ids[told["type"], told["name"]])))
    return rows


def fits(id: str | None, found: Link) -> bool:
    return id is not None and (id in found.same_as or id == found.key)


def score(rows: list[tuple[str, str, str | None, Link | None]]) -> tuple[float, float]:
    """Precision and recall of the sure links."""
    sure = [(id, found) for _, _, id, found in rows if found and found.sure]
    right = sum(fits(id, found) for id, found in sure)
    return right / len(sure), right / sum(id is not None for _, _, id, _ in rows)


def test_the_set_is_large_and_has_what_is_nowhere() -> None:
    rows = linked()
    assert len(rows) >= 300
    assert sum(id is None for _, _, id, _ in rows) >= 15
    assert {type for type, *_ in rows} == {"Country", "City", "Organization", "Person", "Place"}


@pytest.mark.parametrize("type", ["Country", "City", "Organization", "Person", "Place"])
def test_floors(type: str) -> None:
    precision, recall = score([row for row in linked() if row[0] == type])
    assert precision >= 0.97
    assert recall >= 0.85


def test_sure_links_are_right_as_often_as_they_say() -> None:
    """No worse than told by more than three in a hundred, in each band of scores with at least twenty links."""
    bands: dict[float, Counter[bool]] = {}
    for _, _, id, found in linked():
        if found:
            bands.setdefault(round(found.score, 1), Counter())[fits(id, found)] += 1
    for band, told in bands.items():
        if told.total() >= 20:
            assert told[True] / told.total() >= band - 0.03


@pytest.mark.parametrize(
    "name", ["казахстанский", "哈萨克斯坦人", "Kasachisch", "Kazakhstanais", "Kazajo", "қазақстандық", "Kazak",
             "казахстански", "كازاخستاني", "Kazakh"]
)  # fmt: skip
def test_demonyms_in_ten_languages(name: str) -> None:
    (found,) = link(Reading(Article.of(name), (Entity("e", "Country", name),))).values()
    assert found.key == "Country:KZ"


if __name__ == "__main__":
    for kind in ("Country", "City", "Organization", "Person", "Place"):
        rows = [row for row in linked() if row[0] == kind]
        print(kind, len(rows), "precision {:.3f} recall {:.3f}".format(*score(rows)))
    for kind, name, id, found in linked():
        if (found and found.sure and not fits(id, found)) or (id and not (found and found.sure)):
            print(kind, name, id, found)

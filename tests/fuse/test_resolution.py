"""One entity across articles: B-cubed (Bagga and Baldwin, 1998) on the project's own set and on the gold articles."""

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path

from kg.fuse.member import members
from kg.fuse.merge import merge_entities
from kg.fuse.names import fold
from kg.fuse.resolve import resolve
from kg.model import Article, Entity, Evidence, Reading, Statement

HERE = Path(__file__).parent
Item = tuple[str, str, str]  # article, type, name


def bcubed(found: Mapping[Item, Hashable], right: Mapping[Item, Hashable]) -> tuple[float, float, float]:
    """Precision, recall, F1 over the items of `right`."""
    both: Counter[tuple[Hashable, Hashable]] = Counter((found[item], right[item]) for item in right)
    ours, theirs = Counter(found[item] for item in right), Counter(right.values())
    precision = sum(n * n / ours[one] for (one, _), n in both.items()) / len(right)
    recall = sum(n * n / theirs[other] for (_, other), n in both.items()) / len(right)
    return precision, recall, 2 * precision * recall / (precision + recall)


def gold_reading(row: dict) -> Reading:
    """The reading that finds just what the gold article tells."""
    article = Article.of(row["text"], id=row["id"], title=row.get("title") or "", published=row.get("date") or None)
    entities = [
        Entity(f"e{at}", told["type"], told["name"], tuple(sorted(set(told.get("aliases", ())))))
        for at, told in enumerate(row["entities"])
    ]
    ids = {entity.name: entity.id for entity in entities}
    evidence = (Evidence(article.id, 0, 1, None, None, "gold", 0.8),)
    statements = tuple(
        Statement(ids[s], relation, ids[o], evidence=evidence, confidence=0.8)
        for s, relation, o, *_ in row["triples"]
        if s in ids and o in ids
    )
    return Reading(article, tuple(entities), (), statements)


def fused_items(readings: list[Reading]) -> dict[Item, str]:
    """Each entity of each article to its fused id."""
    merged = merge_entities(resolve(member for reading in readings for member in members(reading)))
    return {
        (reading.article.id, entity.type, entity.name): merged.ids[reading.article.id, entity.id]
        for reading in readings
        for entity in reading.entities
    }


def gold_truth(rows: list[dict], key: dict) -> dict[Item, Hashable]:
    same = {
        (type, fold(name)): fold(names[0]) for type, groups in key["same"].items() for names in groups for name in names
    }
    apart = {(type, fold(name)) for type, names in key["apart"].items() for name in names}
    together = {
        (type, fold(name), article): (type, fold(name), articles[0])
        for type, name, articles in key["together"]
        for article in articles
    }
    truth: dict[Item, Hashable] = {}
    for row in rows:
        for told in row["entities"]:
            type, name = told["type"], fold(told["name"])
            if type in key["types"]:
                item = (row["id"], type, told["name"])
                single = (type, name, row["id"])
                truth[item] = (
                    together.get(single, single) if (type, name) in apart else (type, same.get((type, name), name))
                )
    return truth


def gold(shared: Path) -> tuple[dict[Item, str], dict[Item, Hashable]]:
    rows = [json.loads(line) for line in (shared / "gold" / "train.jsonl").read_text("utf-8").splitlines()]
    key = json.loads((HERE / "gold_same.json").read_text("utf-8"))
    return fused_items([gold_reading(row) for row in rows]), gold_truth(rows, key)


def own() -> tuple[dict[Item, str], dict[Item, Hashable]]:
    rows = [json.loads(line) for line in (HERE / "resolution.jsonl").read_text("utf-8").splitlines()]
    truth = {(row["id"], told["type"], told["name"]): told["is"] for row in rows for told in row["entities"]}
    return fused_items([gold_reading({"text": row["id"], **row}) for row in rows]), truth


def test_floor_on_the_gold_articles(shared: Path) -> None:
    found, right = gold(shared)
    for type in ("Person", "Country", "City", "Organization", "Place", "Award"):
        items = {item: is_ for item, is_ in right.items() if item[1] == type}
        assert bcubed(found, items)[2] >= 0.95, type


def test_floor_on_the_own_set() -> None:
    found, right = own()
    assert len(right) >= 150
    assert bcubed(found, right)[2] >= 0.95


if __name__ == "__main__":
    import sys

    for name, (found, right) in {"own": own(), "gold": gold(Path(sys.argv[1]))}.items():
        print(name, len(right), "precision {:.3f} recall {:.3f} F1 {:.3f}".format(*bcubed(found, right)))
        for type in sorted({item[1] for item in right}):
            items = {item: is_ for item, is_ in right.items() if item[1] == type}
            print("  ", type, len(items), "{:.3f} {:.3f} {:.3f}".format(*bcubed(found, items)))
        wrong = defaultdict(set)
        missed = defaultdict(set)
        for item, is_ in right.items():
            wrong[found[item]].add((is_, item[2]))
            missed[is_].add((found[item], item[2]))
        for one, told in wrong.items():
            if len({is_ for is_, _ in told}) > 1:
                print("WRONG", one, sorted(map(str, told)))
        for is_, told in missed.items():
            if len({one for one, _ in told}) > 1:
                print("MISSED", is_, sorted(map(str, told))[:6])

"""How well `kg` reads texts that are no such news: Re-DocRED (Wikipedia) and KnowledgeNet (web text), end to end.

    python tests/benchmarks/other_gold.py redocred|knowledgenet FILE.jsonl [--limit N]

Their relations are mapped to the ontology's where both exist. A told fact is found when a statement of one of the
relations it maps to has its ends; a statement is judged when both its ends name told entities and, in KnowledgeNet,
when the text's annotators looked for its relation.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import Article, Settings, read
from kg.extract.scoring import names_entity
from kg.model import Reading

Fact = tuple[frozenset[str], str, str]
"""The relations that it may be read as, and the names of subject and object."""

FORWARD, BACK = False, True
PLACES = {"location": "heldIn", "country": "heldIn", "located in the administrative territorial entity": "heldIn"}
REDOCRED: Mapping[str, tuple[tuple[str, ...], bool]] = {
    "country": (("locatedIn",), FORWARD),
    "located in the administrative territorial entity": (("locatedIn",), FORWARD),
    "location": (("locatedIn",), FORWARD),
    "headquarters location": (("locatedIn",), FORWARD),
    "capital of": (("locatedIn",), FORWARD),
    "head of government": (("leaderOf",), BACK),
    "head of state": (("leaderOf",), BACK),
    "chairperson": (("leaderOf",), BACK),
    "member of": (("memberOf",), FORWARD),
    "member of political party": (("memberOf",), FORWARD),
    "member of sports team": (("memberOf",), FORWARD),
    "award received": (("receivedAward",), FORWARD),
    "participant of": (("participatedIn",), FORWARD),
    "participant": (("participatedIn",), BACK),
}
KNOWLEDGENET: Mapping[str, tuple[tuple[str, ...], bool]] = {
    "HEADQUARTERS": (("locatedIn",), FORWARD),
    "CEO": (("leaderOf",), BACK),
    "EMPLOYEE_OR_MEMBER_OF": (("memberOf", "officialOf", "leaderOf"), FORWARD),
    "POLITICAL_AFFILIATION": (("memberOf",), FORWARD),
}
MAPPINGS = {"redocred": REDOCRED, "knowledgenet": KNOWLEDGENET}


def told_facts(row: Mapping[str, Any], mapping: Mapping[str, tuple[tuple[str, ...], bool]]) -> list[Fact]:
    """The row's facts that the ontology has a relation for."""
    types = {entity["name"]: entity["type"] for entity in row["entities"]}
    facts = []
    for subject, relation, object in row["triples"]:
        if relation not in mapping:
            continue
        names, back = mapping[relation]
        if types.get(subject) == "MISC":  # Re-DocRED's events and works
            names = (PLACES[relation],) if relation in PLACES else names
        facts.append((frozenset(names), *((object, subject) if back else (subject, object))))
    return facts


def judged_relations(row: Mapping[str, Any], mapping: Mapping[str, tuple[tuple[str, ...], bool]]) -> frozenset[str]:
    """The relations of which the row tells every fact."""
    looked_for = row.get("exhaustive_properties", mapping.keys())
    return frozenset(name for relation in looked_for if relation in mapping for name in mapping[relation][0])


def count(reading: Reading, row: Mapping[str, Any], facts: Sequence[Fact], judged: frozenset[str]) -> Counter[str]:
    """`told`, `found`, `judged` and `right` of one text."""
    names = {entity.id: (entity.name, *entity.aliases) for entity in reading.entities}
    entities = {entity["name"]: {**entity, "type": "Person"} for entity in row["entities"]}
    made = [(names[s.subject], s.relation, names[s.object]) for s in reading.statements if s.status == "asserted"]

    def fits(statement: tuple[Sequence[str], str, Sequence[str]], fact: Fact) -> bool:
        ends = (entities.get(fact[1]), entities.get(fact[2]))
        return statement[1] in fact[0] and all(
            end is not None and names_entity(own, end)
            for own, end in zip((statement[0], statement[2]), ends, strict=True)
        )

    counts = Counter(told=len(facts), found=sum(any(fits(s, fact) for s in made) for fact in facts))
    for statement in made:
        known = all(any(names_entity(end, e) for e in entities.values()) for end in (statement[0], statement[2]))
        if statement[1] in judged and known:
            counts.update(judged=1, right=any(fits(statement, fact) for fact in facts))
    return counts


def report(rows: Iterable[Mapping[str, Any]], mapping: Mapping[str, tuple[tuple[str, ...], bool]]) -> Counter[str]:
    """The counts of all rows."""
    rows, total = list(rows), Counter[str]()
    articles = (Article.of(row["text"], id=row["id"]) for row in rows)
    for reading, row in zip(read(articles, Settings()), rows, strict=True):
        total += count(reading, row, told_facts(row, mapping), judged_relations(row, mapping))
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", choices=MAPPINGS)
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines()][: args.limit]
    counts = report(rows, MAPPINGS[args.which])
    precision, recall = counts["right"] / max(1, counts["judged"]), counts["found"] / max(1, counts["told"])
    print(f"{args.which}: {len(rows)} texts, {counts['told']} facts told, {counts['judged']} statements judged")
    print(f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")


if __name__ == "__main__":
    main()

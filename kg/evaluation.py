"""How well `kg` reads: builds the graph of articles with facts told by hand and scores it, article by article."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.collect import read_articles
from kg.errors import SourceError
from kg.extract.scoring import Found, Score, align, names_entity
from kg.graph import KnowledgeGraph
from kg.model import Failure, Reading
from kg.pipeline import assemble, read
from kg.settings import Settings

Progress = Callable[[Iterable[Reading], int], Iterable[Reading]]

BINS = 10
"""Bins of equal width for the expected calibration error (Naeini et al., 2015)."""


@dataclass(slots=True)
class Evaluation:
    """What was measured.

    `facts` counts by relation, `entities` by type. `judged` has (confidence, right) of each fact that is right or
    wrong; optional ones are neither. `errors` are (article, `missed` or `wrong`, subject, relation, object).
    """

    facts: Score = field(default_factory=Score)
    entities: Score = field(default_factory=Score)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def calibration_error(self) -> float:
        """The expected calibration error: the mean gap of confidence and precision, bins weighted by size; 0 to 1."""
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.judged:
            bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
        gaps = (abs(sum(c for c, _ in rows) - sum(right for _, right in rows)) for rows in bins.values())
        return sum(gaps) / len(self.judged) if self.judged else 0.0

    def dial(self, thresholds: Iterable[float]) -> Iterator[tuple[float, float, float, float]]:
        """(threshold, precision, recall, F1) of the facts whose confidence reaches each threshold."""
        told = self.facts.right.total() + self.facts.missed.total()
        for threshold in thresholds:
            kept = [right for confidence, right in self.judged if confidence >= threshold]
            hits = sum(kept)
            precision, recall = hits / len(kept) if kept else 1.0, hits / told if told else 0.0
            yield threshold, precision, recall, 2 * hits / (len(kept) + told) if told else 0.0


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The gold records of a JSON Lines file. Raises SourceError naming the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            missing = {"id", "text", "entities", "triples"} - record.keys()
        except (ValueError, AttributeError) as error:
            raise SourceError(f"{path}:{number}: is no gold record ({error})") from error
        if missing:
            raise SourceError(f"{path}:{number}: lacks {', '.join(sorted(missing))}; a gold record has them")
        records.append(record)
    return records


def evaluate(
    path: Path, settings: Settings | None = None, follow: Progress = lambda readings, total: readings
) -> Evaluation:
    """Builds one graph of the file's articles and scores it against what is told of each."""
    settings = settings or Settings()
    records = read_gold(path)
    articles = list(read_articles(path, on_failure=_fail))
    readings = list(follow(read(articles, settings, _fail), len(articles)))
    found = found_facts(assemble(readings, settings))
    evaluation = Evaluation()
    for record, reading in zip(records, readings, strict=True):
        _judge_facts(evaluation, record, found.get(record["id"], []))
        _judge_entities(evaluation.entities, record, reading)
    return evaluation


def found_facts(graph: KnowledgeGraph) -> Mapping[str, list[Found]]:
    """The asserted facts of each article, as the published RDF tells them."""
    found: dict[str, list[Found]] = defaultdict(list)
    for statement in graph.asserted:
        subject, object = (graph.entities[i] for i in (statement.subject, statement.object))
        fact = Found(
            subject.id, (subject.name, *subject.aliases), statement.relation, object.id,
            (object.name, *object.aliases), statement.qualifier("value"), statement.confidence,
        )  # fmt: skip
        for article in sorted({evidence.article for evidence in statement.evidence}):
            found[article].append(fact)
    return found


def _judge_facts(evaluation: Evaluation, record: Mapping[str, Any], found: Iterable[Found]) -> None:
    hits, misses, wrong = align(record, found)
    evaluation.facts.add([fact for fact, _ in hits], misses, wrong)
    evaluation.judged += [(fact.confidence, True) for _, fact in hits] + [(fact.confidence, False) for fact in wrong]
    evaluation.errors += [(record["id"], "missed", str(fact[0]), str(fact[1]), str(fact[2])) for fact in misses]
    evaluation.errors += [
        (record["id"], "wrong", fact.subject_names[0], fact.relation, fact.object_names[0]) for fact in wrong
    ]


def _judge_entities(score: Score, record: Mapping[str, Any], reading: Reading) -> None:
    """Counts by type; a told entity is hit by one read entity of its type with one of its names."""
    rest = [entity for entity in reading.entities if entity.type != "Quotation"]
    for told in record["entities"]:
        same = (e for e in rest if e.type == told["type"] and names_entity((e.name, *e.aliases), told))
        hit = next(same, None)
        if hit:
            rest.remove(hit)
        (score.right if hit else score.missed)[told["type"]] += 1
    score.wrong.update(entity.type for entity in rest)


def _fail(failure: Failure) -> None:
    if not failure.kept:
        raise SourceError(f"{failure.where}: {failure.message}")

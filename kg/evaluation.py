"""How well `kg` reads: builds the graph of articles with facts told by hand and scores it, article by article."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.collect import read_articles
from kg.errors import SourceError
from kg.extract.scoring import Found, Score, match
from kg.graph import KnowledgeGraph
from kg.model import Failure, Reading
from kg.pipeline import assemble, read
from kg.settings import Settings

Progress = Callable[[Iterable[Reading], int], Iterable[Reading]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A score, and each article's errors: (article, `missed` or `wrong`, subject, relation, object)."""

    score: Score
    errors: list[tuple[str, str, str, str, str]]


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
            if missing := {"id", "text", "entities", "triples"} - record.keys():
                raise SourceError(f"{path}:{number}: lacks {', '.join(sorted(missing))}; a gold record has them")
        except (ValueError, AttributeError) as error:
            raise SourceError(f"{path}:{number}: is no gold record ({error})") from error
        records.append(record)
    return records


def evaluate(
    path: Path, settings: Settings | None = None, follow: Progress = lambda readings, total: readings
) -> Evaluation:
    """Builds one graph of the file's articles and scores it against the facts told for each."""
    settings = settings or Settings()
    records = read_gold(path)
    articles = list(read_articles(path, on_failure=_fail))
    graph = assemble(follow(read(articles, settings, _fail), len(articles)), settings)
    found = found_facts(graph)
    score, errors = Score(), []
    for record in records:
        hits, misses, wrong = match(record, found.get(record["id"], []))
        score.add(hits, misses, wrong)
        errors += [(record["id"], "missed", *map(str, fact[:3])) for fact in misses]
        errors += [(record["id"], "wrong", f.subject_names[0], f.relation, f.object_names[0]) for f in wrong]
    return Evaluation(score, errors)


def found_facts(graph: KnowledgeGraph) -> Mapping[str, list[Found]]:
    """The asserted facts of each article, as the published RDF tells them."""
    found: dict[str, list[Found]] = defaultdict(list)
    for statement in graph.asserted:
        ends = [graph.entities[i] for i in (statement.subject, statement.object)]
        names = [(entity.name, *entity.aliases) for entity in ends]
        fact = Found(ends[0].id, names[0], statement.relation, ends[1].id, names[1], statement.qualifier("value"))
        for article in sorted({evidence.article for evidence in statement.evidence}):
            found[article].append(fact)
    return found


def _fail(failure: Failure) -> None:
    if not failure.kept:
        raise SourceError(f"{failure.where}: {failure.message}")

"""Stories: short texts, each a construction that went wrong once, with the facts that must and must not be read.

A `.story` file holds cases parted by lines of `---`: the text, a line `# expect` with facts
`subject | relation | object [| status [| qualifier=value ...]]`, and perhaps `# not` with facts that must not stand as
asserted. `shown=words` asks that the first sentence of evidence holds the words.
Those of `open.story` go wrong still; one that passes fails here until it is moved to its file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.detect import annotate
from kg.extract import extract
from kg.model import Article, Reading
from kg.schema import load_schema
from kg.settings import Settings

pytestmark = pytest.mark.model
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Story:
    name: str
    text: str
    expect: tuple[tuple[str, ...], ...]
    never: tuple[tuple[str, ...], ...]


def read_stories(path: Path) -> list[Story]:
    stories = []
    for number, case in enumerate(path.read_text(encoding="utf-8").split("\n---\n"), start=1):
        parts: dict[str, list[str]] = {"text": [], "expect": [], "not": []}
        here = "text"
        for line in case.strip().splitlines():
            if line in {"# expect", "# not"}:
                here = line[2:]
            else:
                parts[here].append(line)
        expect, never = (
            tuple(tuple(cell.strip() for cell in line.split("|")) for line in parts[key] if line.strip())
            for key in ("expect", "not")
        )
        stories.append(Story(f"{path.stem}-{number}", "\n".join(parts["text"]).strip(), expect, never))
    return stories


STORIES = [story for path in sorted(FOLDER.glob("*.story")) for story in read_stories(path)]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    articles = [Article.of(story.text, id=story.name, published="2026-02-27") for story in STORIES]
    return {item.article.id: extract(item, Settings()) for item in annotate(articles, Settings())}


def facts(reading: Reading) -> dict[tuple[str, str, str, str], set[str]]:
    """Each fact by the names of its ends, with its qualifiers as `name=value` and the sentence shown for it."""
    names = {entity.id: {entity.name, *entity.aliases} for entity in reading.entities}
    found: dict[tuple[str, str, str, str], set[str]] = {}
    for statement in reading.statements:
        pairs = [(statement.subject, statement.object)]
        if load_schema().relations[statement.relation].symmetric:
            pairs.append((statement.object, statement.subject))
        shown = statement.evidence[0]
        told = {f"{name}={value}" for name, value in statement.qualifiers}
        told.add(f"shown={reading.article.text[shown.start : shown.end]}")
        for subject, object in pairs:
            for one in names[subject]:
                for other in names[object]:
                    found[one, statement.relation, other, str(statement.status)] = told
    return found


def marked(story: Story):
    wrong = pytest.mark.xfail(strict=True, reason="goes wrong still")
    return pytest.param(story, id=story.name, marks=[wrong] if story.name.startswith("open-") else [])


@pytest.mark.parametrize("story", [marked(story) for story in STORIES])
def test_story(story: Story, readings: dict[str, Reading]) -> None:
    found = facts(readings[story.name])
    for fact in story.expect:
        key = (*fact[:3], *(fact[3:4] or ("asserted",)))
        assert key in found, "is not read"
        for told in fact[4:]:
            shown = told.startswith("shown=") and any(q.startswith("shown=") and told[6:] in q for q in found[key])
            assert shown or told in found[key], f"lacks {told}"
    for fact in story.never:
        assert (*fact[:3], "asserted") not in found, "must not stand as asserted"

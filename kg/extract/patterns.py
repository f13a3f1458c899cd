"""The relation files' patterns at work: rows of slots over frames, and rows of text around two names.

[[pattern]]
triggers = ["sign", "conclude"]      # lemmas of the frame's verb or noun
subject = ["subj", "by"]             # slots that hold the subject
object = ["obj", "passive"]

[[pattern]]
text = "{subject}, (?:the )?chair of {object}"     # a regular expression around the two names, in either order
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.clauses import Frame
from kg.extract.page import Page, Spot
from kg.schema import load_schema

_GAP = 90  # characters between two names beyond which a `text` row is not tried


@dataclass(frozen=True, slots=True)
class Vote:
    """A pattern that fired: relation, the row's number in its file, the two spots."""

    relation: str
    row: int
    subject: Spot
    object: Spot


@dataclass(frozen=True, slots=True)
class _TextRow:
    relation: str
    row: int
    swapped: bool
    before: re.Pattern[str] | None
    between: re.Pattern[str]
    after: re.Pattern[str] | None


@cache
def _rows() -> tuple[
    dict[str, list[tuple[str, int, frozenset[str], frozenset[str]]]], dict[tuple[str, str], list[_TextRow]]
]:
    """Frame rows by trigger, and text rows by the types of the first and the second name."""
    frames: dict[str, list[tuple[str, int, frozenset[str], frozenset[str]]]] = defaultdict(list)
    texts: dict[tuple[str, str], list[_TextRow]] = defaultdict(list)
    for relation in load_schema().relations.values():
        for number, row in enumerate(relation.patterns):
            if "triggers" in row:
                for lemma in row["triggers"]:
                    frames[lemma].append((relation.name, number, frozenset(row["subject"]), frozenset(row["object"])))
            else:
                parsed = _text_row(relation.name, number, row["text"])
                pairs = ((s, o) for s in relation.subject for o in relation.object)
                for subject, object in pairs:
                    texts[(object, subject) if parsed.swapped else (subject, object)].append(parsed)
    return frames, texts


def _text_row(relation: str, number: int, text: str) -> _TextRow:
    swapped = text.index("{object}") < text.index("{subject}")
    before, between, after = re.split(r"\{subject\}|\{object\}", text)
    return _TextRow(
        relation,
        number,
        swapped,
        re.compile(f"(?:{before})$", re.IGNORECASE) if before else None,
        re.compile(between, re.IGNORECASE),
        re.compile(after, re.IGNORECASE) if after else None,
    )


def _frame_votes(frames: list[Frame]) -> Iterator[Vote]:
    rows, _ = _rows()
    relations = load_schema().relations
    for frame in frames:
        for name, number, subjects, objects in rows.get(frame.lemma, ()):
            relation = relations[name]
            for first, spots in frame.slots.items():
                if first not in subjects:
                    continue
                for second, others in frame.slots.items():
                    if second not in objects:
                        continue
                    for s in spots:
                        for o in others:
                            if s.entity != o.entity and s.type in relation.subject and o.type in relation.object:
                                yield Vote(name, number, s, o)


def _text_votes(page: Page) -> Iterator[Vote]:
    _, rows = _rows()
    for spots in page.within:
        for at, first in enumerate(spots):
            for second in spots[at + 1 :]:
                if second.start < first.end or first.entity == second.entity:
                    continue
                if second.start - first.end > _GAP:
                    break
                for row in rows.get((first.type, second.type), ()):
                    if _fits(page.text, row, first, second):
                        pair = (second, first) if row.swapped else (first, second)
                        yield Vote(row.relation, row.row, *pair)


def _fits(text: str, row: _TextRow, first: Spot, second: Spot) -> bool:
    if not row.between.fullmatch(text, first.end, second.start):
        return False
    if row.before and not row.before.search(text[max(0, first.start - 60) : first.start]):
        return False
    return row.after is None or row.after.match(text, second.end) is not None


def read_votes(page: Page, frames: list[Frame]) -> list[Vote]:
    """Every vote of every pattern, frames first."""
    return list(dict.fromkeys([*_frame_votes(frames), *_text_votes(page)]))

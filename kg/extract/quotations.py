"""Quotations and their speakers: direct speech in marks, split by a tag or running over paragraphs, and transcripts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.page import Page, Spot
from kg.schema import load_schema

SPEAKERS = frozenset({"Person", "Organization"})
_PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"'}
_LEAST_WORDS = 4
_LABEL = re.compile(r"^[^\n:]{2,110}:", re.MULTILINE)
_BREAK = re.compile(r"\n\s*\n|\* \* \*|<…>")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in direct speech: `start`, `end` bound the first stretch with its marks, `text` joins all stretches.

    `speaker` is the spot of who says it; `tag` the character range of the words that tell the speaker.
    """

    start: int
    end: int
    text: str
    speaker: Spot | None
    tag: tuple[int, int]
    spans: tuple[tuple[int, int], ...]


def _stretches(text: str) -> list[tuple[int, int, int, int]]:
    """(outer start, outer end, inner start, inner end) of each stretch between quotation marks.

    A paragraph that opens with a mark while another is open carries the quotation on.
    """
    found, at = [], 0
    while at < len(text):
        mark = text[at]
        if mark not in _PAIRS or (mark == '"' and at and text[at - 1].isalnum()):
            at += 1
            continue
        close = text.find(_PAIRS[mark], at + 1)
        gap = text.find("\n\n", at)
        if gap != -1 and (close == -1 or gap < close):
            end = gap
        elif close == -1:
            break
        else:
            end = close
        found.append((at, min(end + 1, len(text)), at + 1, end))
        at = end + 1
    return found


class _Speech:
    def __init__(self, page: Page) -> None:
        self.page = page
        cues = load_schema().relations["said"].cues
        self.verbs = frozenset(cues["verbs"])
        self.phrases = re.compile("|".join(map(re.escape, cues["phrases"])), re.IGNORECASE)

    def quotations(self) -> list[Quotation]:
        page, out = self.page, list[Quotation]()
        stretches = _stretches(page.text)
        for (start, end, inner, stop), following in zip(stretches, [*stretches[1:], None], strict=False):
            words = page.text[inner:stop].strip()
            if following and self._begins(words, end, following[0]):
                speaker, tag = self._speaker(start, end)
                out.append(Quotation(start, end, words, speaker, tag, ((inner, stop),)))
                continue
            if self._carries_on(out, start, end):
                last = out[-1]
                text = f"{last.text} {words}"
                out[-1] = replace(last, text=text, end=end, spans=(*last.spans, (inner, stop)))
                continue
            if len(words.split()) < _LEAST_WORDS or not self._clause(inner, stop, words):
                continue
            speaker, tag = self._speaker(start, end)
            out.append(Quotation(start, end, words, speaker, tag, ((inner, stop),)))
        return out

    def _begins(self, words: str, end: int, following: int) -> bool:
        """Whether a short stretch begins a clause that goes on behind a tag: `“The bridge,” Ana said, “is open.”`."""
        page, between = self.page, self.page.text[end:following]
        if len(words.split()) >= _LEAST_WORDS or words[-1:] != "," or not between.rstrip().endswith(","):
            return False
        told = _tokens(page, end, following)
        return len(told) <= 14 and any(page.lemma[token] in self.verbs for token in told)

    def _clause(self, start: int, end: int, words: str) -> bool:
        """Direct speech has a verb, and stands apart: it ends in a mark of its own or is introduced."""
        page = self.page
        verb = any(page.pos[t] in {"VERB", "AUX"} for t in _tokens(page, start, end))
        before = page.text[:start].rstrip('“«„" ')[-1:]
        return verb and (words[-1:] in ",.!?…" or before in {":", ","} or page.text[end + 1 : end + 2] in {",", "."})

    def _carries_on(self, out: list[Quotation], start: int, end: int) -> bool:
        """Whether this stretch continues the one before: only a tag, or a paragraph's end, lies between."""
        if not out:
            return False
        between = self.page.text[out[-1].end : start]
        if not between.strip():
            return True
        anew = re.search(r"[.!?]\s+\w", between)  # `Ana said. She added: “...”`
        later = _tokens(self.page, out[-1].end + anew.end() - 1, start) if anew else ()
        if any(self.page.lemma[token] in self.verbs for token in later):
            return False
        told = out[-1].tag
        inside = told[0] >= out[-1].end - 1 and told[1] <= start
        return out[-1].speaker is not None and inside and len(between.split()) <= 24 and "\n\n" not in between

    def _speaker(self, start: int, end: int) -> tuple[Spot | None, tuple[int, int]]:
        for window in (self._after(end), self._before(start)):
            found = self._told(*window)
            if found is not None:
                return found, window
        return None, (start, start)

    def _after(self, end: int) -> tuple[int, int]:
        text = self.page.text
        stop = re.compile(r"[.!?](?=\s|$)|\n\n|[“«\"]").search(text, end)
        if text[end - 2 : end - 1] in ".!?" and text[end : end + 2].lstrip(" ")[:1].isupper():
            return end, end
        return end, stop.start() if stop else len(text)

    def _before(self, start: int) -> tuple[int, int]:
        text = self.page.text
        colon = len(text[:start].rstrip()) if text[:start].rstrip().endswith(":") else start  # it may end a paragraph
        begin = max(text.rfind("\n\n", 0, colon), text.rfind(". ", 0, max(0, start - 2)), 0)
        return begin, start

    def _told(self, start: int, end: int) -> Spot | None:
        page = self.page
        tokens = _tokens(page, start, end)
        for token in tokens:
            if page.lemma[token] in self.verbs:
                speaker = self._subject(token)
                if speaker is not None:
                    return speaker
        spots = [spot for spot in page.spots if start <= spot.start < end and spot.type in SPEAKERS]
        spoken = any(page.lemma[token] in self.verbs for token in tokens)
        if spots and (spoken or self.phrases.search(page.text[start:end])):
            people = [spot for spot in spots if spot.type == "Person"] or spots
            return people[0]
        return None

    def _subject(self, verb: int) -> Spot | None:
        page = self.page
        children = page.children[verb]
        if page.lemma[verb] in {"quote", "cite"}:  # `the statement quotes Ana as saying`: Ana speaks
            children = sorted(children, key=lambda child: page.dep[child] != "dobj")
        for child in children:
            if page.dep[child] in {"nsubj", "agent", "dobj", "npadvmod"}:
                reach = {child, *page.children[child]}
                spots = [s for s in page.spots if s.head in reach and s.type in SPEAKERS]
                if spots:
                    return min(spots, key=lambda s: (s.head != child, s.type != "Person", s.start))
        return None


def _tokens(page: Page, start: int, end: int) -> range:
    return range(bisect_left(page.starts, start), bisect_left(page.starts, end))


def _names_only(page: Page, label: re.Match[str]) -> bool:
    """Whether a label is a title and a name, perhaps with a note in brackets, and no clause."""
    stop = label.start() + (label.group() + "(").index("(")
    acts = any(page.pos[t] in {"VERB", "AUX"} for t in _tokens(page, label.start(), stop) if t not in page.covering)
    return not acts and not re.search(r"[.;?!“\"]\s", label.group())


def _transcript(page: Page) -> Iterator[Quotation]:
    """`Ana Petrova: words` at a paragraph's start; the words run until the next label or break."""
    labels = []
    for found in _LABEL.finditer(page.text):
        people = [s for s in page.spots if found.start() <= s.start and s.end <= found.end() and s.type == "Person"]
        if people and found.end() - people[-1].end <= 50 and _names_only(page, found):
            labels.append((found, people[0] if len(people) == 1 else people[-1]))
    for (found, speaker), following in zip(labels, [*labels[1:], None], strict=False):
        stop = following[0].start() if following else len(page.text)
        broken = _BREAK.split(page.text[found.end() : stop].strip())[0] if following is None else ""
        words = " ".join((broken or page.text[found.end() : stop]).split())
        if len(words.split()) >= _LEAST_WORDS and words[:1] not in '“"«':
            end = found.end() + len(broken) if broken else stop
            yield Quotation(found.start(), end, words, speaker, found.span(), ((found.end(), end),))


def read_quotations(page: Page) -> list[Quotation]:
    """The page's quotations with a speaker, in order."""
    marked = [quotation for quotation in _Speech(page).quotations() if quotation.speaker is not None]
    spoken = [q for q in _transcript(page) if not any(m.start < q.end and q.start < m.end for m in marked)]
    return sorted(marked + spoken, key=lambda quotation: quotation.start)

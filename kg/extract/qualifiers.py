"""Qualifiers of a claim: a role's wording, dates, the reason and giver of an award, how a route runs, who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.detect.dates import When, find_dates
from kg.extract.claims import Claim
from kg.extract.page import Page
from kg.extract.quotations import Quotation
from kg.extract.roles import Role
from kg.model import Status
from kg.schema import load_schema

_REASON = re.compile(
    r"\b(?:in recognition of|in appreciation of|in honou?r of|for (?=(?:his|her|their|its|the|a|an|outstanding|great"
    r"|special|services?|merits?|contributions?|years|achievements?)\b))\s*(?P<what>[^.;()“”]{6,160})",
    re.IGNORECASE,
)
_MODES = (
    ("air", r"\b(?:flights?|air|airline|planes?|airport)\b"), ("rail", r"\b(?:rail\w*|trains?|metro|tram)\b"),
    ("sea", r"\b(?:ferry|ferries|ships?|shipping|sea|maritime|cruise)\b"),
    ("pipeline", r"\b\w*pipelines?\b|\binterconnector\b"),
    ("road", r"\b(?:roads?|bus|buses|highway|motorway|expressway|bridge)\b"),
    ("multimodal", r"\b(?:corridor|multimodal|middle corridor)\b"),
)  # fmt: skip


class Qualifier:
    """Adds to claims what the page tells about them."""

    def __init__(self, page: Page, roles: Sequence[Role], quotations: Sequence[Quotation]) -> None:
        self.page, self.roles = page, roles
        self.spoken = [(span, q.speaker.entity) for q in quotations if q.speaker for span in q.spans]
        self._dates: dict[int, list[When]] = {}

    def qualify(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims with their qualifiers and speakers."""
        claims = list(claims)
        givers = {
            claim.subject: self.page.entities[claim.object].name
            for claim in sorted(claims, key=lambda claim: claim.confidence)
            if claim.relation == "conferredBy" and claim.status is Status.ASSERTED
        }
        allowed = {name: frozenset(row.qualifiers) for name, row in load_schema().relations.items()}
        out = []
        for claim in claims:
            told = [*claim.qualifiers, *self._tell(claim, givers)]
            kept = sorted({(name, value) for name, value in told if value and name in allowed[claim.relation]})
            out.append(replace(claim, qualifiers=tuple(kept), speaker=self._speaker(claim)))
        return out

    def _tell(self, claim: Claim, givers: dict[int, str]) -> Iterator[tuple[str, str]]:
        if claim.relation in {"leaderOf", "officialOf"}:
            yield from self._role(claim)
        if claim.relation == "receivedAward":
            yield "giver", givers.get(claim.object, "")
            yield "reason", self._reason(claim)
        if claim.relation == "connects":
            yield from self._route(claim)
        yield from self._when(claim)

    def _role(self, claim: Claim) -> Iterator[tuple[str, str]]:
        own = [role for role in self.roles if role.person == claim.subject and role.wording]
        here = [role for role in own if role.holder == claim.object]
        loose = [role for role in own if role.holder is None and role.top == (claim.relation == "leaderOf")]
        for role in sorted(here or loose, key=lambda role: (-len(role.wording.split()), role.start))[:1]:
            if not any(name == "role" for name, _ in claim.qualifiers):
                yield "role", role.wording

    def _reason(self, claim: Claim) -> str:
        start, end = self.page.bounds(claim.sentence)
        at = claim.spots[1].end if claim.spots[1] else start
        found = _REASON.search(self.page.text, at, end)
        return " ".join(found["what"].split()).rstrip(",: ") if found else ""

    def _route(self, claim: Claim) -> Iterator[tuple[str, str]]:
        page = self.page
        route = page.entities[claim.subject]
        names = " ".join((route.name, *route.aliases))
        yield "mode", next((mode for mode, pattern in _MODES if re.search(pattern, names, re.IGNORECASE)), "")
        sentences = {spot.sentence for spot in page.of[claim.subject]}
        carriers = [s for n in sorted(sentences) for s in page.within[n] if s.type == "Organization" and s.named]
        runs = {
            "operate",
            "launch",
            "open",
            "resume",
            "introduce",
            "start",
            "run",
            "fly",
            "begin",
            "add",
            "inaugurate",
            "offer",
        }
        for spot in carriers:
            if page.lemma[page.up[spot.head]] in runs and page.dep[spot.head] in {"nsubj", "pobj"}:
                yield "operator", page.entities[spot.entity].name
                break
        for when in (w for n in sorted(sentences) for w in self._whens(n) if w.role in {"on", "from"}):
            yield "from", when.value
            break

    def _whens(self, sentence: int) -> list[When]:
        if sentence not in self._dates:
            first, last = self.page.sentences[sentence]
            self._dates[sentence] = find_dates(self.page.doc[first:last], self.page.article.published)
        return self._dates[sentence]

    def _when(self, claim: Claim) -> Iterator[tuple[str, str]]:
        """The date nearest to the claim's names in its sentence; posts have a beginning and an end."""
        if claim.relation in {"cooperatesWith", "cooperatesIn", "locatedIn", "connects", "tradeTurnover"}:
            return
        ends = [spot for spot in claim.spots if spot is not None]
        at = ends[-1].end if ends else self.page.bounds(claim.sentence)[0]
        whens = sorted(self._whens(claim.sentence), key=lambda when: (abs(when.start - at), when.start))
        if claim.relation in {"leaderOf", "officialOf", "memberOf"}:
            for when in whens:
                if when.role == "from" or re.search(r"\bsince\s*$", self.page.text[: when.start][-8:]):
                    yield "from", when.value
                elif when.role == "to":
                    yield "to", when.value
            return
        for when in whens[:1]:
            yield "date", when.value

    def _speaker(self, claim: Claim) -> int | None:
        """Who says it, where both names stand in somebody's direct speech."""
        spots = [spot for spot in claim.spots if spot is not None]
        for (start, end), speaker in self.spoken:
            if spots and all(start <= spot.start and spot.end <= end for spot in spots):
                return speaker
        return None

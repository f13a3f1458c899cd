"""Reads facts: from an `Annotated` article to a `Reading` with statements and their evidence."""

from __future__ import annotations

from kg.detect.annotated import Annotated
from kg.extract.claims import Claim, rule_claims, state, state_quotations, trade_claims
from kg.extract.clauses import read_frames
from kg.extract.features import PairReader
from kg.extract.learned import learned_claims
from kg.extract.page import Page
from kg.extract.patterns import read_votes
from kg.extract.qualifiers import Qualifier
from kg.extract.quotations import read_quotations
from kg.extract.roles import read_roles
from kg.extract.scorer import load_scorer
from kg.extract.status import Moods
from kg.extract.trade import read_trade
from kg.model import Reading
from kg.settings import Settings

VERSION = "extract-2"

SHORT = 2
"""Sentences; the scorer learned from whole articles, so in a shorter text the rules' own finds stand beside its."""


def extract(annotated: Annotated, settings: Settings) -> Reading:
    """All that the article states, by the learned scorer, or by rules alone. Statements are sorted by what they say."""
    page = Page(annotated)
    frames = read_frames(page)
    roles, votes, moods = read_roles(page), read_votes(page, frames), Moods(page)
    scorer = None if settings.rules_only else load_scorer()
    claims: list[Claim]
    if scorer is None:
        claims = rule_claims(page, roles, votes, moods)
    else:
        claims = learned_claims(scorer, PairReader(page, roles, frames, votes, moods))
        if len(page.sentences) <= SHORT:
            known = {claim.key for claim in claims}
            claims += [claim for claim in rule_claims(page, roles, votes, moods) if claim.key not in known]
    quotations = read_quotations(page)
    claims = Qualifier(page, roles, quotations).qualify([*claims, *trade_claims(page, read_trade(page))])
    said, entities, mentions = state_quotations(page, quotations)
    statements = sorted([*state(page, claims), *said], key=lambda s: s.key)
    return Reading(
        annotated.article,
        (*annotated.entities, *entities),
        tuple(sorted((*annotated.mentions, *mentions), key=lambda m: (m.start, m.end, m.entity))),
        tuple(statements),
        VERSION,
    )


__all__ = ["extract"]

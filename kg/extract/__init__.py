"""Reads facts: from an `Annotated` article to a `Reading` with statements and their evidence."""

from __future__ import annotations

from kg.detect.annotated import Annotated
from kg.extract.claims import rule_claims, state, state_quotations, trade_claims
from kg.extract.clauses import read_frames
from kg.extract.page import Page
from kg.extract.patterns import read_votes
from kg.extract.quotations import read_quotations
from kg.extract.roles import read_roles
from kg.extract.status import Moods
from kg.extract.trade import read_trade
from kg.model import Reading
from kg.settings import Settings

VERSION = "extract-1"


def extract(annotated: Annotated, settings: Settings) -> Reading:
    """All that the article states. Statements are sorted by subject, relation, object."""
    page = Page(annotated)
    roles, votes, moods = read_roles(page), read_votes(page, read_frames(page)), Moods(page)
    claims = [*rule_claims(page, roles, votes, moods), *trade_claims(page, read_trade(page))]
    said, entities, mentions = state_quotations(page, read_quotations(page))
    statements = sorted([*state(page, claims), *said], key=lambda s: s.key)
    return Reading(
        annotated.article,
        (*annotated.entities, *entities),
        tuple(sorted((*annotated.mentions, *mentions), key=lambda m: (m.start, m.end, m.entity))),
        tuple(statements),
        VERSION,
    )


__all__ = ["extract"]

"""Claims: facts in the page's own terms, on their way to statements. Here rules and learned scorer meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.extract.page import Page, Spot
from kg.extract.patterns import Vote
from kg.extract.proofs import Proof
from kg.extract.quotations import Quotation
from kg.extract.roles import Role
from kg.extract.status import Moods, status_of
from kg.extract.trade import Trade
from kg.model import Entity, Evidence, Mention, Statement, Status
from kg.schema import load_schema

SAID_CONFIDENCE, TRADE_CONFIDENCE = 0.9, 0.8  # measured on the training articles with the gold's entities
ROLE_CONFIDENCE, VOTE_CONFIDENCE = 0.85, 0.75


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact by indexes into the page's entities. `sentence` is where it is shown; spots may be missing.

    `speaker` is the entity in whose direct speech the fact stands. `further` sentences are shown behind the first.
    """

    subject: int
    relation: str
    object: int
    status: Status = Status.ASSERTED
    confidence: float = 0.0
    sentence: int = 0
    spots: tuple[Spot | None, Spot | None] = (None, None)
    rule: str = ""
    qualifiers: tuple[tuple[str, str], ...] = field(default=())
    speaker: int | None = None
    further: tuple[Proof, ...] = ()

    @property
    def key(self) -> tuple[int, str, int]:
        """The pair and the relation, a symmetric pair in one order."""
        if load_schema().relations[self.relation].symmetric and self.object < self.subject:
            return self.object, self.relation, self.subject
        return self.subject, self.relation, self.object


def role_relation(page: Page, role: Role) -> str:
    """The relation that a role gives."""
    return "leaderOf" if role.top else "officialOf"


def rule_claims(page: Page, roles: Iterable[Role], votes: Iterable[Vote], moods: Moods) -> list[Claim]:
    """What roles and patterns alone claim, the surest for each pair and relation; the rules-only mode."""
    claims: dict[tuple[int, str, int], Claim] = {}

    def offer(claim: Claim) -> None:
        if claim.key not in claims or claims[claim.key].confidence < claim.confidence:
            claims[claim.key] = claim

    for claim in _role_claims(page, roles):
        offer(claim)
    ranked = {(claim.subject, claim.object) for claim in claims.values()}
    for vote in votes:
        pair = (vote.subject.entity, vote.object.entity)
        if vote.relation in {"leaderOf", "officialOf"} and pair in ranked:
            continue
        flags = moods.between(vote.subject.head, vote.object.head)
        status = status_of(flags["join"] | flags["path"] | flags["above"])
        offer(
            Claim(
                pair[0],
                vote.relation,
                pair[1],
                status,
                VOTE_CONFIDENCE,
                vote.object.sentence,
                (vote.subject, vote.object),
                f"{vote.relation}/{vote.row}",
            )
        )
    return list(claims.values())


def _role_claims(page: Page, roles: Iterable[Role]) -> Iterator[Claim]:
    for role in roles:
        if role.person is None or role.holder is None or role.side == "to":
            continue
        status = Status.PAST if role.former else Status.ASSERTED
        spots = (_near(page, role.person, role), _near(page, role.holder, role))
        yield Claim(
            role.person,
            role_relation(page, role),
            role.holder,
            status,
            ROLE_CONFIDENCE,
            role.sentence,
            spots,
            f"role/{role.link}",
            (("role", role.wording),) if role.wording else (),
        )


def _near(page: Page, entity: int, role: Role) -> Spot | None:
    return min(page.of[entity], key=lambda spot: abs(spot.start - role.start), default=None)


def _evidence(page: Page, claim: Claim) -> Iterator[Evidence]:
    """The sentences shown, the first the strongest."""
    score = round(claim.confidence, 4)
    for proof in (Proof(claim.sentence, claim.spots), *claim.further):
        start, end = page.bounds(proof.sentence)
        spans = [(spot.start, spot.end) if spot else None for spot in proof.spots]
        yield Evidence(page.article.id, start, end, spans[0], spans[1], claim.rule, score)
        score = round(score / 2, 4)


def state(page: Page, claims: Iterable[Claim]) -> list[Statement]:
    """The claims as statements, symmetric ones in one order."""
    out = []
    for claim in claims:
        if claim.key[0] != claim.subject:
            further = tuple(Proof(proof.sentence, proof.spots[::-1]) for proof in claim.further)
            claim = replace(claim, subject=claim.object, object=claim.subject, spots=claim.spots[::-1], further=further)
        out.append(
            Statement(
                page.entities[claim.subject].id,
                claim.relation,
                page.entities[claim.object].id,
                tuple(sorted(claim.qualifiers)),
                claim.status,
                None if claim.speaker is None else page.entities[claim.speaker].id,
                tuple(_evidence(page, claim)),
                round(claim.confidence, 4),
            )
        )
    return out


def state_quotations(
    page: Page, quotations: Iterable[Quotation]
) -> tuple[list[Statement], list[Entity], list[Mention]]:
    """`said` statements, with the quotations as entities and mentions of their own."""
    statements, entities, mentions = [], [], []
    for number, quotation in enumerate(quotations):
        if quotation.speaker is None:
            continue
        entity = Entity(f"quotation-{number}", "Quotation", quotation.text)
        entities.append(entity)
        start, end = quotation.spans[0]
        mentions.append(Mention(start, end, page.text[start:end], "Quotation", entity.id))
        told = (min(quotation.start, quotation.tag[0]), max(quotation.end, quotation.tag[1]))
        span = (quotation.speaker.start, quotation.speaker.end)
        evidence = Evidence(page.article.id, *told, span, (start, end), "said", SAID_CONFIDENCE)
        speaker = page.entities[quotation.speaker.entity].id
        statements.append(Statement(speaker, "said", entity.id, evidence=(evidence,), confidence=SAID_CONFIDENCE))
    return statements, entities, mentions


def trade_claims(page: Page, figures: Iterable[Trade]) -> list[Claim]:
    """`tradeTurnover` claims with their figures as qualifiers."""
    claims = []
    for trade in figures:
        told = {
            "value": trade.value,
            "amount": trade.amount,
            "currency": trade.currency,
            "period": trade.period,
            "change": trade.change,
        }
        spots = [next((s for s in page.of[e] if s.sentence == trade.sentence), None) for e in trade.partners]
        claims.append(
            Claim(
                trade.partners[0],
                "tradeTurnover",
                trade.partners[1],
                Status.ASSERTED,
                TRADE_CONFIDENCE,
                trade.sentence,
                (spots[0], spots[1]),
                "trade",
                tuple((name, value) for name, value in told.items() if value),
            )
        )
    return claims

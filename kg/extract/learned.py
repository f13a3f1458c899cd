"""Claims by the learned scorer: what it keeps, with which status, and the sentence that says so best."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from kg.detect.encoder import shared_encoder
from kg.extract.candidates import Candidate, read_candidates
from kg.extract.claims import Claim
from kg.extract.features import PairReader
from kg.extract.opinions import read_opinions, settle
from kg.extract.proofs import Proof, Sentences, glimpse, load_chooser, place
from kg.extract.scorer import MUTED, PRUNED, Floats, Scorer, Scores, allowed, blend, pair_codes, second_stage, sigmoid
from kg.extract.scorer import unasserted_features as spread
from kg.model import Status
from kg.tables import country_by_capital, country_by_name

RULE = "scorer"


def score(scorer: Scorer, reader: PairReader, candidates: Sequence[Candidate]) -> tuple[Scores, Floats, Floats]:
    """Stage 1, and by candidate and relation the probabilities that it is asserted, and told but not asserted."""
    first = scorer.first(candidates)
    width = len(scorer.relations)
    mask = allowed(candidates, scorer.relations)
    pairs = [(candidate.subject, candidate.object) for candidate in candidates]
    told = read_opinions(shared_encoder(), reader.page.annotated, pairs, scorer.relations)
    opinions = settle(told, first.pair[:, :width])
    hopeful = mask & (blend(first.pair[:, :width], first.sight, opinions) > PRUNED)
    muted = mask & (first.pair[:, width:] > MUTED)
    asked = np.flatnonzero((hopeful | muted).any(axis=1))
    likely = np.zeros(mask.shape, np.float32)
    unasserted = np.zeros(mask.shape, np.float32)
    if not len(asked):
        return first, likely, unasserted
    dense = second_stage(reader, candidates, mask, first, opinions, scorer.relations, asked)
    for column, name in enumerate(scorer.relations):
        rows = np.flatnonzero(hopeful[asked, column])
        if len(rows):
            likely[asked[rows], column] = sigmoid(scorer.forests[name].scores(dense[rows]))
    at, columns = np.nonzero(muted[asked])
    if len(at):
        rows = asked[at]
        spreads = spread(dense[at], first.pair[rows], likely[rows, columns], columns, width)
        unasserted[rows, columns] = sigmoid(scorer.unasserted.scores(spreads))
    return first, scorer.calibrate(likely) * (likely > 0), unasserted


def learned_claims(scorer: Scorer, reader: PairReader) -> list[Claim]:
    """The facts that the scorer keeps, asserted or not."""
    candidates = read_candidates(reader)
    if not candidates:
        return []
    first, likely, unasserted = score(scorer, reader, candidates)
    join_ends(likely[:, scorer.relations.index("connects")], candidates, reader)
    claims, shown = list[Claim](), _Shown(scorer, reader)
    for row, column in zip(*np.nonzero(likely >= scorer.card["threshold"]), strict=True):
        if refuted(candidates[row], scorer.relations[column], reader):
            continue
        status = guarded(candidates[row], scorer.relations[column], reader)
        best = int(first.best[row, column])
        claims.append(shown.claim(candidates[row], int(column), best, status, float(likely[row, column])))
    weak = (likely < scorer.card["threshold"]) & (unasserted >= scorer.card["unasserted_threshold"])
    for row, column in zip(*np.nonzero(weak), strict=True):
        scores = scorer.statuses.score(pair_codes(candidates[row]))
        status = Status(scorer.card["statuses"][int(np.argmax(scores))])
        best = int(first.best[row, column])
        claims.append(shown.claim(candidates[row], int(column), best, status, float(unasserted[row, column])))
    return claims


_ENDS = re.compile(r"\b(?:between (?P<one>.+) and|from (?P<other>.+) to) (?P<last>.+)$")


def join_ends(likely: Floats, candidates: Sequence[Candidate], reader: PairReader) -> None:
    """Gives both ends that a route's own name tells (`flights between A and B`) the higher probability, in place.

    By cross-validation that finds two more right facts in a thousand articles, and takes two possible ones for real;
    no reader would understand a route of which one end stands and the other does not.
    """
    entities, rows = reader.page.entities, defaultdict[int, list[int]](list)
    for row, candidate in enumerate(candidates):
        if "connects" not in candidate.relations:
            continue
        route, end = entities[candidate.subject], entities[candidate.object]
        told = filter(None, map(_ENDS.search, (route.name, *route.aliases)))
        if any({end.name, *end.aliases} & set(ends.groups()) for ends in told):
            rows[candidate.subject].append(row)
    for ends in rows.values():
        likely[ends] = likely[ends].max()


_GUARDS = ((Status.DENIED, "denied"), (Status.PLANNED, "planned"), (Status.POSSIBLE, "possible"))
_ANNOUNCED = frozenset({"heldIn", "connects", "cooperatesIn", "cooperatesWith"})  # what is announced counts
_NOMINAL = frozenset({"leaderOf", "officialOf", "locatedIn"})


def guarded(candidate: Candidate, relation: str, reader: PairReader) -> Status:
    """Asserted, unless the post is a former one, or every sentence with both names denies or plans what they do.

    The scorer learns most moods, but has seen too few denials in short texts.
    """
    if relation in _NOMINAL:  # told by nouns, whatever the clause around them says
        own = reader.person_roles.get(candidate.subject, ())
        here = [role for role in own if role.holder in {candidate.object, None}]
        return Status.PAST if here and all(role.former for role in here) else Status.ASSERTED
    near = [sight for sight in candidate.sights if sight.apart == 0]
    announced = relation in _ANNOUNCED
    moods = [reader.moods.deciding(sight.subject.head, sight.object.head, announced) for sight in near]
    for status, mood in _GUARDS:
        if status is Status.PLANNED and announced:
            continue
        if near and all(mood in flags for flags in moods):
            return status
    return Status.ASSERTED


def refuted(candidate: Candidate, relation: str, reader: PairReader) -> bool:
    """Whether the page's own wording or the map rules the fact out.

    An ambassador `to` a country holds no post of it, and a capital lies in no other country.
    """
    if relation in {"leaderOf", "officialOf"}:
        sides = {
            role.side for role in reader.person_roles.get(candidate.subject, ()) if role.holder == candidate.object
        }
        return sides == {"to"}
    if relation == "locatedIn":
        subject, object = (reader.page.entities[i] for i in (candidate.subject, candidate.object))
        home = country_by_capital().get(subject.name)
        country = country_by_name().get(object.name) if object.type == "Country" else None
        return subject.type == "City" and None not in (home, country) and home != country
    return False


class _Shown:
    """Picks the sentences shown for claims."""

    def __init__(self, scorer: Scorer, reader: PairReader) -> None:
        self.scorer, self.page, self.chooser = scorer, reader.page, load_chooser()
        self.sentences = Sentences(reader.page, reader.roles)

    def pick(self, candidate: Candidate, column: int, best: int) -> list[Proof]:
        """The sentences for a candidate's relation, the surest first; without a chooser that of the best sight."""
        if self.chooser is None:
            sight = candidate.sights[best] if best >= 0 else None
            return [Proof(sight.sentence, (sight.subject, sight.object)) if sight else Proof(0, (None, None))]
        scores = (self.scorer.sights.score({*sight.codes, *candidate.codes})[column] for sight in candidate.sights)
        glimpses = [glimpse(*row) for row in zip(candidate.sights, map(float, scores), strict=True)]
        rows = self.sentences.weigh(candidate.subject, candidate.object, column, glimpses)
        chosen = [place(self.page, candidate.subject, candidate.object, n) for n in self.chooser.choose(*rows)]
        return chosen or [Proof(0, (None, None))]

    def claim(self, candidate: Candidate, column: int, best: int, status: Status, confidence: float) -> Claim:
        """The candidate's relation as a claim."""
        first, *further = self.pick(candidate, column, best)
        return Claim(
            candidate.subject, self.scorer.relations[column], candidate.object, status, confidence,
            first.sentence, first.spots, RULE, further=tuple(further),
        )  # fmt: skip


__all__ = ["learned_claims", "score"]

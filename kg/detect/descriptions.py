"""What an article says of the people in it beside their names: titles, country, he or she. Coreference reads it.

>>> LEADERS >= {"president", "king", "chancellor"}
True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.detect.lexicon import load_lexicon
from kg.model import Entity, Mention

LEADERS = frozenset(
    """president premier chancellor king queen emir sultan prince pope taoiseach sheikh prime monarch emperor head
    leader governor""".split()
)
MALE = frozenset(
    """mr sir lord king prince sultan emir sheikh father duke archduke baron chairman spokesman congressman shri don
    pope monsieur his husband son brother""".split()
)
FEMALE = frozenset(
    """mrs ms miss dame lady queen princess mme sheikha duchess baroness chairwoman spokeswoman congresswoman smt doña
    her begum wife daughter sister actress""".split()
)
_PASSED = frozenset("of the for and de to on".split())


@dataclass(slots=True)
class Portrait:
    """One person: title words in lower case, ids of the countries in the titles, gender `m`, `f` or ""."""

    entity: Entity
    titles: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    gender: str = ""

    @property
    def leads(self) -> bool:
        """Whether a title is a head of state's or government's."""
        return (
            bool(self.titles & LEADERS) and not self.titles & {"deputy", "vice", "minister"}
        ) or "prime" in self.titles


def _before(doc: Doc, at: int, people: set[int]) -> list[Token]:
    """The words of a title in front of a name: up to eight tokens, back to a verb, a sign or somebody else's name."""
    found: list[Token] = []
    titles = load_lexicon().titles
    while at > 0 and len(found) < 8:
        token = doc[at - 1]
        low = token.lower_.rstrip(".")
        if token.idx in people or not (
            low in titles or low in _PASSED or token.text[0].isupper() or token.text in ("'s", "’s", "-")
        ):
            break
        if token.is_sent_start and low not in titles and not token.text[0].isupper():
            break
        found.append(token)
        at -= 1
    words = {token.lower_.rstrip(".") for token in found}
    return found if words & titles else []


def _after(doc: Doc, at: int) -> list[Token]:
    """The words of an apposition behind a name (`Ana Petrova, the foreign minister of Serbia,`)."""
    if at >= len(doc) or doc[at].text not in (",", "–", "—", "("):
        return []
    found: list[Token] = []
    titles = load_lexicon().titles
    for token in doc[at + 1 : at + 14]:
        if token.text in ",.;)–—" or token.pos_ in ("VERB", "AUX", "PRON"):
            break
        found.append(token)
    early = {token.lower_ for token in found[:6]}
    return found if early & titles else []


def portraits(doc: Doc, mentions: Sequence[Mention], entities: Sequence[Entity]) -> dict[str, Portrait]:
    """A portrait for each person, by entity id."""
    people = {entity.id: Portrait(entity) for entity in entities if entity.type == "Person"}
    country_at = {m.start: m.entity for m in mentions if m.type == "Country"}
    named = {at for m in mentions if m.type == "Person" for at in range(m.start, m.end)}
    titles = load_lexicon().titles
    for mention in mentions:
        portrait = people.get(mention.entity)
        if portrait is None:
            continue
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            continue
        words = [*_before(doc, span.start, named), *_after(doc, span.end)]
        low = {token.lower_.rstrip(".") for token in words} | {token.lower_.rstrip(".") for token in span}
        portrait.titles |= low & titles
        portrait.countries |= {country_at[token.idx] for token in words if token.idx in country_at}
        if not portrait.gender:
            portrait.gender = "m" if low & MALE and not low & FEMALE else "f" if low & FEMALE and not low & MALE else ""
    return people

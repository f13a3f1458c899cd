"""Descriptions and pronouns -> mentions of the entities they stand for: `the President`, `both sides`, `his`, `the
company`.

Rules, because no coreference model runs here: each expression has candidates among the entities named before it, ranked
by nearness and by standing as a subject; where nothing fits, nothing is said. `both` and `the two` yield a mention of
each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.detect.columns import read_columns
from kg.detect.descriptions import LEADERS, Portrait, portraits
from kg.model import Entity, Mention
from kg.tables import country_by_name

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_COUNTRY_NOUNS = frozenset("country nation state republic".split())
_SIDES = frozenset("side party country nation state people government".split())
_LEADER_NOUNS = frozenset("leader head statesman politician".split())
_TITLE_NOUNS = frozenset(
    """president premier chancellor king queen minister secretary governor mayor ambassador chairman chairwoman chair
    director commissioner general rector spokesperson spokesman spokeswoman adviser speaker leader head ceo chief
    prince princess emir sultan pope diplomat official envoy representative senator executive founder coach monarch
    counterpart chairperson""".split()
)
_ORGANIZATION_NOUNS = frozenset(
    """company airline carrier bank ministry commission committee council university agency organization organisation
    firm group association union alliance institute fund foundation operator corporation bloc department institution
    club party authority government chamber federation school academy parliament embassy board publisher manufacturer
    broadcaster body""".split()
)
_THING_NOUNS = {
    "Agreement": frozenset(
        "agreement memorandum treaty document declaration contract pact accord deal protocol plan".split()
    ),
    "Event": frozenset(
        "summit forum conference meeting talk session congress festival election exhibition ceremony".split()
    ),
    "Route": frozenset("route corridor railway line flight service pipeline".split()),
    "Award": frozenset("award order medal prize honour honor title".split()),
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BACK = 4  # sentences; farther names are hardly meant


@dataclass(frozen=True, slots=True)
class _Place:
    """A named mention with what ranks it: its sentence's number and whether it stands as a subject."""

    mention: Mention
    sentence: int
    subject: bool


class Scene:
    """An article's names in order, asked by the rules."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], entities: Sequence[Entity]) -> None:
        self.doc = doc
        self.entities = {entity.id: entity for entity in entities}
        self.people = portraits(doc, mentions, entities)
        self.sentences = list(doc.sents)
        self.number = {token.i: at for at, sentence in enumerate(self.sentences) for token in sentence}
        self.places = [place for mention in mentions if (place := self._place(mention))]
        self.heard: list[_Place] = []
        self.taken = [(mention.start, mention.end) for mention in mentions]

    def _place(self, mention: Mention) -> _Place | None:
        span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            return None
        heads = [token for token in span if token.head.i < span.start or token.head.i >= span.end]  # a name may be cut
        subject = any(
            token.dep_ in _SUBJECTS or (token.dep_ == "conj" and token.head.dep_ in _SUBJECTS) for token in heads
        )
        return _Place(mention, self.number[span.start], subject)

    def hear(self, mention: Mention) -> None:
        """Takes a resolved pronoun as a place of its own: who is spoken of stays at hand."""
        place = self._place(mention)
        if place is not None:
            self.heard.append(place)

    def before(self, token: Token, type: str, back: int = _BACK) -> list[str]:
        """Entities of a type named before the token, best first: nearest sentence, subjects first, then nearest."""
        here = self.number[token.i]
        ranked: list[tuple[int, int, int, str]] = []
        for place in (*self.places, *self.heard):
            mention = place.mention
            if mention.type == type and mention.end <= token.idx and here - place.sentence <= back:
                ranked.append((here - place.sentence, not place.subject, -mention.start, mention.entity))
        return list(dict.fromkeys(entity for *_, entity in sorted(ranked)))

    def is_named(self, token: Token) -> bool:
        """Whether the token is part of a name."""
        return any(start <= token.idx < end for start, end in self.taken)

    def countries_by_weight(self) -> list[str]:
        """Countries by how often the article names them, earlier ones first among equals."""
        counts = Counter(place.mention.entity for place in self.places if place.mention.type == "Country")
        return [entity for entity, _ in counts.most_common()]


def _pronoun(scene: Scene, token: Token) -> list[str]:
    """One person for he or she: of fitting gender, and not the object of the same verb."""
    gender = "m" if token.lower_ in _HE else "f"
    for entity in scene.before(token, "Person", back=3):
        portrait = scene.people[entity]
        if portrait.gender in ("", gender):
            portrait.gender = gender
            return [entity]
    return []


def _it(scene: Scene, token: Token) -> list[str]:
    """The organization or country that is the subject of this sentence or the one before."""
    here = scene.number[token.i]
    for place in reversed(scene.places):
        mention = place.mention
        if mention.end <= token.idx and here - place.sentence <= 1 and place.subject:
            if mention.type in ("Organization", "Country"):
                return [mention.entity]
            if mention.type == "Person":
                return []
    return []


def _words(chunk: Span) -> list[str]:
    return [token.lower_ for token in chunk]


def _countries_inside(scene: Scene, chunk: Span) -> set[str]:
    """Countries in the phrase and in the `of` behind it (`the President of Serbia`)."""
    end = chunk.end_char
    after = chunk.doc[chunk.end : chunk.end + 4]
    if after and after[0].lower_ == "of":
        end = after[-1].idx + len(after[-1])
    return {
        p.mention.entity
        for p in scene.places
        if p.mention.type == "Country" and chunk.start_char <= p.mention.start < end
    }


def _fits(portrait: Portrait, words: set[str], noun: str, countries: set[str]) -> bool:
    if countries and portrait.countries and not countries & portrait.countries:
        return False
    if countries and not portrait.countries:
        return False
    if noun in _LEADER_NOUNS:
        return portrait.leads
    titles = portrait.titles
    if noun not in titles:
        return False
    if noun == "minister" and ("prime" in words) != ("prime" in titles):
        return False
    wanted = words & {"foreign", "deputy", "vice", "first"}
    return wanted <= titles


def _person(scene: Scene, chunk: Span, noun: str) -> list[str]:
    """The person of that title: `the President`, `the Serbian leader`, `his counterpart`."""
    words = set(_words(chunk))
    countries = _countries_inside(scene, chunk)
    ranked = scene.before(chunk[0], "Person", back=99)
    if noun == "counterpart":
        return _counterpart(scene, chunk, countries, ranked)
    fitting = [entity for entity in ranked if _fits(scene.people[entity], words, noun, countries)]
    return fitting[:1]


def _counterpart(scene: Scene, chunk: Span, countries: set[str], ranked: Sequence[str]) -> list[str]:
    here = scene.number[chunk.start]
    in_sentence = {p.mention.entity for p in scene.places if p.sentence == here and p.mention.start < chunk.start_char}
    for entity in ranked:
        portrait = scene.people[entity]
        if entity not in in_sentence and (not countries or countries & portrait.countries):
            return [entity]
    return []


def _two_people(scene: Scene, chunk: Span, noun: str, count: int) -> list[str]:
    """`both presidents`, `the two leaders`: those of that title, from different countries."""
    chosen: list[str] = []
    used: set[str] = set()
    for entity in scene.before(chunk[0], "Person", back=99):
        portrait = scene.people[entity]
        fits = portrait.leads if noun in _LEADER_NOUNS else _fits(portrait, set(_words(chunk)), noun, set())
        if fits and not portrait.countries & used:
            chosen.append(entity)
            used |= portrait.countries
    return chosen[:count] if len(chosen) >= count else []


def _parties(scene: Scene, chunk: Span, noun: str, count: int) -> list[str]:
    """`the two countries`, `both sides`: the article's main countries."""
    ranked = scene.countries_by_weight()
    return ranked[:count] if len(ranked) >= count else []


def _organization(scene: Scene, chunk: Span, noun: str, count: int) -> list[str]:
    """`the company`, `the two universities`: the nearest organizations, those with the word in their names first."""
    ranked = scene.before(chunk[0], "Organization", back=99 if count > 1 else 6)
    stem = noun[:5]
    named = [entity for entity in ranked if stem in " ".join(_names(scene.entities[entity])).lower()]
    if noun in ("ministry", "university", "bank", "council", "commission", "committee", "airline", "union"):
        chosen = named or (ranked if noun == "airline" else [])
    else:
        chosen = named or ranked
    return chosen[:count] if len(chosen) >= count else []


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def _thing(scene: Scene, chunk: Span, noun: str, type: str) -> list[str]:
    """`the agreement`, `the summit`: the nearest of the type with that head, or the only one."""
    ranked = scene.before(chunk[0], type, back=99)
    named = [e for e in ranked if any(noun in name.lower() for name in _names(scene.entities[e]))]
    return named[:1] or (ranked if len(ranked) == 1 else [])


def _capital(scene: Scene, chunk: Span) -> list[str]:
    """`the Egyptian capital`, `the capital`: the capital that the article names, of that country or the nearest."""
    named = {name: entity.id for entity in scene.entities.values() if entity.type == "City" for name in _names(entity)}
    countries = _countries_inside(scene, chunk) or set(scene.before(chunk[0], "Country", back=3)[:1])
    by_name = country_by_name()
    for country in sorted(countries):
        known = next((by_name[name] for name in _names(scene.entities[country]) if name in by_name), None)
        for capital in known.capitals if known else ():
            if capital in named:
                return [named[capital]]
    return []


def _count(chunk: Span, noun: Token) -> int:
    """How many the phrase speaks of: `both`, `the two`, `the three`; 2 for a definite plural of sides, else 1."""
    words = _words(chunk)
    number = next((n for word, n in (("both", 2), ("two", 2), ("three", 3), ("four", 4)) if word in words), 0)
    if number:
        return number
    if noun.tag_ in ("NNS", "NNPS"):
        return 2 if noun.lemma_.lower() in ("side", "party", "leader", "president") and len(words) <= 2 else 0
    return 1


def _is_definite(chunk: Span) -> bool:
    first = chunk[0].lower_
    return (
        first in ("the", "both", "two", "our", "this", "these", "his", "her", "their", "its")
        or chunk[0].lower_ == "that"
    )


def _phrase(scene: Scene, chunk: Span) -> list[str]:
    """The entities that a noun phrase without a name of its own stands for."""
    head = chunk.root
    noun = head.lemma_.lower()
    if scene.is_named(head) or not _is_definite(chunk):
        return []
    count = _count(chunk, head)
    if not count:
        return []
    if noun == "capital":
        return _capital(scene, chunk)
    if noun in _SIDES and count > 1:
        return _parties(scene, chunk, noun, count)
    if noun in _TITLE_NOUNS and not _has_name(scene, chunk):
        return _person(scene, chunk, noun) if count == 1 else _two_people(scene, chunk, noun, count)
    if noun in _COUNTRY_NOUNS and count == 1 and chunk[0].lower_ in ("the", "this") and len(chunk) == 2:
        return scene.before(chunk[0], "Country", back=3)[:1]
    if noun in _ORGANIZATION_NOUNS and chunk[0].lower_ in ("the", "both", "this") and len(chunk) <= 3:
        return _organization(scene, chunk, noun, count)
    for type, nouns in _THING_NOUNS.items():
        if noun in nouns and count == 1 and len(chunk) == 2 and chunk[0].lower_ in ("the", "this"):
            return _thing(scene, chunk, noun, type)
    return []


def _has_name(scene: Scene, chunk: Span) -> bool:
    """Whether the phrase, or the words right behind it, name the person already."""
    following = chunk.doc[chunk.end : chunk.end + 2]
    return any(
        place.mention.type == "Person" and chunk.start_char <= place.mention.start <= chunk.end_char + 2
        for place in scene.places
    ) or bool(following and following[0].text[0].isupper() and following[0].pos_ == "PROPN")


def _expressions(scene: Scene) -> Iterator[tuple[int, int, list[str]]]:
    phrases = {chunk.root.i: chunk for chunk in scene.doc.noun_chunks}
    for token in scene.doc:
        if token.lower_ in _HE or token.lower_ in _SHE:
            yield token.idx, token.idx + len(token), _pronoun(scene, token)
        elif token.lower_ in ("it", "its"):
            yield token.idx, token.idx + len(token), _it(scene, token)
        elif token.i in phrases and token.pos_ in ("NOUN", "PROPN"):
            chunk = phrases[token.i]
            yield chunk.start_char, chunk.end_char, _phrase(scene, chunk)


def resolve_descriptions(doc: Doc, mentions: Sequence[Mention], entities: Sequence[Entity]) -> list[Mention]:
    """Mentions to add: one for each entity that a description or a pronoun stands for, in reading order."""
    scene = Scene(doc, mentions, entities)
    text, found = read_columns(doc).text, list[Mention]()
    for start, end, chosen in _expressions(scene):
        meant = [Mention(start, end, text[start:end], scene.entities[entity].type, entity) for entity in chosen]
        if len(meant) == 1 and meant[0].surface.lower() in _HE | _SHE:
            scene.hear(meant[0])
        found += meant
    return found


__all__ = ["LEADERS", "resolve_descriptions"]

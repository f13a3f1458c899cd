"""Mentions of one article -> its entities: which names stand for the same thing, and what it is called.

The fullest name is the entity's name, every other surface an alias. Rules by type: a person by surname, a country by
its identity (so a demonym is a mention of the country), an organization by acronym or a part of its name, a described
event or agreement (`the memorandum`) by its head noun.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from kg.detect.gazetteer import demonyms
from kg.detect.lexicon import load_lexicon
from kg.detect.spelling import SMALL, content, field_words, fold, sector_forms
from kg.model import Entity, Mention
from kg.tables import countries, country_by_capital, country_by_name

LOOSE = frozenset(("Sector", "Event", "Agreement", "Route"))
_CORPORATE = frozenset(
    "inc ltd llc plc corp co company corporation group jsc ojsc pjsc llp gmbh sa ag limited holding".split()
)
ROYAL = frozenset("king queen prince princess pope sheikh sheikha emperor empress emir sultan archduke".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in the text, not yet an entity's.

    `score` is the tagger's probability, 0 to 1; `of` the start of the name that this one abbreviates, or -1. What the
    tagger thinks possible but not likeliest is not `sure`.
    """

    start: int
    end: int
    surface: str
    type: str
    score: float = 1.0
    of: int = -1
    sure: bool = True


@dataclass(slots=True)
class Cluster:
    """Mentions that name one thing."""

    type: str
    key: str
    found: list[Found] = field(default_factory=list)


@lru_cache(maxsize=50_000)
def plain(surface: str, type: str) -> str:
    """The form a reader would type: one line, no `the`, no possessive, no title before a person but a royal one."""
    text = re.sub(r"\s+", " ", surface).strip(' ,;:"“”')
    text = re.sub(r"['’]s?$", "", text) if type not in LOOSE else text
    words = text.split()
    titles = load_lexicon().titles
    while len(words) > 1 and (
        words[0].lower() in ("the", "a", "an")
        or (type == "Person" and words[0].lower().rstrip(".") in titles and words[0].lower() not in ROYAL)
    ):
        words = words[1:]
    return " ".join(words)


def _without_royal(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower() in ROYAL:
        words = words[1:]
    return " ".join(words)


def _same_person(a: str, b: str) -> bool:
    """Whether two names, folded, can be one person's: the shorter's parts are the longer's, initials allowed."""
    short, long = sorted((a.split(), b.split()), key=len)
    if not short or (len(short) == 1 and len(short[0]) == 1):
        return False
    if len(short) == 1:
        return short[0] in (long[-1], long[0]) or (len(long) > 2 and short[0] in long)
    rest = list(long)
    for word in short:
        at = next(
            (
                i
                for i, other in enumerate(rest)
                if other == word or (1 in (len(word), len(other)) and other[0] == word[0])
            ),
            None,
        )
        if at is None:
            return False
        rest = rest[at + 1 :]
    return short[-1] == long[-1] or short[0] == long[0]


def initials(text: str) -> str:
    """The acronym of a name, `and` and `of` left out."""
    return "".join(word[0] for word in fold(text).split() if word not in SMALL)


def _part_of(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `short` begins or ends `long`."""
    return list(long[: len(short)]) == list(short) or list(long[-len(short) :]) == list(short)


def _is_acronym(short: str, name: str) -> bool:
    """Whether `short` abbreviates a name: it begins each weighty word, and may take more letters of them (`USAID`)."""
    words = [word for word in fold(name).split() if word not in SMALL]
    letters = "".join(fold(short).split())
    if len(words) < 2 or not 2 < len(letters) <= 8:
        return False
    return letters in (initials(name), "".join(w[0] for w in fold(name).split())) or _spells(letters, words)


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters can be read off the words in order, each word giving its first and perhaps later ones."""
    if not words or not letters:
        return not words and not letters
    word, rest = words[0], words[1:]
    if letters[0] != word[0]:
        return False
    at, taken = 0, 0
    while taken < len(letters) and (at := word.find(letters[taken], at)) >= 0:
        taken, at = taken + 1, at + 1
        if _spells(letters[taken:], rest):
            return True
    return False


def _same_organization(a: str, b: str) -> bool:
    short, long = sorted((fold(a).split(), fold(b).split()), key=len)
    if not short:
        return False
    tails = [" ".join(long[at:]) for at in range(max(1, len(long) - 1))]
    if len(short) == 1 and any(_is_acronym(short[0], tail) for tail in tails):
        return True
    if set(long) - set(short) <= _CORPORATE and _part_of(short, long):
        return True
    heads = load_lexicon().heads
    if len(short) == 1:
        if short[0] in heads:
            return short[0] in (long[0], long[-1])  # `the Union`, of the one named in full
        return long[0] == short[0] and short[0] not in _geographic() and len(short[0]) > 2
    return _part_of(short, long) and not set(short) <= (SMALL | _geographic())


@cache
def _geographic() -> frozenset[str]:
    return frozenset(fold(name) for name in (*country_by_name(), *demonyms())) | frozenset(
        "north south east west central united national international state royal new first air".split()
    )


def _same_thing(a: str, b: str, type: str) -> bool:
    """Awards, routes, events, agreements, sectors: the same content words, or all of the shorter's with its head."""
    x, y = content(a), content(b)
    if x == y:
        return bool(x)
    if type == "Sector":
        return field_words(a) == field_words(b)
    short, long = (a, b) if len(x) <= len(y) else (b, a)
    if not content(short) <= content(long) or not content(short):
        return False
    if type == "Award":
        return len(content(short)) > 1 or fold(short) not in load_lexicon().heads
    return True


def same(a: str, b: str, type: str) -> bool:
    """Whether two plain names of one type stand for the same thing in one article."""
    if fold(a) == fold(b):
        return True
    if type == "Person":
        return _same_person(fold(a), fold(b))
    if type == "Organization":
        return _same_organization(a, b)
    if type in ("City", "Place"):
        short, long = sorted((fold(a).split(), fold(b).split()), key=len)
        return (len(short) > 1 and _part_of(short, long)) or (type == "Place" and long[:-1] == short)
    return _same_thing(a, b, type)


def _country_key(surface: str) -> str:
    by_name = country_by_name()
    for form in (surface, surface.replace("’", "'"), surface.rstrip("s"), surface.title()):
        if form in by_name:
            return by_name[form].iso2
        if form in country_by_capital():
            return country_by_capital()[form].iso2
    return fold(surface)


def _key(name: str, type: str, named: frozenset[str] = frozenset()) -> str:
    if type == "Country":
        shared = _shared_demonyms().get(name, ())
        return next((code for code in shared if code in named), _country_key(name))
    return fold(_without_royal(name) if type == "Person" else name)


@cache
def _shared_demonyms() -> dict[str, tuple[str, ...]]:
    """Demonyms of several countries (`Dominican`, `Congolese`), and parts of some, to the countries' codes."""
    found: dict[str, list[str]] = {"Korean": ["KR", "KP"], "Korea": ["KR", "KP"], "Congo": ["CD", "CG"]}
    for country in countries():
        for demonym in country.demonyms:
            found.setdefault(demonym, []).append(country.iso2)
    return {demonym: tuple(codes) for demonym, codes in found.items() if len(codes) > 1}


def _named_countries(items: Iterable[Found]) -> frozenset[str]:
    names = (plain(item.surface, item.type) for item in items if item.type == "Country")
    return frozenset(_country_key(name) for name in names if name not in _shared_demonyms())


def _unify_types(found: Iterable[Found]) -> list[Found]:
    """One type for one surface of the same layer: the type with the most probability over the article."""
    found = list(found)
    votes: dict[tuple[str, bool], Counter[str]] = {}
    for item in found:
        if item.type not in LOOSE:
            votes.setdefault((fold(plain(item.surface, item.type)), _layer(item)), Counter())[item.type] += item.score  # type: ignore[assignment]
    out = []
    for item in found:
        best = item.type
        if item.type not in LOOSE:
            ranked = votes[fold(plain(item.surface, item.type)), _layer(item)]
            best = max(sorted(ranked), key=lambda type: ranked[type])
        out.append(replace(item, type=best))
    return out


def _layer(item: Found) -> bool:
    return item.type in ("Person", "Country", "City", "Place")


def _distance(item: Found, cluster: Cluster) -> tuple[int, int]:
    """Nearest mention before the item first; then the nearest after it."""
    before = [item.start - other.start for other in cluster.found if other.start <= item.start]
    return (0, min(before)) if before else (1, min(other.start for other in cluster.found))


def cluster(found: Iterable[Found]) -> list[Cluster]:
    """Clusters in order of first mention. Fuller names come first; a shorter one joins the nearest that fits.

    What is not sure comes last: it may join what is, or stand alone.
    """
    items = [item for item in _unify_types(found) if fold(plain(item.surface, item.type))]
    items.sort(key=lambda item: (not item.sure, -len(content(plain(item.surface, item.type))), item.start))
    clusters: list[Cluster] = []
    named = _named_countries(items)
    abbreviated = {fold(item.surface): item.of for item in items if item.of >= 0}
    for item in items:
        name = plain(item.surface, item.type)
        key = _key(name, item.type, named)
        full = abbreviated.get(key, -1)
        owner = next((one for one in clusters if any(x.start == full for x in one.found)), None) if full >= 0 else None
        if owner:
            owner.found.append(replace(item, type=owner.type))
            continue
        fits = [
            one
            for one in clusters
            if one.type == item.type and (one.key == key or (item.type != "Country" and same(one.key, key, item.type)))
        ]
        exact = [one for one in fits if any(_key(plain(x.surface, x.type), x.type) == key for x in one.found)]
        choice = min(exact or fits, key=lambda one: _distance(item, one), default=None)
        if choice is None:
            choice = Cluster(item.type, key)
            clusters.append(choice)
        choice.found.append(item)
    clusters.sort(key=lambda one: min((item.start, item.end) for item in one.found))
    return clusters


def _name(cluster: Cluster, forms: Sequence[str]) -> str:
    if cluster.type == "Country":
        nouns = [form for form in forms if form not in demonyms()]
        known = country_by_name().get(forms[0])
        if not nouns and known:
            return known.name
        forms = nouns or forms
    counts = Counter(forms)
    return max(counts, key=lambda form: (len(form.split()), len(form), counts[form], form))


def entities_of(clusters: Sequence[Cluster]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Mentions sorted by start, each with its entity, and the entities in order of first mention.

    An entity is called only by what the tagger is sure of, if it is sure of any of its names.
    """
    mentions: list[Mention] = []
    entities: list[Entity] = []
    for number, one in enumerate(clusters):
        id = f"e{number}"
        found = [item for item in one.found if item.sure] or one.found
        forms = [plain(item.surface, one.type) for item in found]
        name = _name(one, forms)
        if one.type == "Person":
            forms += [_without_royal(form) for form in forms]
        if one.type == "Sector":
            forms += [other for form in forms for other in sector_forms(form)]
        aliases = {form for form in forms if form and form != name}
        entities.append(Entity(id, one.type, name, tuple(sorted(aliases))))
        mentions += [Mention(item.start, item.end, item.surface, one.type, id) for item in found]
    mentions.sort(key=lambda mention: (mention.start, -mention.end, mention.type, mention.entity))
    return tuple(mentions), tuple(entities)

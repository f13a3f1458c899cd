"""Heads of state, of government and of bodies, and foreign ministers, to Wikidata: by name, post, country and date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.fuse import people
from kg.fuse.generic import is_common
from kg.fuse.linked import Link, item
from kg.fuse.names import alike, fold, slug
from kg.model import Entity
from kg.tables import Tenure, countries, tenures

# Whom the news calls by surname alone without naming the country.
_G20 = frozenset("AR AU BR CA CN DE FR GB ID IN IT JP KR MX RU SA TR US ZA".split())
# Surnames of such leaders that other people of the news bear too, or that are given names or words.
_SHARED = frozenset(
    "abbott abdulaziz blair borne bush calderon cameron cardoso carney charles conte fox fukuda gul harper izabeth "
    "jiang kalam kan kohler may monti moon mori morrison mukherjee narayanan nieto noda obrador patil philippe rau roh "
    "salman schroder suga turnbull wen wulff".split()
)


@dataclass(frozen=True, slots=True)
class Leader:
    """A person with the offices held."""

    key: str
    name: str
    names: tuple[str, ...]
    wikidata: str
    held: tuple[Tenure, ...]

    def led(self, day: str) -> frozenset[str]:
        """What was led on the day; all that ever was, if the day is empty."""
        return frozenset(_of(tenure) for tenure in self.held if not day or tenure.covers(day))

    def governs(self, countries: frozenset[str], day: str) -> bool:
        """Whether one of the countries had this head of state or of government on the day."""
        offices = {"state", "government"}
        return any(held.of in countries and held.office in offices and held.covers(day) for held in self.held)

    @property
    def ever(self) -> frozenset[str]:
        """All that was ever led."""
        return self.led("")


def _of(tenure: Tenure) -> str:
    return f"Organization:{tenure.of}" if tenure.of.startswith("Q") else tenure.of


@cache
def _leaders() -> tuple[Leader, ...]:
    """People of the tables: rows with one item, or without any and one name, are one person."""
    groups: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in tenures():
        groups[tenure.wikidata or slug(tenure.name)].append(tenure)
    return tuple(
        Leader(
            f"Person:{key}",
            held[0].name,
            tuple(dict.fromkeys(name for tenure in held for name in (tenure.name, *tenure.aliases))),
            held[0].wikidata,
            tuple(held),
        )
        for key, held in sorted(groups.items())
    )


@cache
def _blocks() -> Mapping[str, tuple[Leader, ...]]:
    found: dict[str, dict[Leader, None]] = defaultdict(dict)
    for leader in _leaders():
        for name in leader.names:
            found[people.block(name)][leader] = None
    return {block: tuple(owners) for block, owners in found.items()}


def leader(
    entity: Entity, posts: frozenset[str], near: frozenset[str], date: str, others: Iterable[str] = ()
) -> Link | None:
    """The leader that the person is, by a full name, by a surname and the office, or by the office alone.

    `posts` are what the text says that the person leads or serves, `near` what the article names, as ISO codes and
    keys of bodies; `date` the article's; `others` the names of its people.
    """
    if found := _described(entity, date):
        return found
    known = _blocks().get(people.block(entity.name), ())
    if people.is_lone(entity.name) and not people.reign(entity.name)[0]:
        return _by_surname(people.surname(entity.name), known, posts, near, date, others)
    fits = [leader for leader in known if any(people.compare(name, entity.name)[0] >= 0.9 for name in leader.names)]
    tied = [leader for leader in fits if leader.ever & posts] or [leader for leader in fits if leader.ever & near]
    chosen = tied or fits
    if len(chosen) > 1:
        chosen = [leader for leader in chosen if leader.led(date) & (posts or near)] or chosen
    if len(chosen) != 1:
        return None
    found_leader = chosen[0]
    if posts and not found_leader.ever & posts and not found_leader.ever & near:
        return None
    vague = is_common(people.surname(entity.name)) and not (date and found_leader.led(date))
    score = 0.97 if found_leader.ever & posts else 0.95 if tied else 0.75 if vague else 0.91
    return _link(found_leader, "a leader's name" + ("; the country is named" if tied else ""), score)


def _by_surname(
    name: str, known: Iterable[Leader], posts: frozenset[str], near: frozenset[str], date: str, others: Iterable[str]
) -> Link | None:
    """Who bears the surname and held office where the article is about when it was written."""
    if any(people.surname(other) == name and not people.is_lone(other) for other in others):
        return None
    fits = [
        leader
        for leader in known
        if any(alike(people.surname(own), name) >= 0.95 and not people.reign(own)[0] for own in leader.names)
    ]
    serving = [leader for leader in fits if leader.led(date) & posts] if posts else []
    local = [leader for leader in fits if leader.led(date) & near] if not posts else []
    if len(serving) == 1 and date:
        return _link(serving[0], "a surname and the office held at the time", 0.95)
    if len(local) == 1 and date:
        common = is_common(name)
        return _link(local[0], "a surname; the country is named", 0.8 if common else 0.91)
    great = [leader for leader in fits if leader.governs(_G20, date)] if not posts and date else []
    if len(great) == 1 and not is_common(name) and name not in _SHARED:
        return _link(great[0], "the surname of who governed one of the G20 at the time", 0.91)
    return None


_TITLES = {
    "president": "state", "king": "state", "queen": "state", "emir": "state", "sultan": "state", "emperor": "state",
    "prime minister": "government", "premier": "government", "chancellor": "government", "taoiseach": "government",
    "foreign minister": "foreign", "minister of foreign affairs": "foreign", "secretary of state": "foreign",
    "foreign secretary": "foreign", "head of state": "state", "head of government": "government",
    "federal chancellor": "government",
}  # fmt: skip


@cache
def _descriptions() -> Mapping[str, tuple[str, str]]:
    """Folded descriptions (`kazakh president`, `president of kazakhstan`) to an ISO code and an office."""
    found: dict[str, tuple[str, str]] = {}
    for title, office in _TITLES.items():
        for country in countries():
            for demonym in (*country.demonyms, *(name for name in country.names if name.isupper())):
                found.setdefault(fold(f"{demonym} {title}"), (country.iso2, office))
            for name in country.names:
                found.setdefault(fold(f"{title} of {name}"), (country.iso2, office))
                found.setdefault(fold(f"{title} of the {name}"), (country.iso2, office))
                found.setdefault(fold(f"{name} {title}"), (country.iso2, office))
    return found


def _described(entity: Entity, date: str) -> Link | None:
    """Who held the office that stands in place of a name on the article's date: `the Kazakh President`."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        return None
    told = _descriptions().get(fold(entity.name))
    if told is None:
        return None
    of, office = told
    holders = {
        leader.key: (leader, tenure)
        for leader in _leaders()
        for tenure in leader.held
        if tenure.of == of and tenure.office == office and tenure.covers(date)
    }
    if len(holders) != 1:
        return None
    leader, tenure = next(iter(holders.values()))
    known = bool(tenure.end) or date[: len(tenure.known)] <= tenure.known
    return _link(leader, "the office held at the time", 0.94 if known else 0.8)


def _link(leader: Leader, reason: str, score: float) -> Link:
    return Link(leader.key, leader.name, item(leader.wikidata), score, reason)

"""Members -> clusters: which entities of which articles are one.

Each member falls into one block, told from its own name; only members of one block are compared, so the cost is
near linear in their number. A block's clusters depend on nothing outside it: a store that keeps members by block
recomputes the blocks that an article touches (`block`), then `join_links` over the links they have.

People are one by name, spelling, initials or surname, where context does not speak against it; bodies by name or
acronym; sectors, routes and orders by name; events and agreements by a name of their own and the time; what has no
name of its own (`extended talks`, `the ministry`) stays with its article unless it has a known home.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from kg.fuse import people
from kg.fuse.cluster import Cluster, namesakes
from kg.fuse.generic import content, is_common, is_generic
from kg.fuse.member import Member
from kg.fuse.names import acronym, alike, bones, company, fold, is_acronym
from kg.model import digest

MERGE = 0.9  # names alone suffice from here on
_PASSING = {"Event", "Agreement", "Route"}  # without a name of their own they are one article's
CONTEXT = 0.5  # from here on with shared context
NEAR_DAYS = 15  # an event keeps its name for about that long


def _own(member: Member) -> str:
    return digest(member.article, member.entity.id, member.entity.name)


def _person(member: Member) -> str:
    return _own(member) if people.is_description(member.name) else people.block(member.name)


def _organization(member: Member) -> str:
    """The acronym of a long name, a short word as it is, else the consonants."""
    name = company(member.entity.name)
    if " " not in name and len(name) <= 8:
        return name
    return acronym(name) or bones(name)


def _place(member: Member) -> str:
    return " ".join(sorted(map(bones, content(member.entity.name)))) or _own(member)


def _named(member: Member) -> str:
    return " ".join(sorted(content(member.entity.name))) or _own(member)


def _award(member: Member) -> str:
    """Degrees and classes of an order are one award."""
    grade = {"first", "second", "third", "i", "ii", "iii", "iv", "1st", "2nd", "3rd", "degree", "class"}
    told = content(member.entity.name)
    graded = {"degree", "class"} & set(told)
    return " ".join(sorted(word for word in told if not graded or word not in grade)) or _own(member)


def _ordered(member: Member) -> str:
    """`Year of Russia in Armenia` is not `Year of Armenia in Russia`."""
    return " ".join(content(member.entity.name)) or _own(member)


_BLOCKS: Mapping[str, Callable[[Member], str]] = {
    "Person": _person,
    "Organization": _organization,
    "Award": _award,
    "Place": _place,
    "Event": _ordered,
    "Agreement": _ordered,
    "Sector": lambda member: fold(member.entity.name),
    "Quotation": lambda member: fold(member.entity.name) or _own(member),
}

_WHOLE = {"Country", "City", "Sector", "Quotation"}


def block(member: Member) -> tuple[str, str]:
    """Type and key of the only block in which the member may have its equals."""
    if member.link and member.entity.type != "Person":
        return (member.entity.type, member.link.key)
    return (member.entity.type, _BLOCKS.get(member.entity.type, _named)(member))


def is_whole(member: Member) -> bool:
    """Whether all of the member's block is one cluster, whatever stands around in the articles."""
    return member.entity.type != "Person" and (member.link is not None or member.entity.type in _WHOLE)


def _people(members: Sequence[Member]) -> list[Cluster]:
    forms: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in members:
        forms[people.words(member.name)].append(member)
    full: list[Cluster] = []
    lone: list[Cluster] = []
    for _, group in sorted(forms.items()):
        alone = people.is_lone(group[0].name)
        rest = [member for member in sorted(group, key=lambda m: m.order) if not alone]
        full.extend(namesakes(rest, rare=not is_common(people.surname(group[0].name))))
        lone.extend(Cluster.of([member], "surname, shared context", 0.85) for member in group if alone)
    full = _join(full, _compare_people)
    rest = [cluster.members[0] for cluster in sorted(lone, key=lambda c: c.order) if not _attach(cluster, full)]
    return full + _lone(rest)


def _lone(members: Sequence[Member]) -> list[Cluster]:
    """Those known by one name, of whom no full name is known."""
    forms: dict[tuple[object, ...], list[Member]] = defaultdict(list)
    for member in members:
        forms[people.reign(member.name)[0], *people.words(member.name)].append(member)
    groups = [made for _, group in sorted(forms.items()) for made in namesakes(group, "same name and context", 0.85)]
    return _join(groups, _compare_people)


def _compare_people(one: Cluster, other: Cluster) -> tuple[float, str]:
    """The least likeness between their names: all must fit all."""
    return min(people.compare(a, b) for a in one.names for b in other.names)


def _join(clusters: list[Cluster], compare: Callable[[Cluster, Cluster], tuple[float, str]]) -> list[Cluster]:
    """Clusters of different names joined, the largest first, where names fit and contexts do not clash.

    Two spellings in one article are two entities, unless they sound the same: the article's reader kept them apart.
    """
    joined: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda c: c.order):
        fits = []
        for at, home in enumerate(joined):
            score, reason = compare(home, cluster)
            if score < CONTEXT or home.clashes(cluster) or (score < 0.95 and home.articles & cluster.articles):
                continue
            shared = home.shared(cluster)
            if score >= MERGE or shared >= 2:
                fits.append((score, shared, -at, reason, home))
        if fits:
            score, _, _, reason, home = max(fits, key=lambda fit: fit[:3])
            home.absorb(cluster, reason if score >= MERGE else f"{reason}, shared context", score)
        else:
            joined.append(cluster)
    return joined


def _attach(lone: Cluster, full: Sequence[Cluster]) -> bool:
    """Give a lone surname to the one whose context it shares most, if no other comes as near."""
    name, link = lone.members[0].name, lone.members[0].link
    fits = []
    for home in full:
        known = any(people.compare(other, name)[0] > 0 for other in home.names)
        if link and link.sure and link.key not in home.links:
            known = known and any(people.compare(other, link.name)[0] >= MERGE for other in home.names)
        if known and not home.clashes(lone) and not home.articles & lone.articles:
            fits.append((home.shared(lone), len(home.members), home))
    fits.sort(key=lambda fit: fit[:2], reverse=True)
    if not fits or fits[0][0] < 1 or (len(fits) > 1 and fits[0][:2] == fits[1][:2]):
        return False
    fits[0][2].add(lone.members[0], "surname, shared context", 0.85)
    return True


def _bodies(members: Sequence[Member]) -> list[Cluster]:
    forms: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        forms[company(member.entity.name)].append(member)
    clusters: list[Cluster] = []
    for _, group in sorted(forms.items()):
        clusters.extend(
            _at_home(group)
            if is_generic(group[0].entity.name, "Organization")
            else [Cluster.of(group, "same name", 1.0)]
        )
    return _join(clusters, _compare_bodies)


def _compare_bodies(one: Cluster, other: Cluster) -> tuple[float, str]:
    a, b = (min(cluster.why, key=lambda n: (-len(n), n)) for cluster in (one, other))
    if is_generic(a, "Organization") or is_generic(b, "Organization"):
        return (0.0, "")
    for short, long, home in ((a, b, other), (b, a, one)):
        if is_acronym(short) and company(short) == acronym(company(long)):
            told = any(company(short) == company(alias) for m in home.members for alias in m.entity.aliases)
            return (0.95, "acronym given in the text") if told else (0.8, "acronym")
    ours, theirs = company(a), company(b)
    if ours.replace(" ", "") == theirs.replace(" ", ""):
        return (0.95, "same letters")
    return _spelled(ours, theirs)


def _spelled(one: str, other: str) -> tuple[float, str]:
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return (0.0, "")
    return (min(map(alike, ours, theirs)), "another spelling")


def _places(members: Sequence[Member]) -> list[Cluster]:
    forms: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        forms[fold(member.entity.name)].append(member)
    clusters: list[Cluster] = []
    for _, group in sorted(forms.items()):
        clusters.extend(_at_home(group) if is_generic(group[0].entity.name, "Place") else namesakes(group))
    return _join(clusters, _compare_places)


def _compare_places(one: Cluster, other: Cluster) -> tuple[float, str]:
    a, b = min(one.why), min(other.why)
    return (0.0, "") if is_generic(a, "Place") or is_generic(b, "Place") else _spelled(fold(a), fold(b))


def _at_home(members: Sequence[Member]) -> list[Cluster]:
    """Bearers of a common name (`Foreign Ministry`): one for each home they have in common, else one an article."""
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in sorted(members, key=lambda m: m.order):
        homes = sorted(member.countries or member.homes)
        groups[tuple(homes) or (member.article, member.entity.id)].append(member)
    return [Cluster.of(group, "same name and home", 0.95) for _, group in sorted(groups.items())]


def _dated(members: Sequence[Member]) -> list[Cluster]:
    """Events and agreements of one name: one for each run of days; without a date, each article has its own."""
    if any(c.isdigit() for c in members[0].entity.name):
        return [Cluster.of(sorted(members, key=lambda m: m.order), "same name", 1.0)]
    clusters: list[Cluster] = []
    last = None
    for member in sorted(members, key=lambda m: (m.published or "", m.order)):
        day = _day(member.published)
        if clusters and day and last and day - last <= NEAR_DAYS:
            clusters[-1].add(member, "same name and time", 0.95)
        else:
            clusters.append(Cluster.of([member], "same name and time", 0.95))
        last = day
    return clusters


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published).toordinal() if published else None
    except ValueError:
        return None


def _one(members: Sequence[Member]) -> list[Cluster]:
    return [Cluster.of(sorted(members, key=lambda m: m.order), "same name", 1.0)]


def cluster(type: str, members: Sequence[Member]) -> list[Cluster]:
    """The clusters of one block. Pure, and the same for members in any order."""
    first = min(members, key=lambda m: m.order)
    if first.link and type != "Person":
        return [Cluster.of(sorted(members, key=lambda m: m.order), first.link.reason, first.link.score)]
    if type == "Person":
        return _people(members)
    if type == "Organization":
        return _bodies(members)
    if type == "Place":
        return _places(members)
    if type in _WHOLE:
        return _one(members)
    if is_generic(first.entity.name, type):
        return [Cluster.of([m], "itself", 1.0) for m in members] if type in _PASSING else _at_home(members)
    return _dated(members) if type in {"Event", "Agreement"} else namesakes(members)


def join_links(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Clusters of different blocks that have the same link become one."""
    linked: dict[str, Cluster] = {}
    rest = []
    for found in sorted(clusters, key=lambda c: c.order):
        keys = found.links
        key = min(keys) if len(keys) == 1 else ""
        if key and key in linked:
            linked[key].absorb(found, "same identifier", 0.97)
        elif key:
            linked[key] = found
            rest.append(found)
        else:
            rest.append(found)
    return rest


def resolve(members: Iterable[Member]) -> list[Cluster]:
    """All clusters of a collection. The same for members in any order."""
    blocks: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        blocks[block(member)].append(member)
    found = [made for (type, _), group in sorted(blocks.items()) for made in cluster(type, group)]
    return join_links(found)

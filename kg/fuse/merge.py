"""Clusters -> entities with ids, and the statements about them: one for each claim, its evidence united."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.fuse import people
from kg.fuse.belief import unite
from kg.fuse.cluster import Cluster
from kg.fuse.generic import is_generic
from kg.fuse.linked import Link
from kg.fuse.member import Member
from kg.fuse.names import fold, slug
from kg.model import Entity, Evidence, Merge, Reading, Statement, digest
from kg.schema import Schema

Ids = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Merged:
    """Fused entities, why their members joined, and `ids`: (article, local id) to fused id.

    `redirects` pairs an id that a correction took away with the one that stands for it.
    """

    entities: tuple[Entity, ...]
    merges: tuple[Merge, ...]
    ids: Ids
    redirects: tuple[tuple[str, str], ...] = ()


def _name(cluster: Cluster) -> str:
    """The name most articles use, a person's full name before a bare one; then the longest, then by alphabet."""
    counts = Counter(member.entity.name for member in cluster.members)
    person = cluster.members[0].entity.type == "Person"

    def rank(name: str) -> tuple[bool, int, int, str]:
        return (person and len(people.words(name)) < 2, -counts[name], -len(name), name)

    return min(counts, key=rank)


def _link(cluster: Cluster) -> Link | None:
    """The link that its members' scores favour."""
    votes: dict[str, float] = defaultdict(float)
    links: dict[str, Link] = {}
    for member in cluster.members:
        if member.link:
            votes[member.link.key] += member.link.score
            known = links.get(member.link.key)
            if known is None or (member.link.score, member.link.reason) > (known.score, known.reason):
                links[member.link.key] = member.link
    return links[max(votes, key=lambda key: (votes[key], key))] if votes else None


def _path(type: str, name: str) -> str:
    return f"{type.lower()}/{slug(name) or digest(name, length=8)}"


def ties(member: Member) -> set[str]:
    """All that the member's cluster may share with those of other blocks: its link, and the paths that it may want.

    Blocks without a common tie can be merged apart; the result is the same.
    """
    link, type = member.link, member.entity.type
    told = {_path(type, member.entity.name)}
    if link and link.sure:
        told |= {link.key, _path(type, link.slug or link.name)}
    return told


def _ids(clusters: Sequence[Cluster], links: Sequence[Link | None], names: Sequence[str]) -> list[str]:
    """A path for each cluster, unique. Where two want the same, those without an identifier get a hash of content.

    So does what has no name of its own: its path stays when another `extended talks` comes.
    """
    wanted, alone = [], []
    for cluster, link, name in zip(clusters, links, names, strict=True):
        type = cluster.members[0].entity.type
        sure = link is not None and link.sure
        wanted.append(_path(type, link.slug or link.name if link and sure else name))
        nameless = type in {"Event", "Agreement", "Place", "Organization", "Route", "Award"} and is_generic(name, type)
        alone.append(not sure and (nameless or type == "Quotation"))
    owners = Counter(path for path, link in zip(wanted, links, strict=True) if link and link.sure)
    shared = Counter(wanted)
    ids = []
    for cluster, link, path, own in zip(clusters, links, wanted, alone, strict=True):
        sure = link is not None and link.sure
        if own or (shared[path] > 1 and not (sure and owners[path] == 1)):
            first = min(cluster.members, key=lambda m: m.order)
            content = [link.key] if link and sure else [first.article, fold(first.entity.name)]
            if first.entity.type == "Quotation":
                content = [first.entity.name]
            path = f"{path}-{digest(first.entity.type, *content, length=6)}"
        ids.append(path)
    return _unique(ids, clusters)


def _unique(ids: list[str], clusters: Sequence[Cluster]) -> list[str]:
    """Paths that are still equal told apart by all that their clusters hold."""
    shared = Counter(ids)
    return [
        f"{path}-{digest(*sorted(m.order for m in cluster.members), length=10)}" if shared[path] > 1 else path
        for path, cluster in zip(ids, clusters, strict=True)
    ]


def _entity(id: str, cluster: Cluster, link: Link | None, name: str) -> Entity:
    first = cluster.members[0].entity
    notes = {note for member in cluster.members for note in member.entity.notes}
    names = {alias for member in cluster.members for alias in (member.entity.name, *member.entity.aliases)}
    same: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    if link:
        same, close = (link.same_as, link.close) if link.sure else ((), (*link.same_as, *link.close))
        notes |= {*link.notes, ("link-reason", f"{link.reason} ({link.score:.2f})")}
        if link.sure:
            name = link.name if first.type == "Country" else name
            names |= {link.name, *link.aliases}
    same = tuple(sorted({*same, *(iri for m in cluster.members for iri in m.entity.same_as)}))
    aliases = tuple(sorted(names - {name}))
    return Entity(id, first.type, name, aliases, same, tuple(sorted({*close} - {*same})), tuple(sorted(notes)))


def _merges(id: str, cluster: Cluster) -> list[Merge]:
    if len(cluster.members) < 2:
        return []
    articles: dict[str, set[str]] = defaultdict(set)
    for member in cluster.members:
        articles[member.entity.name].add(member.article)
    return [Merge(id, name, *cluster.why[name], tuple(sorted(articles[name]))) for name in sorted(articles)]


def merge_entities(clusters: Sequence[Cluster]) -> Merged:
    """Each cluster as one entity: its name, all its other names, its identifiers, its id."""
    names = [_name(cluster) for cluster in clusters]
    links = [_link(cluster) for cluster in clusters]
    paths = _ids(clusters, links, names)
    entities, merges, ids = [], [], {}
    for path, cluster, link, name in zip(paths, clusters, links, names, strict=True):
        entities.append(_entity(path, cluster, link, name))
        merges.extend(_merges(path, cluster))
        for member in cluster.members:
            ids[member.article, member.entity.id] = path
    entities.sort(key=lambda e: e.id)
    return Merged(tuple(entities), tuple(sorted(merges, key=lambda m: (m.entity, m.name))), ids)


def repoint(statement: Statement, article: str, ids: Mapping[tuple[str, str], str], schema: Schema) -> Statement | None:
    """The statement about fused entities; None where its ends turned out to be one, or are unknown.

    The ends of a symmetric relation are sorted, the spans of its evidence with them.
    """
    subject, object = ids.get((article, statement.subject)), ids.get((article, statement.object))
    if subject is None or object is None or subject == object:
        return None
    evidence = statement.evidence
    relation = schema.relations.get(statement.relation)
    if relation and relation.symmetric and object < subject:
        subject, object = object, subject
        evidence = tuple(replace(item, subject=item.object, object=item.subject) for item in evidence)
    speaker = ids.get((article, statement.attributed_to)) if statement.attributed_to else None
    return replace(statement, subject=subject, object=object, evidence=evidence, attributed_to=speaker)


def place(item: Evidence) -> tuple[str, int, int, str, str]:
    """Sorts the evidence of a statement."""
    return (item.article, item.start, item.end, item.rule, repr((item.subject, item.object, item.score)))


def _qualifiers(statements: Iterable[Statement]) -> tuple[tuple[str, str], ...]:
    """All qualifiers, less the dates that a finer one repeats: `2026` beside `2026-02-27`."""
    pairs = {pair for statement in statements for pair in statement.qualifiers}
    dates = {pair for pair in pairs if pair[0] in {"date", "from", "to"}}
    coarse = {(n, v) for n, v in dates if any(m == n and w != v and w.startswith(f"{v}-") for m, w in dates)}
    return tuple(sorted(pairs - coarse))


def _speaker(statements: Sequence[Statement]) -> str | None:
    """Nobody where an article says so in its own voice, else whom the surest statement names."""
    if any(statement.attributed_to is None for statement in statements):
        return None
    return min(statements, key=lambda s: (-s.confidence, s.attributed_to)).attributed_to


def unite_claim(statements: Sequence[Statement], sources: Mapping[str, str]) -> Statement:
    """One statement for all that make the same claim. `sources` maps a copied article to the one it copies."""
    best: dict[str, float] = {}
    for statement in statements:
        for item in statement.evidence:
            source = sources.get(item.article, item.article)
            best[source] = max(best.get(source, 0.0), statement.confidence or item.score)
    confidence = unite(best.values()) if best else max(statement.confidence for statement in statements)
    return replace(
        statements[0],
        qualifiers=_qualifiers(statements),
        attributed_to=_speaker(statements),
        evidence=tuple(sorted({item for statement in statements for item in statement.evidence}, key=place)),
        confidence=confidence,
    )


def merge_statements(
    readings: Iterable[Reading], ids: Ids, sources: Mapping[str, str], schema: Schema
) -> tuple[Statement, ...]:
    """The collection's statements, sorted by id."""
    claims: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for reading in readings:
        for statement in reading.statements:
            if pointed := repoint(statement, reading.article.id, ids, schema):
                claims[pointed.key].append(pointed)
    return tuple(sorted((unite_claim(claim, sources) for claim in claims.values()), key=lambda s: s.id))

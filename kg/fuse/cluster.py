"""`Cluster`: members taken to be one entity, with the reason and score of each; and the split of namesakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.fuse.member import Member


@dataclass(slots=True)
class Cluster:
    """Members of one entity. `why` tells, for each name that joined, the reason and its score.

    `homes` and `around` unite what the members have; they decide whether a further member may join.
    """

    members: list[Member] = field(default_factory=list)
    why: dict[str, tuple[str, float]] = field(default_factory=dict)
    homes: Counter[str] = field(default_factory=Counter)
    around: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, members: Iterable[Member], reason: str, score: float) -> Cluster:
        """A cluster of these members, all joined for the same reason."""
        cluster = cls()
        for member in members:
            cluster.add(member, reason, score)
        return cluster

    def add(self, member: Member, reason: str, score: float) -> None:
        """Take a member in. The first reason for a name is kept unless a surer one comes."""
        self.members.append(member)
        self.homes.update(member.homes)
        self.around.update(member.around)
        self._explain(member.entity.name, reason, score)

    def absorb(self, other: Cluster, reason: str, score: float) -> None:
        """Take all of another cluster in, for a reason."""
        self.members.extend(other.members)
        self.homes.update(other.homes)
        self.around.update(other.around)
        for name, (known, known_score) in other.why.items():
            self._explain(name, *((reason, score) if score <= known_score else (known, known_score)))

    def _explain(self, name: str, reason: str, score: float) -> None:
        if name not in self.why or self.why[name][1] < score:
            self.why[name] = (reason, score)

    @property
    def countries(self) -> frozenset[str]:
        """The homes that are countries."""
        return frozenset(key for key in self.homes if key.startswith("Country:"))

    @property
    def names(self) -> frozenset[str]:
        """What its members are compared by."""
        return frozenset(member.name for member in self.members)

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that its members come from."""
        return frozenset(member.article for member in self.members)

    @property
    def links(self) -> frozenset[str]:
        """The keys of its members' sure links."""
        return frozenset(member.link.key for member in self.members if member.link and member.link.sure)

    @property
    def order(self) -> tuple[int, tuple[str, str, str]]:
        """Sorts clusters, the largest first."""
        return (-len(self.members), min(member.order for member in self.members))

    def clashes(self, other: Cluster, rare: bool = True) -> bool:
        """Whether two clusters of one name must be two entities.

        So they are where their links differ; where each is tied to countries of which the other's articles know
        nothing; and, if the name is not rare, where each has homes and their articles share nothing at all.
        """
        if self.links and other.links and not self.links & other.links:
            return True
        if self.countries and other.countries and not self.countries & other.countries:
            return not (self.countries & other.around.keys() or other.countries & self.around.keys())
        if rare:
            return False
        apart = bool(self.homes and other.homes and not self.homes.keys() & other.homes.keys())
        return apart and not self.around.keys() & other.around.keys()

    def shared(self, other: Cluster) -> float:
        """How much context two clusters share: homes count three times, countries around once, other names twice."""
        homes = 3.0 * len(self.homes.keys() & other.homes.keys())
        around = self.around.keys() & other.around.keys()
        return homes + sum(1.0 if key.startswith("Country:") else 2.0 for key in around)


def namesakes(
    members: Sequence[Member], reason: str = "same name", score: float = 1.0, rare: bool = True
) -> list[Cluster]:
    """Members of one name as one cluster, or as several where their contexts clash.

    `rare` is whether few bear the name. Near linear: members with the same homes or the same link are taken together
    before anything is compared. Those without any go to the cluster with which they share most, the largest if
    nothing tells.
    """
    tied: dict[tuple[str, ...], list[Member]] = {}
    loose: list[Member] = []
    for member in sorted(members, key=lambda m: m.order):
        sure = member.link.key if member.link and member.link.sure else ""
        tie = (sure, *sorted(member.countries or member.homes))
        (tied.setdefault(tie, []) if any(tie) else loose).append(member)
    clusters: list[Cluster] = []
    for group in sorted((Cluster.of(group, reason, score) for group in tied.values()), key=lambda c: c.order):
        home = next((cluster for cluster in clusters if not cluster.clashes(group, rare)), None)
        if home is None:
            clusters.append(group)
        else:
            home.absorb(group, reason, score)
    if not clusters:
        return [Cluster.of(loose, reason, score)] if loose else []
    for member in loose:
        alone = Cluster.of([member], reason, score)
        best = max(clusters, key=lambda c: c.shared(alone)) if len(clusters) > 1 else clusters[0]
        best.add(member, reason, score)
    return clusters

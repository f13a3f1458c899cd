"""Near-duplicates: syndicated copies and updates of an article, so that sources are counted and not copies.

MinHash (Broder 1997) over runs of four words, through rensa; banding finds candidates (Leskovec, Rajaraman, Ullman,
Mining of Massive Datasets, 3.4), the signatures decide. A text is a copy when it shares half of its runs with
another, or holds most of a shorter one.

A `Print` depends on its article alone and `bands` say with which others it can be compared, so a store recomputes
only the groups that a new article touches. The cost is linear but for the pairs that share a band.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rensa import RMinHash

from kg.fuse.names import fold_once
from kg.model import Article

RUN = 4  # words
BANDS, ROWS = 42, 3  # two texts of likeness 0.4 meet with probability 0.94, of 0.01 with 0.00004
SEED = 20240229
ALIKE = 0.4  # shared runs over all runs
WITHIN = 0.75  # or shared runs over the runs of the shorter text
FEWEST = 12  # runs; shorter texts are copies only if equal


@dataclass(frozen=True, slots=True)
class Print:
    """What an article is compared by: its place in time, how many runs of words it has, their MinHash."""

    article: str
    published: str
    runs: int
    signature: tuple[int, ...]

    @property
    def order(self) -> tuple[str, str]:
        """The first article is the one that the others copy: by date, those without one last, then by id."""
        return (self.published or "9999", self.article)

    def bands(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """The keys of which two prints must share one to be compared."""
        if self.runs < FEWEST:
            yield (-1, self.signature)
        else:
            for band in range(BANDS):
                yield (band, self.signature[band * ROWS : (band + 1) * ROWS])

    def copies(self, other: Print) -> bool:
        """Whether one is a near-duplicate of the other."""
        equal = sum(one == two for one, two in zip(self.signature, other.signature, strict=True))
        like = equal / len(self.signature)
        if min(self.runs, other.runs) < FEWEST:
            return like == 1.0 and self.runs == other.runs
        shared = like * (self.runs + other.runs) / (1.0 + like)
        return like >= ALIKE or (shared / min(self.runs, other.runs) >= WITHIN and like >= 0.15)


def take_print(article: Article) -> Print:
    """The article's print. Pure."""
    words = fold_once(article.text).split()
    runs = {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
    hashed = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    hashed.update(sorted(runs))
    return Print(article.id, article.published or "", len(runs), tuple(hashed.digest()))


def find_copies(prints: Iterable[Print]) -> Mapping[str, str]:
    """Copies to the first article of those that they are near-duplicates of; the same in any order of the prints.

    Copies of copies are copies.
    """
    ordered = sorted(prints, key=lambda p: p.order)
    first = {print.article: print.article for print in ordered}

    def root(article: str) -> str:
        while first[article] != article:
            first[article] = first[first[article]]
            article = first[article]
        return article

    rank = {print.article: at for at, print in enumerate(ordered)}
    met: dict[tuple[int, tuple[int, ...]], list[Print]] = defaultdict(list)
    for print in ordered:
        near = {other.article: other for band in print.bands() for other in met[band]}
        for other in near.values():
            one, two = root(other.article), root(print.article)
            if one != two and print.copies(other):
                early, late = sorted((one, two), key=rank.__getitem__)
                first[late] = early
        for band in print.bands():
            met[band].append(print)
    return {article: root(article) for article in sorted(first) if root(article) != article}

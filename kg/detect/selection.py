"""Which clusters of names are entities that a reader would list: a second look, at the whole article.

The tagger sees a sentence; here each cluster is weighed with all its mentions, its place, and its company. A
maximum-entropy model (a CRF of one step) gives the probability; features are strings, numbers in bins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pycrfsuite
from spacy.tokens import Doc, Span, Token

from kg.detect.clusters import Cluster, Found, content, fold, plain
from kg.detect.features import above
from kg.detect.lexicon import Lexicon, load_lexicon
from kg.detect.words import load_words

WEIGHTS = Path(__file__).with_name("weights") / "entities.crf"
YES, NO = "1", "0"
FLOORS: Mapping[str, float] = {}  # least probability by type, where it is not `FLOOR`
FLOOR = 0.4


@dataclass(frozen=True, slots=True)
class _Company:
    """What is the same for all clusters of an article."""

    doc: Doc
    title: frozenset[str]
    counts: Counter[str]
    clusters: Sequence[Cluster]
    sure: Sequence[tuple[Cluster, Found]]
    length: int


def _bin(value: float, steps: Sequence[float]) -> int:
    return sum(value >= step for step in steps)


_SCORES = (0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.92, 0.96, 0.985, 0.995)


def _scores(cluster: Cluster) -> list[str]:
    scores = sorted((item.score for item in cluster.found), reverse=True)
    missing = 1.0
    for score in scores:
        missing *= 1 - min(score, 0.999)
    return [
        f"max={_bin(scores[0], _SCORES)}", f"any={_bin(1 - missing, _SCORES)}", f"n={min(len(scores), 6)}",
        f"sure={min(sum(item.sure for item in cluster.found), 4)}", f"mean={_bin(sum(scores) / len(scores), _SCORES)}",
    ]  # fmt: skip


def _head(span: Span) -> Token:
    return span.root


def _words(first: Found, company: _Company, lexicon: Lexicon) -> list[str]:
    """The first mention's words and what stands around it."""
    doc = company.doc
    span = doc.char_span(first.start, first.end, alignment_mode="expand")
    if span is None:
        return []
    root, words = _head(span), load_words()
    head = root.lemma_.lower()
    found = [
        f"h={head}", f"hl={lexicon.heads.get(head, '-')}", f"f={span[0].lower_}", f"len={min(len(span), 7)}",
        f"b={doc[span.start - 1].lower_ if span.start else '^'}",
        f"a={doc[span.end].lower_ if span.end < len(doc) else '$'}",
        f"d={root.dep_}", f"t={root.tag_}", f"cap={span[0].text[0].isupper():d}{span[-1].text[0].isupper():d}",
    ]  # fmt: skip
    ups = above(root)
    found += [f"ab={word}" for word in ups]
    cues = "".join(sorted({letter for word in ups for letter in lexicon.cues.get(word, "")}))
    found.append(f"cue={cues or '-'}")
    if words:
        fine, coarse = words.of([root])[0]
        found += [f"c={fine}", f"C={coarse}"]
    return found


def _inside(cluster: Cluster, company: _Company) -> list[str]:
    """Types of the surer names that hold all of this one's mentions, of those that it holds, and of its doubles."""
    holders: set[str] = set()
    found: set[str] = set()
    free = False
    for item in cluster.found:
        outer: set[str] = set()
        for other, x in company.sure:
            if other is cluster or x.end <= item.start or x.start >= item.end:
                continue
            if x.start == item.start and x.end == item.end:
                found.add(f"eq={other.type}{x.score > item.score:d}")
            elif x.start <= item.start and x.end >= item.end:
                outer.add(other.type)
            elif item.start <= x.start and item.end >= x.end:
                found.add(f"has={other.type}")
            else:
                found.add(f"cross={other.type}")
        free = free or not outer
        holders |= outer
    return sorted(found | {f"in={type}" for type in holders if not free})


def _rivals(cluster: Cluster, company: _Company) -> list[str]:
    """Whether a surer cluster of the same type shares words with this one."""
    words = content(cluster.key)
    best = max(item.score for item in cluster.found)
    out = set()
    for other in company.clusters:
        if other is cluster or other.type != cluster.type or not words & content(other.key):
            continue
        surer = max(item.score for item in other.found) > best
        theirs = content(other.key)
        kind = "same" if theirs == words else "part" if words < theirs else "more" if theirs < words else "some"
        out.add(f"rival={kind}{surer:d}")
    return sorted(out)


def cluster_features(doc: Doc, title: str, clusters: Sequence[Cluster]) -> list[list[str]]:
    """Features of each cluster; those that matter by type come in both forms, with the type and without."""
    lexicon = load_lexicon()
    sure = [(one, item) for one in clusters for item in one.found if item.sure]
    counts = Counter(one.type for one in clusters)
    company = _Company(doc, content(title), counts, clusters, sure, max(len(doc.text), 1))
    rows = []
    for one in clusters:
        first = min(one.found, key=lambda item: (item.start, item.end))
        own = [*_scores(one), *_words(first, company, lexicon), *_inside(one, company), *_rivals(one, company)]
        own.append(f"at={_bin(first.start / company.length, (0.02, 0.1, 0.3, 0.6, 0.85))}")
        own.append(f"kin={min(company.counts[one.type], 8)}")
        name = content(plain(first.surface, one.type))
        own.append(f"title={bool(name) and name <= company.title:d}{bool(name & company.title):d}")
        own.append(f"vague={fold(first.surface) in lexicon.heads:d}")
        rows.append([*own, *(f"{one.type}:{item}" for item in own), one.type])
    return rows


class Selector:
    """The model of `weights/entities.crf`."""

    def __init__(self, path: Path) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(path))

    def probabilities(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """For each row of features, the probability that the cluster is an entity."""
        found = []
        for row in rows:
            self._tagger.set([list(row)])
            found.append(self._tagger.marginal(YES, 0))
        return found


def train_selector(rows: Sequence[Sequence[str]], truths: Sequence[bool], path: Path) -> Selector:
    """Learns from clusters read out of fold; L-BFGS, deterministic."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.3, "c2": 0.3, "max_iterations": 120, "feature.minfreq": 3})
    for row, truth in zip(rows, truths, strict=True):
        trainer.append([list(row)], [YES if truth else NO])
    trainer.train(str(path))
    return Selector(path)


@cache
def load_selector(path: Path = WEIGHTS) -> Selector | None:
    """The selector that comes with the package, or None where its weights are absent."""
    return Selector(path) if path.is_file() else None

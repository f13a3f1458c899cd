"""Token features for the taggers: words, tags, gazetteers, lexicon, noun phrases, lists, and the rest of the article.

A feature is a string; the same strings serve every layer. White-space tokens are left out of the sequences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.detect.gazetteer import Known, find_known
from kg.detect.lexicon import Lexicon, load_lexicon
from kg.detect.words import load_words

MONTHS = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday
    friday saturday sunday""".split()
)
SMALL = frozenset("of the and for de la le du des al el von van der bin ibn on in & del di da dos e y to".split())
NOUNS = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence's tokens without white space, and their features."""

    tokens: list[Token]
    features: list[list[str]]


@lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """`Xx`, `X`, `x`, `d`, with runs cut to one letter and other signs kept."""
    out = ""
    for char in word[:12]:
        kind = "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char
        if not out.endswith(kind):
            out += kind
    return out


def capital_runs(tokens: list[Token]) -> list[tuple[int, int]]:
    """Maximal stretches of capitalized tokens, joined over small words (`Order of the Lion`); indices into `tokens`."""
    runs, at = [], 0
    while at < len(tokens):
        if not tokens[at].text[0].isupper():
            at += 1
            continue
        end = at + 1
        while end < len(tokens):
            text = tokens[end].text
            if text[0].isupper():
                end += 1
                continue
            skip = end
            while (
                skip < len(tokens) and skip < end + 3 and (tokens[skip].lower_ in SMALL or tokens[skip].text in "-.'’")
            ):
                skip += 1
            if skip > end and skip < len(tokens) and tokens[skip].text[0].isupper():
                end = skip + 1
                continue
            break
        runs.append((at, end))
        at = end
    return runs


@dataclass(slots=True)
class _Article:
    """What the whole article says of its words."""

    lower: Counter[str]
    upper: Counter[str]
    titled: set[str]
    inside: set[str]
    known: dict[int, str]
    alike: dict[int, tuple[int, int]]


def _known_marks(known: list[Known]) -> dict[int, str]:
    marks: dict[int, str] = {}
    for item in known:
        size = ""
        if item.kind == "city":
            size = "5" if item.population >= 500_000 else "4" if item.population >= 80_000 else "3"
        for at in range(item.start, item.end):
            marks[at] = f"{'B' if at == item.start else 'I'}{item.kind[0]}{item.kind[1]}{size}"
    return marks


def _survey(doc: Doc, lexicon: Lexicon) -> _Article:
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    titled: set[str] = set()
    inside: set[str] = set()
    tokens = [token for token in doc if not token.is_space]
    for token in tokens:
        if token.text[0].islower():
            lower[token.lower_] += 1
        elif not token.is_sent_start:
            upper[token.lower_] += 1
    for start, end in capital_runs(tokens):
        words = [token.lower_ for token in tokens[start:end]]
        if words[0] in lexicon.titles and end - start > 1:
            titled.update(word for word in words if word not in lexicon.titles)
        if end - start > 1:
            inside.update(words)
    table = load_words()
    alike = dict(zip((token.i for token in tokens), table.of(tokens), strict=True)) if table and tokens else {}
    return _Article(lower, upper, titled, inside, _known_marks(find_known(doc)), alike)


def _chunk_features(doc: Doc, lexicon: Lexicon, article: _Article) -> dict[int, list[str]]:
    """For each token of a noun phrase: the head, what it can head, the position, and the words above the phrase."""
    found: dict[int, list[str]] = {}
    for chunk in doc.noun_chunks:
        root = chunk.root
        head = root.lemma_.lower()
        ups = above(root)
        fine, coarse = article.alike.get(root.i, (-1, -1))
        shared = [
            f"nh={head}",
            f"nc={fine}",
            f"nC={coarse}",
            f"nhl={lexicon.heads.get(head, '-')}",
            *(f"ab={word}" for word in ups),
        ]
        cues = "".join(sorted({letter for word in ups for letter in lexicon.cues.get(word, "")}))
        shared.append(f"cue={cues or '-'}")
        if root.dep_ == "conj" or any(child.dep_ == "conj" for child in root.children):
            shared.append("list")
        length = len(chunk)
        for place, token in enumerate(chunk):
            found[token.i] = [*shared, f"np={place == 0:d}{place == length - 1:d}{token.i == root.i:d}"]
    return found


def above(root: Token) -> list[str]:
    """Up to four content lemmas above a phrase, past the list that it stands in."""
    found: list[str] = []
    token = root
    for _ in range(8):
        if token.head is token or len(found) == 4:
            break
        if token.dep_ == "conj" and token.head.pos_ in NOUNS:
            token = token.head
            continue
        token = token.head
        found.append(token.lemma_.lower())
    return found


def _run_features(tokens: list[Token], lexicon: Lexicon) -> dict[int, list[str]]:
    """For each capitalized token: its stretch's ends, length, position, heads inside, what stands around it."""
    found: dict[int, list[str]] = {}
    for start, end in capital_runs(tokens):
        words = [token.lower_ for token in tokens[start:end]]
        heads = "".join(sorted({letter for word in words for letter in lexicon.heads.get(word, "")}))
        last, first = words[-1], words[0]
        bare = [word for word in words if word not in lexicon.titles]
        shared = [
            f"rl={last}", f"rf={first}", f"rh={heads or '-'}", f"rlh={lexicon.heads.get(last, '-')}",
            f"rn={min(end - start, 6)}", f"rt={len(words) != len(bare):d}",
            f"rb={tokens[start - 1].lower_ if start else '^'}",
            f"ra={tokens[end].lower_ if end < len(tokens) else '$'}", f"rfh={lexicon.heads.get(first, '-')}",
        ]  # fmt: skip
        for place in range(start, end):
            left = "".join(sorted({x for word in words[: place - start] for x in lexicon.heads.get(word, "")}))
            right = "".join(sorted({x for word in words[place - start + 1 :] for x in lexicon.heads.get(word, "")}))
            titles_left = sum(word in lexicon.titles for word in words[: place - start])
            found[place] = [
                *shared, f"rp={min(place - start, 4)}", f"re={min(end - 1 - place, 4)}", f"rL={left}", f"rR={right}",
                f"rtl={min(titles_left, 2)}",
            ]  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """What is asked of a token more than once."""

    low: str
    tag: str
    shape: str
    lemma: str
    known: str
    heads: str
    cues: str
    title: bool
    fine: int
    coarse: int


def _row(token: Token, lexicon: Lexicon, article: _Article) -> _Row:
    low, lemma = token.lower_, token.lemma_.lower()
    fine, coarse = article.alike.get(token.i, (-1, -1))
    return _Row(
        low, token.tag_, shape(token.text), lemma, article.known.get(token.i, "-"), lexicon.heads.get(lemma, "-"),
        lexicon.cues.get(lemma, "-"), low in lexicon.titles, fine, coarse,
    )  # fmt: skip


def _word_features(token: Token, row: _Row, article: _Article) -> list[str]:
    low, head = row.low, token.head
    found = [
        f"w={low}", f"l={row.lemma}", f"t={row.tag}", f"s={row.shape}", f"d={token.dep_}", f"p3={low[:3]}",
        f"s3={low[-3:]}", f"s2={low[-2:]}", f"hl={head.lemma_.lower()}", f"ht={head.tag_}", f"h={row.heads}",
        f"k={row.known}", f"c={row.fine}", f"C={row.coarse}",
    ]  # fmt: skip
    if row.title:
        found.append("title")
    if low in MONTHS:
        found.append("month")
    if row.shape[0] == "X":
        found.append(f"dl={min(article.lower[low], 2)}{min(article.upper[low], 2)}")
        if low in article.titled:
            found.append("dt")
        if low in article.inside:
            found.append("di")
    return found


def _window(rows: list[_Row], at: int) -> list[str]:
    found: list[str] = []
    for step in (-2, -1, 1, 2):
        place = at + step
        if 0 <= place < len(rows):
            near = rows[place]
            found += (f"{step}w={near.low}", f"{step}t={near.tag}")
            if step in (-1, 1):
                found += (
                    f"{step}s={near.shape}", f"{step}k={near.known}", f"{step}h={near.heads}", f"{step}c={near.cues}",
                    f"{step}ti={near.title:d}", f"{step}C={near.coarse}",
                )  # fmt: skip
        else:
            found.append(f"{step}w=^" if step < 0 else f"{step}w=$")
    low = rows[at].low
    if at:
        found.append(f"b-={rows[at - 1].low}|{low}")
    if at + 1 < len(rows):
        found.append(f"b+={low}|{rows[at + 1].low}")
    return found


def sentence_features(doc: Doc, hints: Mapping[int, Sequence[str]] | None = None) -> list[Sentence]:
    """The article's sentences with a list of features for each token; `hints` adds more by the token's index."""
    lexicon = load_lexicon()
    article = _survey(doc, lexicon)
    chunks = _chunk_features(doc, lexicon, article)
    sentences: list[Sentence] = []
    for span in doc.sents:
        tokens = [token for token in span if not token.is_space]
        runs = _run_features(tokens, lexicon)
        rows = [_row(token, lexicon, article) for token in tokens]
        features: list[list[str]] = []
        for at, token in enumerate(tokens):
            listed = _word_features(token, rows[at], article)
            listed += _window(rows, at)
            listed += runs.get(at, ())
            listed += chunks.get(token.i, ("np=-",))
            listed += hints.get(token.i, ()) if hints else ()
            features.append(listed)
        if tokens:
            sentences.append(Sentence(tokens, features))
    return sentences

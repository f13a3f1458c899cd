"""The word lists of `lexicon.toml`: titles, head nouns by type, cue words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`heads`: lemma to the letters of the types it can head (`center` to `op`); `cues`: lemma to letters likewise."""

    titles: frozenset[str]
    posts: frozenset[str]
    honorifics: frozenset[str]
    heads: dict[str, str]
    cues: dict[str, str]
    regions: frozenset[str]


def _letters(table: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in table.items():
        for word in words.split():
            letter = kind[0]
            if letter not in found.get(word, ""):
                found[word] = "".join(sorted(found.get(word, "") + letter))
    return found


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once. Letters: award a, route r, event e, agreement g, organization o, place p, sector s."""
    table = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))
    heads = {("g" if kind == "agreement" else kind): words for kind, words in table["heads"].items()}
    cues = {("n" if kind == "sign" else kind): words for kind, words in table["cues"].items()}
    titles = table["titles"]
    regions = frozenset(" ".join(name.split()) for name in table["places"]["regions"].split(","))
    words, honorifics = frozenset(titles["words"].split()), frozenset(titles["honorifics"].split())
    return Lexicon(words, frozenset(titles["posts"].split()), honorifics, _letters(heads), _letters(cues), regions)

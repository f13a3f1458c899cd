"""When two spellings are one: accents, possessives, plurals, small words, and the many ways to name a field."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

SMALL = frozenset(["the", "a", "an", "of", "and", "on", "in", "for", "to", "at", "s", "with", "between"])
VAGUE = frozenset(
    """sector sectors industry industries issue issues field fields sphere spheres area areas matter matters relation
    relations tie ties cooperation affair affairs domain domains link links""".split()
)
_NOUNS = dict(
    pair.split(":")
    for pair in """cultural:culture economic:economy agricultural:agriculture agrarian:agriculture educational:education
    industrial:industry scientific:science technological:technology technical:technology financial:finance
    commercial:trade environmental:environment ecological:environment medical:medicine military:defense defence:defense
    political:politics diplomatic:diplomacy touristic:tourism tourist:tourism judicial:justice legal:law social:society
    sporting:sport healthcare:health logistical:logistics logistic:logistics digitalisation:digitalization""".split()
)
_TRADE = frozenset(("trade", "economic", "economy", "economics"))


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents, possessive and `the`: what makes two spellings one."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char)).replace("ı", "i")
    text = re.sub(r"['’`]s?(?=\s|$)", " ", text)
    return " ".join(word for word in re.findall(r"[^\W_]+", text) if word != "the")


@cache
def content(text: str) -> frozenset[str]:
    """The folded words that carry meaning, plurals cut."""
    return frozenset(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in fold(text).split() if w not in SMALL)


def sector_forms(form: str) -> list[str]:
    """Further names of a field: without a vague noun, and the noun for an adjective.

    >>> sector_forms("economic ties")
    ['economic', 'economy']
    """
    words = form.split()
    found: list[str] = []
    while len(words) > 1 and words[-1].lower() in VAGUE:
        words = words[:-1]
        found.append(" ".join(words))
    last = words[-1].lower()
    if last in _NOUNS:
        found.append(" ".join([*words[:-1], _NOUNS[last]]))
    if len(words) > 1 and words[0].lower() == "trade" and last in _TRADE:
        found.append("trade")
    return [other for other in found if other != form]


def field_words(name: str) -> frozenset[str]:
    """What the names of one field share: content words without vague nouns, adjectives as nouns."""
    words = content(name) - VAGUE or content(name)
    if "trade" in words and words <= _TRADE:
        return frozenset({"trade"})
    return frozenset(_NOUNS.get(word, word) for word in words)

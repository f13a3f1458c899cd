"""Names that tell no one thing apart: common words, and family names that many bear."""

from __future__ import annotations

from functools import cache, lru_cache

from kg.fuse.names import fold
from kg.tables import read_table

_SMALL = frozenset("of the and for in on to a an at by with between from de la du".split())


@cache
def _words(surnames: bool) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("common_words") if (row["kind"] == "surname") is surnames)


def is_common(surname: str) -> bool:
    """Whether many people bear the folded family name."""
    return surname in _words(True)


def content(name: str) -> list[str]:
    """The folded words of a name that say something."""
    return [word for word in fold(name).split() if word not in _SMALL]


@lru_cache(maxsize=1 << 17)
def is_generic(name: str, type: str = "Event") -> bool:
    """Whether a name tells no one thing apart: only common words, or no capital or digit where one tells a name."""
    told = content(name)
    if all(word in _words(False) or word.rstrip("s") in _words(False) for word in told):
        return True
    thing = type in {"Organization", "Place", "Award"}
    seen = name if thing else name[1:]
    return not any(c.isupper() or c.isdigit() for c in seen) and not (thing and len(told) == 1)

"""Names of people taken apart: titles off, the surname found, two names compared."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.fuse.names import alike, bones, fold

_TITLES = {
    "president", "prime", "minister", "premier", "vice", "deputy", "foreign", "first", "lady", "chancellor", "king",
    "queen", "prince", "princess", "crown", "pope", "sheikh", "sheikha", "shaikh", "sultan", "emir", "amir", "sir",
    "lord", "dame", "baroness", "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "general", "gen", "colonel",
    "col", "captain", "capt", "major", "lieutenant", "admiral", "marshal", "secretary", "ambassador", "senator",
    "sen", "rep", "congressman", "governor", "gov", "mayor", "speaker", "chairman", "chairwoman", "chairperson",
    "chair", "patriarch", "archbishop", "cardinal", "bishop", "metropolitan", "imam", "mufti", "ayatollah",
    "excellency", "he", "hrh", "hm", "his", "her", "majesty", "highness", "royal", "serene", "former", "acting",
    "director", "commissioner", "judge", "justice", "father", "sister", "reverend", "rev", "ecumenical",
    "comrade", "tsar", "emperor", "head", "state", "government", "supreme", "leader", "interim", "of",
}  # fmt: skip
_AFTER = {"jr", "sr", "junior", "senior", "ii", "iii", "iv", "v", "vi", "vii", "viii", "xiv", "xvi", "phd", "kc", "mp"}
_JOINTS = {"al", "el", "bin", "ibn", "bint", "de", "da", "do", "dos", "del", "von", "van", "der", "den", "la", "le",
           "di", "du", "ben", "abu", "abd", "y", "e", "the"}  # fmt: skip
# Family names that stand first in Chinese, Korean and Vietnamese.
_FIRST = {
    "xi", "li", "wang", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao",
    "lin", "he", "guo", "ma", "luo", "jiang", "wen", "deng", "mao", "han", "qin", "cai", "ding", "peng", "tsai", "kim",
    "park", "lee", "choi", "jung", "cho", "kang", "yoon", "moon", "ban", "hwang", "ahn", "nguyen", "tran", "pham",
    "vo", "to", "luong", "vuong", "bui", "phan", "truong", "hoang", "dang", "le", "hun", "ri", "jang", "roh",
}  # fmt: skip


_REGNAL = {"king", "queen", "pope", "prince", "princess", "patriarch", "emir", "amir", "sultan", "tsar", "emperor",
           "sheikh", "sheikha"}  # fmt: skip


@lru_cache(maxsize=1 << 17)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name without the titles before it and the suffixes after it."""
    parts = fold(name.replace("-", " ")).split()
    if "of" in parts[2:] and parts[0] in _REGNAL:
        parts = parts[: parts.index("of", 2)]  # Queen Beatrix of the Netherlands
    while len(parts) > 1 and parts[0] in _TITLES and not (parts[0] == "sultan" and len(_own(parts[1:])) < 2):
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in _AFTER:
        parts.pop()
    return tuple(parts)


def _own(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part not in _JOINTS]


@lru_cache(maxsize=1 << 17)
def reign(name: str) -> tuple[bool, str]:
    """Whether it is a monarch's or a pope's given name alone (`King Felipe VI`), and the number that goes with it."""
    parts = fold(name).split()
    number = parts[-1] if len(parts) > 1 and set(parts[-1]) <= set("ivx") else ""
    return (len(words(name)) == 1 and (bool(number) or any(part in _REGNAL for part in parts[:-1])), number)


@lru_cache(maxsize=1 << 17)
def is_lone(name: str) -> bool:
    """Whether it is one name, family or given, without another."""
    return len(_own(words(name))) < 2


@lru_cache(maxsize=1 << 17)
def is_description(name: str) -> bool:
    """Whether nothing but titles is left of it: `President`, `Prime Minister`."""
    return all(part in _TITLES for part in fold(name).split())


@lru_cache(maxsize=1 << 17)
def surname(name: str) -> str:
    """The family name's folded word: the first for Chinese, Korean and Vietnamese names, else the last."""
    parts = words(name)
    if not parts:
        return ""
    family = parts[0] if 2 <= len(parts) <= 3 and parts[0] in _FIRST else parts[-1]
    return family[2:] if family[:2] in {"al", "el"} and len(family) > 5 else family  # Albudaiwi, Al-Budaiwi


@lru_cache(maxsize=1 << 17)
def full_name(name: str, aliases: tuple[str, ...]) -> str:
    """The name to compare by: for a lone one the longest alias that has it among its two to four words."""
    if not is_lone(name) or reign(name)[0] or is_description(name):
        return name
    alone = words(name)
    fuller = [
        alias
        for alias in aliases
        if 2 <= len(words(alias)) <= 4
        and set(alone) < set(words(alias))
        and not is_lone(alias)
        and not set(words(alias)) & (_TITLES - {"general", "major", "royal", "head", "father", "state", "judge"})
        and all(part[:1].isupper() or fold(part) in _JOINTS for part in alias.split())
        and not any(len(part) > 1 and part.isupper() for part in alias.split())
    ]
    return max(fuller, key=lambda alias: (len(words(alias)), alias), default=name)


def block(name: str) -> str:
    """Two names of one person have equal blocks, but for names that share no family name."""
    return bones(surname(name))


@lru_cache(maxsize=1 << 17)
def compare(one: str, other: str) -> tuple[float, str]:
    """How surely two names can be one person's, 0 to 1, and why; at most 0.6 where one of them stands alone."""
    (ours, number), (theirs, number2) = reign(one), reign(other)
    if number and number2 and number != number2:
        return (0.0, "")
    if _own(words(one)) == _own(words(other)) or "".join(words(one)) == "".join(words(other)):
        return (1.0, "same name")
    family = alike(surname(one), surname(other))
    if family < 0.8:
        return (0.0, "")
    if is_lone(one) or is_lone(other):
        if ours != theirs or family < 0.95:
            return (0.0, "")
        both = is_lone(one) and is_lone(other)
        return (family, "another spelling") if both else (0.6 * family, "surname alone")
    sons = {"bin", "ibn", "bint"} & {*words(one), *words(other)}
    return _given_alike(_given(one), _given(other), family, not sons)


def _given(name: str) -> tuple[str, ...]:
    family = surname(name)
    return tuple(word for word in words(name) if not word.endswith(family) and word not in _JOINTS) or (family,)


def _given_alike(given: tuple[str, ...], given2: tuple[str, ...], family: float, later: bool) -> tuple[float, str]:
    """Given names compared; `later` is whether a later one may be in daily use, and not the father's."""
    short, long = sorted((given, given2), key=len)
    first = alike(short[0], long[0])
    if first == 0.3:
        rest = all(any(alike(a, b) >= 0.3 for b in long) for a in short)
        return (0.78 * family, "initial") if rest else (0.0, "")
    if first >= 0.8:
        if all(any(alike(a, b) >= 0.3 for b in long) for a in short[1:]):
            reason = "same name, further given name" if len(short) != len(long) else "another spelling"
            likely = 0.97 if len(short) != len(long) else 1.0
            return (min(first, family if family >= 0.95 else 0.89) * likely, reason)
        return (0.0, "")
    # Tayyip Erdogan, Michael Kosterlitz.
    if later and len(short) < len(long) and all(any(alike(a, b) >= 0.9 for b in long[1:]) for a in short):
        return (0.9 * family, "same name, further given name")
    return (0.0, "")

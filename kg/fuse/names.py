"""Names compared across spellings: folding, sounds, initials, acronyms, slugs.

>>> fold("Erdoğan"), sound("Zhaparov") == sound("Caparov") == sound("Japarov")
('erdogan', True)
>>> slug("Aleksandar Vučić")
'aleksandar-vucic'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# Letters that no decomposition takes apart; Cyrillic as in the passports of the states that use it.
_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "đ": "dj", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h",
        "ŋ": "n", "ʻ": None, "ʼ": None, "’": None, "'": None, "`": None, "‘": None,
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
        "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": None, "ы": "y", "ь": None,
        "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "қ": "q", "ғ": "gh", "ң": "ng",
        "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ә": "a", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj",
        "џ": "dz",
    }
)  # fmt: skip


_POSSESSIVE = re.compile(r"['’]s\b")
_ARTICLES = frozenset({"the", "a", "an"})
_PLAIN = str.maketrans({chr(at): None if chr(at) in ".'`" else " " for at in range(128) if not chr(at).isalnum()})


def fold_once(name: str) -> str:
    """`fold` without a memory, for names that are folded once."""
    name = _POSSESSIVE.sub("", name).replace("&", " and ")
    if name.isascii():  # what the rest does, five times faster
        words = name.lower().translate(_PLAIN).split()
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).casefold().translate(_LETTERS))
        kept = (c if c.isalnum() else "" if c == "." else " " for c in text if not unicodedata.combining(c))
        words = "".join(kept).translate(_LETTERS).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


@lru_cache(maxsize=1 << 18)
def fold(name: str) -> str:
    """A name as lower-case ASCII-like words: no case, accents, points, apostrophes, possessives, leading article."""
    return fold_once(name)


# One letter for the ways in which a sound is spelled in English news; longer spellings first.
_SOUNDS = [
    ("shch", "s"), ("tsch", "j"), ("dzh", "j"), ("sch", "s"), ("tch", "j"), ("zh", "j"), ("dj", "j"), ("ch", "j"),
    ("sh", "s"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("ts", "5"), ("tz", "5"), ("z", "s"), ("ck", "k"),
    ("c", "j"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"),
]  # fmt: skip


@lru_cache(maxsize=1 << 17)
def sound(word: str) -> str:
    """A folded word with one letter a sound, vowel runs cut to their first, doubled letters single."""
    text = fold(word).replace(" ", "")
    for spelled, heard in _SOUNDS:
        text = text.replace(spelled, heard)
    text = re.sub(r"(?<=[aeiou])[aeiou]+", "", text)
    return re.sub(r"(.)\1+", r"\1", text)


@lru_cache(maxsize=1 << 17)
def bones(word: str) -> str:
    """The consonants of `sound`, after its first letter: what all spellings of a name share."""
    heard = sound(word)
    return heard[:1] + re.sub(r"[aeiouh]", "", heard[1:])


# Short forms whose owners are also named in full in the news; each row is one name.
_SHORT = {
    short: full
    for row in (
        "joseph joe", "william bill will billy", "antony anthony tony", "robert bob bobby rob", "james jim jimmy",
        "thomas tom", "michael mike", "richard dick rick", "edward ed ted eddie", "daniel dan danny", "david dave",
        "donald don", "charles charlie chuck", "benjamin ben", "samuel sam", "timothy tim", "steven stephen steve",
        "christopher chris", "matthew matt", "nicholas nick nicolas", "alexander alex", "gregory greg",
        "jeffrey jeff", "kenneth ken", "ronald ron", "andrew andy", "elizabeth liz", "katherine kate catherine",
        "margaret maggie", "susan sue", "janet jan", "jacob jake", "philip phil", "gerald jerry", "lawrence larry",
        "peter pete", "patrick pat", "vincent vince", "douglas doug", "frederick fred", "albert al", "deborah debbie",
    )
    for full, *shorts in [row.split()]
    for short in shorts
}  # fmt: skip


def alike(one: str, other: str) -> float:
    """How surely two words are one name's spellings, 0 to 1; 0.3 for an initial, 0 for different names."""
    one, other = fold(one), fold(other)
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    if _SHORT.get(one, one) == _SHORT.get(other, other):
        return 0.92
    if sound(one) == sound(other):
        return 0.95
    if 1 in (len(one), len(other)):
        return 0.3 if sound(one)[0] == sound(other)[0] else 0.0
    near: float = Levenshtein.normalized_similarity(sound(one), sound(other))
    if bones(one) == bones(other) and len(bones(one)) >= 3 and near >= 0.6:
        return 0.9 if near >= 0.75 else 0.8
    return 0.0


_SPELLED = {"us": "united states", "uk": "united kingdom", "un": "united nations", "eu": "european union"}
_LEGAL = {
    "inc", "ltd", "llc", "plc", "jsc", "ojsc", "pjsc", "gmbh", "ag", "sa", "spa", "nv", "bv", "co", "corp",
    "corporation", "company", "limited", "llp", "oao", "zao", "too", "ooo", "jscb", "pte", "pty", "ab", "as", "asa",
    "oy", "oyj", "kk", "cjsc", "berhad", "bhd",
}  # fmt: skip
_SMALL = {"of", "the", "and", "for", "in", "on", "to", "a", "an", "at", "by", "de", "la", "du", "des", "et", "del", "y"}


@lru_cache(maxsize=1 << 17)
def company(name: str) -> str:
    """A folded name without the marks of its legal form at its end."""
    words = fold(name).split()
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    if len(words) > 1 and words[0] in _SPELLED:
        words[0] = _SPELLED[words[0]]
    return " ".join(words)


@lru_cache(maxsize=1 << 17)
def acronym(name: str) -> str:
    """First letters of the words that count; empty for fewer than three such words."""
    words = [word for word in fold(name.replace("-", " ")).split() if word not in _SMALL]
    return "".join(word[0] for word in words) if len(words) >= 3 else ""


def is_acronym(name: str) -> bool:
    """Whether a name is one word of two to eight capitals: `KTZ`, `U.N.`."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isalnum() and letters.isupper() and " " not in name


def slug(name: str, limit: int = 80) -> str:
    """A name as an ASCII path segment, cut at a word within `limit` characters; empty where no letter is left."""
    text = fold(name).encode("ascii", "ignore").decode().replace(" ", "-")
    text = re.sub(r"-+", "-", text).strip("-")
    return text if len(text) <= limit else text[:limit].rsplit("-", 1)[0]

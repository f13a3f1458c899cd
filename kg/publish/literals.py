"""Literals that are what their datatype says: a date that is no date never becomes an `xsd:date`."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pyoxigraph import Literal

from kg.publish.iris import clean, term

_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DATATYPE = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def plain(text: str) -> Literal:
    """A string."""
    return Literal(clean(text))


@lru_cache(maxsize=1 << 12)
def label(text: str) -> Literal:
    """A short string that comes again and again, such as a rule's name."""
    return plain(text)


def spoken(text: str, language: str) -> Literal:
    """A string in a language; without the tag where it is no BCP 47 tag."""
    return Literal(clean(text), language=language.lower()) if _TAG.fullmatch(language) else plain(text)


@lru_cache(maxsize=1 << 12)
def when(text: str) -> Literal | None:
    """`2026`, `2026-02` or `2026-02-27` with the datatype of its precision; None for what is in no calendar."""
    parts = _DATE.fullmatch(text)
    if not parts or not text.isascii():
        return None
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return None
    return Literal(text, datatype=term(_DATATYPE[len(text)]))


@lru_cache(maxsize=1 << 12)
def decimal(text: str) -> Literal | None:
    """An `xsd:decimal` in canonical form (`1.5`, `1`), so that stores keep it as it is; None for no finite number."""
    try:
        number = Decimal(clean(text).strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return None
    digits = format(number, "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return Literal(digits if digits not in {"-0", ""} else "0", datatype=term("xsd:decimal"))


@lru_cache(maxsize=1 << 12)
def share(value: float) -> Literal:
    """A probability as `xsd:decimal` with at most four digits, kept within 0 to 1; 0 for what is no number."""
    value = min(max(value, 0.0), 1.0) if value == value else 0.0
    return decimal(format(value, ".4f")) or Literal("0", datatype=term("xsd:decimal"))


@lru_cache(maxsize=1 << 16)
def count(value: int) -> Literal:
    """A number of things, or an offset in code points."""
    return Literal(str(value), datatype=term("xsd:nonNegativeInteger"))

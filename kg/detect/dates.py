"""Expressions of time, resolved against the article's date: `last year`, `on February 27`, `from 2019 until 2024`.

Values are ISO 8601 cut to what the words tell: `2025`, `2026-02`, `2026-02-27`. What needs the article's date is
left out where the article has none.

>>> [date.value for date in resolve("He came on Tuesday; he left in March 2019.", "2026-02-27")]
['2026-02-24', '2019-03']
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc, Span

MONTH_NAMES = "january february march april may june july august september october november december".split()
DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()
NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple": 2, "a couple of": 2}


@dataclass(frozen=True, slots=True)
class When:
    """A resolved expression at the article's characters `start` to `end`.

    `value` is its first moment's date, `until` its last one's where the words name two (`29-30 October`), else "".
    `role` is what the words before say: `on`, `from`, `to`, `before`, `after`.
    """

    start: int
    end: int
    value: str
    until: str = ""
    role: str = "on"


@dataclass(frozen=True, slots=True)
class _Context:
    """The article's day, and whether the clause speaks of what is to come."""

    day: date | None
    future: bool


_MONTH = r"(?P<{0}>jan(?:uary|\.)|feb(?:ruary|\.)|mar(?:ch|\.)|apr(?:il|\.)|may|june?\.?|july?\.?|aug(?:ust|\.)|sept?(?:ember|\.)|oct(?:ober|\.)|nov(?:ember|\.)|dec(?:ember|\.))"  # noqa: E501
_DAY = r"(?P<{0}>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_DASH = r"\s?(?:-|–|—|to|and|until|till)\s?"
_WEEKDAY = "|".join(DAY_NAMES)
_DAY_WORDS = (
    "day after tomorrow|day before yesterday|today|tonight|yesterday|tomorrow|this morning|this afternoon|this evening"
    "|previous day|day before|day earlier"
)
_UNITS = "|".join(["year", "month", "week", *MONTH_NAMES])
_NUMBER = r"(?P<n>\d{1,2}|a couple of|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


def _month(word: str) -> int:
    return next(at for at, name in enumerate(MONTH_NAMES, 1) if name.startswith(word[:3].lower()))


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    """The ISO form, or "" for a day that the month lacks."""
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if day <= monthrange(year, month)[1] else ""


def _year_of(context: _Context, month: int, day: int) -> int:
    """The year of a day or month named without one: the nearest, not long to come unless the clause looks ahead."""
    assert context.day is not None
    today = context.day
    ahead = 330 if context.future else 60
    for year in (today.year + 1, today.year, today.year - 1):
        moment = date(year, month, min(day or 1, monthrange(year, month)[1]))
        if (moment - today).days <= ahead and (not context.future or (moment - today).days > -60):
            return year
    return today.year


def _day_month(match: re.Match[str], context: _Context) -> tuple[str, str]:
    found = match.groupdict()
    month = _month(found["m"])
    day = int(found.get("d") or 0)
    if found.get("y"):
        year = int(found["y"])
    elif context.day:
        year = _year_of(context, month, day)
    else:
        return "", ""
    last = int(found.get("d2") or 0)
    if not last:
        return _iso(year, month, day), ""
    end_month = _month(found["m2"]) if found.get("m2") else month
    return _iso(year, month, day), _iso(year + (end_month < month), end_month, last)


def _plain(match: re.Match[str], context: _Context) -> tuple[str, str]:
    found = match.groupdict()
    return _iso(int(found["y"]), int(found.get("mm") or 0), int(found.get("dd") or 0)), ""


def _years(match: re.Match[str], context: _Context) -> tuple[str, str]:
    last = match["y2"] if len(match["y2"]) == 4 else match["y"][:2] + match["y2"]
    return (match["y"], last) if last > match["y"] else (match["y"], "")


def _weekday(match: re.Match[str], context: _Context) -> tuple[str, str]:
    if not context.day:
        return "", ""
    wanted = DAY_NAMES.index(match["w"].lower())
    which = (match.groupdict().get("which") or "").lower()
    if which in ("next", "coming") or (context.future and which != "last"):
        step = (wanted - context.day.weekday()) % 7
        step = step or (7 if which == "next" else 0)
    else:
        step = -((context.day.weekday() - wanted) % 7)
        step = -7 if which == "last" and step == 0 else step
    return (context.day + timedelta(days=step)).isoformat(), ""


_DAYS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "day before": -1,
    "previous day": -1,
    "day earlier": -1,
}


def _day_word(match: re.Match[str], context: _Context) -> tuple[str, str]:
    if not context.day:
        return "", ""
    word = re.sub(r"\s+", " ", match["word"].lower())
    step = 2 if word == "day after tomorrow" else -2 if word == "day before yesterday" else _DAYS.get(word, 0)
    return (context.day + timedelta(days=step)).isoformat(), ""


def _months_away(today: date, count: int) -> str:
    at = today.year * 12 + today.month - 1 + count
    return _iso(at // 12, at % 12 + 1)


def _unit(match: re.Match[str], context: _Context) -> tuple[str, str]:
    """`last year`, `this month`, `next week`."""
    if not context.day:
        return "", ""
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "year":
        return _iso(context.day.year + step), ""
    if unit == "month":
        return _months_away(context.day, step), ""
    if unit in MONTH_NAMES:
        month = MONTH_NAMES.index(unit) + 1
        past = month >= context.day.month if step < 0 else False
        ahead = month <= context.day.month if step > 0 else False
        return _iso(context.day.year - past + ahead, month), ""
    monday = context.day + timedelta(days=7 * step - context.day.weekday())
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        return _iso(monday.year, monday.month), ""
    return (_iso(monday.year), "") if monday.year == sunday.year else ("", "")


def _ago(match: re.Match[str], context: _Context) -> tuple[str, str]:
    if not context.day:
        return "", ""
    word = match["n"].lower()
    count = int(word) if word.isdigit() else NUMBERS[word]
    unit = match["unit"].lower().rstrip("s")
    if unit == "year":
        return _iso(context.day.year - count), ""
    if unit == "month":
        return _months_away(context.day, -count), ""
    moment = context.day - timedelta(days=count * (7 if unit == "week" else 1))
    return (moment.isoformat() if unit == "day" else _iso(moment.year, moment.month)), ""


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$€£.,-]){text}(?![\w%]|[.,]\d)", re.IGNORECASE)


def _rules() -> list[tuple[re.Pattern[str], Callable[[re.Match[str], _Context], tuple[str, str]]]]:
    month, day, year = _MONTH.format("m"), _DAY.format("d"), _YEAR.format("y")
    month2, day2 = _MONTH.format("m2"), _DAY.format("d2")
    return [
        (_pattern(rf"{year}-(?P<mm>0[1-9]|1[0-2])-(?P<dd>[0-2]\d|3[01])"), _plain),
        (_pattern(r"(?P<dd>[0-2]?\d|3[01])\.(?P<mm>0?[1-9]|1[0-2])\." + year), _plain),
        (_pattern(rf"{day}\s{month}{_DASH}{day2}\s{month2}(?:,?\s{year})?"), _day_month),
        (_pattern(rf"{month}\s{day}{_DASH}{month2}\s{day2}(?:,?\s{year})?"), _day_month),
        (_pattern(rf"{day}{_DASH}{day2}\s{month}(?:,?\s{year})?"), _day_month),
        (_pattern(rf"{month}\s{day}{_DASH}{day2}(?:,?\s{year})?"), _day_month),
        (_pattern(rf"{day}(?:\sof)?\s{month}(?:,?\s{year})?"), _day_month),
        (_pattern(rf"{month}\s{day}(?:,?\s{year})?"), _day_month),
        (_pattern(rf"{month}(?:,|\sof)?\s{year}"), _day_month),
        (_pattern(rf"{year}{_DASH}(?P<y2>(?:19|20)\d\d|\d\d)"), _years),
        (_pattern(rf"(?P<which>last|this|next|coming|past|previous)\s(?P<w>{_WEEKDAY})"), _weekday),
        (_pattern(rf"(?P<w>{_WEEKDAY})"), _weekday),
        (_pattern(rf"(?P<word>{_DAY_WORDS})"), _day_word),
        (_pattern(rf"(?P<which>last|this|next|current|coming|past|previous)\s(?P<unit>{_UNITS})"), _unit),
        (_pattern(rf"{_NUMBER}\s(?P<unit>days?|weeks?|months?|years?)\s(?:ago|earlier)"), _ago),
        (_pattern(rf"(?<=in\s|by\s|of\s){month}"), _day_month),
        (_pattern(rf"(?:(?<=since\s)|(?<=until\s)|(?<=from\s)|(?<=early\s)|(?<=late\s)|(?<=mid-)){month}"), _day_month),
        (_pattern(rf"{year}"), _plain),
    ]  # fmt: skip


_RULES = _rules()
_ROLES = [
    (
        re.compile(r"\b(?:from|since|starting|as of|beginning|effective)(?:\s(?:on|in|the|early|late|mid))*\s*$", re.I),
        "from",
    ),
    (re.compile(r"\b(?:until|till|through|by|up to|ending)(?:\s(?:on|in|the|early|late|mid|end of))*\s*$", re.I), "to"),
    (re.compile(r"\bbefore(?:\s(?:the))?\s*$", re.I), "before"),
    (re.compile(r"\bafter(?:\s(?:the))?\s*$", re.I), "after"),
]
_AHEAD = re.compile(
    r"\b(?:will|shall|is to|are to|be held|due|scheduled|expected|plans?|planned|upcoming|set to|slated)\b", re.I
)
_BEFORE_TO = re.compile(r"\bfrom\s+[^.;]{0,24}$", re.I)


def _role(text: str, start: int) -> str:
    before = text[max(0, start - 40) : start]
    for pattern, role in _ROLES:
        if pattern.search(before):
            return role
    if re.search(r"\bto\s*$", before) and _BEFORE_TO.search(before):
        return "to"
    return "on"


def _clause(text: str, at: int) -> str:
    """The sentence around a character, roughly: between full stops and line breaks."""
    start = max(text.rfind(mark, 0, at) for mark in (". ", "\n", "! ", "? ")) + 1
    ends = [end for end in (text.find(mark, at) for mark in (". ", "\n", "! ", "? ")) if end >= 0]
    return text[start : min(ends, default=len(text))]


def _hits(text: str, published: str | None) -> Iterator[tuple[int, int, str, str]]:
    day = date.fromisoformat(published[:10]) if published and re.match(r"\d{4}-\d\d-\d\d", published) else None
    taken: list[tuple[int, int]] = []
    for pattern, resolve_match in _RULES:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            context = _Context(day, bool(_AHEAD.search(_clause(text, match.start()))))
            try:
                value, until = resolve_match(match, context)
            except ValueError:  # a day or a year outside the calendar
                continue
            taken.append(match.span())
            if value:
                yield match.start(), match.end(), value, until


def resolve(text: str, published: str | None = None, offset: int = 0) -> list[When]:
    """The expressions of time in a text, in reading order; `offset` is added to their places.

    `published` is the article's ISO date or None. Weeks come out as their month.
    """
    hits = sorted(_hits(text, published))
    return [When(start + offset, end + offset, value, until, _role(text, start)) for start, end, value, until in hits]


def find_dates(span: Doc | Span, published: str | None = None) -> list[When]:
    """As `resolve`, for a Doc or one of its spans; places are the article's."""
    return resolve(span.text, published, span.start_char if isinstance(span, Span) else 0)

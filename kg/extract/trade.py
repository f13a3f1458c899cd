"""Trade figures: a sum of money that the text calls the mutual trade of two partners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.page import Page
from kg.schema import load_schema

PARTNERS = frozenset({"Country", "Organization"})
_UNIT = r"(?:trillion|billion|million|thousand|bn|mln|mn|bln)"
_CODE = (
    r"(?:US\s?dollars?|U\.S\. dollars?|dollars?|euros?|pounds?|yuan|rubles?|roubles?|yen|rupees?|tenge|manats?"
    r"|lira|francs?|USD|EUR|GBP|CNY|RMB|RUB|KZT|JPY|INR|crore|rand|reais)"
)
_SIGN = r"(?:(?:US|A|C|NZ|HK|S|R|RM|AU)?\s?[$€£¥₽₸₹]|USD|EUR|GBP|CNY|RMB|RM|RUB|KZT|INR|US)"
MONEY = re.compile(
    rf"(?P<text>(?P<sign>{_SIGN})\s?(?P<sum>\d[\d,.]*\d|\d)(?:[\s-]?(?P<unit>{_UNIT}))?(?:\s{_CODE})?\b"
    rf"|(?P<sum2>\d[\d,.]*\d|\d)[\s-]?(?:(?P<unit2>{_UNIT})\s)?(?P<code>{_CODE})\b)"
)
_SCALE = {
    "trillion": 10**12,
    "billion": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "thousand": 1000,
}
_CURRENCIES = (
    ("EUR", r"€|euro|EUR"),
    ("GBP", r"£|pound|GBP"),
    ("CNY", r"yuan|CNY|RMB"),
    ("RUB", r"₽|ro?uble|RUB"),
    ("KZT", r"₸|tenge|KZT"),
    ("JPY", r"¥|yen|JPY"),
    ("INR", r"₹|rupee|INR|crore"),
    ("AUD", r"(?:A|AU)\s?\$"),
    ("CAD", r"C\s?\$"),
    ("NZD", r"NZ\s?\$"),
    ("HKD", r"HK\s?\$"),
    ("SGD", r"\bS\s?\$"),
    ("MYR", r"RM"),
    ("ZAR", r"rand"),
    ("BRL", r"R\s?\$|reais"),
    ("TRY", r"lira"),
    ("CHF", r"franc"),
    ("AZN", r"manat"),
    ("USD", r"\$|dollar|USD|US"),
)
_YEAR = r"(?:the\s+)?(?:first\s+\w+\s+(?:months?|quarters?|half)\s+of\s+)?(?:fiscal\s+)?(?:19|20)\d\d(?:[-–/]\d{2,4})?"
_SPAN = r"(?:the\s+)?first \w+ months of (?:the|this) year|January[-–]\w+(?:\s\d{4})?"
_PERIOD = re.compile(
    rf"\b(?:in|for|during|over|at the end of|by the end of)\s+({_YEAR})"
    r"|\b(last year|this year|the previous year|the year before|a year earlier|a year|first half of (?:the|this) year"
    rf"|{_SPAN})",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:up|down|grew|grown|rose|risen|rising|increas\w+|fell|fallen|leapt|jump\w*|growth|doubled|tripled|drop\w*|declin\w+"
    r"|surged?|expanded|climbed)\b[^.;]{0,40}?(\d[\d.,]*\s?(?:%|percent|per cent)|times|-fold)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trade:
    """`value` as written with its currency, `amount` a plain number; `period`, `change` as written, or empty."""

    start: int
    end: int
    value: str
    amount: str
    currency: str
    period: str
    change: str
    sentence: int
    partners: tuple[int, int]


def _amount(found: re.Match[str]) -> str:
    digits = (found["sum"] or found["sum2"]).rstrip(".,").replace(",", "")
    try:
        number = float(digits) * _SCALE.get(found["unit"] or found["unit2"] or "", 1)
    except ValueError:
        return ""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _currency(value: str) -> str:
    return next((code for code, pattern in _CURRENCIES if re.search(pattern, value)), "")


class _Figures:
    def __init__(self, page: Page) -> None:
        self.page = page
        cues = load_schema().relations["tradeTurnover"].cues
        self.words = re.compile("|".join(cues["words"]), re.IGNORECASE)
        self.walls = re.compile("|".join(cues["walls"]), re.IGNORECASE)
        self.targets = re.compile("|".join(cues["targets"]), re.IGNORECASE)

    def figures(self) -> Iterator[Trade]:
        page = self.page
        for sentence in range(len(page.sentences)):
            begin, end = page.bounds(sentence)
            text = page.text[begin:end]
            topic = self.words.search(text)
            if topic is None:
                continue
            partners = self._partners(sentence, begin + topic.start())
            if partners is None:
                continue
            sums = [found for found in MONEY.finditer(text) if self._stated(text, topic, found)]
            for found in sums:
                near = text[max(0, found.start() - 60) : found.end() + 60]
                period, change = _PERIOD.search(text, found.end()) or _PERIOD.search(text), _CHANGE.search(near)
                yield Trade(
                    begin + found.start(),
                    begin + found.end(),
                    " ".join(found["text"].split()),
                    _amount(found),
                    _currency(found["text"]),
                    (period[1] or period[2]) if period else "",
                    change.group() if change else "",
                    sentence,
                    partners,
                )

    def _stated(self, text: str, topic: re.Match[str], found: re.Match[str]) -> bool:
        """Whether the sum is the trade's total: no target, no exports, no equivalent in another currency."""
        if not (found["unit"] or found["unit2"] or re.search(r"\d{3}", found.group())):
            return False
        if text[: found.start()].rstrip().endswith("("):
            return False
        low, high = sorted((topic.start(), found.start()))
        between = text[low:high]
        clause = re.split(r"[;:]|, (?:and|but|while|whereas)\b", text[: found.start()])[-1]
        if self.walls.search(between) or self.targets.search(clause[-90:]):
            return False
        return not re.search(r"(?:\bby|\bof which|grew)\s*$", text[: found.start()])

    def _partners(self, sentence: int, topic: int) -> tuple[int, int] | None:
        """The two partners nearest to the topic, here or in the sentences before; else the two most named."""
        page = self.page
        seen: list[int] = []
        for back in (0, 1, 2):
            spots = page.within[sentence - back] if sentence >= back else []
            near = sorted(
                (s for s in spots if s.type in PARTNERS), key=lambda s: (s.type != "Country", abs(s.start - topic))
            )
            for spot in near:
                if spot.entity not in seen and (spot.type == "Country" or spot.named):
                    seen.append(spot.entity)
            countries = [e for e in seen if page.entities[e].type == "Country"]
            if len(countries) >= 2:
                return countries[0], countries[1]
            if len(seen) >= 2 and back == 0:
                return seen[0], seen[1]
        often = sorted(
            (-len(page.of[e]), e) for e, entity in enumerate(page.entities) if entity.type == "Country" and page.of[e]
        )
        ranked = list(dict.fromkeys([*seen, *(e for _, e in often)]))
        return (ranked[0], ranked[1]) if len(ranked) >= 2 else None


def read_trade(page: Page) -> list[Trade]:
    """The page's trade figures in order, one for each pair and sum."""
    return list({(trade.partners, trade.amount): trade for trade in _Figures(page).figures()}.values())

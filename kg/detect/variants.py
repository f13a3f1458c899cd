"""Other wordings of an event, an agreement, a route or an award: with its complements and without.

`memorandum of understanding on transit` is also `memorandum of understanding`; a `protocol` that goes on with
`on border trade` is also that. An award given in a degree is the order itself.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

from kg.detect.clusters import Found

_CUT = re.compile(r"\s(?:on|in|with|between|for|to|from|at|by|during|among|after|against|under|since|held|signed)\s")
_AWARD_HEAD = re.compile(r"^(?:the\s)?(?:titles?|rank|degree|honou?r)\s(?:of\s)?(?:the\s)?(?=[A-Z])")
_ORDER = re.compile(r"\s(?:of|in)\sthe\s(?=(?:[A-Z]\w+\s)*Order\s(?:of|for)\b)")
_GO_ON = frozenset("of on between for with from to in at".split())
_LONGEST = 14  # tokens


def _shorter(text: str, type: str) -> list[str]:
    found = []
    cut = _CUT.search(text)
    if cut and cut.start() > 3:
        found.append(text[: cut.start()])
    if type == "Award":
        title = _AWARD_HEAD.match(text)
        if title:
            found.append(text[title.end() :])
        order = _ORDER.search(text)
        if order:
            found.append(text[order.end() :])
        found += [re.split(r",|\s\(", text)[0]] if "," in text or " (" in text else []
    return found


def _longer(doc: Doc, span: Span, type: str) -> list[str]:
    """The phrase with the complements that follow it at once, up to a comma, a verb or a relative clause."""
    end, found = span.end, []
    if end >= len(doc) or doc[end].lower_ not in _GO_ON or doc[end].is_sent_start:
        return []
    root = span.root
    while end < len(doc) and end - span.start < _LONGEST:
        token = doc[end]
        if (
            (token.is_punct and token.text not in "-–’'")
            or token.is_space
            or token.pos_ in ("VERB", "AUX", "SCONJ", "PRON")
        ):
            break
        if token.dep_ == "prep" and not root.is_ancestor(token):
            break
        if token.dep_ == "prep" and end > span.end:
            found.append(end)
        end += 1
    ends = [stop for stop in (*found, end) if stop > span.end + 1]
    return [doc[span.start : stop].text for stop in ends if doc[stop - 1].pos_ in ("NOUN", "PROPN", "NUM")]


def variants(doc: Doc, item: Found) -> list[str]:
    """Shorter and longer wordings of a found name, as they stand in the text."""
    if item.type not in ("Event", "Agreement", "Route", "Award"):
        return []
    found = _shorter(item.surface, item.type)
    span = doc.char_span(item.start, item.end, alignment_mode="expand")
    if span is not None:
        found += _longer(doc, span, item.type)
    return found

"""Answers that are kept for those who ask the same again: pages of a portal do, and crawlers, and dashboards."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable

# Functions that answer otherwise the next time. The guard lets no escape hide their names.
_FICKLE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_ENTRY = 2**18  # bytes of the largest answer that is kept


class Kept:
    """The answers that were asked for last, at most `most` bytes of them. For one thread."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[Hashable, tuple[str, bytes, int]] = OrderedDict()

    def get(self, key: Hashable) -> tuple[str, bytes] | None:
        """The content type and the body, None where they are not here."""
        found = self._answers.get(key)
        if found is None:
            return None
        self._answers.move_to_end(key)
        return found[:2]

    def put(self, key: Hashable, query: str, content_type: str, body: bytes) -> None:
        """Keeps an answer, unless it is large or would differ when asked anew."""
        size = len(body) + 2 * len(query) + 1000
        if size > _ENTRY or key in self._answers or _FICKLE.search(query):
            return
        self._answers[key] = (content_type, body, size)
        self._size += size
        while self._size > self._most:
            self._size -= self._answers.popitem(last=False)[1][2]

    def clear(self) -> None:
        """Forgets all: the data have changed."""
        self._answers.clear()
        self._size = 0

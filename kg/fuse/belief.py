"""What to believe: a claim's confidence from all who make it."""

from __future__ import annotations

from collections.abc import Iterable

FURTHER = 0.5  # how much a further source counts: readers err alike on the same wording
CEILING = 0.99


def unite(confidences: Iterable[float]) -> float:
    """One confidence, 0 to 1, from those of independent sources: the best, raised by half of each further one.

    One source keeps its own. Sources never lower each other, and never reach certainty.
    """
    best, *further = sorted(confidences, reverse=True)
    doubt = 1.0 - best
    for confidence in further:
        doubt *= 1.0 - FURTHER * confidence
    return round(max(best, min(CEILING, 1.0 - doubt)), 6)

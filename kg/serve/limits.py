"""What a query over HTTP may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from kg.publish.guard import DEEPEST, LONGEST


def _workers() -> int:
    return max(4, min(16, (os.cpu_count() or 2) + 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one query, and on how many run.

    `seconds`: wall clock of one query, then its worker is killed. `memory`: MiB that a worker may claim beyond what it
    starts with. `rows`, `size`: solutions or triples, and bytes, of one answer; beyond them it is 413, never cut.
    `query`: bytes of a query's text. `depth`: brackets open at once; the parser overflows its stack near 20,000.
    `workers` queries run at once, `queue` more wait, each at most `patience` seconds, then 503.
    `slow`: seconds after which a query gives way to the others (its worker is reniced).
    `kept`: bytes of answers that are kept for those who ask the same again.
    """

    seconds: float = 10.0
    memory: int = 1024
    rows: int = 1_000_000
    size: int = 64 * 2**20
    query: int = LONGEST
    depth: int = DEEPEST
    workers: int = field(default_factory=_workers)
    queue: int = 64
    patience: float = 5.0
    slow: float = 0.25
    kept: int = 32 * 2**20

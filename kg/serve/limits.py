"""What a query may cost, and the refusal that names the bound it met."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from kg.errors import QueryError


class Refusal(QueryError):
    """A request that is not answered; `status` is the HTTP status, `retry_after` seconds for a 503."""

    def __init__(self, status: int, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


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
    """

    seconds: float = 10.0
    memory: int = 1024
    rows: int = 1_000_000
    size: int = 64 * 2**20
    query: int = 100_000
    depth: int = 200
    workers: int = field(default_factory=_workers)
    queue: int = 64
    patience: float = 5.0
    slow: float = 0.25

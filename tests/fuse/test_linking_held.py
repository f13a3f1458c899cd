"""The threshold of `owl:sameAs` is fitted on one half of the held-out mentions and holds on the other."""

import pytest

from kg.fuse.linked import SURE
from tests.fuse.held import FILE, KINDS, Row, linked, score

SETTING, TESTING = 0, 1
WANTED = 0.97


def precision(rows: list[Row], threshold: float) -> float:
    scored = [(wanted, found) for _, _, wanted, found in rows if found and found.score >= threshold]
    return sum(wanted == found.key for wanted, found in scored) / len(scored)


def test_the_set_is_large_and_varied() -> None:
    rows = [row for half in linked() for row in half]
    assert len(rows) >= 300
    assert sum(wanted is None for _, _, wanted, _ in rows) >= 8
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len({line[:4] for line in lines}) >= 20  # years


def test_from_the_threshold_on_links_are_right() -> None:
    assert precision(linked()[SETTING], SURE) >= WANTED


def test_what_is_less_sure_is_right_less_often() -> None:
    """Below the threshold they are not good enough to be told as the same."""
    rows = [row for half in linked() for row in half if row[3] and row[3].score < SURE]
    assert precision(rows, 0.0) < WANTED


@pytest.mark.parametrize("kind", KINDS.values())
def test_the_other_half_bears_it_out(kind: str) -> None:
    found_precision, recall = score([row for row in linked()[TESTING] if row[0] == kind])
    assert found_precision >= WANTED
    assert recall >= 0.85


if __name__ == "__main__":
    for half, rows in zip(("setting", "testing"), linked(), strict=True):
        for threshold in (0.6, 0.7, 0.8, 0.9, 0.95):
            print(half, threshold, f"{precision(list(rows), threshold):.3f}")

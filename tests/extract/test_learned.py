"""What is decided after the scorer, on a page built by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from kg.extract.candidates import Candidate
from kg.extract.learned import join_ends
from kg.model import Entity


def test_both_ends_that_a_route_is_named_by_stand_or_fall_together() -> None:
    names = [("direct flights between Ada and Bor", "Route"), ("Ada", "City"), ("Bor", "City"), ("Cor", "City")]
    entities = [Entity(id=str(n), type=type, name=name) for n, (name, type) in enumerate(names)]
    reader = cast(Any, SimpleNamespace(page=SimpleNamespace(entities=entities)))
    candidates = [Candidate(0, end, ("connects",), (), ()) for end in (1, 2, 3)]
    likely = np.array([0.6, 0.2, 0.1], np.float32)
    join_ends(likely, candidates, reader)
    assert likely.tolist() == np.array([0.6, 0.6, 0.1], np.float32).tolist()

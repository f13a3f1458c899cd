"""What the encoder is asked: the tags of a token, the relations and the statuses of a pair of entities."""

from __future__ import annotations

from functools import cache

from kg.schema import load_schema

LAYERS = (("Person", "Country", "City", "Place"), ("Organization", "Award", "Route", "Event", "Agreement"), ("Sector",))
TYPES = tuple(kind for layer in LAYERS for kind in layer)
LABELS = tuple(("O", *(f"{mark}-{kind}" for kind in layer for mark in "BI")) for layer in LAYERS)
STATUSES = ("denied", "planned", "possible", "past")
RELATIONS = (  # the order of the outputs; fixed here, since the weights follow it
    "conferredBy", "connects", "cooperatesIn", "cooperatesWith", "heldIn", "leaderOf", "locatedIn", "memberOf",
    "metWith", "officialOf", "operatesIn", "participatedIn", "receivedAward", "signed", "visited",
)  # fmt: skip


@cache
def symmetric() -> frozenset[str]:
    """The relations among `RELATIONS` that hold in both directions."""
    known = load_schema().relations
    return frozenset(name for name in RELATIONS if name in known and known[name].symmetric)


@cache
def allowed_types() -> dict[tuple[str, str], tuple[int, ...]]:
    """For each pair of types that allows a relation, the numbers of those relations in `RELATIONS`."""
    known = load_schema().relations
    pairs: dict[tuple[str, str], list[int]] = {}
    for number, name in enumerate(RELATIONS):
        for one in known[name].subject if name in known else ():
            for other in known[name].object:
                if one in TYPES and other in TYPES:
                    pairs.setdefault((one, other), []).append(number)
    return {pair: tuple(numbers) for pair, numbers in pairs.items()}

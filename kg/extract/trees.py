"""Boosted trees as plain arrays: what LightGBM trained, read with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Forest:
    """The nodes of all trees end to end. A leaf is its own child; `value` is a leaf's score, log-odds when summed."""

    roots: Integers
    feature: Integers
    threshold: Floats
    left: Integers
    right: Integers
    value: Floats

    def scores(self, rows: Floats) -> Floats:
        """The sum of the trees' leaves for each row, in log-odds. Rows hold no NaN."""
        at = np.broadcast_to(self.roots.astype(np.intp), (len(rows), len(self.roots)))
        lines = np.arange(len(rows))[:, None] * rows.shape[1]
        numbers, feature = rows.ravel(), self.feature.astype(np.intp)
        left, right = self.left.astype(np.intp), self.right.astype(np.intp)
        while True:
            goes_left = numbers.take(feature.take(at) + lines) <= self.threshold.take(at)
            following = np.where(goes_left, left.take(at), right.take(at))
            if np.array_equal(following, at):
                total: Floats = self.value.take(at).sum(axis=1, dtype=np.float32)
                return total
            at = following

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """The arrays by name, to be saved."""
        return {f"{prefix}.{name}": getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], prefix: str) -> Forest:
        """The forest that `arrays` saved."""
        return cls(**{name: arrays[f"{prefix}.{name}"] for name in cls.__slots__})

    @classmethod
    def from_lightgbm(cls, model: Any) -> Forest:
        """The forest of a LightGBM booster trained on data without missing values."""
        nodes: list[tuple[int, float, int, int, float]] = []
        roots = [_grow(tree["tree_structure"], nodes) for tree in model.dump_model()["tree_info"]]
        feature, threshold, left, right, value = zip(*nodes, strict=True)
        return cls(
            np.array(roots, np.int32), np.array(feature, np.int32), np.array(threshold, np.float32),
            np.array(left, np.int32), np.array(right, np.int32), np.array(value, np.float32),
        )  # fmt: skip


def _grow(node: Mapping[str, Any], nodes: list[tuple[int, float, int, int, float]]) -> int:
    """Appends the node and its children; returns its place."""
    place = len(nodes)
    if "leaf_value" in node:
        nodes.append((0, np.inf, place, place, node["leaf_value"]))
        return place
    nodes.append((0, 0.0, 0, 0, 0.0))
    left = _grow(node["left_child"], nodes)
    right = _grow(node["right_child"], nodes)
    # Rows are compared in 32 bits: the threshold is rounded down, so that what lay above it stays above.
    threshold = _below(node["threshold"])
    nodes[place] = (node["split_feature"], threshold, left, right, 0.0)
    return place


def _below(number: float) -> float:
    rounded = np.float32(number)
    return float(rounded if float(rounded) <= number else np.nextafter(rounded, np.float32(-np.inf)))

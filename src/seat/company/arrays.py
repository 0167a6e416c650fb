"""Counting and repeating with 64-bit numbers everywhere.

In the browser an index has 32 bits: there NumPy makes 32-bit ranges and
refuses 64-bit counts. These say what width is meant.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def numbers(*bounds: int) -> NDArray[np.int64]:
    """``range`` as an array."""
    return np.arange(*bounds, dtype=np.int64)


def counted(values: ArrayLike, weights: ArrayLike | None = None, minlength: int = 0) -> np.ndarray:
    """How often each whole number occurs, or the sum of its weights."""
    found = np.bincount(np.asarray(values).astype(np.intp, copy=False), weights, minlength)
    return found if weights is not None else found.astype(np.int64, copy=False)


def repeated(values: ArrayLike, times: ArrayLike) -> np.ndarray:
    """Each value as often as its number of times says."""
    return np.repeat(values, np.asarray(times).astype(np.intp, copy=False))


def ordinals(counts: ArrayLike) -> NDArray[np.int64]:
    """0, 1, ... within each group of so many."""
    counts = np.asarray(counts)
    return numbers(int(counts.sum())) - repeated(np.cumsum(counts) - counts, counts)


def wider(column: np.ndarray, room: int) -> np.ndarray:
    """The same column with room for more."""
    out = np.empty(room, column.dtype)
    out[: len(column)] = column
    return out

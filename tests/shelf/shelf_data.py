"""The real data sets, for tests that need them."""

from __future__ import annotations

import os
from functools import cache

import pandas as pd
import pytest

from seat.shelf import load_dataset

needs_data = pytest.mark.skipif(
    not os.environ.get("SEAT_DATA"), reason="SEAT_DATA names no folder with the open data sets"
)


@cache
def table(name: str) -> pd.DataFrame:
    """A data set, read once; tests look at it and change nothing."""
    return load_dataset(name)

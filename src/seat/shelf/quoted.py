"""The results file: figures in prose that come from data that are not committed.

``data/results.yml`` holds each figure, its unit, and the function that computes
it. Pages read the figure; whoever has the data verifies that it still holds.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

import pandas as pd

from seat.naming import UnknownName
from seat.shelf.catalogue import CatalogueError, find, read_yaml
from seat.shelf.errors import DataUnavailable
from seat.shelf.files import located
from seat.shelf.reading import load_dataset


class UnknownResult(UnknownName):
    """A name that is not in the results file."""

    WHAT, ALL = "result", "Results"


class Holds(StrEnum):
    """Whether a figure is still what its data give."""

    YES = "holds"
    STALE = "stale"
    # Nothing is wrong: its data are not on this machine.
    NO_DATA = "no data here"
    # The data are here and cannot be read, or the function fails.
    BROKEN = "cannot be computed"


@dataclass(frozen=True)
class Result:
    """A figure as it is quoted, and how it is computed."""

    name: str
    what: str
    value: float
    decimals: int
    unit: str
    data: tuple[str, ...]
    # The dotted name of a function, and its arguments after the tables.
    how: str
    computed_on: datetime.date
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verified:
    """What verifying a figure showed."""

    result: Result
    holds: Holds
    found: float | None = None
    reason: str = ""


def result(name: str) -> float:
    """The figure of that name, rounded as it is quoted; an int where it has no decimals.

    Raises
    ------
    UnknownResult
        When the results file has none.
    """
    known = results()
    if name not in known:
        raise UnknownResult(name, known)
    return rounded(known[name].value, known[name].decimals)


def results() -> dict[str, Result]:
    """The figures of the results file, by name."""
    return dict(_results_file())


def verify_results() -> list[Verified]:
    """Compute every figure whose data lie on this machine; nothing is downloaded."""
    tables: dict[str, pd.DataFrame] = {}
    return [verify(one, tables) for one in results().values()]


def verify(one: Result, tables: dict[str, pd.DataFrame] | None = None) -> Verified:
    """Compute one figure again; ``tables`` keeps what was read for the next."""
    tables = {} if tables is None else tables
    try:
        if any(name not in tables and located(find(name)) is None for name in one.data):
            return Verified(one, Holds.NO_DATA)
        needed = [_table(name, tables) for name in one.data]
    except DataUnavailable as error:
        return Verified(one, Holds.BROKEN, reason=str(error))
    try:
        found = rounded(compute(one, needed), one.decimals)
    except Exception as error:
        return Verified(one, Holds.BROKEN, reason=f"{one.how}: {type(error).__name__}: {error}")
    holds = Holds.YES if found == rounded(one.value, one.decimals) else Holds.STALE
    return Verified(one, holds, found)


def compute(one: Result, tables: Sequence[pd.DataFrame]) -> float:
    """The figure as these tables give it, not rounded."""
    module, _, function = one.how.rpartition(".")
    return float(getattr(import_module(module), function)(*tables, **one.arguments))


def rounded(value: float, decimals: int) -> float:
    """The value as it is quoted."""
    return round(value, decimals) if decimals else round(value)


def _table(name: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    if name not in tables:
        tables[name] = load_dataset(name)
    return tables[name]


@cache
def _results_file() -> dict[str, Result]:
    written = read_yaml("results.yml")
    return {name: _result(name, values) for name, values in written.items()}


def _result(name: str, written: Mapping[str, Any]) -> Result:
    try:
        return Result(name=name, **{**written, "data": tuple(written["data"])})
    except (KeyError, TypeError) as error:
        raise CatalogueError(name, f"a field is missing or misspelt ({error})") from error

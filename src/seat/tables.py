"""The small tables of public facts that travel with the course."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pandas as pd

from seat.naming import UnknownName


class UnknownTable(UnknownName):
    """A name that is not one of the course's tables."""

    WHAT, ALL = "table", "Tables"


def table_names() -> list[str]:
    """The names that ``load_table`` takes."""
    return sorted(
        entry.name.removesuffix(".csv")
        for entry in packed_data().iterdir()
        if entry.name.endswith(".csv")
    )


def load_table(name: str) -> pd.DataFrame:
    """Read one of the course's tables; each row names its source.

    Raises
    ------
    UnknownTable
        When there is no table of that name.
    """
    if name not in table_names():
        raise UnknownTable(name, table_names())
    with (packed_data() / f"{name}.csv").open("r", encoding="utf-8") as lines:
        table = pd.read_csv(lines)
    if "period_end" in table:
        table["period_end"] = pd.to_datetime(table["period_end"])
    return table


def packed_data() -> Traversable:
    """Inside the installed package, or the repository's ``data/`` in an editable install."""
    packed = files("seat") / "data"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / "data"

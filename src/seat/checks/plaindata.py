"""Cases and answers as JSON: plain values and tables, nothing that runs."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from seat.checks.compare import plain

# Ten digits are more than any answer needs, and the same on every machine.
DIGITS = 10


class NotPlain(TypeError):
    """A case holds something that cannot be written down as plain data."""

    def __init__(self, type_name: str) -> None:
        self.type_name = type_name
        super().__init__(type_name)

    def __str__(self) -> str:
        return (
            f"A case holds a {self.type_name}. Cases may hold numbers, text, True or False, "
            "None, dates, lists, dictionaries and tables."
        )


def to_json(value: Any) -> Any:
    """Return ``value`` in JSON's own types; floats keep ten significant digits."""
    if isinstance(value, pd.DataFrame):
        rows = value.astype(object).to_numpy().tolist()
        return {"$table": {"columns": list(value.columns), "rows": to_json(rows)}}
    value = plain(value)
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        return {"$float": str(value)} if not math.isfinite(value) else _short(value)
    if isinstance(value, pd.Timestamp):
        return {"$date": value.isoformat()}
    if type(value) is tuple:
        return {"$tuple": [to_json(item) for item in value]}
    if type(value) is list:
        return [to_json(item) for item in value]
    if type(value) is dict:
        return {str(name): to_json(item) for name, item in value.items()}
    raise NotPlain(type(value).__name__)


def _short(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


def from_json(value: Any) -> Any:
    """Return what ``to_json`` was given."""
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$table" in value:
        table = value["$table"]
        return pd.DataFrame(from_json(table["rows"]), columns=table["columns"])
    if "$float" in value:
        return float(value["$float"])
    if "$date" in value:
        return pd.Timestamp(value["$date"])
    if "$tuple" in value:
        return tuple(from_json(item) for item in value["$tuple"])
    return {name: from_json(item) for name, item in value.items()}

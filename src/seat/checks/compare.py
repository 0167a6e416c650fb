"""How an answer is compared with what is expected, and where it differs.

Nothing here calls a method that belongs to the answer: values are first made
plain by their exact type, so an object that claims to equal everything gains
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

NUMBER, TEXT, YES_NO, LIST, PAIRS, TABLE, DATE, NOTHING, OTHER = (
    "a number",
    "text",
    "True or False",
    "a list",
    "a dictionary",
    "a table",
    "a date",
    "nothing",
    "something else",
)


@dataclass(frozen=True)
class Tolerance:
    """How far an answer may lie from the expected number.

    ``absolute`` is in the unit of the answer, ``relative`` a share of the
    expected number; the larger allowance counts.
    """

    absolute: float = 0.0
    relative: float = 1e-9

    def __post_init__(self) -> None:
        for name in ("absolute", "relative"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(
                    f"{name} tolerance is {value!r}; it must be a finite number, 0 or more."
                )

    def allowance(self, expected: float) -> float:
        """The largest permitted distance from ``expected``, in its unit."""
        return max(self.absolute, self.relative * abs(expected))

    def __str__(self) -> str:
        share = f"{self.relative * 100:g} percent of the value" if self.relative > 1e-6 else ""
        if self.absolute and share:
            return f"accepted within {self.absolute:g}, or {share} where that is more"
        if self.absolute or share:
            return f"accepted within {share or format(self.absolute, 'g')}"
        return "exact"


EXACT = Tolerance()


@dataclass(frozen=True)
class TableShape:
    """What counts in a table: which columns name a row, which are compared."""

    key: tuple[str, ...]
    columns: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Difference:
    """One way in which an answer is not what was expected, without the answer."""

    kind: str
    message: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


def plain(value: Any) -> Any:
    """Return ``value`` as a plain Python value, by its exact type.

    One-row Series, one-cell frames and NumPy scalars become the value they
    hold. Tables stay tables. What is of no known type stays as it is.
    """
    if isinstance(value, pd.DataFrame):
        return plain(value.iat[0, 0]) if value.shape == (1, 1) else value
    if isinstance(value, pd.Series | pd.Index):
        return _unwrapped(value.tolist())
    if isinstance(value, np.ndarray):
        return _unwrapped(value.tolist())
    if isinstance(value, pd.Timestamp | np.datetime64):
        return pd.Timestamp(value)
    if isinstance(value, np.generic):
        return value.item()
    if value is pd.NA or value is pd.NaT:
        return math.nan
    if type(value) in (Decimal, Fraction):
        return float(value)
    return value


def _unwrapped(items: Any) -> Any:
    if not isinstance(items, list):
        return items
    return items[0] if len(items) == 1 else items


def kind_of(value: Any) -> str:
    """Name what a plain value is, in a learner's words."""
    if value is None or value is Ellipsis:
        return NOTHING
    if isinstance(value, pd.DataFrame):
        return TABLE
    if isinstance(value, pd.Timestamp):
        return DATE
    for types, name in (
        ((bool,), YES_NO),
        ((int, float), NUMBER),
        ((str,), TEXT),
        ((list, tuple, set, frozenset), LIST),
        ((dict,), PAIRS),
    ):
        if type(value) in types:
            return name
    return NUMBER if isinstance(value, Real) and type(value).__module__ == "numpy" else OTHER


def is_number(value: Any) -> bool:
    """Is this a finite number?"""
    try:
        return kind_of(value) == NUMBER and math.isfinite(value)
    except OverflowError:
        # An integer of hundreds of digits.
        return False


def same(
    answer: Any, expected: Any, within: Tolerance = EXACT, shape: TableShape | None = None
) -> bool:
    """Is the answer what was expected?"""
    return next(differences(answer, expected, within, shape), None) is None


def differences(
    answer: Any,
    expected: Any,
    within: Tolerance = EXACT,
    shape: TableShape | None = None,
    where: str = "",
) -> Iterator[Difference]:
    """Yield each difference between an answer and what was expected."""
    if isinstance(expected, pd.DataFrame):
        yield from _table_differences(answer, expected, within, shape, where)
        return
    if isinstance(answer, pd.Series) and type(expected) is dict:
        # A labelled Series says the same as a dictionary.
        answer = answer.to_dict()
    many = _column_of_many(answer)
    answer, expected = plain(answer), plain(expected)
    given, wanted = kind_of(answer), kind_of(expected)
    if wanted == LIST and given != LIST and len(expected) == 1:
        expected = plain(next(iter(expected)))
        wanted = kind_of(expected)
    if many and wanted != LIST:
        yield Difference(
            "type",
            f"this is a column of {many} values; {wanted} is asked for. Pick one, as in .loc[2025]",
            where,
        )
    elif given != wanted:
        yield Difference(
            "type", f"this is {_described(answer, given)}; {wanted} is asked for", where
        )
    elif wanted == NUMBER:
        yield from _number_differences(answer, expected, within, where)
    elif wanted == TEXT:
        if answer.strip().casefold() != expected.strip().casefold():
            yield Difference("value", f"{_shown(answer)} is not the right choice here", where)
    elif wanted == LIST:
        yield from _list_differences(list(answer), list(expected), within, where)
    elif wanted == PAIRS:
        yield from _pair_differences(answer, expected, within, where)
    elif answer != expected:
        yield Difference("value", f"{_shown(answer)} is not right here", where)


def _column_of_many(answer: Any) -> int:
    """How many values a column or an array holds, if more than one."""
    held = isinstance(answer, pd.Series | pd.Index | np.ndarray)
    return answer.size if held and answer.size > 1 else 0


def _described(value: Any, kind: str) -> str:
    if kind in (TABLE, NOTHING):
        return kind
    if kind == OTHER:
        return f"a {type(value).__name__}"
    return f"{kind}, {_shown(value)}"


def _shown(value: Any) -> str:
    # NumPy's own spelling of a number says nothing to a learner.
    value = [plain(item) for item in value] if type(value) in (list, tuple) else value
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _number_differences(
    answer: float, expected: float, within: Tolerance, where: str
) -> Iterator[Difference]:
    if math.isnan(expected):
        if not math.isnan(answer):
            yield Difference("value", "a missing value (nan) is asked for here", where)
    elif math.isnan(answer):
        yield Difference("value", "this is a missing value (nan)", where)
    elif math.isinf(answer) or math.isinf(expected):
        if answer != expected:
            yield Difference("value", f"{answer:g} is not right here", where)
    elif abs(answer - expected) > within.allowance(expected) * (1 + 1e-9):
        side = "higher" if answer > expected else "lower"
        yield Difference("value", f"{_figure(answer)} is {side} than it should be", where)


def _figure(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:,.6g}"


def _list_differences(
    answer: list, expected: list, within: Tolerance, where: str
) -> Iterator[Difference]:
    if len(answer) != len(expected):
        yield Difference(
            "shape", f"there are {len(answer)} values; {len(expected)} are asked for", where
        )
        return
    for place, (mine, theirs) in enumerate(zip(answer, expected, strict=True), start=1):
        yield from differences(mine, theirs, within, where=_joined(where, f"value {place}"))


def _pair_differences(
    answer: dict, expected: dict, within: Tolerance, where: str
) -> Iterator[Difference]:
    for name in expected:
        if name not in answer:
            yield Difference("missing", f"{name!r} is missing", where)
        else:
            yield from differences(
                answer[name], expected[name], within, where=_joined(where, str(name))
            )
    for name in answer:
        if name not in expected:
            yield Difference("extra", f"{_shown(name)} is not asked for", where)


def _joined(where: str, place: str) -> str:
    return f"{where}, {place}" if where else place


def _table_differences(
    answer: Any, expected: pd.DataFrame, within: Tolerance, shape: TableShape | None, where: str
) -> Iterator[Difference]:
    if not isinstance(answer, pd.DataFrame):
        value = plain(answer)
        yield Difference(
            "type", f"this is {_described(value, kind_of(value))}; a table is asked for", where
        )
        return
    shape = shape or TableShape(key=(), columns=tuple(map(str, expected.columns)))
    answer = with_index_columns(answer, shape)
    missing = [name for name in (*shape.key, *shape.columns) if name not in answer.columns]
    if missing:
        yield Difference("columns", f"the table lacks the column {_listed(missing)}", where)
        return
    yield from _row_differences(answer, expected, within, shape, where)


def with_index_columns(table: pd.DataFrame, shape: TableShape) -> pd.DataFrame:
    """Return the table with those index levels that the shape names as columns."""
    wanted = {*shape.key, *shape.columns} - set(table.columns)
    levels = [name for name in table.index.names if name in wanted]
    if levels:
        table = table.reset_index(level=levels)
    numbered = isinstance(table.index, pd.RangeIndex)
    if table.index.names == [None] and not numbered and set(shape.key) & wanted:
        # pivot() and from_dict() leave the key in an index without a name.
        table = table.rename_axis(shape.key[0]).reset_index()
    return table.reset_index(drop=True)


def _row_differences(
    answer: pd.DataFrame, expected: pd.DataFrame, within: Tolerance, shape: TableShape, where: str
) -> Iterator[Difference]:
    mine, theirs = _rows(answer, shape), _rows(expected, shape)
    if len(mine) != len(theirs):
        yield Difference(
            "shape", f"the table has {len(mine)} rows; {len(theirs)} are asked for", where
        )
        return
    if not shape.ordered and shape.key:
        mine, theirs = sorted(mine, key=_row_name), sorted(theirs, key=_row_name)
    for place, (row, wanted) in enumerate(zip(mine, theirs, strict=True), start=1):
        row_place = f"row {_row_name(wanted)}" if shape.key else f"row {place}"
        if [str(part) for part in row[0]] != [str(part) for part in wanted[0]]:
            problem = "order" if shape.ordered else "missing"
            message = "stands elsewhere" if shape.ordered else "is missing or stands twice"
            yield Difference(problem, f"{row_place} {message}", where)
            return
        for name, value, right in zip(shape.columns, row[1], wanted[1], strict=True):
            place_name = _joined(where, f"{row_place}, column {name!r}")
            yield from differences(value, right, within, where=place_name)


def _rows(table: pd.DataFrame, shape: TableShape) -> list[tuple[tuple, tuple]]:
    names = [*shape.key, *shape.columns]
    cut = len(shape.key)
    columns = [_plain_column(table[name].tolist()) for name in names]
    return [(row[:cut], row[cut:]) for row in zip(*columns, strict=True)]


# Values of these types are plain already; most columns hold nothing else.
_PLAIN_TYPES = frozenset({float, int, str, bool})


def _plain_column(values: list[Any]) -> list[Any]:
    if set(map(type, values)) <= _PLAIN_TYPES:
        return values
    return [plain(value) for value in values]


def _row_name(row: tuple[tuple, tuple]) -> str:
    return " / ".join(str(part) for part in row[0])


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)

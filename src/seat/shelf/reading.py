"""Read a data set and verify that the table is the catalogue's."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from seat.shelf.catalogue import CatalogueError, DataSet, Total, find
from seat.shelf.cleaning import clean
from seat.shelf.errors import PackageMissing, WrongTable
from seat.shelf.files import obtain


def load_dataset(name: str) -> pd.DataFrame:
    """The table of an open data set, verified by checksum, shape and key totals.

    Read from the folder ``SEAT_DATA`` if it has the file, else downloaded once
    and kept.

    Raises
    ------
    UnknownDataSet
        When there is none of that name.
    DataUnavailable
        When the file cannot be had, or is not the one of the catalogue.
    """
    data_set = find(name)
    return table_from(data_set, obtain(data_set))


def table_from(data_set: DataSet, path: Path) -> pd.DataFrame:
    """The table in a verified file, cleaned as the catalogue says."""
    raw = _read(data_set, path)
    verify_shape(data_set, raw)
    try:
        table = clean(data_set.name, raw, data_set.dates)
        verify_totals(data_set, table)
    except KeyError as error:
        found = ", ".join(map(str, raw.columns[:30]))
        raise WrongTable(data_set.name, "columns", f"a column {error}", found) from error
    return table


def verify_shape(data_set: DataSet, table: pd.DataFrame) -> None:
    """Refuse a table with other numbers of rows or columns than the catalogue's."""
    expected, found = (data_set.rows, data_set.columns), table.shape
    if found != expected:
        raise WrongTable(data_set.name, "shape", _shape(*expected), _shape(*found))


def verify_totals(data_set: DataSet, table: pd.DataFrame) -> None:
    """Refuse a table whose key totals are not the catalogue's."""
    for total in data_set.totals:
        found = measure(total, table)
        if found != total.expected:
            raise WrongTable(data_set.name, total.what, f"{total.expected:,}", f"{found:,}")


def measure(total: Total, table: pd.DataFrame) -> int:
    """The total as this table has it."""
    column = table[total.column]
    if total.kind == "rows with":
        return int((column.astype(str) == total.value).sum())
    if total.kind == "distinct":
        return int(column.nunique())
    if total.kind == "missing":
        return int(column.isna().sum())
    if total.kind == "sum":
        return round(column.sum())
    kinds = "rows with, distinct, missing, sum"
    raise CatalogueError(total.what, f"no kind of total {total.kind!r}. Kinds: {kinds}")


def _read(data_set: DataSet, path: Path) -> pd.DataFrame:
    if path.suffix != ".parquet":
        return pd.read_csv(path, **data_set.read)
    try:
        return pd.read_parquet(path, engine="pyarrow")
    except ImportError as error:
        raise PackageMissing("pyarrow", f"read {data_set.file}") from error


def _shape(rows: int, columns: int) -> str:
    return f"{rows:,} rows and {columns} columns"

"""Data as they are handed over: tables in a folder, without a world behind them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from . import dictionary
from .books import Books
from .errors import NotAllowed, TruthIsSealed
from .firms import FIRMS
from .plan import Plan, plan_as_text, plan_from_text

ABOUT = "about.json"
# Version of the folder's layout.
LAYOUT = 1


class Delivered(Books):
    """A company read from a folder: its tables, statements and planner, no truth."""

    def __init__(self, tables: dict[str, pd.DataFrame], firm: str, size: float, plan: Plan) -> None:
        super().__init__()
        self._tables.update(tables)
        self.firm, self.size, self._plan = FIRMS[firm], size, plan

    @property
    def plan(self) -> Plan:
        return self._plan

    @property
    def tables(self) -> list[str]:
        return list(self._tables)

    def data_dictionary(self, table: str) -> pd.DataFrame:
        """Meaning and unit of each column of a table, as the firm's tools show it."""
        columns = list(self.table(table).columns)
        return dictionary.data_dictionary(table, columns, shown=True)

    def __repr__(self) -> str:
        return f"<{self.firm.name}, delivered: {', '.join(self.tables)}>"

    @property
    def truth(self) -> None:
        raise TruthIsSealed("truth")

    def run_experiment(self, *_: object, **__: object) -> None:
        """Delivered data hold no world in which an experiment could be run."""
        raise TruthIsSealed("world to run an experiment in")

    run_visitor_test = run_experiment


def write(
    folder: str | Path, tables: Mapping[str, pd.DataFrame], firm: str, size: float, plan: Plan
) -> Path:
    """Write tables to a folder: Parquet where pyarrow is installed, else CSV."""
    folder = folder_of(folder)
    try:
        return _write(folder, tables, firm, size, plan)
    except OSError as error:
        allowed = f"a folder that can be written to ({error.strerror})"
        raise NotAllowed("folder", str(folder), allowed) from error


def folder_of(given: object) -> Path:
    """A folder by its path."""
    if not isinstance(given, (str, Path)):
        raise NotAllowed("folder", given, 'the path of a folder, such as "delivered"')
    return Path(given)


def _write(
    folder: Path, tables: Mapping[str, pd.DataFrame], firm: str, size: float, plan: Plan
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    kind = "parquet" if find_spec("pyarrow") else "csv"
    for name, table in tables.items():
        _write_table(table, folder / f"{name}.{kind}")
    about = {
        "layout": LAYOUT,
        "firm": firm,
        "size": size,
        "plan": plan_as_text(plan),
        "tables": {name: _kinds(table) for name, table in tables.items()},
        "kind": kind,
    }
    (folder / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    return folder


def read(folder: str | Path) -> Delivered:
    """Read a folder that ``write`` made."""
    folder = folder_of(folder)
    if not (folder / ABOUT).is_file():
        raise NotAllowed("folder", str(folder), f"a folder with {ABOUT}, as company.save writes it")
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    if about.get("layout") != LAYOUT or about.get("firm") not in FIRMS:
        raise NotAllowed(ABOUT, about.get("layout"), f"data of layout {LAYOUT}: deliver them again")
    tables = {
        name: _read_table(folder / f"{name}.{about['kind']}", kinds)
        for name, kinds in about["tables"].items()
    }
    return Delivered(tables, about["firm"], about["size"], plan_from_text(about["plan"]))


def _kinds(table: pd.DataFrame) -> dict[str, Any]:
    """Kind of each column, enough to read it back from CSV."""
    return {
        str(column): list(values.cat.categories)
        if values.dtype == "category"
        else str(values.dtype)
        for column, values in table.items()
    }


def _write_table(table: pd.DataFrame, path: Path) -> None:
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
    else:
        table.to_csv(path, index=False)


def _read_table(path: Path, kinds: dict[str, Any]) -> pd.DataFrame:
    if path.suffix == ".parquet":
        table = pd.read_parquet(path)
    else:
        dates = [c for c, kind in kinds.items() if str(kind).startswith("datetime")]
        table = pd.read_csv(path, parse_dates=dates)
    typed = {
        column: pd.CategoricalDtype(kind) if isinstance(kind, list) else kind
        for column, kind in kinds.items()
    }
    return table.astype(typed)

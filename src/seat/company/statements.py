"""Statements in dollars, read from the ledger's daily movements.

Each takes movements (cents by account and day) and returns one row a month
or quarter. The firm's statements stop at operating profit: it pays no
interest and, with losses carried forward, no tax.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from . import calendar
from .arrays import numbers
from .errors import known_name
from .finance import ACCOUNTS

EVERY = {"M": "month", "Q": "quarter"}
COST_OF_SALES = tuple(name for name, kind in ACCOUNTS.items() if kind == "cost of sales")
SELLING = tuple(name for name, kind in ACCOUNTS.items() if kind == "sales and marketing")
OTHER = tuple(name for name, kind in ACCOUNTS.items() if kind == "other operating")

Movements = dict[str, np.ndarray]


def periods(days: int, every: str, first_day: int = 0) -> tuple[pd.PeriodIndex, np.ndarray]:
    """The months or quarters of some days, and the first day of each."""
    known_name("period", every, EVERY)
    stamps = pd.DatetimeIndex(calendar.dates(numbers(first_day, days)))
    labels = stamps.to_period(every)
    _, starts = np.unique(labels.asi8, return_index=True)
    return pd.PeriodIndex(labels[starts], name="period"), starts + first_day


def _total(parts: Iterable[np.ndarray]) -> np.ndarray:
    return np.sum(list(parts), axis=0)


def _sums(movements: Movements, starts: np.ndarray) -> dict[str, np.ndarray]:
    return {name: np.add.reduceat(cents, starts) for name, cents in movements.items()}


def income_statement(movements: Movements, every: str = "Q", first_day: int = 0) -> pd.DataFrame:
    """Revenue down to operating profit; costs are positive numbers."""
    index, starts = periods(len(movements["cash"]), every, first_day)
    sums = _sums(movements, starts)
    revenue = -sums["revenue"]
    cost = _total(sums[name] for name in COST_OF_SALES)
    expense = _total(sums[name] for name in (*SELLING, *OTHER))
    lines = {"revenue": revenue, **{name: sums[name] for name in COST_OF_SALES}}
    lines |= {"cost_of_sales": cost, "gross_profit": revenue - cost}
    lines |= {name: sums[name] for name in (*SELLING, *OTHER)}
    lines |= {"operating_expenses": expense, "operating_profit": revenue - cost - expense}
    return _in_dollars(lines, index)


def balance_sheet(movements: Movements, every: str = "Q", first_day: int = 0) -> pd.DataFrame:
    """What the firm has and owes at the end of each period."""
    index, starts = periods(len(movements["cash"]), every, first_day)
    ends = np.append(starts[1:], len(movements["cash"])) - 1
    at = {name: np.cumsum(cents)[ends] for name, cents in movements.items()}
    assets = {name: at[name] for name, kind in ACCOUNTS.items() if kind == "asset"}
    owed = {name: -at[name] for name, kind in ACCOUNTS.items() if kind == "liability"}
    own = {"share_capital": -at["share_capital"]}
    own["retained_earnings"] = -_total(
        at[name] for name in ("revenue", *COST_OF_SALES, *SELLING, *OTHER)
    )
    total = {"total_liabilities": _total(owed.values()), "total_equity": _total(own.values())}
    lines = {**assets, "total_assets": _total(assets.values()), **owed}
    lines |= {"total_liabilities": total["total_liabilities"], **own}
    return _in_dollars({**lines, "total_equity": total["total_equity"]}, index)


def cash_flow(movements: Movements, every: str = "Q", first_day: int = 0) -> pd.DataFrame:
    """From operating profit to the change in cash (indirect method)."""
    index, starts = periods(len(movements["cash"]), every, first_day)
    sums = _sums(movements, starts)
    names = ("revenue", *COST_OF_SALES, *SELLING, *OTHER)
    working = ("accounts_receivable", "accounts_payable", "accrued_pay", "deferred_revenue")
    lines = {"operating_profit": -_total(sums[name] for name in names)}
    # A rise in what the firm owes keeps cash; a rise in what it is owed takes it.
    lines |= {f"change_in_{name}": -sums[name] for name in working}
    lines["operating_cash_flow"] = _total(lines.values())
    lines["financing_cash_flow"] = -sums["share_capital"]
    lines["change_in_cash"] = sums["cash"]
    closing = np.cumsum(sums["cash"]) + movements["cash"][: starts[0]].sum()
    lines |= {"opening_cash": closing - sums["cash"], "closing_cash": closing}
    return _in_dollars(lines, index)


def _in_dollars(cents: dict[str, np.ndarray], index: pd.PeriodIndex) -> pd.DataFrame:
    return pd.DataFrame({name: values / 100 for name, values in cents.items()}, index=index)

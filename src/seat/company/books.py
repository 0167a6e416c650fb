"""Tables and statements, however they came: simulated here or delivered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from . import calendar, dictionary, statements
from .errors import known_name
from .firms import Firm
from .outlook import Outlook
from .parameters import Parameters
from .plan import Plan
from .planner import PLANNED_FROM, Planner, plan_ahead


class Books:
    """A firm's tables as attributes, its statements, and its planner.

    Whoever inherits says which tables there are (``tables``) and makes them
    (``_make``), and knows the firm, its plan and its size.
    """

    firm: Firm
    size: float

    def __init__(self) -> None:
        self._tables: dict[str, pd.DataFrame] = {}

    @property
    def tables(self) -> list[str]:
        """Names of the tables."""
        raise NotImplementedError

    def _make(self, name: str) -> pd.DataFrame:
        raise NotImplementedError

    @property
    def plan(self) -> Plan:
        """What the firm has decided so far; ``plan.change`` says what next."""
        return self.firm.plan

    def table(self, name: str) -> pd.DataFrame:
        """A table by its name, yours to change: the books keep their own."""
        return self._kept(name).copy(deep=False)

    def _kept(self, name: str) -> pd.DataFrame:
        """The table the books themselves read; the same one each time."""
        known_name("table", name, self.tables)
        if name not in self._tables:
            self._tables[name] = self._make(name)
        return self._tables[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        # Names with an underscore are never tables, and asking for them early
        # (as pickle does) must not start a search.
        if not name.startswith("_") and name in self.tables:
            return self.table(name)
        raise AttributeError(f"{type(self).__name__} has no {name!r}; see its .tables.")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.tables]

    @cached_property
    def _planner(self) -> Planner:
        return Planner({name: self._kept(name) for name in PLANNED_FROM}, self.size, b"plan")

    @cached_property
    def _movements(self) -> statements.Movements:
        return self._planner.movements()

    def income_statement(self, every: str = "Q") -> pd.DataFrame:
        """Revenue down to operating profit by month ("M") or quarter ("Q"), in dollars."""
        return statements.income_statement(self._movements, every)

    def balance_sheet(self, every: str = "Q") -> pd.DataFrame:
        """What the firm has and owes at the end of each month or quarter, in dollars."""
        return statements.balance_sheet(self._movements, every)

    def cash_flow(self, every: str = "Q") -> pd.DataFrame:
        """From operating profit to the change in cash by month or quarter, in dollars."""
        return statements.cash_flow(self._movements, every)

    def budget(self, every: str = "Q") -> pd.DataFrame:
        """Budget and actual of each line by month or quarter, in dollars or customers."""
        known_name("period", every, statements.EVERY)
        lines = self._budget_lines
        period = lines["period"].dt.to_period(every)
        by = lines.groupby([period, lines["line"].astype("str")], sort=False)[["budget", "actual"]]
        # Customers at the end of a quarter are those of its last month.
        total, last = by.sum(), by.last()
        level = total.index.get_level_values("line") == "active_customers"
        total[level] = last[level]
        return total

    @cached_property
    def _budget_lines(self) -> pd.DataFrame:
        return self._kept("budget_lines")

    def data_dictionary(self, table: str) -> pd.DataFrame:
        """Meaning and unit of each column of a table."""
        return dictionary.data_dictionary(table, list(self.table(table).columns))

    @property
    def published(self) -> Parameters:
        """Published averages and the firm's own rates: where planning starts."""
        return self.firm.parameters()

    def simulate(
        self,
        plan: Plan,
        quarters: int = 4,
        assumptions: Mapping[str, object] | Parameters | None = None,
        runs: int = 20,
    ) -> Outlook:
        """Futures of a plan, from the firm's tables and *your* estimates.

        ``assumptions`` is a dictionary that replaces published averages by
        what you found, such as ``{"price_slope": 2.4}``; ``published`` lists
        what can be named. ``plan`` is made with ``company.plan.change``; its
        changes begin after the history and before the quarters end.
        """
        return plan_ahead(
            self._planner, self.published, plan, self.plan, quarters, assumptions, runs
        )

    def compare(self, plan: Plan, other: Plan | None = None, **options: Any) -> pd.DataFrame:
        """A plan less another (or less going on as now), in futures with the same luck."""
        return self.simulate(plan, **options).compare(self.plan if other is None else other)

    @property
    def first_day(self) -> pd.Timestamp:
        return pd.Timestamp(calendar.FIRST_DAY)

    @property
    def last_day(self) -> pd.Timestamp:
        return self.first_day + pd.Timedelta(days=calendar.HISTORY_DAYS - 1)

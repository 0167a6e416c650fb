"""What may come of a plan: several futures, their statements, their spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import finance, statements
from .arrays import counted
from .customers import STAYS
from .engine import Run
from .errors import known_name
from .plan import Plan
from .statements import Movements
from .web import LEAD

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Counts and amounts that can be drawn beside the lines of the statements.
COUNTS = ("sessions", "leads", "new_customers", "lost_customers")
LEVELS = ("active_customers", "mrr", "cash")


@dataclass(frozen=True)
class Future:
    """One future: the books and the counts, by day from the first day on."""

    movements: Movements
    counts: dict[str, np.ndarray]
    levels: dict[str, np.ndarray]


def future_of(run: Run, movements: Movements) -> Future:
    """Keep of a run what statements and charts need."""
    who, days = run.customers, run.days
    end = who["end"][who["end"] < STAYS]
    counts = {
        "sessions": counted(run.visits["day"], minlength=days),
        "leads": counted(run.visits["day"][run.visits["stage"] == LEAD], minlength=days),
        "new_customers": counted(who["start"], minlength=days)[:days],
        "lost_customers": counted(end, minlength=days)[:days],
    }
    month = who["seats"] * who["seat_cents"] / 100
    gained = counted(who["start"], month, days)[:days]
    lost = counted(end, month[who["end"] < STAYS], days)[:days]
    levels = {
        "active_customers": finance.active(who, days),
        "mrr": np.cumsum(gained - lost),
        "cash": np.cumsum(movements["cash"]) / 100,
    }
    return Future(movements, counts, levels)


@dataclass(frozen=True)
class Outlook:
    """Futures of one plan. Statements are their mean; ``values`` has each of them."""

    plan: Plan
    futures: tuple[Future, ...]
    first_day: int
    # Runs another plan with the same luck.
    again: Callable[[Plan], Outlook]

    def income_statement(self, every: str = "Q") -> pd.DataFrame:
        return self._mean(statements.income_statement, every)

    def balance_sheet(self, every: str = "Q") -> pd.DataFrame:
        return self._mean(statements.balance_sheet, every)

    def cash_flow(self, every: str = "Q") -> pd.DataFrame:
        return self._mean(statements.cash_flow, every)

    def _mean(self, statement: Callable, every: str) -> pd.DataFrame:
        frames = [statement(f.movements, every, self.first_day) for f in self.futures]
        return sum(frames[1:], frames[0]) / len(frames)

    def lines(self) -> list[str]:
        """What ``values``, ``fan_chart`` and ``compare`` can show."""
        statement = statements.income_statement(self.futures[0].movements, "Q", self.first_day)
        return [*statement.columns, *COUNTS, *LEVELS]

    def values(self, line: str, every: str = "Q") -> pd.DataFrame:
        """One row a period, one column a future."""
        known_name("line", line, self.lines())
        return pd.DataFrame(
            {number: self._line(f, line, every) for number, f in enumerate(self.futures)}
        )

    def _line(self, future: Future, line: str, every: str) -> pd.Series:
        if line in COUNTS or line in LEVELS:
            index, starts = statements.periods(len(future.movements["cash"]), every, self.first_day)
            if line in COUNTS:
                return pd.Series(np.add.reduceat(future.counts[line], starts), index)
            ends = np.append(starts[1:], len(future.levels[line])) - 1
            return pd.Series(future.levels[line][ends], index)
        return statements.income_statement(future.movements, every, self.first_day)[line]

    def compare(self, other: Plan, every: str = "Q") -> pd.DataFrame:
        """This plan less another, with the same luck: mean and 80 % of futures.

        Lines summed over the whole plan, except customers, MRR and cash, which
        are those of its last day.
        """
        theirs = self.again(other)
        rows = {}
        for line in ("revenue", "gross_profit", "operating_profit", *COUNTS, *LEVELS):
            difference = self._whole(line, every) - theirs._whole(line, every)
            low, high = np.quantile(difference, [0.1, 0.9])
            rows[line] = {
                "this": self._whole(line, every).mean(),
                "other": theirs._whole(line, every).mean(),
                "difference": difference.mean(),
                "low": low,
                "high": high,
            }
        return pd.DataFrame(rows).T.rename_axis("line")

    def _whole(self, line: str, every: str) -> pd.Series:
        values = self.values(line, every)
        return values.iloc[-1] if line in LEVELS else values.sum()

    def quantiles(self, line: str, every: str = "M") -> pd.DataFrame:
        """10, 25, 50, 75 and 90 % of futures by period."""
        return self.values(line, every).quantile([0.1, 0.25, 0.5, 0.75, 0.9], axis=1).T

    def fan_chart(self, line: str = "operating_profit", every: str = "M") -> Axes:
        """Draw the spread of futures; return the axes."""
        import matplotlib.pyplot as plt

        spread = self.quantiles(line, every)
        when = pd.PeriodIndex(spread.index).to_timestamp()
        _, axes = plt.subplots(figsize=(7, 4))
        axes.fill_between(when, spread[0.1], spread[0.9], alpha=0.25, label="80 % of futures")
        axes.fill_between(when, spread[0.25], spread[0.75], alpha=0.45, label="50 % of futures")
        axes.plot(when, spread[0.5], label="median")
        money = line not in (*COUNTS, "active_customers")
        axes.set(
            title=f"{line.replace('_', ' ').capitalize()} under the plan",
            ylabel="dollars" if money else "count",
            xlabel=statements.EVERY[every],
        )
        axes.legend()
        return axes

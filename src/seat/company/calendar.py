"""Days, dates, months and opening hours.

Inside the company a date is a whole number of days since the first day, and
a moment is a number of seconds since then. Dates appear at the door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from .arrays import numbers
from .draws import IntArray
from .errors import NotADate, OutsideHistory, PlanTooLong

FIRST_DAY = np.datetime64("2024-01-01")
HISTORY_DAYS = 731
LONGEST_PLAN_QUARTERS = 8
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
LAST_DAY = HISTORY_DAYS + 730

DAY_SECONDS = 86_400
OPENS, CLOSES = 9 * 3600, 17 * 3600
OPEN_SECONDS = CLOSES - OPENS
# A moment that never comes.
NEVER = np.int64(2**42)


def dates(days: np.ndarray, first: np.datetime64 = FIRST_DAY) -> np.ndarray:
    """Dates of day numbers."""
    return (first + np.asarray(days).astype("timedelta64[D]")).astype("datetime64[s]")


def moments(seconds: np.ndarray, horizon_days: int | np.integer) -> np.ndarray:
    """Timestamps of moments; NaT for those that lie after the horizon."""
    shown = FIRST_DAY.astype("datetime64[s]") + np.asarray(seconds).astype("timedelta64[s]")
    return np.where(seconds < horizon_days * DAY_SECONDS, shown, np.datetime64("NaT", "s"))


def dates_until(days: np.ndarray, horizon: int) -> np.ndarray:
    """Dates of day numbers; NaT for days that have not come yet."""
    return np.where(days < horizon, dates(np.minimum(days, horizon)), np.datetime64("NaT", "s"))


def day_number(given: Any, first: int = 0, last: int = LAST_DAY - 1) -> int:
    """Day number of a date, which must lie between two days."""
    day = int((_date(given) - FIRST_DAY).astype(int))
    if not first <= day <= last:
        span = dates(np.array([first, last])).astype("datetime64[D]")
        raise OutsideHistory(str(given), str(span[0]), str(span[1]))
    return day


def _date(given: Any) -> np.datetime64:
    """The day that an ISO date or a date object names."""
    if isinstance(given, str) and ISO_DATE.fullmatch(given):
        try:
            return np.datetime64(date.fromisoformat(given), "D")
        except ValueError as error:
            raise NotADate(given) from error
    if not isinstance(given, (date, np.datetime64)) or pd.isna(given):
        raise NotADate(given)
    if isinstance(given, date):
        return np.datetime64(date(given.year, given.month, given.day), "D")
    return given.astype("datetime64[D]")


@dataclass(frozen=True)
class Months:
    """Calendar months counted from the first day, for billing."""

    count: int = 120

    @cached_property
    def first(self) -> IntArray:
        """Day number of each month's first day."""
        months = FIRST_DAY.astype("datetime64[M]") + numbers(self.count + 1)
        return (months.astype("datetime64[D]") - FIRST_DAY).astype(np.int64)

    @cached_property
    def length(self) -> IntArray:
        return np.diff(self.first)

    def index(self, days: np.ndarray) -> IntArray:
        """Month in which each day lies."""
        return np.searchsorted(self.first, days, side="right") - 1

    def anniversary(self, days: np.ndarray, cycles: np.ndarray) -> IntArray:
        """Day of the same name ``cycles`` months on (the month's last if it has none)."""
        month = self.index(days)
        later = month + cycles
        offset = np.minimum(days - self.first[month], self.length[later] - 1)
        return self.first[later] + offset


MONTHS = Months()
HISTORY_MONTHS = 24


def days_until(quarters: int) -> int:
    """Days from the first one to the end of so many quarters after the history."""
    whole = isinstance(quarters, (int, np.integer)) and not isinstance(quarters, bool)
    if not whole or not 1 <= quarters <= LONGEST_PLAN_QUARTERS:
        raise PlanTooLong(quarters, LONGEST_PLAN_QUARTERS)
    return int(MONTHS.first[HISTORY_MONTHS + 3 * quarters])


def open_day(days: np.ndarray) -> np.ndarray:
    """Is the office open? Monday to Friday; day 0 is a Monday."""
    return np.asarray(days) % 7 < 5


def working_seconds(moment: np.ndarray) -> IntArray:
    """Seconds of opening hours that passed before each moment."""
    day, second = np.divmod(np.asarray(moment, dtype=np.int64), DAY_SECONDS)
    week, weekday = np.divmod(day, 7)
    whole = week * 5 + np.minimum(weekday, 5)
    today = np.where(weekday < 5, np.clip(second - OPENS, 0, OPEN_SECONDS), 0)
    return whole * OPEN_SECONDS + today


def moment_of(working: np.ndarray) -> IntArray:
    """Moment at which so many working seconds have passed; the inverse of the above."""
    whole, second = np.divmod(np.asarray(working, dtype=np.int64), OPEN_SECONDS)
    week, weekday = np.divmod(whole, 5)
    moment = (week * 7 + weekday) * DAY_SECONDS + OPENS + second
    return np.where(working >= NEVER, NEVER, moment)

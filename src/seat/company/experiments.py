"""Experiments the firm can run: on advertising by region, on price and speed by visitor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import calendar, ids
from .arrays import counted, numbers
from .engine import Run
from .errors import NotAllowed, known_name
from .marketing_tables import words
from .parameters import PAID, REGIONS
from .plan import LIMITS, SpendTest, SplitTest
from .web import LEAD, ORDER

SHORTEST, LONGEST = 7, 182
BEFORE_DAYS = 84


@dataclass(frozen=True)
class Experiment:
    """What was changed and what was seen; the effect itself nobody sees.

    ``data`` has one row a day and region: spend, sessions, leads and orders,
    with ``is_treated`` for the regions changed and ``is_test`` for the days.
    """

    channel: str
    regions: tuple[str, ...]
    first: pd.Timestamp
    days: int
    change: float
    data: pd.DataFrame
    test: SpendTest


def design(
    channel: str, regions: Sequence[str], days: int, change: float, start: object = None
) -> SpendTest:
    """Check an experiment and put it as the engine needs it."""
    known_name("paid channel", channel, PAID)
    if not isinstance(regions, Iterable):
        raise NotAllowed("regions", regions, 'a list of regions, such as ["Harbour", "Isles"]')
    regions = [regions] if isinstance(regions, str) else list(regions)
    for region in regions:
        known_name("region", region, REGIONS)
    if not 0 < len(set(regions)) < len(REGIONS):
        raise NotAllowed("regions", regions, "some regions but not all: the rest are the control")
    number = isinstance(change, (int, float, np.number)) and not isinstance(change, bool)
    if not number or not -1.0 <= change <= 4.0 or change == 0:
        allowed = "a number from -1 (no spend) to 4 (five times), other than 0 (no change)"
        raise NotAllowed("change", change, allowed)
    first = _first_day(days, start)
    codes = tuple(sorted(REGIONS.index(region) for region in set(regions)))
    return SpendTest(PAID.index(channel), codes, first, first + int(days), 1.0 + change)


SPLIT_LEVERS = ("page_load_s", "price")


@dataclass(frozen=True)
class VisitorTest:
    """A split test: what was changed for half of the visitors, and what was seen.

    ``data`` has one row a visitor of those days: variant "A" (as before) or "B",
    visits, load time of the first visit, and whether they ordered or left a form.
    """

    lever: str
    first: pd.Timestamp
    days: int
    change: float
    data: pd.DataFrame
    test: SplitTest


def design_split(
    lever: str, now: float, days: int, change: float, start: object = None
) -> SplitTest:
    """Check a split test and put it as the engine needs it."""
    known_name("lever of a visitor test", lever, SPLIT_LEVERS)
    first = _first_day(days, start)
    low, high, unit = LIMITS[lever]
    number = isinstance(change, (int, float)) and not isinstance(change, bool)
    if not number or not low <= now * (1 + change) <= high or change == 0:
        allowed = (
            f"a relative change that leaves {lever} between {low:,.10g} and {high:,.10g} ({unit})"
        )
        raise NotAllowed("change", change, allowed)
    return SplitTest(lever, first, first + int(days), 1.0 + change)


def _first_day(days: int, start: object) -> int:
    """First day of an experiment of so many days."""
    if not isinstance(days, (int, np.integer)) or not SHORTEST <= days <= LONGEST:
        raise NotAllowed("days", days, f"a whole number from {SHORTEST} to {LONGEST}")
    first = calendar.HISTORY_DAYS if start is None else calendar.day_number(start)
    if first + days > calendar.LAST_DAY:
        last = str(calendar.dates(np.array([calendar.LAST_DAY - days]))[0])[:10]
        raise NotAllowed("start", str(start), f"a date up to {last} for a test of {days} days")
    return first


def observed_split(run: Run, test: SplitTest) -> VisitorTest:
    """What the firm sees of a split test: visitors whose first visit falls in it."""
    v = run.visits
    visitor = ids.visitor_of(v["visit"])
    inside = np.flatnonzero((v["day"] >= test.first) & (v["day"] < test.last))
    order = inside[np.argsort(v["visit"][inside], kind="stable")]
    who, first, visits = np.unique(visitor[order], return_index=True, return_counts=True)
    new = v["visit"][order][first] & ids.LAST_ORDINAL == 0
    stage = np.maximum.reduceat(v["stage"][order], first) if len(first) else v["stage"][order]
    data = pd.DataFrame(
        {
            "visitor_id": who,
            "variant": words(test.treats(run.draws, who).astype(np.int8), ("A", "B")),
            "visits": visits,
            "page_load_s": v["load_s"][order][first],
            "ordered": stage == ORDER,
            "left_form": stage == LEAD,
        }
    )[new].reset_index(drop=True)
    began = pd.Timestamp(calendar.dates(np.array([test.first]))[0])
    return VisitorTest(test.lever, began, test.last - test.first, test.factor - 1.0, data, test)


def observed(run: Run, test: SpendTest) -> Experiment:
    """What the firm sees of an experiment."""
    regions = tuple(REGIONS[code] for code in test.regions)
    first = pd.Timestamp(calendar.dates(np.array([test.first]))[0])
    data = by_day_and_region(run, max(0, test.first - BEFORE_DAYS), test.last)
    data["is_treated"] = data["region"].isin(regions)
    data["is_test"] = data["date"] >= first
    days = test.last - test.first
    return Experiment(PAID[test.channel], regions, first, days, test.factor - 1.0, data, test)


def by_day_and_region(run: Run, first: int, last: int) -> pd.DataFrame:
    """Spend, sessions, leads and orders of some days by region."""
    v, places = run.visits, len(REGIONS)
    inside = (v["day"] >= first) & (v["day"] < last)
    cell = (v["day"][inside].astype(np.int64) - first) * places + v["region"][inside]
    stage, size = v["stage"][inside], (last - first) * places
    day, region = np.divmod(numbers(size), places)
    return pd.DataFrame(
        {
            "date": calendar.dates(first + day),
            "region": words(region, REGIONS),
            "spend": run.market.spend_cents[first:last].sum(axis=1).ravel() / 100,
            "sessions": counted(cell, minlength=size),
            "leads": counted(cell[stage == LEAD], minlength=size),
            "orders": counted(cell[stage == ORDER], minlength=size),
        }
    )

"""Plans: what management decides, and from which day.

``Levers`` is one state of all the levers. A ``Plan`` is the levers a firm
starts with and the changes made since, each from a date. ``Schedule`` spreads
a plan over days for the engine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from numbers import Real
from types import MappingProxyType
from typing import Any

import numpy as np

from . import calendar
from .draws import Draws
from .errors import NotAllowed, known_name
from .parameters import PAID

CONTENT = ("how_to", "promotion")
CALENDARS = ("seasonal", "flat")


@dataclass(frozen=True)
class Levers:
    """One state of everything the firm can choose.

    Money is dollars, rates are a week or a month as named; shares lie in 0-1.
    """

    ad_spend: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"brand_search": 140.0, "generic_search": 430.0, "paid_social": 480.0, "display": 250.0}
        )
    )
    ad_calendar: str = "seasonal"
    content_mix: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"how_to": 0.3, "promotion": 0.7})
    )
    posts_per_week: float = 9.0
    emails_per_month: float = 2.0
    page_load_s: float = 3.2
    checkout_error_rate: float = 0.04
    lead_form: bool = True
    checkout: bool = True
    price: float = 29.0
    sales_reps: int = 3
    support_agents: int = 2

    def __reduce__(self) -> tuple[Any, ...]:
        # Mapping proxies do not pickle.
        plain = {f.name: getattr(self, f.name) for f in fields(self)}
        plain["ad_spend"], plain["content_mix"] = dict(self.ad_spend), dict(self.content_mix)
        return _levers, (plain,)


def _levers(values: dict[str, Any]) -> Levers:
    values = dict(values)
    for name in ("ad_spend", "content_mix"):
        values[name] = MappingProxyType(values[name])
    return Levers(**values)


LEVERS = tuple(item.name for item in fields(Levers))

# Lowest and highest value of each numeric lever, and what to call it.
LIMITS = {
    "posts_per_week": (0.0, 100.0, "posts a week"),
    "emails_per_month": (0.0, 30.0, "mailings a month"),
    "page_load_s": (0.2, 60.0, "seconds"),
    "checkout_error_rate": (0.0, 1.0, "a share"),
    "price": (1.0, 10_000.0, "dollars a seat and month"),
    "sales_reps": (0, 500, "people"),
    "support_agents": (0, 500, "people"),
}
MOST_SPEND = 1_000_000.0


@dataclass(frozen=True)
class Plan:
    """The levers at the start and every change since, in order of date."""

    levers: Levers = field(default_factory=Levers)
    changes: tuple[tuple[int, tuple[tuple[str, Any], ...]], ...] = ()
    default_start: int = calendar.HISTORY_DAYS
    # Name of the firm that decides; a plan is of no use to another.
    firm: str = ""

    def change(self, start: object = None, **levers: Any) -> Plan:
        """This plan with some levers changed from a date on.

        Without ``start`` the change begins the day after the history ends.
        Levers not named keep the value they have that day; in ``ad_spend``
        so do channels not named. Changes dated later stay as they are, in
        whatever order they were made.
        """
        day = self.default_start if start is None else calendar.day_number(start)
        if not levers:
            raise NotAllowed("levers", "none", f"at least one of: {', '.join(LEVERS)}")
        checked = tuple(sorted((name, check_lever(name, v)) for name, v in levers.items()))
        kept = sorted([*self.changes, (day, checked)], key=lambda change: change[0])
        return replace(self, changes=tuple(kept))

    def on(self, date: object = None) -> Levers:
        """All levers as they stand on a day."""
        day = self.default_start if date is None else calendar.day_number(date)
        return self.states(day + 1)[-1][1]

    def states(self, days: int) -> list[tuple[int, Levers]]:
        """First day and levers of each stretch without a change."""
        found = [(0, self.levers)]
        for day, change in self.changes:
            if day < days:
                found.append((day, _applied(found[-1][1], dict(change))))
        return found


def check_plan(plan: object, own: Plan, days: int) -> Plan:
    """A plan if it is the firm's own and changes only what is still to come.

    ``days`` reach from the first day of the history to the end of the plan.
    """
    if not isinstance(plan, Plan):
        raise NotAllowed(
            "plan", type(plan).__name__, "a plan, such as company.plan.change(price=31)"
        )
    if plan.firm != own.firm:
        raise NotAllowed(
            "plan",
            f"a plan of {plan.firm or 'no firm'}",
            f"a plan of {own.firm}, made with company.plan.change",
        )
    first, last = calendar.HISTORY_DAYS, days - 2
    for day, _ in _made_since(plan, own):
        if not first <= day <= last:
            given, low, high = calendar.dates(np.array([day, first, last])).astype("datetime64[D]")
            allowed = f"a date from {low} to {high}: the past is over, later days are not planned"
            raise NotAllowed("start", str(given), allowed)
    return plan


def _made_since(plan: Plan, own: Plan) -> list[tuple[int, Any]]:
    """Changes of a plan beyond those that the firm has made already."""
    known, new = list(own.changes), []
    for change in plan.changes:
        if change in known:
            known.remove(change)
        else:
            new.append(change)
    return new


def _applied(levers: Levers, change: dict[str, Any]) -> Levers:
    if "ad_spend" in change:
        change["ad_spend"] = MappingProxyType({**levers.ad_spend, **dict(change["ad_spend"])})
    if "content_mix" in change:
        change["content_mix"] = MappingProxyType(dict(change["content_mix"]))
    return replace(levers, **change)


def check_lever(name: str, value: Any) -> Any:
    """Return a lever's value as the plan keeps it, or say what is allowed."""
    known_name("lever", name, LEVERS)
    if name == "ad_spend":
        return _check_spend(value)
    if name == "content_mix":
        return _check_mix(value)
    if name == "ad_calendar":
        return known_name("ad calendar", value, CALENDARS)
    if name in ("lead_form", "checkout"):
        if not isinstance(value, (bool, np.bool_)):
            raise NotAllowed(name, value, "True or False")
        return bool(value)
    number = _check_number(name, value, *LIMITS[name])
    if name == "price" and abs(100 * number - round(100 * number)) > 1e-6:
        raise NotAllowed(name, value, "dollars a seat and month in whole cents, such as 29.95")
    return number


def _check_number(name: str, value: Any, low: float, high: float, unit: str) -> Any:
    whole = isinstance(low, int)
    number: Any = value
    bad = isinstance(value, bool) or not isinstance(value, (Real, np.number))
    if bad or not low <= number <= high or (whole and number != int(number)):
        kind = "a whole number" if whole else "a number"
        raise NotAllowed(name, value, f"{kind} from {low:,.10g} to {high:,.10g} ({unit})")
    return int(number) if whole else float(number)


def _check_spend(value: Any) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, Mapping):
        raise NotAllowed("ad_spend", value, "a dictionary of channel and dollars a day")
    for channel in value:
        known_name("paid channel", channel, PAID)
    limits = (0.0, MOST_SPEND, "dollars a day")
    checked = {c: _check_number(f"ad_spend[{c!r}]", v, *limits) for c, v in value.items()}
    return tuple(sorted(checked.items()))


def _check_mix(value: Any) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, Mapping):
        raise NotAllowed("content_mix", value, "a dictionary of content and share")
    for content in value:
        known_name("content", content, CONTENT)
    mix = {
        c: _check_number(f"content_mix[{c!r}]", value.get(c, 0.0), 0.0, 1.0, "a share")
        for c in CONTENT
    }
    if abs(sum(mix.values()) - 1.0) > 1e-9:
        raise NotAllowed("content_mix", dict(value), "shares that sum to 1")
    return tuple(sorted(mix.items()))


@dataclass(frozen=True)
class SpendTest:
    """An experiment on the advertising of some regions for some days."""

    channel: int
    regions: tuple[int, ...]
    first: int
    last: int
    factor: float


@dataclass(frozen=True)
class SplitTest:
    """An experiment on visitors: by lot, a share of them meets another price or speed."""

    lever: str
    first: int
    last: int
    factor: float
    share: float = 0.5

    def factors(self, draws: Draws, lever: str, visitor: np.ndarray, day: np.ndarray) -> Any:
        """What to multiply a lever by, for each visitor on their day; 1 if nothing."""
        if lever != self.lever:
            return 1.0
        inside = (day >= self.first) & (day < self.last)
        return np.where(inside & self.treats(draws, visitor), self.factor, 1.0)

    def treats(self, draws: Draws, visitor: np.ndarray) -> np.ndarray:
        """Is the visitor in the treated group?"""
        return draws.uniform("split_test", visitor) < self.share


@dataclass(frozen=True)
class Schedule:
    """A plan day by day, from the first day on."""

    plan: Plan
    days: int
    size: float = 1.0
    tests: tuple[SpendTest, ...] = ()
    # Cents already spent, by day, channel and region: they replace the plan's.
    spent: np.ndarray | None = None
    split: SplitTest | None = None

    def numbers(self, name: str) -> np.ndarray:
        """Value of a numeric lever on every day."""
        out = np.empty(self.days)
        for day, levers in self.plan.states(self.days):
            out[day:] = getattr(levers, name)
        return out

    def how_to_share(self) -> np.ndarray:
        out = np.empty(self.days)
        for day, levers in self.plan.states(self.days):
            out[day:] = levers.content_mix["how_to"]
        return out

    def spend(self) -> np.ndarray:
        """Average dollars a day by day and paid channel, before the ad calendar."""
        out = np.empty((self.days, len(PAID)))
        for day, levers in self.plan.states(self.days):
            out[day:] = [levers.ad_spend.get(channel, 0.0) for channel in PAID]
        return out * self.size

    def seasonal(self) -> np.ndarray:
        """Does the ad calendar follow the season on each day?"""
        out = np.empty(self.days, dtype=bool)
        for day, levers in self.plan.states(self.days):
            out[day:] = levers.ad_calendar == "seasonal"
        return out

    def staff(self, lever: str) -> np.ndarray:
        """People on the payroll on every day."""
        return np.round(self.numbers(lever) * self.size).astype(np.int64)


def plan_as_text(plan: Plan) -> str:
    """A plan as JSON."""
    levers = {name: getattr(plan.levers, name) for name in LEVERS}
    levers |= {"ad_spend": dict(levers["ad_spend"]), "content_mix": dict(levers["content_mix"])}
    changes = [[day, dict(change)] for day, change in plan.changes]
    return json.dumps({"firm": plan.firm, "levers": levers, "changes": changes})


def plan_from_text(text: str) -> Plan:
    """The plan that ``plan_as_text`` wrote."""
    read = json.loads(text)
    levers = {name: check_lever(name, value) for name, value in read["levers"].items()}
    levers |= {name: MappingProxyType(dict(levers[name])) for name in ("ad_spend", "content_mix")}
    changes = tuple(
        (int(day), tuple(sorted((n, check_lever(n, _plain(v))) for n, v in change.items())))
        for day, change in read["changes"]
    )
    return Plan(Levers(**levers), changes, firm=read.get("firm", ""))


def _plain(value: Any) -> Any:
    """Pairs that JSON turned into lists, as a dictionary again."""
    return {name: number for name, number in value} if isinstance(value, list) else value

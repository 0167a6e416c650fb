"""What each parameter may be when somebody names it: a range that follows from its unit."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np

from .errors import NotAllowed

# The first beginning that fits a parameter's unit gives its lowest and highest value.
BY_UNIT: tuple[tuple[str, float, float], ...] = (
    ("share", 0.0, 1.0),
    ("weight", 0.0, 1.0),
    ("monthly hazard", 0.0, 1.0),
    ("conversion", 0.0, 1.0),
    ("log-odds lost", 0.0, 20.0),
    ("log-odds of at least", -20.0, 20.0),
    ("log-odds per", -20.0, 20.0),
    ("log-odds", -20.0, 20.0),
    ("log-logistic", 0.0, 3.0),
    ("logistic spread", 0.0, 5.0),
    ("log hazard", 0.0, 20.0),
    ("log growth", -0.002, 0.002),
    ("sd of log", 0.0, 1.0),
    ("exponent", 0.0, 5.0),
    ("Hill exponent", 0.1, 10.0),
    ("Weibull shape", 0.1, 10.0),
    ("days, Weibull", 0.1, 1000.0),
    ("days", 0.0, 365.0),
    ("day of the year", 1.0, 366.0),
    ("hours", 0.01, 10_000.0),
    ("minutes", 0.1, 10_000.0),
    ("points", 0.0, 100.0),
    ("price factor", 0.01, 2.0),
    ("factor", 0.0, 20.0),
    ("hazard at", 0.0, 20.0),
    ("rise per", 0.0, 100.0),
    ("how-to over", 0.0, 20.0),
    ("weekend visits", 0.01, 20.0),
    ("mobile over", 0.01, 20.0),
    ("desktop over", 0.01, 20.0),
    ("seats", 1.0, 1000.0),
    ("dollars a day", 0.01, 10_000_000.0),
    ("dollars a seat", 0.01, 100_000.0),
    ("dollars per customer", 0.0, 100_000.0),
    ("dollars a year", 0.0, 1_000_000_000.0),
    ("dollars raised", 0.0, 1_000_000_000.0),
    ("visits a day", 0.0, 100_000.0),
    ("visits per", 0.0, 10.0),
    ("visits platforms", 0.0, 10.0),
    ("engagements", 0.0, 1.0),
    ("followers", 0.0, 10_000_000.0),
    ("new followers", 0.0, 1.0),
    ("tickets", 0.0, 20.0),
    ("payment fees", 0.0, 1.0),
    ("hosting", 0.0, 1.0),
    ("conversion left", 0.0, 1.0),
    ("extra visits", 0.0, 1.0),
    ("utility per dollar", -10.0, -0.0001),
    ("utility", -20.0, 20.0),
)
# Where the unit alone would allow what the world cannot be.
BY_NAME: dict[str, tuple[float, float]] = {
    "carry_over": (0.0, 0.99),
    "survey_response": (0.001, 1.0),
    "return_rate": (0.0, 0.9),
    "season_swing": (0.0, 0.95),
    "region_share": (0.001, 1.0),
    "segment_share": (0.0, 1.0),
    "return_delay": (0.1, 365.0),
    # Who is never answered waits for ever, and none of for ever is no number.
    "csat_per_hour": (0.0001, 20.0),
}
# Shares of a whole.
WHOLES = ("region_share", "segment_share", "follower_share")


def range_of(name: str, unit: str) -> tuple[float, float]:
    """Lowest and highest value that a parameter may be given."""
    if name in BY_NAME:
        return BY_NAME[name]
    return next((low, high) for start, low, high in BY_UNIT if unit.startswith(start))


def checked_numbers(name: str, unit: str, value: Any, now: tuple) -> tuple[float, ...]:
    """As many numbers as the parameter has, each in its range."""
    several = isinstance(value, (tuple, list, np.ndarray))
    if not several or np.ndim(value) != 1 or len(value) != len(now):
        raise NotAllowed(name, value, f"{len(now)} numbers ({unit})")
    numbers = tuple(
        float(checked_number(f"{name}[{place}]", name, unit, item, 0.0))
        for place, item in enumerate(value)
    )
    if name in WHOLES and abs(sum(numbers) - 1) > 1e-6:
        raise NotAllowed(name, value, f"{len(now)} shares that sum to 1 ({unit})")
    return numbers


def checked_number(shown: str, name: str, unit: str, value: Any, now: float) -> float:
    """A number in the parameter's range; whole where the parameter is."""
    low, high = range_of(name, unit)
    whole = isinstance(now, int)
    number = isinstance(value, (Real, np.number)) and not isinstance(value, (bool, np.bool_))
    # Not a number (NaN) lies in no range.
    if not number or not low <= value <= high or (whole and value != int(value)):
        kind = "a whole number" if whole else "a number"
        raise NotAllowed(shown, value, f"{kind} from {low:,.10g} to {high:,.10g} ({unit})")
    return type(now)(value)

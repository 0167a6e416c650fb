"""Scores for answers in which chance has a part.

A number is judged by its distance from the truth in standard errors; an
interval by the interval score of Gneiting and Raftery (2007, section 6.2);
a probability by the Brier score. The last two are proper: no other answer is
expected to score better than what one really holds to be true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from seat.checks.compare import NUMBER, is_number, kind_of, plain

# What judging an answer to a case takes: the truth and its standard error, or
# the outcomes and the reference's loss on them.
Key = Mapping[str, Any]
Outcomes = Callable[..., Sequence[float]]

# What answers of one wrong idea can have in common.
SYMPTOMS = (
    "covers_less_than_half",
    "covers_everything",
    "no_width",
    "too_high",
    "too_low",
    "always_sure",
    "always_even",
)


@dataclass(frozen=True)
class WithinErrors:
    """A number is right within so many standard errors of the truth.

    ``truth`` and ``se`` take the case's arguments, but for the generator.
    """

    truth: Callable[..., float]
    se: Callable[..., float]
    errors: float = 4.0
    name: ClassVar[str] = "within_errors"

    def as_data(self) -> dict[str, Any]:
        return {"score": self.name, "errors": self.errors}


@dataclass(frozen=True)
class IntervalScore:
    """An interval is judged by its mean interval score over outcomes.

    ``outcomes(rng, ...)`` draws what came true, a few hundred figures. An
    answer is right if it scores at most ``slack`` worse than the reference.
    """

    outcomes: Outcomes
    level: float = 0.8
    slack: float = 0.25
    name: ClassVar[str] = "interval"

    def as_data(self) -> dict[str, Any]:
        return {"score": self.name, "level": self.level, "slack": self.slack}


@dataclass(frozen=True)
class BrierScore:
    """A probability is judged by its mean squared distance from what came true, 0 or 1."""

    outcomes: Outcomes
    slack: float = 0.1
    name: ClassVar[str] = "brier"

    def as_data(self) -> dict[str, Any]:
        return {"score": self.name, "slack": self.slack}


Score = WithinErrors | IntervalScore | BrierScore


@dataclass(frozen=True)
class Limits:
    """The public part of a score: what a card carries of it."""

    score: str
    errors: float = 4.0
    level: float = 0.8
    slack: float = field(default=0.0)


def limits(score: Score) -> Limits:
    """The public part of a score."""
    return Limits(**score.as_data())


def objection(answer: Any, limit: Limits) -> str | None:
    """Why an answer cannot be scored, or None."""
    answer = plain(answer)
    if limit.score == IntervalScore.name:
        return _no_interval(answer)
    if kind_of(answer) != NUMBER:
        return f"this is {kind_of(answer)}; a number is asked for"
    if not is_number(answer):
        return "this is no figure that can be judged"
    if limit.score == BrierScore.name and not 0 <= answer <= 1:
        return "this is no probability; those lie between 0 and 1"
    return None


def _no_interval(answer: Any) -> str | None:
    if type(answer) not in (list, tuple) or len(answer) != 2:
        return f"this is {kind_of(answer)}; two numbers are asked for, as in: return low, high"
    ends = [plain(end) for end in answer]
    if not all(is_number(end) for end in ends):
        return "both ends of an interval are numbers, and finite ones"
    if ends[0] > ends[1]:
        return "the low end is higher than the high end; the low one comes first"
    return None


def interval_losses(low: float, high: float, level: float, outcomes: Any) -> np.ndarray:
    """The interval score of each outcome: width, and a fine for each miss by its distance."""
    outcomes = np.asarray(outcomes, dtype=float)
    fine = 2.0 / (1.0 - level)
    below, above = np.maximum(low - outcomes, 0.0), np.maximum(outcomes - high, 0.0)
    return (high - low) + fine * (below + above)


def loss(answer: Any, key: Key, limit: Limits) -> float:
    """How bad an answer is on a case: 0 or more, the smaller the better."""
    answer = plain(answer)
    if limit.score == IntervalScore.name:
        low, high = (float(plain(end)) for end in answer)
        return float(interval_losses(low, high, limit.level, key["outcomes"]).mean())
    if limit.score == BrierScore.name:
        return float(((float(answer) - np.asarray(key["outcomes"], dtype=float)) ** 2).mean())
    return abs(float(answer) - key["truth"]) / key["se"]


def total(vector: Sequence[Any], keys: Sequence[Key], limit: Limits) -> float:
    """The score over all cases as a multiple of what is allowed: up to 1 is right."""
    losses = [loss(answer, key, limit) for answer, key in zip(vector, keys, strict=True)]
    if limit.score == WithinErrors.name:
        return max(losses) / limit.errors
    # Each case counts alike, whatever its unit.
    ratios = [mine / key["best"] for mine, key in zip(losses, keys, strict=True)]
    return float(np.mean(ratios)) / (1.0 + limit.slack)


def symptoms(vector: Sequence[Any], keys: Sequence[Key], limit: Limits) -> list[str]:
    """What can be seen of an answer vector, by the names in ``SYMPTOMS``."""
    if limit.score == IntervalScore.name:
        return _of_intervals(vector, keys)
    answers = np.array([float(plain(answer)) for answer in vector])
    if limit.score == BrierScore.name:
        return _of_chances(answers, keys)
    distance = [(a - k["truth"]) / k["se"] for a, k in zip(answers, keys, strict=True)]
    found = {"too_high": min(distance) > limit.errors, "too_low": max(distance) < -limit.errors}
    return [name for name, holds in found.items() if holds]


def _of_intervals(vector: Sequence[Any], keys: Sequence[Key]) -> list[str]:
    below, inside, above = coverage(vector, keys)
    widths = [float(plain(answer[1])) - float(plain(answer[0])) for answer in map(plain, vector)]
    found = {
        "no_width": max(widths) <= 0,
        "covers_everything": inside >= 0.999,
        "too_high": below > 0.5 and above < 0.25,
        "too_low": above > 0.5 and below < 0.25,
        "covers_less_than_half": inside < 0.5,
    }
    return [name for name, holds in found.items() if holds]


def coverage(vector: Sequence[Any], keys: Sequence[Key]) -> tuple[float, float, float]:
    """The shares of outcomes below, inside and above the intervals."""
    below, above = [], []
    for answer, key in zip(map(plain, vector), keys, strict=True):
        low, high = (float(plain(end)) for end in answer)
        outcomes = np.asarray(key["outcomes"], dtype=float)
        below.append(float((outcomes < low).mean()))
        above.append(float((outcomes > high).mean()))
    share_below, share_above = float(np.mean(below)), float(np.mean(above))
    return share_below, 1.0 - share_below - share_above, share_above


def _of_chances(answers: np.ndarray, keys: Sequence[Key]) -> list[str]:
    happened = np.array([float(np.mean(key["outcomes"])) for key in keys])
    found = {
        "always_sure": bool(np.isin(answers, (0.0, 1.0)).all()),
        "always_even": bool((np.abs(answers - 0.5) < 1e-9).all()),
        "too_high": bool((answers > happened + 0.05).all()),
        "too_low": bool((answers < happened - 0.05).all()),
    }
    return [name for name, holds in found.items() if holds]

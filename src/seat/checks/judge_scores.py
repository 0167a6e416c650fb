"""Judging answers in which chance has a part, by their score."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from seat.checks.answers import Answer, Call, Raised, ask_all, call, unattempted
from seat.checks.compare import kind_of, plain
from seat.checks.judge import NO_RETURN, not_attempted
from seat.checks.scores import (
    BrierScore,
    IntervalScore,
    Key,
    Limits,
    coverage,
    loss,
    objection,
    total,
)
from seat.checks.verdict import Outcome, Verdict

# Finds the sentence for an answer vector, given the keys to its cases.
DiagnoseScored = Callable[[list[Any], Sequence[Key]], tuple[str, str] | None]


@dataclass(frozen=True)
class ScoreSheet:
    """What judging needs to know: cases, their keys, the limits of the score."""

    question: str
    answer: str
    points: float
    cases: Sequence[Mapping[str, Any]]
    keys: Sequence[Key]
    limits: Limits
    rng: str | None
    shows_cases: bool = True
    # Practice is never marked.
    practice: bool = False


def with_generator(rng: str | None) -> Call:
    """Call an answer with a random generator where the case holds a seed."""
    if rng is None:
        return call

    def seeded(answer: Answer, given: dict[str, Any]) -> Any:
        return answer(**{**given, rng: np.random.default_rng(given[rng])})

    return seeded


def judge_scored(
    namespace: Mapping[str, Any], sheet: ScoreSheet, diagnose: DiagnoseScored
) -> Verdict:
    """Ask the answer on each case and score what it gives."""
    name = sheet.answer
    if unattempted(namespace, [name]):
        return not_attempted(sheet.question, sheet.points, [name])
    if not callable(namespace[name]):
        kind = kind_of(plain(namespace[name]))
        return _not_yet(
            sheet, f"{name} is {kind}; a function is asked for. Keep the line with def."
        )
    vector = ask_all(namespace[name], sheet.cases, with_generator(sheet.rng))
    if all(value is ... for value in vector):
        return not_attempted(sheet.question, sheet.points, [name])
    if all(value is None for value in vector):
        return _not_yet(sheet, NO_RETURN)
    faults = [_fault(value, place, sheet) for place, value in enumerate(vector, start=1)]
    if any(faults):
        found = [fault for fault in faults if fault]
        message = f"{len(found)} of {len(vector)} answers cannot be scored."
        return _not_yet(sheet, message, tuple(dict.fromkeys(found))[:3])
    return _scored(vector, sheet, diagnose)


def _fault(value: Any, place: int, sheet: ScoreSheet) -> str | None:
    """Why an answer cannot be scored; hidden cases show neither number nor text."""
    where = f"Case {place}" if sheet.shows_cases else "On a new case"
    if isinstance(value, Raised):
        text = f": {value.text}" if value.text and sheet.shows_cases else ""
        return f"{where}: your code stopped with {value}{text}."
    if value is None or value is ...:
        return f"{where}: nothing came back. Does every path end in a return line?"
    reason = objection(value, sheet.limits)
    return f"{where}: {reason}." if reason else None


def _scored(vector: list[Any], sheet: ScoreSheet, diagnose: DiagnoseScored) -> Verdict:
    if total(vector, sheet.keys, sheet.limits) <= 1.0:
        return Verdict(
            sheet.question, Outcome.RIGHT, sheet.points, sheet.points, _praise(vector, sheet)
        )
    found = diagnose(vector, sheet.keys)
    if found:
        return _not_yet(sheet, found[1], misconceptions=(found[0],))
    return _not_yet(sheet, what_is_seen(vector, sheet.keys, sheet.limits))


def _praise(vector: list[Any], sheet: ScoreSheet) -> str:
    where = "cases shown and new"
    if sheet.shows_cases:
        where = "the cases shown" + ("" if sheet.practice else ". Marking will use others")
    if sheet.limits.score == IntervalScore.name:
        inside = coverage(vector, sheet.keys)[1]
        return (
            f"Your intervals hold {inside:.0%} of the outcomes and are no wider than need be, on "
            f"{where}."
        )
    if sheet.limits.score == BrierScore.name:
        return f"Your probabilities score as well as a good forecast, on {where}."
    return f"No further from the truth than chance explains, on {where}."


def what_is_seen(vector: Sequence[Any], keys: Sequence[Key], limits: Limits) -> str:
    """What is wrong with answers of no known wrong idea, without the right one."""
    if limits.score == IntervalScore.name:
        return _seen_of_intervals(vector, keys, limits)
    if limits.score == BrierScore.name:
        mine = float(np.mean([loss(a, k, limits) for a, k in zip(vector, keys, strict=True)]))
        best = float(np.mean([key["best"] for key in keys]))
        return (
            f"Your probabilities have a Brier score of {mine:.3f}; {best:.3f} can be reached with "
            "the figures given (0 is best). Are they too sure, or do they leave a figure unused?"
        )
    distances = [loss(a, k, limits) for a, k in zip(vector, keys, strict=True)]
    far = sum(distance > limits.errors for distance in distances)
    return (
        f"{far} of {len(vector)} answers lie further from the truth than {limits.errors:g} "
        "standard errors. Chance does not explain that."
    )


def _seen_of_intervals(vector: Sequence[Any], keys: Sequence[Key], limits: Limits) -> str:
    below, inside, above = coverage(vector, keys)
    seen = f"Your intervals hold {inside:.0%} of the outcomes; {limits.level:.0%} are asked for."
    if inside > limits.level:
        return f"{seen} They are wider than need be, and each unit of width costs."
    if max(below, above) > 2 * min(below, above) + 0.1:
        side = "high" if below > above else "low"
        return f"{seen} They lie too {side}."
    return f"{seen} They are too narrow for what varies."


def _not_yet(
    sheet: ScoreSheet,
    message: str,
    details: tuple[str, ...] = (),
    misconceptions: tuple[str, ...] = (),
) -> Verdict:
    return Verdict(
        sheet.question,
        Outcome.NOT_YET,
        sheet.points,
        message=message,
        details=details,
        misconceptions=misconceptions,
    )

"""Random questions: their part of a card, its check, and the cases of marking."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from seat.checks.answers import Raised, ask
from seat.checks.cases import MOST_DRAWS, Asked, functions, known_by_heart, same_vector, wide
from seat.checks.compare import plain
from seat.checks.judge_scores import ScoreSheet, judge_scored, with_generator
from seat.checks.plaindata import from_json, to_json
from seat.checks.question import Misconception, QuestionError, Random
from seat.checks.scores import (
    SYMPTOMS,
    Key,
    Limits,
    WithinErrors,
    limits,
    loss,
    objection,
    symptoms,
    total,
)
from seat.checks.seal import seal, unseal
from seat.checks.source import WrittenQuestion
from seat.checks.verdict import Verdict

# A wrong idea must score this much worse than the worst that is still right.
CLEARANCE = 1.1
BY_HEART = "an answer that knows the visible cases by heart"
# Two draws of one idea differ by more than one draw and the truth.
TWICE = math.sqrt(2.0)


@dataclass(frozen=True)
class _Row:
    """One case, the key to it, and what each idea answers."""

    case: Mapping[str, Any]
    key: Key
    wrong: dict[str, Any]


def _kind(written: WrittenQuestion) -> Random:
    assert isinstance(written.question.kind, Random)
    return written.question.kind


def _row(written: WrittenQuestion, case: Mapping[str, Any], draw: np.random.Generator) -> _Row:
    kind = _kind(written)
    how = with_generator(kind.rng)
    given = {name: value for name, value in case.items() if name != kind.rng}
    wrong = {idea.name: ask(function, case, how) for idea, function in functions(written)}
    if isinstance(kind.score, WithinErrors):
        truth, se = float(kind.score.truth(**given)), float(kind.score.se(**given))
        if not se > 0:
            raise _fault(written, f"The standard error is {se:g} on a case.", "It must be over 0.")
        return _Row(case, {"truth": truth, "se": se}, wrong)
    outcomes = [float(f"{value:.6g}") for value in kind.score.outcomes(draw, **given)]
    answer = ask(written.reference[written.question.answers[0]], case, how)
    return _Row(case, _with_best(written, answer, outcomes), wrong)


def _with_best(written: WrittenQuestion, answer: Any, outcomes: list[float]) -> Key:
    limit = limits(_kind(written).score)
    reason = str(answer) if isinstance(answer, Raised) else objection(answer, limit)
    if reason:
        raise _fault(written, f"The reference cannot be scored: {reason}.", "Mend it.")
    best = loss(answer, {"outcomes": outcomes}, limit)
    if not best > 0:
        raise _fault(
            written, "On a case the reference has no loss at all.", "Leave something to chance."
        )
    return {"outcomes": outcomes, "best": best}


def _fault(written: WrittenQuestion, problem: str, remedy: str) -> QuestionError:
    return QuestionError(f"question {written.question.id!r}", problem, remedy)


def shown_cases(written: WrittenQuestion) -> Asked:
    """The cases that learners see, with the keys to them.

    Raises
    ------
    QuestionError
        When a wrong idea would pass, or two cannot be told apart.
    """
    asked = _asked(_shown_rows(written))
    confusion = _confusion(written, asked)
    if confusion:
        raise _fault(written, f"On the visible cases {confusion}", "Choose others, or drop one.")
    return asked


def _shown_rows(written: WrittenQuestion) -> list[_Row]:
    cases = _kind(written).cases
    return [_row(written, c, np.random.default_rng([n])) for n, c in enumerate(cases, start=1)]


def drawn_cases(written: WrittenQuestion, key: bytes) -> Asked:
    """The visible cases and those drawn from a key, on which no wrong idea passes.

    Raises
    ------
    QuestionError
        When no such cases are found.
    """
    kind = _kind(written)
    rng = np.random.default_rng(int.from_bytes(key, "big"))
    by_heart, shown = known_by_heart(written), _shown_rows(written)
    for row in shown:
        row.wrong[BY_HEART] = ask(by_heart, row.case)
    rows: list[_Row] = []
    confusion: str | None = "too few cases can be drawn."
    for _ in range(MOST_DRAWS):
        rows.append(_row(written, kind.fresh(rng), rng))
        rows[-1].wrong[BY_HEART] = ask(by_heart, rows[-1].case)
        if len(rows) < kind.fresh_count:
            continue
        asked = _asked([*shown, *rows])
        confusion = _confusion(written, asked)
        if confusion is None:
            del asked.wrong[BY_HEART]
            return asked
        rows.pop(0)
    raise _fault(written, f"On fresh cases {confusion}", "Draw more varied cases, or drop an idea.")


def _asked(rows: Sequence[_Row]) -> Asked:
    return Asked(
        tuple(row.case for row in rows),
        [row.key for row in rows],
        {name: [row.wrong[name] for row in rows] for name in rows[0].wrong},
    )


def _confusion(written: WrittenQuestion, asked: Asked) -> str | None:
    """Which idea would pass, or which two give the same answers; None if all is clear."""
    limit = limits(_kind(written).score)
    for name, vector in asked.wrong.items():
        if scorable(vector, limit) and total(vector, asked.expected, limit) < CLEARANCE:
            return f"{name} is as good as right."
    for (one, mine), (other, theirs) in itertools.combinations(asked.wrong.items(), 2):
        if alike(written, mine, theirs, asked.expected, clearance=2.0):
            return f"{one} and {other} give the same answers."
    return None


def scorable(vector: Sequence[Any], limit: Limits) -> bool:
    """Can every answer be scored?"""
    return not any(isinstance(value, Raised) or objection(value, limit) for value in vector)


def alike(
    written: WrittenQuestion,
    mine: Sequence[Any],
    theirs: Sequence[Any],
    keys: Sequence[Key],
    clearance: float = 1.0,
) -> bool:
    """Are two answer vectors the same, as far as chance lets one tell?"""
    limit = limits(_kind(written).score)
    if limit.score == WithinErrors.name and scorable(mine, limit) and scorable(theirs, limit):
        reach = clearance * TWICE * limit.errors
        return all(
            abs(float(plain(a)) - float(plain(b))) <= reach * key["se"]
            for a, b, key in zip(mine, theirs, keys, strict=True)
        )
    within = wide(written.question.within) if clearance > 1 else written.question.within
    return same_vector(mine, theirs, within, written)


def score_part(written: WrittenQuestion) -> dict[str, Any]:
    """What a card carries: visible cases, keys to them, and sealed sentences."""
    kind = _kind(written)
    asked = shown_cases(written)
    return {
        "cases": [to_json(dict(case)) for case in asked.cases],
        "keys": [to_json(dict(key)) for key in asked.expected],
        "limits": kind.score.as_data(),
        "rng": kind.rng,
        "sealed": [
            each
            for idea in written.misconceptions
            for each in _sealed(idea, asked, limits(kind.score), written.question.id)
        ],
    }


def _sealed(idea: Misconception, asked: Asked, limit: Limits, salt: str) -> list[dict[str, Any]]:
    """A sentence sealed with the answers of its idea, and with what they have in common."""
    vector = asked.wrong[idea.name]
    found = []
    if idea.symptom:
        found.append({"by": "symptom", "locks": seal(idea.sentence, [idea.symptom], salt)})
    if limit.score == WithinErrors.name and scorable(vector, limit):
        grid = [
            _cell_of(answer, key, limit) for answer, key in zip(vector, asked.expected, strict=True)
        ]
        locks = seal(idea.sentence, _cells(vector, grid), salt)
        found.append({"by": "cells", "grid": to_json(grid), "locks": locks})
    else:
        found.append({"by": "answers", "locks": seal(idea.sentence, vector, salt)})
    return found


def _cell_of(answer: Any, key: Key, limit: Limits) -> list[float]:
    """Where cells begin and how wide they are, so that the answer stands amid one.

    Random answers of one idea differ, and so they share a cell, not a value.
    """
    width = 2 * TWICE * limit.errors * key["se"]
    return [(float(plain(answer)) + width / 2) % width, width]


def _cells(vector: Sequence[Any], grid: Sequence[Sequence[float]]) -> list[int]:
    pairs = zip(vector, grid, strict=True)
    return [math.floor((float(plain(a)) - start) / width) for a, (start, width) in pairs]


def check_scored(card: Mapping[str, Any], namespace: Mapping[str, Any]) -> Verdict:
    """Check a learner's answer on the visible cases of a card."""
    limit = Limits(**card["limits"])
    sheet = ScoreSheet(
        card["id"],
        card["answers"][0],
        card["points"],
        from_json(card["cases"]),
        from_json(card["keys"]),
        limit,
        card["rng"],
        practice="solution" in card,
    )

    def diagnose(vector: list[Any], keys: Sequence[Key]) -> tuple[str, str] | None:
        common = symptoms(vector, keys, limit)
        # What is exactly the same says more than what is merely in common.
        ordered = sorted(card["sealed"], key=lambda each: each["by"] == "symptom")
        for number, sealed in enumerate(ordered, start=1):
            for word in _words(sealed, vector, common):
                sentence = unseal(sealed["locks"], word, card["id"])
                if sentence:
                    return f"misconception {number}", sentence
        return None

    return judge_scored(namespace, sheet, diagnose)


def _words(
    sealed: Mapping[str, Any], vector: Sequence[Any], common: Sequence[str]
) -> list[Sequence[Any]]:
    """The vectors that may open a seal."""
    if sealed["by"] == "symptom":
        return [[name] for name in SYMPTOMS if name in common]
    return [_cells(vector, sealed["grid"]) if sealed["by"] == "cells" else vector]


def mark_scored(written: WrittenQuestion, namespace: Mapping[str, Any], asked: Asked) -> Verdict:
    """Mark a random answer on shown and fresh cases."""
    question, kind = written.question, _kind(written)
    sheet = ScoreSheet(
        question.id,
        question.answers[0],
        question.points,
        asked.cases,
        asked.expected,
        limits(kind.score),
        kind.rng,
        shows_cases=False,
    )
    return judge_scored(namespace, sheet, _diagnosis(written, asked))


def _diagnosis(
    written: WrittenQuestion, asked: Asked
) -> Callable[[list[Any], Sequence[Key]], tuple[str, str] | None]:
    limit = limits(_kind(written).score)

    def diagnose(vector: list[Any], keys: Sequence[Key]) -> tuple[str, str] | None:
        common = symptoms(vector, keys, limit)
        exactly = [
            idea
            for idea in written.misconceptions
            if alike(written, vector, asked.wrong[idea.name], keys)
        ]
        seen = [idea for idea in written.misconceptions if idea.symptom in common]
        return next(((idea.name, idea.sentence) for idea in (*exactly, *seen)), None)

    return diagnose


# So many draws, of which a right answer passes at least this share.
DRAWS_PROVED, SHARE_RIGHT = 200, 0.99
# The reference's own errors, as a multiple of those that the author states.
HONEST = (0.5, 1.5)


def error_findings(written: WrittenQuestion) -> Iterator[tuple[str, str]]:
    """Stated standard errors that the reference's own answers do not bear out."""
    kind = _kind(written)
    if not isinstance(kind.score, WithinErrors):
        return
    rng = np.random.default_rng(len(written.question.id))
    errors = [_error_of_reference(written, kind.fresh(rng)) for _ in range(DRAWS_PROVED)]
    marks = [errors[n : n + kind.fresh_count] for n in range(0, len(errors), kind.fresh_count)]
    right = float(np.mean([max(map(abs, each)) <= kind.score.errors for each in marks]))
    if right < SHARE_RIGHT:
        yield "the reference", f"passes on {right:.0%} of fresh seeds; {SHARE_RIGHT:.0%} are asked."
    spread = float(np.sqrt(np.mean(np.square(errors))))
    if not HONEST[0] <= spread <= HONEST[1]:
        yield (
            "the standard error",
            f"the reference varies {spread:.2g} times as much as stated; state what it is.",
        )


def _error_of_reference(written: WrittenQuestion, case: Mapping[str, Any]) -> float:
    kind = _kind(written)
    assert isinstance(kind.score, WithinErrors)
    given = {name: value for name, value in case.items() if name != kind.rng}
    answer = ask(written.reference[written.question.answers[0]], case, with_generator(kind.rng))
    return (float(plain(answer)) - kind.score.truth(**given)) / kind.score.se(**given)

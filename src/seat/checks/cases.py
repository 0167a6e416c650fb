"""Cases on which right and wrong answers can be told apart."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from seat.checks.answers import Raised, ask
from seat.checks.compare import EXACT, Tolerance, same
from seat.checks.plaindata import to_json
from seat.checks.question import Fact, Misconception, Policy, QuestionError
from seat.checks.source import WrittenQuestion

# A wrong idea must lie this many tolerances away from the answer, so that no
# rounding turns one into the other.
CLEARANCE = 3.0
MOST_DRAWS = 400


@dataclass(frozen=True)
class Asked:
    """Cases with what the reference and each misconception answer on them."""

    cases: tuple[Mapping[str, Any], ...]
    expected: list[Any]
    wrong: dict[str, list[Any]]


@dataclass(frozen=True)
class _Row:
    """One case, with what the reference and each misconception answer."""

    case: Mapping[str, Any]
    right: Any
    wrong: dict[str, Any]


def visible(written: WrittenQuestion) -> Asked:
    """The cases that learners see.

    Raises
    ------
    QuestionError
        When the reference fails on one, or a misconception cannot be told
        from the reference or from another misconception.
    """
    rows = [_row(written, case) for case in written.question.kind.cases]
    place = f"question {written.question.id!r}, visible cases"
    for number, row in enumerate(rows, start=1):
        if isinstance(row.right, Raised):
            raise QuestionError(
                place,
                f"The reference stops with {row.right} on case {number}.",
                "Mend one of them.",
            )
        if _overlaps(written, row):
            raise QuestionError(
                place,
                f"On case {number} a misconception lies within {CLEARANCE:g} tolerances of the "
                "right answer.",
                "Change the case or narrow the tolerance.",
            )
    asked = _asked(written, rows)
    confusion = _confusion(written, asked)
    if confusion:
        raise QuestionError(place, confusion, "Add a case on which they differ, or drop one.")
    return asked


def fresh(written: WrittenQuestion, key: bytes) -> Asked:
    """Cases drawn from a key, on which every misconception shows.

    The same key gives the same cases. A draw on which an idea comes close to
    the right answer without meeting it is left out, and an answer that knows
    the visible cases by heart is wrong on at least one.

    Raises
    ------
    QuestionError
        When no such cases are found.
    """
    kind = written.question.kind
    if isinstance(kind, Fact):
        raise TypeError("Facts have no fresh cases.")
    rng = np.random.default_rng(int.from_bytes(key, "big"))
    by_heart = known_by_heart(written)
    bank = [_row(written, case) for case in kind.bank] if isinstance(kind, Policy) else []
    rows: list[_Row] = []
    for _ in range(MOST_DRAWS):
        row = _row(written, kind.fresh(rng))
        if _overlaps(written, row):
            continue
        rows.append(row)
        if len(rows) < kind.fresh_count:
            continue
        for each in (*bank, *rows):
            each.wrong[BY_HEART] = by_heart(**each.case)
        asked = _asked(written, [*bank, *rows])
        if _confusion(written, asked) is None:
            del asked.wrong[BY_HEART]
            return asked
        # The oldest draw goes: it did not help to tell the ideas apart.
        rows.pop(0)
    raise QuestionError(
        f"question {written.question.id!r}, fresh cases",
        _confusion(written, _asked(written, [*bank, *rows]))
        or "Too few of the drawn cases are usable.",
        "Draw more varied cases, or drop a misconception.",
    )


BY_HEART = "an answer that knows the visible cases by heart"


def known_by_heart(written: WrittenQuestion) -> Callable[..., Any]:
    """An answer that has the visible cases hard-coded and guesses elsewhere."""
    reference = written.reference[written.question.answers[0]]
    cases = written.question.kind.cases
    known = {_case_word(case): ask(reference, case) for case in cases}
    guess = ask(reference, cases[0])

    def answer(**case: Any) -> Any:
        return known.get(_case_word(case), guess)

    return answer


def _case_word(case: Mapping[str, Any]) -> str:
    return json.dumps(to_json(dict(case)), sort_keys=True)


def _row(written: WrittenQuestion, case: Mapping[str, Any]) -> _Row:
    right = ask(written.reference[written.question.answers[0]], case)
    wrong = {idea.name: ask(function, case) for idea, function in functions(written)}
    return _Row(case, right, wrong)


def _asked(written: WrittenQuestion, rows: Sequence[_Row]) -> Asked:
    names = rows[0].wrong if rows else [idea.name for idea, _ in functions(written)]
    return Asked(
        tuple(row.case for row in rows),
        [row.right for row in rows],
        {name: [row.wrong[name] for row in rows] for name in names},
    )


def functions(written: WrittenQuestion) -> list[tuple[Misconception, Callable[..., Any]]]:
    """The misconceptions that are computations, each with its function."""
    ideas = written.misconceptions
    return [(idea, idea.answers) for idea in ideas if callable(idea.answers)]


def wide(within: Tolerance) -> Tolerance:
    """The distance that a wrong idea must keep from the answer."""
    return Tolerance(within.absolute * CLEARANCE, within.relative * CLEARANCE)


def _overlaps(written: WrittenQuestion, row: _Row) -> bool:
    """Does an idea come close to the right answer on this case, without meeting it?"""
    question = written.question
    if isinstance(row.right, Raised):
        return False
    for answer in row.wrong.values():
        if isinstance(answer, Raised):
            continue
        close = same(answer, row.right, wide(question.within), question.shape)
        if close and not same(answer, row.right, EXACT, question.shape):
            return True
    return False


def _confusion(written: WrittenQuestion, asked: Asked) -> str | None:
    """Which two ideas these cases cannot tell apart, or None."""
    named = {"the reference": asked.expected, **asked.wrong}
    for (one, mine), (other, theirs) in itertools.combinations(named.items(), 2):
        if same_vector(mine, theirs, wide(written.question.within), written):
            return f"These cases cannot tell {one} from {other}."
    return None


def same_vector(
    mine: Sequence[Any], theirs: Sequence[Any], within: Tolerance, written: WrittenQuestion
) -> bool:
    """Do two answer vectors agree on every case?"""
    return all(_same_answer(a, b, within, written) for a, b in zip(mine, theirs, strict=True))


def _same_answer(mine: Any, theirs: Any, within: Tolerance, written: WrittenQuestion) -> bool:
    if isinstance(mine, Raised) or isinstance(theirs, Raised):
        return (
            isinstance(mine, Raised) and isinstance(theirs, Raised) and mine.error == theirs.error
        )
    return same(mine, theirs, within, written.question.shape)

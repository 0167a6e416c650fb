"""Cases on which right and wrong answers can be told apart."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from seat.checks.answers import Answer, Call, Raised, ask, call
from seat.checks.compare import EXACT, Tolerance, same
from seat.checks.judge_scores import with_generator
from seat.checks.plaindata import to_json
from seat.checks.plots import drawing
from seat.checks.question import Fact, Misconception, Plot, Policy, QuestionError, Random, Structure
from seat.checks.source import WrittenQuestion

# A wrong idea must lie this many tolerances away from the answer, so that no
# rounding turns one into the other.
CLEARANCE = 3.0
MOST_DRAWS = 400


@dataclass(frozen=True)
class Asked:
    """Cases with what the reference and each misconception answer on them.

    For structures, rules take the place of cases and an answer is how each is
    broken, if at all; for random answers, what is expected is the key to each case.
    """

    cases: tuple[Any, ...]
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


def fresh(written: WrittenQuestion, key: bytes, shown: Asked | None = None) -> Asked:
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
    if isinstance(kind, Fact | Structure):
        raise TypeError(f"A {kind.name} question has no fresh cases.")
    rng = np.random.default_rng(int.from_bytes(key, "big"))
    by_heart = known_by_heart(written, shown)
    # What is remembered was read already; figures are drawn again.
    remembered = call_of(written) if isinstance(kind, Plot) else call
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
            each.wrong[BY_HEART] = ask(by_heart, each.case, remembered)
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


def call_of(written: WrittenQuestion) -> Call:
    """How answers to a question are called and read."""
    kind = written.question.kind
    if isinstance(kind, Plot):
        return drawing(kind.rules, kind.ordered)
    if isinstance(kind, Random):
        return with_generator(kind.rng)
    return call


def known_by_heart(written: WrittenQuestion, shown: Asked | None = None) -> Answer:
    """An answer that has the visible cases hard-coded and guesses elsewhere."""
    reference = written.reference[written.question.answers[0]]
    kind = written.question.kind
    if isinstance(kind, Plot):
        return _redraws_by_heart(reference, kind.cases)
    how, seed = call_of(written), getattr(kind, "rng", None)
    answers = shown.expected if shown else [ask(reference, case, how) for case in kind.cases]
    known = dict(zip([_case_word(case, seed) for case in kind.cases], answers, strict=True))

    def answer(**case: Any) -> Any:
        return copy.copy(known.get(_case_word(case, seed), answers[0]))

    return answer


def _redraws_by_heart(reference: Answer, cases: Sequence[Mapping[str, Any]]) -> Answer:
    """A figure cannot be kept: each time, one of the visible ones is drawn again."""
    known = {_case_word(case): case for case in cases}

    def answer(**case: Any) -> Any:
        return reference(**copy.deepcopy(dict(known.get(_case_word(case), cases[0]))))

    return answer


def _case_word(case: Mapping[str, Any], but: str | None = None) -> str:
    """A case as text, but for the argument that holds a generator."""
    return json.dumps(to_json({k: v for k, v in case.items() if k != but}), sort_keys=True)


def _row(written: WrittenQuestion, case: Mapping[str, Any]) -> _Row:
    how = call_of(written)
    right = ask(written.reference[written.question.answers[0]], case, how)
    wrong = {idea.name: ask(function, case, how) for idea, function in functions(written)}
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

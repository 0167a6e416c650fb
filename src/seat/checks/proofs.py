"""Proofs that a question does its work, run in one process without kernels.

For each question: the reference scores full, the untouched copy 0 as *not
attempted*, each misconception fails with its own sentence on shown and on
fresh cases, and constants, ``None``, one-answer policies and hard-coded
visible answers fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seat.checks import cases as cases_module
from seat.checks.card import check_card, make_card
from seat.checks.compare import same
from seat.checks.marking import all_cases, mark_on
from seat.checks.question import Fact, Policy
from seat.checks.source import WrittenQuestion, run
from seat.checks.verdict import Outcome, Verdict

CONSTANTS: tuple[Any, ...] = (0, 1, 0.1, -1, "", "yes", True, [], {})


@dataclass(frozen=True)
class Finding:
    """A promise that a question breaks."""

    question: str
    answer: str
    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}, {self.where}: {self.problem}"


@dataclass(frozen=True)
class Attempt:
    """An answer given on trial, and what the marker must find."""

    name: str
    answers: Mapping[str, Any]
    outcome: Outcome
    sentence: str | None = None
    # A hard-coded visible answer passes the visible check, and must.
    passes_check: bool = False


def keys(count: int) -> list[bytes]:
    """Keys for so many seeds, as a grader would derive them."""
    return [seed.to_bytes(16, "big") for seed in range(1, count + 1)]


def prove(written: WrittenQuestion, seeds: int = 10) -> list[Finding]:
    """All promises that the question breaks; none if it does its work."""
    card = json.loads(json.dumps(make_card(written)))
    drawn = [all_cases(written, key) for key in keys(seeds)]
    found: list[Finding] = []
    for attempt in attempts(written):
        namespace = {**written.setup, **attempt.answers}
        found += _check_findings(written, card, namespace, attempt)
        for number, asked in enumerate(drawn, start=1):
            verdict = mark_on(written, namespace, asked)
            found += _findings(written, attempt, verdict, f"seed {number}")
    return found


def attempts(written: WrittenQuestion) -> Iterator[Attempt]:
    """The right answer, the untouched one, each wrong idea, and lazy ones."""
    yield Attempt("the reference", written.reference, Outcome.RIGHT, passes_check=True)
    yield Attempt("the untouched copy", _untouched(written), Outcome.NOT_ATTEMPTED)
    names = written.question.answers
    yield Attempt("None", dict.fromkeys(names), Outcome.NOT_ATTEMPTED)
    for idea in written.misconceptions:
        answers = idea.answers if isinstance(idea.answers, Mapping) else {names[0]: idea.answers}
        yield Attempt(
            f"misconception {idea.name!r}",
            _held(written, answers),
            Outcome.NOT_YET,
            idea.sentence,
            passes_check=isinstance(written.question.kind, Fact),
        )
    if not isinstance(written.question.kind, Fact):
        yield from _lazy(written)


def _held(written: WrittenQuestion, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The reference with the wrong answers put in, item by item in dictionaries."""
    held = dict(written.reference)
    for name, value in answers.items():
        both = type(held[name]) is dict and type(value) is dict
        held[name] = {**held[name], **value} if both else value
    return held


def _untouched(written: WrittenQuestion) -> dict[str, Any]:
    namespace = dict(written.setup)
    run(written.starter, namespace, "starter")
    return {name: namespace.get(name) for name in written.question.answers}


def _lazy(written: WrittenQuestion) -> Iterator[Attempt]:
    name = written.question.answers[0]
    shown = cases_module.visible(written)
    for value in [None, *CONSTANTS, *shown.expected]:
        yield Attempt(f"always {_brief(value)}", {name: _always(value)}, Outcome.NOT_YET)
    yield Attempt(
        "hard-coded",
        {name: cases_module.known_by_heart(written)},
        Outcome.NOT_YET,
        passes_check=True,
    )
    kind = written.question.kind
    if isinstance(kind, Policy):
        for decision in kind.decisions:
            for reason in kind.reasons:
                answer = (decision, reason)
                yield Attempt(f"always {answer}", {name: _always(answer)}, Outcome.NOT_YET)


def _always(value: Any) -> Callable[..., Any]:
    return lambda **case: value


def _brief(value: Any) -> str:
    return repr(value)[:40].replace("\n", " ")


def _check_findings(
    written: WrittenQuestion,
    card: Mapping[str, Any],
    namespace: Mapping[str, Any],
    attempt: Attempt,
) -> Iterator[Finding]:
    verdict = check_card(card, namespace)
    if attempt.passes_check:
        if verdict.outcome is not Outcome.RIGHT:
            yield Finding(written.question.id, attempt.name, "check", f"gets {verdict.message!r}")
        return
    if _passes_visibly(attempt, written):
        return
    yield from _findings(written, attempt, verdict, "check")


def _passes_visibly(attempt: Attempt, written: WrittenQuestion) -> bool:
    """A constant may be right on a single visible case; marking must see through it."""
    if not attempt.name.startswith("always"):
        return False
    shown = cases_module.visible(written)
    function = attempt.answers[written.question.answers[0]]
    return all(
        same(function(), expected, written.question.within, written.question.shape)
        for expected in shown.expected
    )


def _findings(
    written: WrittenQuestion, attempt: Attempt, verdict: Verdict, where: str
) -> Iterator[Finding]:
    def finding(problem: str) -> Finding:
        return Finding(written.question.id, attempt.name, where, problem)

    if verdict.outcome is not attempt.outcome:
        yield finding(f"is {verdict.outcome.value}, not {attempt.outcome.value}: {verdict.message}")
    elif (
        (attempt.outcome is Outcome.RIGHT and verdict.score != written.question.points)
        or (attempt.outcome is Outcome.NOT_ATTEMPTED and verdict.score)
        or (attempt.outcome is Outcome.NOT_YET and verdict.score >= written.question.points)
    ):
        yield finding(f"scores {verdict.score}")
    elif attempt.sentence and verdict.message != attempt.sentence:
        yield finding(f"gets another sentence: {verdict.message!r}")

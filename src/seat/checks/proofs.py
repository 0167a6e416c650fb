"""Proofs that a question does its work, run in one process without kernels.

For each question: the reference scores full, the untouched copy 0 as *not
attempted*, each misconception fails with its own sentence on shown and on
fresh cases, and constants, ``None``, one-answer policies and hard-coded
visible answers fail. What else a kind promises stands in ``lazy``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seat.checks import cases as cases_module
from seat.checks.card import check_card, make_card
from seat.checks.card_scores import error_findings
from seat.checks.lazy import Attempt, lazy_attempts, structure_findings
from seat.checks.marking import all_cases, mark_on
from seat.checks.question import Fact, Random, Structure
from seat.checks.source import WrittenQuestion, run
from seat.checks.verdict import Outcome, Verdict


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
class Proof:
    """What was tried on a question, how long it took, and what was found."""

    question: str
    kind: str
    misconceptions: int
    attempts: int
    seeds: int
    seconds: float
    findings: tuple[Finding, ...]


def keys(count: int) -> list[bytes]:
    """Keys for so many seeds, as a grader would derive them."""
    return [seed.to_bytes(16, "big") for seed in range(1, count + 1)]


def prove(written: WrittenQuestion, seeds: int = 10) -> list[Finding]:
    """All promises that the question breaks; none if it does its work."""
    return list(proof_of(written, seeds).findings)


def proof_of(written: WrittenQuestion, seeds: int = 10) -> Proof:
    """Try everything on a question that should pass or fail.

    Raises
    ------
    QuestionError
        When the question cannot be asked at all.
    """
    began = time.perf_counter()
    card = json.loads(json.dumps(make_card(written)))
    shown = _shown(written)
    drawn = [all_cases(written, key, shown) for key in keys(seeds)]
    found: list[Finding] = []
    tried = list(attempts(written, shown))
    for attempt in tried:
        namespace = {**written.setup, **attempt.answers}
        found += _check_findings(written, card, namespace, attempt)
        for number, asked in enumerate(drawn, start=1):
            verdict = mark_on(written, namespace, asked)
            found += _findings(written, attempt, verdict, f"seed {number}")
    found += _kind_findings(written)
    return Proof(
        written.question.id,
        written.question.kind.name,
        len(written.misconceptions),
        len(tried),
        seeds,
        time.perf_counter() - began,
        tuple(found),
    )


def _shown(written: WrittenQuestion) -> cases_module.Asked | None:
    """The visible cases, worked out once; None for kinds that do not compare answers."""
    other = isinstance(written.question.kind, Fact | Structure | Random)
    return None if other else cases_module.visible(written)


def attempts(
    written: WrittenQuestion, shown: cases_module.Asked | None = None
) -> Iterator[Attempt]:
    """The right answer, the untouched one, each wrong idea, and lazy ones."""
    yield Attempt("the reference", written.reference, Outcome.RIGHT, passes_check=True)
    yield Attempt("the untouched copy", _untouched(written), Outcome.NOT_ATTEMPTED)
    yield Attempt("None", dict.fromkeys(written.question.answers), Outcome.NOT_ATTEMPTED)
    for idea in written.misconceptions:
        yield Attempt(
            f"misconception {idea.name!r}",
            written.held(idea),
            Outcome.NOT_YET,
            (idea.sentence,),
            passes_check=isinstance(written.question.kind, Fact),
            may_pass_check=isinstance(written.question.kind, Structure),
        )
    yield from lazy_attempts(written, shown or _shown(written))


def _untouched(written: WrittenQuestion) -> dict[str, Any]:
    namespace = dict(written.setup)
    run(written.starter, namespace, "starter")
    return {name: namespace.get(name) for name in written.question.answers}


def _kind_findings(written: WrittenQuestion) -> Iterator[Finding]:
    """What only questions of one kind promise."""
    problems: Iterator[tuple[str, str]] = iter(())
    if isinstance(written.question.kind, Structure):
        problems = structure_findings(written)
    if isinstance(written.question.kind, Random):
        problems = error_findings(written)
    for answer, problem in problems:
        yield Finding(written.question.id, answer, "all seeds", problem)


def _check_findings(
    written: WrittenQuestion,
    card: Mapping[str, Any],
    namespace: Mapping[str, Any],
    attempt: Attempt,
) -> Iterator[Finding]:
    verdict = check_card(card, namespace)
    is_right = verdict.outcome is Outcome.RIGHT
    if is_right and attempt.may_pass_check:
        return
    if attempt.passes_check:
        if not is_right:
            yield Finding(written.question.id, attempt.name, "check", f"gets {verdict.message!r}")
        return
    yield from _findings(written, attempt, verdict, "check")


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
        or (attempt.scores_nothing and verdict.score)
    ):
        yield finding(f"scores {verdict.score}")
    elif attempt.sentences and verdict.message not in attempt.sentences:
        yield finding(f"gets another sentence: {verdict.message!r}")

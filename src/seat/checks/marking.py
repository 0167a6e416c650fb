"""Marking: a learner's answers against the reference, on shown and fresh cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from seat.checks import cases as cases_module
from seat.checks.answers import Raised
from seat.checks.card_rules import asked_of, mark_structure
from seat.checks.card_scores import drawn_cases, mark_scored
from seat.checks.facts import judge_facts
from seat.checks.judge import Sheet, judge_function
from seat.checks.plots import DATA_NOT_PIXELS, objection_to
from seat.checks.question import Fact, Plot, Policy, Random, Structure
from seat.checks.source import WrittenQuestion
from seat.checks.verdict import Outcome, Verdict


def mark_written(written: WrittenQuestion, namespace: Mapping[str, Any], key: bytes) -> Verdict:
    """Mark the answers in a namespace; ``key`` draws the fresh cases."""
    try:
        asked = all_cases(written, key)
    except Exception as error:
        return _could_not_check(written, type(error).__name__)
    return mark_on(written, namespace, asked)


def mark_on(
    written: WrittenQuestion, namespace: Mapping[str, Any], asked: cases_module.Asked
) -> Verdict:
    """Mark on these cases.

    The verdict is *we could not check* only where the same case fails with
    the reference in the learner's place.
    """
    try:
        return _mark(written, namespace, asked)
    except Exception as error:
        return _whose_fault(written, asked, error)


def _mark(
    written: WrittenQuestion, namespace: Mapping[str, Any], asked: cases_module.Asked
) -> Verdict:
    question = written.question
    if isinstance(question.kind, Fact):
        return judge_facts(
            namespace,
            question.id,
            question.points,
            question.kind.forms,
            written.reference,
            written.misconceptions,
            question.within,
        )
    if isinstance(question.kind, Structure):
        return mark_structure(written, namespace, asked)
    if isinstance(question.kind, Random):
        return mark_scored(written, namespace, asked)
    if any(isinstance(value, Raised) for value in asked.expected):
        return _could_not_check(written, "the reference fails on a case")
    return judge_function(namespace, sheet(written, asked), diagnosis(written, asked))


def all_cases(
    written: WrittenQuestion, key: bytes, shown: cases_module.Asked | None = None
) -> cases_module.Asked:
    """The visible cases followed by the fresh ones, answered by every idea.

    ``shown`` saves working out the visible ones again.
    """
    if isinstance(written.question.kind, Fact):
        return cases_module.Asked((), [], {})
    if isinstance(written.question.kind, Structure):
        return asked_of(written, key)
    if isinstance(written.question.kind, Random):
        return drawn_cases(written, key)
    shown = shown or cases_module.visible(written)
    drawn = cases_module.fresh(written, key, shown)
    return cases_module.Asked(
        (*shown.cases, *drawn.cases),
        [*shown.expected, *drawn.expected],
        {name: [*shown.wrong[name], *drawn.wrong[name]] for name in shown.wrong},
    )


def sheet(written: WrittenQuestion, asked: cases_module.Asked) -> Sheet:
    """What the judge needs; hidden cases are not shown in its messages."""
    question = written.question
    kind = question.kind
    return Sheet(
        question=question.id,
        answer=question.answers[0],
        points=question.points,
        cases=asked.cases,
        expected=asked.expected,
        within=question.within,
        shape=question.shape,
        permitted=(kind.decisions, kind.reasons) if isinstance(kind, Policy) else (),
        shows_cases=False,
        how=cases_module.call_of(written),
        objects=partial(objection_to, rules=kind.rules) if isinstance(kind, Plot) else None,
        caution=DATA_NOT_PIXELS if isinstance(kind, Plot) else "",
    )


def diagnosis(written: WrittenQuestion, asked: cases_module.Asked) -> Any:
    """Find the misconception whose whole answer vector was given."""
    sentences = {idea.name: idea.sentence for idea in written.misconceptions}

    def diagnose(vector: Sequence[Any]) -> tuple[str, str] | None:
        for name, wrong in asked.wrong.items():
            if cases_module.same_vector(vector, wrong, written.question.within, written):
                return name, sentences[name]
        return None

    return diagnose


def _whose_fault(written: WrittenQuestion, asked: cases_module.Asked, error: Exception) -> Verdict:
    """Put the reference in the learner's place: if that works, the answer is at fault."""
    try:
        verdict = _mark(written, dict(written.reference), asked)
        ours = verdict.outcome is not Outcome.RIGHT
    except Exception:
        ours = True
    if ours:
        return _could_not_check(written, type(error).__name__)
    return Verdict(
        written.question.id,
        Outcome.NOT_YET,
        written.question.points,
        message="The answer could not be read. Give back plain numbers, text, lists or a table.",
    )


def _could_not_check(written: WrittenQuestion, reason: str) -> Verdict:
    return Verdict(
        written.question.id,
        Outcome.COULD_NOT_CHECK,
        written.question.points,
        message=f"The fault is ours ({reason}). Your instructor will mark this by hand.",
    )

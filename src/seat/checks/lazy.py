"""Answers that know nothing and must fail, kind by kind."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seat.checks.card_rules import asked_of
from seat.checks.cases import Asked, known_by_heart
from seat.checks.compare import plain, same
from seat.checks.question import Fact, Plot, Policy, Random, Structure
from seat.checks.rules import Rule, flags
from seat.checks.scores import BrierScore, IntervalScore
from seat.checks.source import WrittenQuestion
from seat.checks.structures import structured
from seat.checks.verdict import Outcome

CONSTANTS: tuple[Any, ...] = (0, 1, 0.1, -1, "", "yes", True, [], {})
HUGE = 1e12
PROOF_KEY = b"a draw for proofs"


@dataclass(frozen=True)
class Attempt:
    """An answer given on trial, and what the marker must find."""

    name: str
    answers: Mapping[str, Any]
    outcome: Outcome
    # What may be said to it; any sentence if none is given.
    sentences: tuple[str, ...] = ()
    # A hard-coded visible answer passes the visible check, and must.
    passes_check: bool = False
    # A constant may be right on a single visible case; marking must see through it.
    may_pass_check: bool = False
    scores_nothing: bool = False


def lazy_attempts(written: WrittenQuestion, shown: Asked | None) -> Iterator[Attempt]:
    """The answers of somebody who has understood nothing, or only the marker."""
    kind = written.question.kind
    if isinstance(kind, Fact):
        return
    if isinstance(kind, Structure):
        yield from _lazy_structures(written)
        yield from _spoiled_structures(written, kind)
        return
    yield from _constants(written, shown)
    yield Attempt(
        "hard-coded",
        {written.question.answers[0]: known_by_heart(written, shown)},
        Outcome.NOT_YET,
        passes_check=True,
    )
    if isinstance(kind, Policy):
        yield from _one_answer(written, kind)
    if isinstance(kind, Random):
        yield from _gaming(written, kind)
    if isinstance(kind, Plot):
        yield _answer(written, "an empty figure", _empty_figure)


def _answer(
    written: WrittenQuestion, name: str, function: Callable[..., Any], may_pass: bool = False
) -> Attempt:
    answers = {written.question.answers[0]: function}
    return Attempt(name, answers, Outcome.NOT_YET, may_pass_check=may_pass)


def _constants(written: WrittenQuestion, shown: Asked | None) -> Iterator[Attempt]:
    question = written.question
    expected = shown.expected if shown and not isinstance(question.kind, Plot) else []
    for value in [None, *CONSTANTS, *expected]:
        may_pass = bool(expected) and all(
            same(value, right, question.within, question.shape) for right in expected
        )
        yield _answer(written, f"always {_brief(value)}", _always(value), may_pass)


def _always(value: Any) -> Callable[..., Any]:
    return lambda **case: value


def _brief(value: Any) -> str:
    return repr(value)[:40].replace("\n", " ")


def _one_answer(written: WrittenQuestion, kind: Policy) -> Iterator[Attempt]:
    for decision in kind.decisions:
        for reason in kind.reasons:
            answer = (decision, reason)
            yield _answer(written, f"always {answer}", _always(answer))


def _empty_figure(**case: Any) -> Any:
    import matplotlib.pyplot as plt

    return plt.figure()


def _gaming(written: WrittenQuestion, kind: Random) -> Iterator[Attempt]:
    """Answers that would win under a score that is not proper."""
    if isinstance(kind.score, IntervalScore):
        for name, ends in (
            ("a huge interval", (-HUGE, HUGE)),
            ("an infinite one", (-1e999, 1e999)),
        ):
            yield _answer(written, name, _always(ends))
        reference = written.reference[written.question.answers[0]]
        for name, factor in (
            ("the right middle, no width", 0.0),
            ("a third as wide", 1 / 3),
            ("three times as wide", 3.0),
            ("the ends turned round", -1.0),
        ):
            yield _answer(written, name, _stretched(reference, factor))
    if isinstance(kind.score, BrierScore):
        for chance in (0.0, 0.5, 1.0, 2.0):
            yield _answer(written, f"always a chance of {chance}", _always(chance))


def _stretched(reference: Callable[..., Any], factor: float) -> Callable[..., Any]:
    def answer(**case: Any) -> Any:
        low, high = (float(plain(end)) for end in plain(reference(**case)))
        middle, half = (low + high) / 2, (high - low) / 2
        return middle - factor * half, middle + factor * half

    return answer


def _lazy_structures(written: WrittenQuestion) -> Iterator[Attempt]:
    name = written.question.answers[0]
    reference = structured(written.reference[name])
    values = [*CONSTANTS, [{}], {"name": {}}, print, blanked(reference, ""), blanked(reference, 0)]
    for value in values:
        yield Attempt(_brief(value), {name: value}, Outcome.NOT_YET, scores_nothing=True)


def blanked(data: Any, leaf: Any) -> Any:
    """The same structure with nothing said in it."""
    if type(data) is dict:
        return {name: blanked(value, leaf) for name, value in data.items()}
    return [blanked(value, leaf) for value in data] if type(data) is list else leaf


def _spoiled_structures(written: WrittenQuestion, kind: Structure) -> Iterator[Attempt]:
    """For each rule a structure that breaks only it, and is told so."""
    name = written.question.answers[0]
    for number, rule in enumerate(kind.rules):
        spoiled = breaking_only(written, kind.rules, number)
        if spoiled is not None:
            sentences = (rule.sentence, *_of_ideas(written, kind.rules, number))
            yield Attempt(
                f"breaks only rule {number + 1}, {rule}",
                {name: spoiled},
                Outcome.NOT_YET,
                sentences,
            )


def breaking_only(written: WrittenQuestion, rules: Any, number: int) -> Any:
    """A structure that breaks only this rule: an author's or a spoiled reference; or None."""
    name = written.question.answers[0]
    reference = structured(written.reference[name])
    wanted = [place != number for place in range(len(rules))]
    ideas = [structured(written.held(idea)[name]) for idea in written.misconceptions]
    for candidate in (*ideas, *rules[number].spoiled(copy.deepcopy(reference))):
        if flags(rules, candidate) == wanted:
            return candidate
    return None


def _of_ideas(written: WrittenQuestion, rules: Any, number: int) -> list[str]:
    name = written.question.answers[0]
    wanted = [place != number for place in range(len(rules))]
    return [
        idea.sentence
        for idea in written.misconceptions
        if flags(rules, structured(written.held(idea)[name])) == wanted
    ]


def structure_findings(written: WrittenQuestion) -> Iterator[tuple[str, str]]:
    """Rules that no structure breaks alone, and hidden rules that nothing breaks."""
    kind = written.question.kind
    assert isinstance(kind, Structure)
    for number, rule in enumerate(kind.rules):
        if breaking_only(written, kind.rules, number) is None:
            yield (
                f"rule {number + 1}, {rule}",
                "no structure breaks only it; give one as a misconception, or split the rule.",
            )
    hidden = asked_of(written, PROOF_KEY).cases[len(kind.rules) :]
    for rule in hidden:
        if not _is_breakable(written, rule):
            yield f"hidden {rule}", "no structure breaks it; give one as a misconception."


def _is_breakable(written: WrittenQuestion, rule: Rule) -> bool:
    name = written.question.answers[0]
    reference = structured(written.reference[name])
    ideas = [structured(written.held(idea)[name]) for idea in written.misconceptions]
    return any(not rule.is_kept(each) for each in (*ideas, *rule.spoiled(reference)))

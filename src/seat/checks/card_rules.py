"""Structure questions: their part of a card, its check, and the cases of marking."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np

from seat.checks.cases import Asked
from seat.checks.compare import kind_of
from seat.checks.judge import Diagnose
from seat.checks.judge_rules import ALL_KEPT, PRACTICE_KEPT, SHOWN_KEPT, RuleSheet, judge_structure
from seat.checks.question import QuestionError, Structure
from seat.checks.rules import Rule, rule_from, signs
from seat.checks.seal import seal, unseal
from seat.checks.source import WrittenQuestion
from seat.checks.structures import structured
from seat.checks.verdict import Verdict

# Rules are looked at for this many draws before a question is accepted.
DRAWS_TRIED = 3


def asked_of(written: WrittenQuestion, key: bytes | None) -> Asked:
    """The rules, those drawn from ``key`` after the public ones, and how ideas break them."""
    kind = written.question.kind
    assert isinstance(kind, Structure)
    rules: list[Rule] = list(kind.rules)
    if kind.hidden and key is not None:
        rules += kind.hidden(np.random.default_rng(int.from_bytes(key, "big")))
    wrong = {
        idea.name: signs(rules, structured(written.held(idea)[written.question.answers[0]]))
        for idea in written.misconceptions
    }
    return Asked(tuple(rules), [[] for _ in rules], wrong)


def structure_part(written: WrittenQuestion) -> dict[str, Any]:
    """What a card carries: the public rules, and sentences sealed by the rules they break.

    Raises
    ------
    QuestionError
        When the reference breaks a rule, or ideas break none or the same.
    """
    kind = written.question.kind
    assert isinstance(kind, Structure)
    for draw in range(DRAWS_TRIED):
        _accept(written, asked_of(written, bytes([draw])))
    shown = asked_of(written, None)
    return {
        "rules": [rule.as_data() for rule in kind.rules],
        "per_rule": kind.per_rule,
        "wanted": _wanted(written),
        "sealed": [
            seal(idea.sentence, shown.wrong[idea.name], written.question.id)
            for idea in written.misconceptions
            if any(shown.wrong[idea.name])
        ],
    }


def _wanted(written: WrittenQuestion) -> str:
    return kind_of(structured(written.reference[written.question.answers[0]]))


def _accept(written: WrittenQuestion, asked: Asked) -> None:
    place = f"question {written.question.id!r}"
    reference = structured(written.reference[written.question.answers[0]])
    for rule in asked.cases:
        problem = next(rule.problems(reference), None)
        if problem:
            raise QuestionError(
                place, f"Its own answer breaks {rule} ({problem}).", "Mend one of them."
            )
    for name, broken in asked.wrong.items():
        if not any(broken):
            raise QuestionError(
                place, f"{name!r} breaks no rule.", "Add the rule that it breaks, or drop it."
            )
    for (one, mine), (other, theirs) in itertools.combinations(asked.wrong.items(), 2):
        if mine == theirs:
            raise QuestionError(
                place,
                f"{one!r} and {other!r} break the same rules alike.",
                "Split a rule, or merge them.",
            )


def check_structure(card: Mapping[str, Any], namespace: Mapping[str, Any]) -> Verdict:
    """Check a learner's structure by the public rules on its card."""
    rules = [rule_from(data) for data in card["rules"]]
    sheet = RuleSheet(
        card["id"],
        card["answers"][0],
        card["points"],
        card["wanted"],
        rules,
        len(rules),
        card["per_rule"],
        PRACTICE_KEPT if "solution" in card else SHOWN_KEPT,
    )

    def diagnose(broken: list[Any]) -> tuple[str, str] | None:
        for number, sealed in enumerate(card["sealed"], start=1):
            sentence = unseal(sealed, broken, card["id"])
            if sentence:
                return f"misconception {number}", sentence
        return None

    return judge_structure(namespace, sheet, diagnose)


def mark_structure(written: WrittenQuestion, namespace: Mapping[str, Any], asked: Asked) -> Verdict:
    """Mark a structure by the public rules and the hidden ones."""
    question = written.question
    assert isinstance(question.kind, Structure)
    sheet = RuleSheet(
        question.id,
        question.answers[0],
        question.points,
        _wanted(written),
        asked.cases,
        len(question.kind.rules),
        question.kind.per_rule,
        ALL_KEPT,
    )
    return judge_structure(namespace, sheet, _diagnosis(written, asked))


def _diagnosis(written: WrittenQuestion, asked: Asked) -> Diagnose:
    sentences = {idea.name: idea.sentence for idea in written.misconceptions}

    def diagnose(broken: list[Any]) -> tuple[str, str] | None:
        for name, wrong in asked.wrong.items():
            if broken == wrong:
                return name, sentences[name]
        return None

    return diagnose

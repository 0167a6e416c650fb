"""Judging single facts and choices, name by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seat.checks.answers import unattempted
from seat.checks.compare import Tolerance, same
from seat.checks.judge import not_attempted
from seat.checks.question import Form, Labels, Misconception, Number, OneOf
from seat.checks.verdict import Outcome, Verdict

FORM_RIGHT = "Each answer is of a permitted form. Whether it is right is said when it is marked."


def flat_forms(forms: Mapping[str, Form]) -> dict[str, Form]:
    """The forms, with one entry for each item of a dictionary of labels."""
    flat: dict[str, Form] = {}
    for name, form in forms.items():
        if isinstance(form, Labels):
            flat |= {_item_name(name, item): OneOf(*form.labels) for item in form.items}
        else:
            flat[name] = form
    return flat


def flat_values(values: Mapping[str, Any], forms: Mapping[str, Form]) -> dict[str, Any]:
    """The answers that are there, named as in ``flat_forms``."""
    flat: dict[str, Any] = {}
    for name, form in forms.items():
        if name not in values:
            continue
        value = values[name]
        if not isinstance(form, Labels):
            flat[name] = value
        elif type(value) is dict:
            flat |= {_item_name(name, item): value[item] for item in form.items if item in value}
        else:
            flat |= {_item_name(name, item): value for item in form.items}
    return flat


def tolerance(form: Form, within: Tolerance) -> Tolerance:
    """The tolerance of one name: its form's own, or the question's."""
    own = form.within if isinstance(form, Number) else None
    return own or within


def _item_name(name: str, item: str) -> str:
    return f"{name}[{item!r}]"


def judge_form(
    namespace: Mapping[str, Any], question: str, points: float, forms: Mapping[str, Form]
) -> Verdict:
    """Say whether each name is answered and permitted, and nothing more."""
    namespace, forms = flat_values(namespace, forms), flat_forms(forms)
    missing = unattempted(namespace, list(forms))
    if missing:
        return not_attempted(question, points, missing)
    objections = _objections(namespace, forms)
    if objections:
        return Verdict(
            question,
            Outcome.NOT_YET,
            points,
            message="An answer cannot be what is asked for.",
            details=tuple(objections.values()),
        )
    return Verdict(question, Outcome.RIGHT, points, points, FORM_RIGHT, form_only=True)


def judge_facts(
    namespace: Mapping[str, Any],
    question: str,
    points: float,
    forms: Mapping[str, Form],
    reference: Mapping[str, Any],
    misconceptions: Sequence[Misconception],
    within: Tolerance,
) -> Verdict:
    """Mark facts: each right name earns its share of the points."""
    reference = flat_values(reference, forms)
    ideas = [
        Misconception(idea.name, idea.sentence, flat_values(_answers(idea), forms))
        for idea in misconceptions
    ]
    namespace, forms = flat_values(namespace, forms), flat_forms(forms)
    missing = unattempted(namespace, list(forms))
    if len(missing) == len(forms):
        return not_attempted(question, points, missing)
    objections = _objections(namespace, forms)
    wrong = [
        name
        for name in forms
        if name in missing
        or name in objections
        or not same(namespace[name], reference[name], tolerance(forms[name], within))
    ]
    if not wrong:
        return Verdict(question, Outcome.RIGHT, points, points, _praise(list(forms)))
    limits = {name: tolerance(form, within) for name, form in forms.items()}
    held = _held(namespace, wrong, ideas, limits)
    details = [f"{name} is still to be written." for name in missing]
    details += objections.values()
    explained = {name for idea in held for name in _answers(idea)}
    others = [name for name in wrong if name not in {*missing, *objections, *explained}]
    details += [f"{name} is not right yet." for name in others]
    sentences = [idea.sentence for idea in held]
    return Verdict(
        question,
        Outcome.NOT_YET,
        points,
        score=round(points * (len(forms) - len(wrong)) / len(forms), 2),
        message=" ".join(sentences) or _tally(len(forms), len(wrong)),
        details=tuple(details),
        misconceptions=tuple(idea.name for idea in held),
    )


def _objections(namespace: Mapping[str, Any], forms: Mapping[str, Form]) -> dict[str, str]:
    found = {}
    for name in forms:
        if not unattempted(namespace, [name]):
            objection = forms[name].objection(namespace[name])
            if objection:
                found[name] = f"{name}: {objection}"
    return found


def _held(
    namespace: Mapping[str, Any],
    wrong: Sequence[str],
    misconceptions: Sequence[Misconception],
    limits: Mapping[str, Tolerance],
) -> list[Misconception]:
    """The misconceptions whose values the wrong answers show; the fullest match first."""
    held: list[Misconception] = []
    left = set(wrong)
    for idea in sorted(misconceptions, key=lambda idea: -len(_answers(idea))):
        values = _answers(idea)
        if set(values) <= left and all(
            same(namespace.get(name), value, limits[name]) for name, value in values.items()
        ):
            held.append(idea)
            left -= set(values)
    return held


def _answers(idea: Misconception) -> Mapping[str, Any]:
    return idea.answers if isinstance(idea.answers, Mapping) else {}


def _praise(names: Sequence[str]) -> str:
    return "Right." if len(names) == 1 else f"All {len(names)} answers are right."


def _tally(total: int, wrong: int) -> str:
    if total == 1:
        return "This is not the answer. Read the question again: what exactly is asked for?"
    return f"{total - wrong} of {total} answers are right."

"""The card of a question: all that travels to the learner, as JSON data.

A graded card carries the visible cases and sealed sentences; a practice card
also carries the answers to facts and the solution.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from seat.checks import cases as cases_module
from seat.checks.answers import call
from seat.checks.card_rules import check_structure, structure_part
from seat.checks.card_scores import check_scored, score_part
from seat.checks.compare import TableShape, Tolerance, same
from seat.checks.facts import flat_forms, flat_values, judge_facts, judge_form, tolerance
from seat.checks.judge import Sheet, judge_function
from seat.checks.plaindata import from_json, to_json
from seat.checks.plots import BROKEN, DATA_NOT_PIXELS, drawing, objection_to
from seat.checks.question import (
    Fact,
    Form,
    Labels,
    Misconception,
    Number,
    OneOf,
    Plot,
    Policy,
    QuestionError,
    Random,
    Structure,
)
from seat.checks.rules import rule_from
from seat.checks.seal import seal, unseal
from seat.checks.source import WrittenQuestion
from seat.checks.verdict import Verdict

FORMAT = 1


class UnreadableCards(ValueError):
    """The file beside a notebook that should hold its checks does not."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"{self.path} cannot be read: {self.reason}. Fetch the assignment's folder again."


def make_card(written: WrittenQuestion, practice: bool = False) -> dict[str, Any]:
    """The card of a question, checked to be answerable.

    Raises
    ------
    QuestionError
        When right and wrong answers cannot be told apart.
    """
    question = written.question
    card: dict[str, Any] = {
        "id": question.id,
        "kind": question.kind.name,
        "answers": list(question.answers),
        "points": question.points,
        "minutes": question.minutes,
        "tier": question.tier,
        "objective": question.objective,
        "returns": question.returns,
        "within": {"absolute": question.within.absolute, "relative": question.within.relative},
        "hints": list(question.hints),
    }
    if isinstance(question.kind, Fact):
        card |= _fact_part(written, question.kind, practice)
    elif isinstance(question.kind, Structure):
        card |= structure_part(written)
    elif isinstance(question.kind, Random):
        card |= score_part(written)
    else:
        card |= _function_part(written)
    if practice:
        card["solution"] = written.solution
    return card


def _function_part(written: WrittenQuestion) -> dict[str, Any]:
    question = written.question
    asked = cases_module.visible(written)
    part: dict[str, Any] = {
        "cases": [to_json(dict(case)) for case in asked.cases],
        "expected": to_json(asked.expected),
        "sealed": [
            seal(idea.sentence, asked.wrong[idea.name], question.id, question.shape)
            for idea, _ in cases_module.functions(written)
        ],
    }
    if question.shape:
        shape = question.shape
        part["shape"] = {
            "key": list(shape.key),
            "columns": list(shape.columns),
            "ordered": shape.ordered,
        }
    if isinstance(question.kind, Plot):
        part["rules"] = [rule.as_data() for rule in question.kind.rules]
        part["ordered"] = question.kind.ordered
        _refuse_broken(written, asked)
    if isinstance(question.kind, Policy):
        part["permitted"] = [list(question.kind.decisions), list(question.kind.reasons)]
        _refuse_unlisted(written, asked)
    return part


def _refuse_broken(written: WrittenQuestion, asked: cases_module.Asked) -> None:
    kind = written.question.kind
    assert isinstance(kind, Plot)
    for figure in asked.expected:
        if objection_to(figure, kind.rules):
            broken = [str(kind.rules[n]) for n in figure[BROKEN]] if type(figure) is dict else []
            raise QuestionError(
                f"question {written.question.id!r}",
                f"Its own figure breaks a rule: {', '.join(broken) or 'it is no figure'}.",
                "Mend the figure, or drop the rule.",
            )


def _refuse_unlisted(written: WrittenQuestion, asked: cases_module.Asked) -> None:
    kind = written.question.kind
    assert isinstance(kind, Policy)
    for name, vector in {"the reference": asked.expected, **asked.wrong}.items():
        for value in vector:
            listed = (
                isinstance(value, tuple)
                and len(value) == 2
                and value[0] in kind.decisions
                and value[1] in kind.reasons
            )
            if not listed:
                raise QuestionError(
                    f"question {written.question.id!r}",
                    f"{name} answers {value!r}, which is not on its lists.",
                    "Add it to the decisions and reasons, or correct the answer.",
                )


def _fact_part(written: WrittenQuestion, kind: Fact, practice: bool) -> dict[str, Any]:
    check_facts(written, kind)
    part: dict[str, Any] = {"forms": {name: form.as_data() for name, form in kind.forms.items()}}
    if practice:
        part["right"] = to_json(dict(written.reference))
        part["sealed"] = [
            _sealed_fact(idea, kind, written.question.id) for idea in written.misconceptions
        ]
    return part


def _sealed_fact(idea: Misconception, kind: Fact, salt: str) -> list:
    values = flat_values(_values(idea), kind.forms)
    return [sorted(values), *seal(idea.sentence, _in_order(values), salt)]


def _values(idea: Misconception) -> Mapping[str, Any]:
    assert isinstance(idea.answers, Mapping)
    return idea.answers


def _in_order(values: Mapping[str, Any]) -> list[Any]:
    return [values[name] for name in sorted(values)]


def check_facts(written: WrittenQuestion, kind: Fact) -> None:
    """Refuse facts whose right and wrong answers are not permitted or not distinct."""
    question = written.question
    place = f"question {question.id!r}"
    forms, reference = flat_forms(kind.forms), flat_values(written.reference, kind.forms)
    for name, form in forms.items():
        if name not in reference or form.objection(reference[name]):
            raise QuestionError(
                place, f"Its own answer to {name} is not permitted.", "Widen the form."
            )
    for idea in written.misconceptions:
        values = flat_values(_values(idea), kind.forms)
        if set(_values(idea)) - set(kind.forms) or not values:
            raise QuestionError(place, f"{idea.name!r} answers nothing asked.", "Use its names.")
        for name, value in values.items():
            if forms[name].objection(value):
                raise QuestionError(
                    place, f"{idea.name!r} gives a {name} that is not permitted.", "Correct it."
                )
            if same(
                value, reference[name], cases_module.wide(tolerance(forms[name], question.within))
            ):
                raise QuestionError(
                    place, f"{idea.name!r} gives the right {name}.", "Give a value that is wrong."
                )
    for one, other in itertools.combinations(written.misconceptions, 2):
        mine, theirs = (flat_values(_values(idea), kind.forms) for idea in (one, other))
        if set(mine) == set(theirs) and all(
            same(mine[n], theirs[n], tolerance(forms[n], question.within)) for n in mine
        ):
            raise QuestionError(
                place, f"{one.name!r} and {other.name!r} give the same answers.", "Merge them."
            )


def write_cards(cards: Sequence[Mapping[str, Any]], assignment: str) -> str:
    """The text of a checks file: stable, one question after another."""
    content = {"format": FORMAT, "assignment": assignment, "questions": list(cards)}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def read_cards(path: Path) -> dict[str, dict[str, Any]]:
    """Read a checks file: the cards by question id.

    Raises
    ------
    UnreadableCards
        When the file is damaged or of another format.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise UnreadableCards(path.name, f"format {content['format']} is not {FORMAT}")
        return {card["id"]: card for card in content["questions"]}
    except UnreadableCards:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableCards(path.name, f"{type(error).__name__}: {error}"[:200]) from error


def check_card(card: Mapping[str, Any], namespace: Mapping[str, Any]) -> Verdict:
    """Check the answers in a learner's namespace against a card."""
    if card["kind"] in OTHER_CHECKS:
        return OTHER_CHECKS[card["kind"]](card, namespace)
    rules = [rule_from(data) for data in card.get("rules", ())]
    is_plot = card["kind"] == "plot"
    sheet = Sheet(
        question=card["id"],
        answer=card["answers"][0],
        points=card["points"],
        cases=from_json(card["cases"]),
        expected=from_json(card["expected"]),
        within=Tolerance(**card["within"]),
        shape=_shape(card),
        permitted=tuple(tuple(options) for options in card.get("permitted", ())),
        practice="solution" in card,
        how=drawing(rules, card["ordered"]) if is_plot else call,
        objects=partial(objection_to, rules=rules) if is_plot else None,
        caution=DATA_NOT_PIXELS if is_plot else "",
    )

    def diagnose(vector: list[Any]) -> tuple[str, str] | None:
        for number, sealed in enumerate(card["sealed"], start=1):
            sentence = unseal(sealed, vector, card["id"], sheet.shape)
            if sentence:
                return f"misconception {number}", sentence
        return None

    return judge_function(namespace, sheet, diagnose)


def _shape(card: Mapping[str, Any]) -> TableShape | None:
    shape = card.get("shape")
    if not shape:
        return None
    return TableShape(tuple(shape["key"]), tuple(shape["columns"]), shape["ordered"])


def _check_facts(card: Mapping[str, Any], namespace: Mapping[str, Any]) -> Verdict:
    forms = {name: _form(data) for name, data in card["forms"].items()}
    if "right" not in card:
        return judge_form(namespace, card["id"], card["points"], forms)
    values = flat_values(namespace, forms)
    ideas = [_opened(sealed, values, card["id"]) for sealed in card["sealed"]]
    return judge_facts(
        values,
        card["id"],
        card["points"],
        flat_forms(forms),
        flat_values(from_json(card["right"]), forms),
        [idea for idea in ideas if idea],
        Tolerance(**card["within"]),
    )


# The kinds that are not judged by comparing answers case by case.
OTHER_CHECKS = {"fact": _check_facts, "structure": check_structure, "random": check_scored}


def _opened(sealed: list, namespace: Mapping[str, Any], salt: str) -> Misconception | None:
    """The misconception that the learner's own values open, or None."""
    names, *locks = sealed
    values = {name: namespace.get(name) for name in names}
    sentence = unseal(locks, _in_order(values), salt)
    return Misconception("misconception", sentence, values) if sentence else None


def _form(data: Mapping[str, Any]) -> Form:
    if "one_of" in data:
        return OneOf(*data["one_of"])
    if "items" in data:
        return Labels(tuple(data["items"]), tuple(data["labels"]))
    within = Tolerance(**data["within"]) if "within" in data else None
    return Number(data["low"], data["high"], within)

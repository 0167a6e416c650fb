"""One question of each kind: proved on fresh seeds, and judged through its card."""

import json
from pathlib import Path

import pytest

from seat.checks.card import check_card, make_card
from seat.checks.proofs import attempts, prove
from seat.checks.source import cells_of, questions_of
from seat.checks.verdict import Outcome
from seat.publishing.dress import read_text

SOURCE = Path(__file__).resolve().parents[1] / "sample_assignment" / "sample.md"
QUESTIONS = questions_of(cells_of(read_text(SOURCE)), SOURCE.name)
each = pytest.mark.parametrize("written", QUESTIONS.values(), ids=QUESTIONS)


def card_of(written):
    """The card as it reaches a learner: through JSON."""
    return json.loads(json.dumps(make_card(written)))


def test_the_sample_holds_one_question_of_each_kind():
    kinds = [written.question.kind.name for written in QUESTIONS.values()]
    assert sorted(kinds) == [
        "fact",
        "function",
        "plot",
        "policy",
        "random",
        "structure",
        "table",
    ]


@each
def test_right_untouched_wrong_and_lazy_answers_get_what_they_deserve(written):
    assert [str(finding) for finding in prove(written, seeds=3)] == []


@each
def test_a_card_makes_the_right_answer_right_and_the_untouched_one_unattempted(written):
    card = card_of(written)
    assert check_card(card, written.reference).outcome is Outcome.RIGHT
    assert check_card(card, {}).outcome is Outcome.NOT_ATTEMPTED


@each
def test_a_graded_card_shows_no_sentence_no_solution_and_no_wrong_idea(written):
    text = json.dumps(card_of(written))
    if written.question.kind.name != "fact":
        assert max(written.solution.splitlines(), key=len).strip() not in text
    for idea in written.misconceptions:
        assert idea.sentence not in text
        # A choice names its options, and one may share its name with an idea.
        if written.question.kind.name != "fact":
            assert idea.name not in text


@each
def test_practice_shows_its_solution_and_promises_no_marking(written):
    card = json.loads(json.dumps(make_card(written, practice=True)))
    verdict = check_card(card, written.reference)
    assert verdict.outcome is Outcome.RIGHT
    assert "arking" not in verdict.message
    assert card["solution"] == written.solution


@each
def test_making_a_card_twice_gives_the_same_text(written):
    assert json.dumps(make_card(written)) == json.dumps(make_card(written))


def test_the_proofs_of_each_new_kind_try_what_they_promise():
    def names(question):
        return {attempt.name for attempt in attempts(QUESTIONS[question])}

    rules = QUESTIONS["drivers"].question.kind.rules
    spoiled = [name for name in names("drivers") if name.startswith("breaks only rule")]
    assert len(spoiled) == len(rules)
    assert {"a huge interval", "an infinite one", "the right middle, no width"} <= names(
        "next_week"
    )
    assert {"hard-coded", "an empty figure"} <= names("spend_chart")

"""Single facts and choices: form at once, the truth when marked."""

import pytest

from seat.checks.card import check_card, make_card
from seat.checks.marking import mark_written
from seat.checks.question import Labels, Number, OneOf
from seat.checks.verdict import Outcome
from tests.checks import samples

FACTS = dict(
    solution=(
        "share = ...\nchoice = ...\nlines = {'a': ..., 'b': ...}\n### BEGIN SOLUTION\n"
        "share, choice = 0.25, 'lag'\nlines = {'a': 'asset', 'b': 'cost'}\n### END SOLUTION"
    ),
    misconceptions=(
        "percent = wrong('percent', 'That is a mark-up.', share=0.5)\n"
        "cause = wrong('cause', 'A fact is not a cause.', choice='cause')\n"
        "both = wrong('both', 'Both show one idea.', share=0.75, choice='mix')\n"
        "spent = wrong('spent', 'It lasts for years.', lines={'a': 'cost'})"
    ),
    question=(
        "question = Question(id='break_even_roas', kind=Fact(forms={'share': Number(0, 1),\n"
        "    'choice': OneOf('lag', 'mix', 'cause'),\n"
        "    'lines': Labels(items=('a', 'b'), labels=('asset', 'cost'))}),\n"
        "    answers=['share', 'choice', 'lines'], objective='o', points=4, minutes=3,\n"
        "    returns='three answers', within=Tolerance(absolute=0.001), hints=('One.', 'Two.'))"
    ),
)
WRITTEN = samples.written(**FACTS)
RIGHT = {"share": 0.25, "choice": "lag", "lines": {"a": "asset", "b": "cost"}}


def check(practice=False, **changed):
    return check_card(make_card(WRITTEN, practice), {**RIGHT, **changed})


def mark(**changed):
    return mark_written(WRITTEN, {**RIGHT, **changed}, b"key")


def test_a_graded_card_tells_neither_the_truth_nor_the_misconceptions():
    card = make_card(WRITTEN)
    assert "right" not in card
    assert "sealed" not in card
    assert "solution" not in card


def test_the_check_of_a_graded_fact_tells_right_and_wrong_apart_in_nothing():
    right, wrong = check(), check(share=0.5, choice="mix")
    assert right == wrong
    assert "when it is marked" in right.message


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"share": 25}, "a number from 0 to 1 is asked for"),
        ({"share": "0.25"}, "a number is asked for"),
        ({"choice": "luck"}, "Choose one of: 'lag', 'mix', 'cause'"),
        ({"lines": {"a": "asset", "b": "both"}}, "lines['b']: 'both' is not on the list"),
    ],
)
def test_an_answer_of_the_wrong_form_is_told_what_is_permitted(changed, said):
    verdict = check(**changed)
    assert verdict.outcome is Outcome.NOT_YET
    assert said in " ".join(verdict.details)


def test_one_missing_answer_is_named_by_the_check():
    verdict = check(lines={"a": "asset"})
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert "lines['b'] is still to be written" in verdict.message


def test_each_right_answer_earns_its_share():
    assert mark().score == 4
    assert mark(share=0.9).score == 3
    assert mark(share=..., choice="cause").score == 2
    assert mark(lines={"a": "asset"}).score == 3


def test_nothing_answered_is_not_attempted():
    verdict = mark(share=..., choice=None, lines={})
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert verdict.score == 0


def test_the_fullest_misconception_is_named_first():
    assert mark(share=0.75, choice="mix").message == "Both show one idea."
    assert mark(choice="cause").message == "A fact is not a cause."
    assert mark(lines={"a": "cost", "b": "cost"}).message == "It lasts for years."


def test_two_ideas_get_both_sentences():
    message = mark(share=0.5, choice="cause").message
    assert "That is a mark-up." in message
    assert "A fact is not a cause." in message


def test_practice_says_at_once_what_marking_would():
    assert check(practice=True).outcome is Outcome.RIGHT
    assert check(practice=True, share=0.5).message == "That is a mark-up."
    assert check(practice=True, lines={"a": "cost", "b": "cost"}).message == "It lasts for years."
    assert check(practice=True, share=0.9).outcome is Outcome.NOT_YET


def test_forms_survive_the_journey_as_data():
    assert OneOf("a", "b").as_data() == {"one_of": ["a", "b"]}
    assert Number(0, 1).as_data() == {"low": 0, "high": 1}
    assert Labels(("x",), ("y",)).objection({"x": "y"}) is None
    assert "a dictionary of item and label" in Labels(("x",), ("y",)).objection([1])

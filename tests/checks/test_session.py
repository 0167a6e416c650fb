"""What learners call in a notebook never stops the notebook."""

import json

import pytest

from seat.checks import check, hint, session, solution
from seat.checks.card import make_card, write_cards
from tests.checks import samples

break_even_roas: object = ...


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder as a learner has it, with the sample's checks."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(session, "_tried", set())
    monkeypatch.setitem(globals(), "break_even_roas", ...)
    cards = write_cards([make_card(samples.written())], "sample")
    (tmp_path / "checks.json").write_text(cards)
    practice = samples.written(
        check='check("try_roas")',
        question=samples.QUESTION.replace('id="break_even_roas"', 'id="try_roas"'),
    )
    cards = write_cards([make_card(practice, practice=True)], "practice")
    (tmp_path / "practice.checks.json").write_text(cards)
    return tmp_path


def test_check_finds_the_answer_where_it_is_called(folder):
    assert repr(check("break_even_roas")) == "0"
    globals()["break_even_roas"] = lambda margin: 1 / margin
    assert repr(check("break_even_roas")) == "2"


def test_hints_come_one_by_one(folder):
    assert "What is left of one dollar" in hint("break_even_roas").text
    assert 'hint("break_even_roas", 2)' in hint("break_even_roas").text
    assert hint("break_even_roas", 2).text == "Divide 1 by the margin."
    assert "There is no hint 3" in hint("break_even_roas", 3).text


def test_a_practice_solution_is_shown_after_an_attempt(folder):
    assert "Try it first" in solution("try_roas").text
    check("try_roas")
    assert "Try it first" in solution("try_roas").text, "an untouched answer is no attempt"
    globals()["break_even_roas"] = lambda margin: margin
    check("try_roas")
    shown = solution("try_roas")
    assert "return 1 / margin" in shown.text
    assert "BEGIN SOLUTION" not in shown.text


def test_a_graded_solution_is_never_shown(folder):
    check("break_even_roas")
    assert "its solution is not shown" in solution("break_even_roas").text
    assert "1 / margin" not in (folder / "checks.json").read_text()


def test_an_unknown_question_gets_the_nearest_name(folder):
    assert "Did you mean 'break_even_roas'?" in check("break_even_roa").message
    assert "Did you mean" in hint("break_even_roa").text


def test_without_its_checks_a_notebook_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    verdict = check("break_even_roas")
    assert repr(verdict) == "0"
    assert "fetch the assignment again" in verdict.message


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99, "questions": []}'])
def test_damaged_checks_are_named_and_nothing_is_raised(folder, text):
    (folder / "checks.json").write_text(text)
    assert "checks.json cannot be read" in check("break_even_roas").message


def test_a_fault_in_a_check_is_ours_and_said_to_be(folder):
    content = json.loads((folder / "checks.json").read_text())
    del content["questions"][0]["expected"]
    (folder / "checks.json").write_text(json.dumps(content))
    verdict = check("break_even_roas")
    assert "The fault is in the check, not in your answer" in verdict.message

"""A question that cannot do its work is refused, with what to do."""

import pickle

import pytest

from seat.checks.card import make_card
from seat.checks.question import QuestionError
from seat.checks.source import BrokenNotebook, questions_of, read_cells, starter, without_markers
from tests.checks import samples


def refusal(**changed):
    """The text with which the spoiled sample is refused."""
    with pytest.raises(QuestionError) as refused:
        make_card(samples.written(**changed))
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)
    return str(refused.value)


def test_the_sample_itself_is_accepted():
    assert make_card(samples.written())["id"] == "break_even_roas"


def test_a_question_without_a_reference_is_refused():
    text = refusal(solution="def another_name(margin):\n    return 1 / margin")
    assert "leaves break_even_roas undefined" in text
    assert "sample.md, cell 3" in text


def test_a_question_with_one_misconception_is_refused():
    only_one = samples.MISCONCEPTIONS.split("\n\n\n")[0]
    assert "has 1 misconceptions. Write at least two" in refusal(misconceptions=only_one)


def test_two_misconceptions_that_cannot_be_told_apart_are_refused():
    twice = samples.MISCONCEPTIONS + (
        '\n\n@misconception("Another sentence.")\ndef twin(margin):\n    return margin * 1.0\n'
    )
    text = refusal(misconceptions=twice)
    assert "cannot tell margin_itself from twin" in text
    assert "drop one" in text


def test_a_misconception_that_is_right_is_refused():
    right = samples.MISCONCEPTIONS.replace("return margin\n", "return 1 / margin\n")
    assert "cannot tell the reference from margin_itself" in refusal(misconceptions=right)


def test_a_misconception_within_the_tolerance_is_refused():
    near = samples.MISCONCEPTIONS.replace("return margin\n", "return 1 / margin + 0.002\n")
    assert "lies within 3 tolerances of the right answer" in refusal(misconceptions=near)


def test_a_reference_that_fails_on_a_visible_case_is_refused():
    question = samples.QUESTION.replace('{"margin": 0.5}', '{"margin": 0}')
    assert "The reference stops with ZeroDivisionError" in refusal(question=question)


def test_a_question_with_one_hint_is_refused():
    question = samples.QUESTION.replace(', "Divide 1 by the margin."', ",")
    assert "has 1 hints. Write two" in refusal(question=question)


def test_a_check_of_another_question_is_refused():
    assert "Use one id" in refusal(check='check("something_else")')


def test_a_cell_that_stops_is_named_with_its_error():
    text = refusal(question="1 / 0")
    assert "cell 5: It stops with ZeroDivisionError" in text


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("prompt", "has no prompt"),
        ("question", "has no question cell"),
        ("check", "has no check"),
    ],
)
def test_a_missing_part_is_named(part, said):
    assert said in refusal(**{part: None})


def test_an_id_that_stands_twice_is_refused():
    twice = samples.cells() + samples.cells()[1:]
    from seat.checks.source import cells_of

    with pytest.raises(QuestionError, match="'break_even_roas' stands twice"):
        questions_of(cells_of({"cells": twice}), "sample.md")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("### BEGIN SOLUTION\nx = 1", "never ends"),
        ("x = 1\n### END SOLUTION", "ends unbegun"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "begins twice"),
    ],
)
def test_solution_markers_must_pair(source, said):
    with pytest.raises(QuestionError, match=said):
        starter(source)


def test_a_starter_keeps_what_learners_need_and_nothing_of_the_solution():
    assert starter(samples.SOLUTION).endswith('pays for itself."""\n    return ...\n')
    assert "1 / margin" not in starter(samples.SOLUTION)
    assert starter("x = ...\n### BEGIN SOLUTION\nx = 3\n### END SOLUTION") == "x = ..."
    assert starter("### BEGIN SOLUTION\nx = 3\n### END SOLUTION") == "..."


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"cells": 3}', '{"cells": [{}]}'])
def test_a_file_that_is_no_notebook_is_named(tmp_path, text):
    path = tmp_path / "broken.ipynb"
    path.write_text(text)
    with pytest.raises(BrokenNotebook, match=r"broken\.ipynb is not a readable notebook"):
        read_cells(path)


def test_a_missing_notebook_is_named(tmp_path):
    with pytest.raises(BrokenNotebook, match="there is no such file"):
        read_cells(tmp_path / "none.ipynb")


def test_a_shown_solution_repeats_no_stub():
    source = "rows = table\nx = ...\ny = {\n    'a': ...,\n}\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"
    assert without_markers(source) == "rows = table\nx = 1"

"""Our steps among nbgrader's."""

import logging

import nbformat
import pytest

from seat.grading.run import Course, NothingToGrade, grade_one, submitters
from seat.grading.steps import SetCopiesApart, verdict_of


def cell(source, **nbgrader):
    metadata = {"nbgrader": nbgrader} if nbgrader else {}
    return nbformat.v4.new_code_cell(source=source, metadata=metadata)


def test_of_two_copies_the_last_keeps_its_grade_id():
    nb = nbformat.v4.new_notebook(
        cells=[cell("1", grade_id="a"), cell("2", grade_id="a"), cell("3")]
    )
    nb, _ = SetCopiesApart().preprocess(nb, {})
    assert ["nbgrader" in each.metadata for each in nb.cells] == [False, True, False]


def test_a_cell_with_empty_metadata_becomes_an_ordinary_one(caplog):
    nb = nbformat.v4.new_notebook(cells=[cell("1")])
    nb.cells[0].metadata["nbgrader"] = {}
    with caplog.at_level(logging.WARNING):
        nb, _ = SetCopiesApart().preprocess(nb, {})
    assert "nbgrader" not in nb.cells[0].metadata


def test_a_cell_without_a_verdict_has_none():
    assert verdict_of({"outputs": [{"output_type": "stream", "text": "hello"}]}) is None
    assert verdict_of({}) is None


@pytest.fixture
def course(tmp_path, root):
    from seat.commands import open_course

    (tmp_path / "nbgrader_config.py").write_text("")
    return open_course(tmp_path)


def test_with_nothing_collected_the_grader_says_how_to_collect(course: Course):
    with pytest.raises(NothingToGrade, match="Collect first"):
        submitters(course, "05-read-a-pl")


@pytest.mark.parametrize(
    ("content", "said"), [(None, "there is no such file"), ("{", "JSONDecodeError")]
)
def test_a_missing_or_broken_notebook_is_left_ungraded_with_the_reason(course, content, said):
    folder = course.folder(course.submitted, "ada", "05-read-a-pl")
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "05-read-a-pl.ipynb").write_text(content)
    result = grade_one(course, "05-read-a-pl", "ada")
    assert result.status == "not graded"
    assert said in result.problem

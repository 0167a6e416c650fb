"""A class goes from release to feedback through nbgrader, with real kernels."""

import csv
import html
import json
import re
import shutil

import pytest
from click.testing import CliRunner

from seat.checks.source import read_questions
from seat.commands import commands

ASSIGNMENT = "05-read-a-pl"
pytestmark = [pytest.mark.nbgrader, pytest.mark.slow, pytest.mark.xdist_group("class")]


@pytest.fixture(scope="module")
def graded(tmp_path_factory, root):
    """The demonstration class, graded: its folder and what the command printed."""
    course = tmp_path_factory.mktemp("course")
    for name in ("solutions", "exercises"):
        shutil.copytree(root / name, course / name)
    shutil.copy(root / "nbgrader_config.py", course)
    result = CliRunner().invoke(commands, ["grade-demo", "--no-open", "--course", str(course)])
    assert result.exit_code == 0, result.output
    return course / "build" / "grade-demo", result.output


@pytest.fixture(scope="module")
def scores(graded):
    folder, _ = graded
    with (folder / "grading" / "grades.csv").open() as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def by_question(graded):
    folder, _ = graded
    with (folder / "grading" / f"{ASSIGNMENT}-questions.csv").open() as file:
        return list(csv.DictReader(file))


def feedback(graded, student):
    folder, _ = graded
    page = folder / "grading" / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
    return html.unescape(page.read_text())


def test_all_right_scores_full_and_untouched_scores_nothing(scores):
    assert scores["ada"] == 25
    assert scores["ben"] == 0


def test_the_untouched_copy_is_told_apart_from_a_wrong_one(by_question):
    outcomes = {row["outcome"] for row in by_question if row["student"] == "ben"}
    assert outcomes == {"not attempted"}


def test_half_the_work_earns_its_half(scores, by_question):
    assert scores["cleo"] == 13
    outcomes = [row["outcome"] for row in by_question if row["student"] == "cleo"]
    assert outcomes == ["right"] * 4 + ["not attempted"] * 4


def test_code_that_stops_earns_nothing_and_is_named_in_the_feedback(scores, graded):
    assert scores["dan"] == 0
    assert "ZeroDivisionError on line 2 of your cell" in feedback(graded, "dan")


def test_a_copied_cell_costs_nobody_anything(scores):
    assert scores["eve"] == 25


def test_a_dead_kernel_and_a_broken_file_stop_nobody_else(graded, scores):
    _, output = graded
    text = " ".join(output.split())
    assert "finn: not graded, the others were." in text
    assert "gus: not graded, the others were." in text
    # Those who come after them in the class are graded.
    assert scores["idea-9"] > 20


def test_each_misconception_gets_its_own_sentence_in_the_feedback(graded, root):
    questions = read_questions(root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    pages: dict[int, str] = {}
    for written in questions.values():
        for number, idea in enumerate(written.misconceptions, start=1):
            page = pages.setdefault(number, feedback(graded, f"idea-{number}"))
            assert idea.sentence in page, idea.name


def test_no_misconception_scores_full(by_question, root):
    questions = read_questions(root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    for row in by_question:
        match = re.match(r"idea-(\d+)", row["student"])
        if match and int(match[1]) <= len(questions[row["question"]].misconceptions):
            assert row["outcome"] == "not yet", row
            assert float(row["score"]) < float(row["points"])
            assert row["misconceptions"]


def test_feedback_shows_no_hidden_case_and_no_reference(graded):
    page = feedback(graded, "idea-1")
    for secret in ("draw_statement", "misconception(", "BEGIN SOLUTION", "Tolerance("):
        assert secret not in page


def test_the_demonstration_ends_in_a_table_and_a_page(graded):
    folder, output = graded
    assert "25/25" in output
    assert "Feedback page" in output
    released = folder / "grading" / "exchange" / "seat" / "feedback"
    assert list(released.glob("*.html"))


def test_everybody_drew_their_own_cases_from_a_secret_that_is_not_shared(graded):
    folder, _ = graded
    secret = folder / "grading" / "secret"
    assert len(secret.read_bytes()) == 32
    assert secret.stat().st_mode & 0o077 == 0
    for handed_out in (folder / "exercises", folder / "grading" / "exchange"):
        for path in handed_out.rglob("*"):
            assert not path.is_file() or secret.read_bytes() not in path.read_bytes()


def test_grading_again_changes_no_score(graded, scores):
    folder, _ = graded
    result = CliRunner().invoke(commands, ["grade", ASSIGNMENT, "--course", str(folder)])
    assert "Assignments:" in result.output  # the demonstration course has no Markdown source
    source = folder / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.md"
    source.write_text("")
    for student in ("finn", "gus", *(f"idea-{n}" for n in range(2, 10)), "dan", "eve"):
        shutil.rmtree(folder / "grading" / "submitted" / student, ignore_errors=True)
    result = CliRunner().invoke(commands, ["grade", ASSIGNMENT, "--course", str(folder)])
    assert result.exit_code == 0, result.output
    with (folder / "grading" / "grades.csv").open() as file:
        again = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert again == scores


def test_a_submission_keeps_its_verdicts_as_data(graded):
    folder, _ = graded
    path = folder / "grading" / "autograded" / "idea-1" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    assert "application/vnd.seat.verdict+json" in json.dumps(json.loads(path.read_text()))

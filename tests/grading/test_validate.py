"""The Validate button says what the checks say."""

import copy
import json
import shutil

import pytest
from nbgrader.validator import Validator
from traitlets.config import Config

from seat.checks.source import read_questions
from seat.grading.demo import source_of

ASSIGNMENT = "05-read-a-pl"
pytestmark = [pytest.mark.nbgrader, pytest.mark.xdist_group("validate")]


@pytest.fixture(scope="module")
def questions(root):
    return read_questions(root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")


@pytest.fixture
def validated(tmp_path, root):
    """Validate the released notebook with these solution cells."""

    def validate(sources):
        shutil.copytree(root / "exercises" / ASSIGNMENT, tmp_path / ASSIGNMENT)
        path = tmp_path / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notebook = copy.deepcopy(json.loads(path.read_text()))
        for cell in notebook["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = sources.get(grade_id, cell["source"])
        path.write_text(json.dumps(notebook))
        failed = Validator(config=Config()).validate(str(path)).get("failed", [])
        return {cell["source"] for cell in failed}

    return validate


def test_a_right_notebook_validates(validated, questions):
    assert validated({name: written.solution for name, written in questions.items()}) == set()


def test_an_untouched_notebook_fails_on_every_question(validated, questions):
    assert validated({}) == {f'check("{name}")' for name in questions}


def test_wrong_answers_to_functions_fail_and_facts_wait_for_marking(validated, questions):
    wrong = {name: source_of(w, w.misconceptions[0]) for name, w in questions.items()}
    functions = {name for name, w in questions.items() if w.question.kind.name != "fact"}
    assert validated(wrong) == {f'check("{name}")' for name in functions}

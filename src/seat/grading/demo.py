"""A small class whose work goes the whole way: release to feedback.

The students are made from the author's own misconceptions: the one called
*idea 3* gives, in each question, what the third misconception answers.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.auth import Authenticator
from nbgrader.exchange import ExchangeFactory

from seat.checks.question import Misconception
from seat.checks.source import WrittenQuestion, read_questions
from seat.grading.run import Course

Notebook = dict[str, Any]
KILL_KERNEL = "import os\n\nos._exit(1)"
# What a student puts into the solution cell of a question.
Answer = Callable[[WrittenQuestion], str]


@dataclass(frozen=True)
class Student:
    """Somebody in the demonstration class, and what they hand in."""

    name: str
    what: str
    notebook: Notebook | str


def make_class(source: Path, release: Path) -> list[Student]:
    """The class: right, untouched, half done, crashing, copied, broken, and each misconception."""
    questions = read_questions(source)
    released: Notebook = json.loads(release.read_text(encoding="utf-8"))

    def answered(answer: Answer, only: int | None = None) -> Notebook:
        return _answered(released, questions, answer, only)

    right = answered(lambda written: written.solution)
    students = [
        Student("ada", "everything right", right),
        Student("ben", "nothing changed", released),
        Student("cleo", "the first half", answered(lambda w: w.solution, len(questions) // 2)),
        Student("dan", "code that stops with an error", answered(_crashing)),
        Student("eve", "a graded cell copied", _with_copies(right)),
        Student(
            "finn", "a cell that kills the kernel", _with_cell(right, "import os; os._exit(1)")
        ),
        Student("gus", "a file that is no notebook", "{ this is not JSON"),
    ]
    most = max(len(written.misconceptions) for written in questions.values())
    for number in range(most):
        students.append(
            Student(
                f"idea-{number + 1}",
                f"misconception {number + 1}",
                answered(_holding(number)),
            )
        )
    return students


def _answered(
    released: Notebook,
    questions: Mapping[str, WrittenQuestion],
    answer: Answer,
    only: int | None,
) -> Notebook:
    notebook = copy.deepcopy(released)
    chosen = list(questions)[:only]
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in chosen:
            cell["source"] = answer(questions[grade_id])
    return notebook


def _crashing(written: WrittenQuestion) -> str:
    if callable(next(iter(written.reference.values()))):
        return f"def {written.question.answers[0]}(**anything):\n    return 1 / 0"
    return f"{written.question.answers[0]} = undefined_name + 1"


def _with_copies(notebook: Notebook) -> Notebook:
    """Each kind of graded cell stands twice, as after a copy and paste."""
    notebook = copy.deepcopy(notebook)
    cells = notebook["cells"]
    for place in range(len(cells) - 1, -1, -1):
        metadata = cells[place]["metadata"].get("nbgrader", {})
        if metadata.get("solution") or metadata.get("grade"):
            twin = copy.deepcopy(cells[place])
            twin["id"] = f"{twin['id']}-copy"
            cells.insert(place + 1, twin)
    return notebook


def _with_cell(notebook: Notebook, source: str) -> Notebook:
    notebook = copy.deepcopy(notebook)
    cell: Notebook = {
        "cell_type": "code",
        "execution_count": None,
        "id": "extra",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    notebook["cells"].insert(len(notebook["cells"]) // 2, cell)
    return notebook


def _holding(number: int) -> Answer:
    def answer(written: WrittenQuestion) -> str:
        if number >= len(written.misconceptions):
            return written.solution
        return source_of(written, written.misconceptions[number])

    return answer


def source_of(written: WrittenQuestion, idea: Misconception) -> str:
    """What a student who holds this idea would write."""
    if isinstance(idea.answers, Mapping):
        return f"{written.solution}\n{_assignments(idea.answers)}"
    text = "\n".join(cell.source for cell in written.group.misconceptions)
    kept = []
    for node in ast.parse(text).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        if node.name == idea.name:
            node.name = written.question.answers[0]
            node.decorator_list = []
            kept.append(node)
        elif not node.decorator_list:
            kept.append(node)
    return "\n\n".join(ast.unparse(node) for node in kept)


def _assignments(values: Mapping[str, Any]) -> str:
    lines = []
    for name, value in values.items():
        if isinstance(value, dict):
            lines.append(f"{name}.update({value!r})")
        else:
            lines.append(f"{name} = {value!r}")
    return "\n".join(lines)


def prepare(root: Path, assignment: str, course: Path) -> None:
    """Lay out a course of its own for the demonstration, beside the real one."""
    shutil.rmtree(course, ignore_errors=True)
    source = course / "solutions" / assignment
    source.mkdir(parents=True)
    for name in (f"{assignment}.ipynb", "checks.json"):
        shutil.copy(root / "solutions" / assignment / name, source / name)
    shutil.copy(root / "nbgrader_config.py", course / "nbgrader_config.py")


def hand_in(course: Course, assignment: str, student: Student) -> None:
    """Submit through nbgrader's exchange, as the student would."""
    home = Path(course.folders.root) / "homes" / student.name
    folder = home / assignment
    shutil.copytree(Path(course.folders.root) / "exercises" / assignment, folder)
    text = student.notebook if isinstance(student.notebook, str) else json.dumps(student.notebook)
    (folder / f"{assignment}.ipynb").write_text(text, encoding="utf-8")
    with _inside(home), _as_student(course, student.name, assignment):
        exchange(course, "Submit")


def exchange(course: Course, step: str) -> None:
    """Run one step of nbgrader's exchange: Release, Submit, Collect, ReleaseFeedback."""
    factory = ExchangeFactory(config=course.config)
    make = getattr(factory, step)
    make(
        coursedir=course.folders,
        authenticator=Authenticator(config=course.config),
        config=course.config,
    ).start()


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _as_student(course: Course, student: str, assignment: str) -> Iterator[None]:
    folders = course.folders
    before = folders.student_id, folders.assignment_id
    folders.student_id, folders.assignment_id = student, assignment
    try:
        yield
    finally:
        folders.student_id, folders.assignment_id = before


def run_exchange(course: Course, assignment: str, step: str) -> None:
    """A step of the exchange for the whole class."""
    with _as_student(course, "*", assignment):
        exchange(course, step)

"""Grading an assignment, one submission at a time: none stops the others."""

from __future__ import annotations

import contextlib
import csv
import json
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import CsvExportPlugin
from traitlets.config import Config

from seat.checks.source import BrokenNotebook, read_cells
from seat.course import failure_reason
from seat.grading.steps import verdict_of

GRADED, HAND, NOT_GRADED = "graded", "by hand", "not graded"


@dataclass(frozen=True)
class Graded:
    """What became of one student's submission."""

    student: str
    status: str
    score: float = 0.0
    max_score: float = 0.0
    # For each question what marking found: outcome, score, misconceptions.
    verdicts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    problem: str = ""


class NothingToGrade(LookupError):
    """No submission of this assignment has been collected."""

    def __init__(self, assignment: str, folder: str) -> None:
        self.assignment, self.folder = assignment, folder
        super().__init__(assignment, folder)

    def __str__(self) -> str:
        return (
            f"No submission of {self.assignment!r} in {self.folder}. Collect first "
            f"(nbgrader collect {self.assignment}), or put them in "
            f"{self.folder}/<student>/{self.assignment}/."
        )


class Course:
    """A course's folder, opened for grading by nbgrader's own interface."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.folders = CourseDirectory(config=config)
        self.api = NbGraderAPI(self.folders, config=config)
        logging.getLogger("traitlets").setLevel(logging.ERROR)

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one student's assignment at one step of nbgrader's."""
        return Path(self.folders.format_path(step, student, assignment))

    @property
    def submitted(self) -> str:
        return self.folders.submitted_directory

    @property
    def autograded(self) -> str:
        return self.folders.autograded_directory

    @property
    def feedback(self) -> str:
        return self.folders.feedback_directory


def submitters(course: Course, assignment: str) -> list[str]:
    """The students whose submission has been collected.

    Raises
    ------
    NothingToGrade
        When there are none.
    """
    root = Path(course.folders.root) / course.submitted
    found = sorted(path.parent.name for path in root.glob(f"*/{assignment}") if path.is_dir())
    if not found:
        raise NothingToGrade(assignment, course.submitted)
    return found


def grade(course: Course, assignment: str, students: Iterable[str]) -> Iterator[Graded]:
    """Autograde each student's submission and make its feedback."""
    for student in students:
        yield grade_one(course, assignment, student)


def grade_one(course: Course, assignment: str, student: str) -> Graded:
    """Autograde one submission; a fault of its own leaves it ungraded, with the reason."""
    notebook = course.folder(course.submitted, student, assignment) / f"{assignment}.ipynb"
    try:
        read_cells(notebook)
    except BrokenNotebook as error:
        return Graded(student, NOT_GRADED, problem=f"{notebook.name}: {error.reason}")
    result = course.api.autograde(assignment, student, force=True, create=True)
    if not result["success"]:
        return Graded(student, NOT_GRADED, problem=failure_reason(result))
    course.api.generate_feedback(assignment, student, force=True)
    return _recorded(course, assignment, student)


def _recorded(course: Course, assignment: str, student: str) -> Graded:
    with Gradebook(course.folders.db_url, course.folders.course_id) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return Graded(student, NOT_GRADED, problem="The gradebook holds no submission.")
        by_hand = submission.needs_manual_grade
        score, max_score = submission.score, submission.max_score
    return Graded(
        student,
        HAND if by_hand else GRADED,
        score,
        max_score,
        _verdicts(course.folder(course.autograded, student, assignment) / f"{assignment}.ipynb"),
    )


def _verdicts(notebook: Path) -> dict[str, Mapping[str, Any]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found = (verdict_of(cell) for cell in cells)
    return {verdict["question"]: verdict for verdict in found if verdict}


def export(course: Course, path: Path) -> None:
    """Write the scores of all assignments as CSV, by nbgrader's exporter."""
    exporter = CsvExportPlugin(config=course.config)
    exporter.to = str(path)
    with Gradebook(course.folders.db_url, course.folders.course_id) as gradebook:
        exporter.export(gradebook)


def export_questions(results: Sequence[Graded], path: Path) -> None:
    """Write one row for each student and question."""
    fields = ["student", "status", "question", "outcome", "score", "points", "misconceptions"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for result in results:
            for verdict in result.verdicts.values():
                row = {**verdict, "student": result.student, "status": result.status}
                row["misconceptions"] = " ".join(verdict["misconceptions"])
                writer.writerow(row)


def held_ideas(results: Sequence[Graded]) -> Counter[tuple[str, str]]:
    """How many students got which sentence: (question, sentence) for each idea held."""
    return Counter(
        (question, verdict["message"])
        for result in results
        for question, verdict in result.verdicts.items()
        if verdict["misconceptions"]
    )


@contextlib.contextmanager
def kernel_messages_to(path: Path) -> Iterator[None]:
    """Send what kernels write to standard error to a log, off the progress bar."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as log:
        before = os.dup(2)
        os.dup2(log.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(before, 2)
            os.close(before)

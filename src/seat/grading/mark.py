"""``mark``, the call in a hidden test: answers against the reference.

nbgrader runs the hidden test in the folder ``…/<student>/<assignment>``, in
the kernel that holds the student's answers.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

from seat.checks.marking import mark_written
from seat.checks.source import WrittenQuestion, read_questions
from seat.checks.verdict import Outcome, Verdict
from seat.grading.keys import case_key, course_secret

# Both are defined in seat.course, whose import would load all of nbgrader here.
COURSE_VARIABLE, SOURCE, GRADING = "SEAT_COURSE", "solutions", "grading"


def mark(question: str) -> Verdict:
    """Mark a question of the assignment in whose folder the kernel runs.

    Never raises: a fault of ours leaves the answer for hand marking.
    """
    namespace = sys._getframe(1).f_globals
    try:
        assignment, student = _where()
        course = Path(os.environ[COURSE_VARIABLE])
        written = _written(course / SOURCE / assignment / f"{assignment}.ipynb", question)
        key = case_key(course_secret(course / GRADING), assignment, student, question)
    except Exception as error:
        return Verdict(
            question,
            Outcome.COULD_NOT_CHECK,
            0,
            message=f"The fault is ours ({type(error).__name__}). Your instructor will mark this.",
        )
    return mark_written(written, namespace, key)


def _where() -> tuple[str, str]:
    """The assignment and the student, from nbgrader's folders."""
    here = Path.cwd()
    return here.name, here.parent.name


@lru_cache(maxsize=64)
def _written(source: Path, question: str) -> WrittenQuestion:
    return read_questions(source, only=question)[question]

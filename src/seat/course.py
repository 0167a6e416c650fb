"""How nbgrader is set up for this course, by its own options."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SOURCE, RELEASE = "solutions", "exercises"
# Marks, submissions and the secret: never committed, to be backed up.
GRADING = "grading"
# Tells the marker, which runs in a kernel far from here, where the course is.
COURSE_VARIABLE = "SEAT_COURSE"


def configure(c: Any, root: Path) -> None:
    """Fill nbgrader's configuration ``c`` for the course in ``root``."""
    root = root.resolve()
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.course_id = "seat"
    c.CourseDirectory.source_directory = SOURCE
    c.CourseDirectory.release_directory = RELEASE
    for step in ("submitted", "autograded", "feedback"):
        setattr(c.CourseDirectory, f"{step}_directory", f"{GRADING}/{step}")
    # nbgrader waits five seconds for a locked database and then aborts.
    c.CourseDirectory.db_url = f"sqlite:///{root / GRADING / 'gradebook.db'}?timeout=60"
    # nbgrader copies whatever lies beside a source notebook to every student.
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "*.pyc",
        "__pycache__",
        "*.md",
        "*.py",
    ]
    c.Exchange.root = str(root / GRADING / "exchange")
    # Formgrader does not make the exchange, and then hides Release and Collect.
    (root / GRADING / "exchange").mkdir(parents=True, exist_ok=True)
    os.environ[COURSE_VARIABLE] = str(root)
    _put_commands_on_path()
    _choose_steps(c)


def _put_commands_on_path() -> None:
    """nbgrader starts alembic by name, also where the environment is not activated."""
    folder = str(Path(sys.executable).parent)
    folders = os.environ.get("PATH", "").split(os.pathsep)
    if folder not in folders:
        os.environ["PATH"] = os.pathsep.join([folder, *folders])


def _choose_steps(c: Any) -> None:
    from nbconvert.preprocessors import ClearMetadataPreprocessor
    from nbgrader import preprocessors as steps

    from seat.grading.steps import LeaveForHandMarking, SetCopiesApart
    from seat.publishing.release import ReleaseQuestions

    c.GenerateAssignment.preprocessors = [
        ReleaseQuestions,
        steps.LockCells,
        steps.ClearOutput,
        steps.CheckCellMetadata,
        steps.ComputeChecksums,
        steps.SaveCells,
        steps.ClearHiddenTests,
        steps.ClearMarkScheme,
        steps.ComputeChecksums,
        steps.CheckCellMetadata,
    ]
    c.Autograde.sanitize_preprocessors = [
        steps.ClearOutput,
        SetCopiesApart,
        steps.OverwriteKernelspec,
        steps.OverwriteCells,
        steps.CheckCellMetadata,
    ]
    c.Autograde.autograde_preprocessors = [
        steps.Execute,
        steps.IgnorePattern,
        ClearMetadataPreprocessor,
        steps.LimitOutput,
        steps.SaveAutoGrades,
        LeaveForHandMarking,
        steps.AssignLatePenalties,
        steps.CheckCellMetadata,
    ]
    c.OverwriteCells.add_missing_cells = True
    c.ExecutePreprocessor.timeout = 120


def failure_reason(result: Mapping[str, Any]) -> str:
    """Why nbgrader failed: the last exception that its log names."""
    log = f"{result.get('log') or ''}\n{result.get('error') or ''}"
    named = re.findall(r"^\s*([\w.]*(?:Error|Exception)\b.*)$", log, re.MULTILINE)
    telling = [line.strip() for line in named if "NbGraderException" not in line]
    return (telling or [log.strip()])[-1][-300:]

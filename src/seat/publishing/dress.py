"""From an author's cells to the notebooks that instructors and learners open.

An author writes cells and tags; nbgrader's metadata, the hidden test, the
cell ids and the small print under each prompt follow from them, so that
deriving twice gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from seat.checks.question import Question, QuestionError
from seat.checks.source import Group, WrittenQuestion, cells_of, groups, starter

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def read_text(path: Path) -> NotebookNode:
    """Read a MyST Markdown notebook.

    Raises
    ------
    QuestionError
        When there is no such file or it cannot be read.
    """
    try:
        return jupytext.read(path, fmt="md:myst")
    except FileNotFoundError:
        raise QuestionError(path.name, "There is no such file.", "Write it first.") from None
    except Exception as error:
        raise QuestionError(
            path.name, f"It cannot be read as MyST: {error}.", "Mend the file."
        ) from error


def write_text(notebook: NotebookNode) -> str:
    """The notebook as a file's text, the same for the same notebook."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"


def dressed(notebook: NotebookNode, questions: Mapping[str, WrittenQuestion]) -> NotebookNode:
    """The instructor's notebook: all cells, with ids and nbgrader's metadata."""
    named = _named_cells(notebook)
    cells = []
    for number, cell in enumerate(notebook.cells, start=1):
        cell_id, role = named[number]
        fresh = _fresh(cell, cell_id)
        tags = cell.metadata.get("tags")
        if tags:
            fresh.metadata["tags"] = list(tags)
        if cell_id == "setup":
            fresh.metadata["nbgrader"] = _nbgrader(cell_id, "setup", cell.cell_type, None)
        if role:
            _dress_question_cell(fresh, cell_id, role, questions[role[0]].question)
        cells.append(fresh)
    return _notebook(cells)


def _dress_question_cell(
    cell: NotebookNode, cell_id: str, role: tuple[str, str], question: Question
) -> None:
    name, part = role
    if part == "check":
        cell.source = _with_hidden_test(cell.source, name)
    if part in ("prompt", "solution", "check"):
        points = question.points if part == "check" else None
        cell.metadata["nbgrader"] = _nbgrader(cell_id, part, cell.cell_type, points)


def for_learners(
    notebook: NotebookNode, questions: Mapping[str, WrittenQuestion], practice: bool
) -> NotebookNode:
    """The learner's notebook: no author's cells, starters for solutions.

    With ``practice``, no trace of nbgrader and no points; otherwise nbgrader's
    metadata stay as they are.
    """
    named = _named_cells(notebook)
    cells = []
    for number, cell in enumerate(notebook.cells, start=1):
        cell_id, role = named[number]
        if role and role[1] in ("misconceptions", "question"):
            continue
        fresh = _fresh(cell, cell_id)
        if not practice and "nbgrader" in cell.metadata:
            fresh.metadata["nbgrader"] = cell.metadata["nbgrader"]
        if practice and "mystnb" in cell.metadata:
            fresh.metadata["mystnb"] = cell.metadata["mystnb"]
        if role and role[1] == "solution":
            fresh.source = starter(cell.source)
        if role and role[1] == "prompt":
            line = questions[role[0]].question.facts_line(with_points=not practice)
            fresh.source = f"{cell.source.rstrip()}\n\n{line}"
        cells.append(fresh)
    return _notebook(cells)


def _fresh(cell: NotebookNode, cell_id: str) -> NotebookNode:
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[cell.cell_type]
    return make(source=cell.source, id=cell_id, metadata={})


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    metadata = {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata, nbformat_minor=5)


# For each cell number: its id, and (question id, role) where it has one.
Named = dict[int, tuple[str, tuple[str, str] | None]]


def _named_cells(notebook: NotebookNode) -> Named:
    named: Named = {}
    for group in groups(cells_of(notebook), "this notebook"):
        named |= _group_names(group)
    texts = 0
    for number, cell in enumerate(notebook.cells, start=1):
        if number in named:
            continue
        if "setup" in cell.metadata.get("tags", ()) or _is_setup(cell):
            named[number] = ("setup", None)
        else:
            texts += 1
            named[number] = (f"cell-{texts}", None)
    return named


def _is_setup(cell: NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("grade_id") == "setup"


def _group_names(group: Group) -> Named:
    asked = group.check.checks if group.check else None
    assert asked
    assert group.check
    named: Named = {
        group.prompt.number: (f"{asked}-prompt", (asked, "prompt")),
        group.solution.number: (asked, (asked, "solution")),
        group.check.number: (f"{asked}-check", (asked, "check")),
    }
    for count, cell in enumerate(group.misconceptions, start=1):
        named[cell.number] = (f"{asked}-misconceptions-{count}", (asked, "misconceptions"))
    if group.question:
        named[group.question.number] = (f"{asked}-question", (asked, "question"))
    return named


def _with_hidden_test(source: str, question: str) -> str:
    if BEGIN_HIDDEN in source:
        return source
    hidden = f'from seat.grading import mark\n\nmark("{question}")'
    return f"{source.rstrip()}\n{BEGIN_HIDDEN}\n{hidden}\n{END_HIDDEN}"


def _nbgrader(grade_id: str, role: str, cell_type: str, points: float | None) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "cell_type": cell_type,
        "grade": role == "check",
        "grade_id": grade_id,
        "locked": role != "solution",
        "schema_version": 3,
        "solution": role == "solution",
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return metadata

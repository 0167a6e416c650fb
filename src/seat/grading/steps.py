"""Steps that join nbgrader's own, by its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from seat.checks.verdict import MIME, Outcome


class SetCopiesApart(NbGraderPreprocessor):
    """Takes the place of nbgrader's DeduplicateIds.

    A student who copies a graded cell leaves two cells with one grade id. The
    stock step empties the metadata of one, which ends the grading of the
    whole class; here the earlier copies become ordinary cells.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        seen: set[str] = set()
        for cell in reversed(nb.cells):
            metadata = cell.metadata.get("nbgrader")
            if metadata is None:
                continue
            grade_id = metadata.get("grade_id") if isinstance(metadata, Mapping) else None
            if not grade_id or grade_id in seen:
                self.log.warning("A copy of cell %r is taken as an ordinary cell.", grade_id)
                del cell.metadata["nbgrader"]
            else:
                seen.add(grade_id)
        return nb, resources


class LeaveForHandMarking(NbGraderPreprocessor):
    """Where we could not check, give no score and ask for a hand marker."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        unchecked = [cell for cell in nb.cells if _could_not_check(cell)]
        if unchecked:
            names = resources["nbgrader"]
            with Gradebook(names["db_url"]) as gradebook:
                for cell in unchecked:
                    grade = gradebook.find_grade(
                        cell.metadata["nbgrader"]["grade_id"],
                        names["notebook"],
                        names["assignment"],
                        names["student"],
                    )
                    grade.auto_score = None
                    grade.needs_manual_grade = True
                gradebook.db.commit()
        return nb, resources


def verdict_of(cell: Mapping[str, Any]) -> dict[str, Any] | None:
    """What marking found, from the outputs of a graded cell, or None."""
    for output in cell.get("outputs", ()):
        data = output.get("data", {}) if output.get("output_type") == "execute_result" else {}
        if MIME in data:
            return data[MIME]
    return None


def _could_not_check(cell: NotebookNode) -> bool:
    if cell.cell_type != "code" or not utils.is_grade(cell):
        return False
    verdict = verdict_of(cell)
    return verdict is not None and verdict["outcome"] == Outcome.COULD_NOT_CHECK.value

"""The step of nbgrader's *Generate* that turns a source into a release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from seat.checks.card import make_card, write_cards
from seat.checks.question import QuestionError
from seat.checks.session import CARDS
from seat.checks.source import cells_of, questions_of
from seat.publishing.dress import for_learners


class ReleaseQuestions(NbGraderPreprocessor):
    """Takes the place of nbgrader's ClearSolutions.

    Removes what is the author's, puts starters in place of solutions, and
    refuses to release when ``checks.json`` is not of this source.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        place = resources["nbgrader"]["notebook"]
        questions = questions_of(cells_of(nb), f"{place}.ipynb")
        cards = [make_card(written) for written in questions.values()]
        _refuse_stale(
            Path(resources["metadata"]["path"]) / CARDS,
            write_cards(cards, resources["nbgrader"]["assignment"]),
        )
        return for_learners(nb, questions, practice=False), resources


def _refuse_stale(path: Path, expected: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != expected:
        raise QuestionError(
            str(path.parent.name),
            f"Its {CARDS} is not of this notebook.",
            "Run make derive, then generate again.",
        )

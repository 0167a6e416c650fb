"""Reading questions from the notebook in which their author wrote them.

A question is a run of consecutive cells: prompt (Markdown), solution,
misconceptions (tag), question (tag), and the cell that calls ``check``.
Notebooks are read as JSON, since importing nbformat costs over a second.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seat.checks import author
from seat.checks.question import Fact, Misconception, Question, QuestionError, Structure
from seat.checks.scope import foreign_names

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
# Cells with these tags are the author's and never reach a learner.
MISCONCEPTIONS, QUESTION = "misconceptions", "question"
AUTHOR_TAGS = frozenset({MISCONCEPTIONS, QUESTION})

_CHECK_CALL = re.compile(r"^\s*check\(\s*[\"']([^\"']+)[\"']\s*\)", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook, as far as questions are concerned."""

    number: int
    kind: str
    source: str
    tags: frozenset[str]
    nbgrader: Mapping[str, Any]

    @property
    def is_solution(self) -> bool:
        return bool(self.nbgrader.get("solution")) or "solution" in self.tags

    @property
    def is_author_only(self) -> bool:
        return bool(self.tags & AUTHOR_TAGS)

    @property
    def checks(self) -> str | None:
        """The id of the question that this cell checks, or None."""
        found = _CHECK_CALL.search(self.source) if self.kind == "code" else None
        return found.group(1) if found else None


@dataclass
class Group:
    """The cells of one question."""

    prompt: Cell
    solution: Cell
    misconceptions: list[Cell] = field(default_factory=list)
    question: Cell | None = None
    check: Cell | None = None


@dataclass(frozen=True)
class WrittenQuestion:
    """A question with its reference, its misconceptions and its sources."""

    question: Question
    reference: Mapping[str, Any]
    misconceptions: tuple[Misconception, ...]
    group: Group
    # What a learner's notebook holds before the first answer.
    setup: Mapping[str, Any]

    def held(self, idea: Misconception) -> dict[str, Any]:
        """The reference with what an idea answers put in, down to items of dictionaries."""
        if callable(idea.answers):
            return {self.question.answers[0]: idea.answers}
        return _merged(dict(self.reference), idea.answers)

    @property
    def starter(self) -> str:
        return starter(self.group.solution.source)

    @property
    def solution(self) -> str:
        return without_markers(self.group.solution.source)


def _merged(whole: Mapping[str, Any], part: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(whole)
    for name, value in part.items():
        both = type(merged.get(name)) is dict and type(value) is dict
        merged[name] = _merged(merged[name], value) if both else value
    return merged


class BrokenNotebook(ValueError):
    """A file that should be a notebook and cannot be read as one."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"{self.path} is not a readable notebook: {self.reason}. Save it again as .ipynb."


def read_cells(path: Path) -> list[Cell]:
    """Read the cells of a notebook file.

    Raises
    ------
    BrokenNotebook
        When the file is missing, is not JSON, or has no list of cells.
    """
    try:
        return cells_of(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BrokenNotebook(str(path), "there is no such file") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenNotebook(str(path), f"{type(error).__name__}: {error}"[:200]) from error


def cells_of(notebook: Mapping[str, Any]) -> list[Cell]:
    """The cells of a notebook that is already parsed."""
    return [_cell(number, cell) for number, cell in enumerate(notebook["cells"], start=1)]


def _cell(number: int, cell: Mapping[str, Any]) -> Cell:
    source = cell["source"]
    metadata = cell.get("metadata", {})
    return Cell(
        number,
        cell["cell_type"],
        source if isinstance(source, str) else "".join(source),
        frozenset(metadata.get("tags", ())),
        metadata.get("nbgrader") or {},
    )


def groups(cells: list[Cell], place: str) -> Iterator[Group]:
    """Yield the run of cells of each question, or say which part is missing."""
    current: Group | None = None
    previous: Cell | None = None
    for cell in cells:
        if cell.kind == "code" and cell.is_solution:
            if current:
                raise _incomplete(current, place)
            if previous is None or previous.kind != "markdown":
                raise _fault(place, cell, "A solution cell has no prompt.", "Put the prompt above.")
            current = Group(previous, cell)
        elif cell.is_author_only and current is None:
            raise _fault(place, cell, "It belongs to no solution cell.", "Put it below a solution.")
        elif current and MISCONCEPTIONS in cell.tags:
            current.misconceptions.append(cell)
        elif current and QUESTION in cell.tags:
            current.question = cell
        elif current and cell.checks:
            current.check = cell
            if current.question is None:
                raise _incomplete(current, place)
            yield current
            current = None
        previous = cell
    if current:
        raise _incomplete(current, place)


def _fault(place: str, cell: Cell, problem: str, remedy: str) -> QuestionError:
    return QuestionError(f"{place}, cell {cell.number}", problem, remedy)


def _incomplete(group: Group, place: str) -> QuestionError:
    if group.question is None:
        return _fault(
            place, group.solution, "This solution has no question cell.", "Tag one 'question'."
        )
    return _fault(
        place, group.solution, "This question has no check.", 'Add a cell with check("its id").'
    )


def read_questions(path: Path, only: str | None = None) -> dict[str, WrittenQuestion]:
    """Read the questions of a notebook file, by id; ``only`` reads a single one."""
    return questions_of(read_cells(path), path.name, only)


def questions_of(
    cells: list[Cell], place: str, only: str | None = None
) -> dict[str, WrittenQuestion]:
    """The questions written in these cells, by id; ``place`` names them in errors.

    Runs the author's own cells: never call it on a learner's notebook.

    Raises
    ------
    QuestionError
        When a question lacks a part or contradicts itself.
    """
    found = list(groups(cells, place))
    setup = _setup(cells, found, place)
    written: dict[str, WrittenQuestion] = {}
    for group in found:
        asked = group.check.checks if group.check else None
        if only is not None and asked != only:
            continue
        each = _written(group, setup, place)
        if each.question.id in written:
            raise _fault(place, group.solution, f"{asked!r} stands twice.", "Choose another id.")
        written[each.question.id] = each
    return written


def _setup(cells: list[Cell], found: list[Group], place: str) -> dict[str, Any]:
    """Run the cells that belong to no question, as a learner's notebook would."""
    of_questions = {
        cell.number
        for group in found
        for cell in (group.solution, *group.misconceptions, group.question, group.check)
        if cell
    }
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for cell in cells:
        locked = cell.nbgrader.get("locked") or "setup" in cell.tags
        if cell.kind == "code" and cell.number not in of_questions and locked:
            run(cell.source, namespace, f"{place}, cell {cell.number}")
    return namespace


def run(source: str, namespace: dict[str, Any], place: str) -> None:
    """Run the source of one of the author's cells in a namespace."""
    try:
        exec(compile(source, f"<{place}>", "exec"), namespace)
    except QuestionError:
        raise
    except Exception as error:
        raise QuestionError(
            place,
            f"It stops with {type(error).__name__}: {error}.",
            "Run the notebook from the top to see where.",
        ) from error


def _written(group: Group, setup: Mapping[str, Any], place: str) -> WrittenQuestion:
    assert group.question
    assert group.check
    _stands_alone(group.solution, setup, place)
    namespace = dict(setup)
    run(group.solution.source, namespace, f"{place}, cell {group.solution.number}")
    answers = dict(namespace)
    namespace.update({name: getattr(author, name) for name in author.__all__})
    for cell in (*group.misconceptions, group.question):
        run(cell.source, namespace, f"{place}, cell {cell.number}")
    question = namespace.get("question")
    if not isinstance(question, Question):
        raise _fault(
            place, group.question, "It makes no question.", "Write question = Question(…)."
        )
    _agree(question, group, place)
    ideas = tuple(
        v for k, v in namespace.items() if isinstance(v, Misconception) and k not in setup
    )
    reference = {name: answers.get(name, ...) for name in question.answers}
    _complete(question, reference, ideas, group, place)
    return WrittenQuestion(question, reference, ideas, group, setup)


def _stands_alone(cell: Cell, setup: Mapping[str, Any], place: str) -> None:
    try:
        found = foreign_names(cell.source, set(setup))
    except SyntaxError as error:
        place = f"{place}, cell {cell.number}, line {error.lineno}"
        raise QuestionError(place, f"It is no Python: {error.msg}.", "Mend it.") from error
    if found:
        names = ", ".join(dict.fromkeys(repr(each.name) for each in found))
        raise QuestionError(
            f"{place}, cell {cell.number}, line {found[0].line}",
            f"This solution reads {names}, which no locked cell gives.",
            "Define it in this cell or in a cell tagged 'setup'; no answer may need another.",
        )


def _agree(question: Question, group: Group, place: str) -> None:
    assert group.check
    if group.check.checks != question.id:
        raise _fault(
            place,
            group.check,
            f"It checks {group.check.checks!r}; the question above is {question.id!r}.",
            "Use one id.",
        )
    points = group.check.nbgrader.get("points")
    if points is not None and float(points) != question.points:
        raise _fault(
            place,
            group.check,
            f"nbgrader gives {points} points, the question {question.points:g}.",
            "Write the same points in both.",
        )


def _complete(
    question: Question,
    reference: Mapping[str, Any],
    ideas: tuple[Misconception, ...],
    group: Group,
    place: str,
) -> None:
    missing = [name for name, value in reference.items() if value is ... or value is None]
    if missing:
        raise _fault(
            place,
            group.solution,
            f"The solution leaves {', '.join(missing)} undefined.",
            "Every answer needs a reference.",
        )
    if len(ideas) < 2:
        raise _fault(
            place,
            group.question or group.solution,
            f"{question.id!r} has {len(ideas)} misconceptions.",
            "Write at least two, each a wrong version with one sentence.",
        )
    for idea in ideas:
        holds_values = isinstance(idea.answers, Mapping)
        if holds_values != isinstance(question.kind, Fact | Structure):
            raise _fault(
                place,
                group.solution,
                f"The misconception {idea.name!r} does not fit a {question.kind.name} question.",
                "Use wrong(…) for facts and structures, @misconception for functions.",
            )


def starter(source: str) -> str:
    """The solution cell as a learner first sees it.

    A region inside a function becomes ``return ...``; one at the top level
    becomes ``...`` unless the cell already shows what to replace.

    Raises
    ------
    QuestionError
        When the markers do not pair.
    """
    kept: list[str] = []
    begun: str | None = None
    for number, line in enumerate(source.split("\n"), start=1):
        marker = line.strip()
        if marker == BEGIN_SOLUTION:
            if begun is not None:
                raise QuestionError(f"line {number}", "A solution begins twice.", "End it first.")
            begun = line[: len(line) - len(line.lstrip())]
        elif marker == END_SOLUTION:
            if begun is None:
                raise QuestionError(f"line {number}", "A solution ends unbegun.", "Remove it.")
            kept += _stub(begun, kept)
            begun = None
        elif begun is None:
            kept.append(line)
    if begun is not None:
        raise QuestionError("the last line", "A solution never ends.", f"Add {END_SOLUTION}.")
    return "\n".join(kept)


def _stub(indent: str, kept: list[str]) -> list[str]:
    if indent:
        return [f"{indent}return ..."]
    return [] if any("..." in line for line in kept) else ["..."]


def without_markers(source: str) -> str:
    """The solution as it is shown after an attempt: no markers, no stubs."""
    lines = source.split("\n")
    stubs = {
        number
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and _holds_stub(node)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return "\n".join(
        line
        for number, line in enumerate(lines, start=1)
        if number not in stubs and line.strip() not in (BEGIN_SOLUTION, END_SOLUTION)
    )


def _holds_stub(node: ast.AST) -> bool:
    return any(isinstance(n, ast.Constant) and n.value is ... for n in ast.walk(node))

"""The questions of a source, read without running it, so that each keeps its line.

What a question does is proved elsewhere; here is only what stands written.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seat.publishing.lint.page import Block, Page, page_of

# Calls of an author's language that make no misconception.
NO_IDEA = {"Question"}


@dataclass(frozen=True)
class Asked:
    """A question as it stands in its source; ``path`` is relative to the course."""

    path: str
    line: int
    id: str
    kind: str
    objective: str | None
    objective_line: int
    points: float
    minutes: int
    tier: str
    misconceptions: int

    @property
    def source(self) -> str:
        """The name of the notebook or assignment that holds it."""
        return Path(self.path).stem

    @property
    def is_graded(self) -> bool:
        return self.path.startswith("solutions/")


def read_asked(root: Path) -> list[Asked]:
    """The questions of all notebooks and assignments."""
    paths = [*sorted(root.glob("notebooks/*.md")), *sorted(root.glob("solutions/*/*.md"))]
    found: list[Asked] = []
    for path in paths:
        page = page_of(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
        found += asked_in(page)
    return found


def asked_in(page: Page) -> Iterator[Asked]:
    """Yield the questions of a page, each with the misconceptions written above it."""
    ideas = 0
    for cell in page.cells:
        if "solution" in cell.tags:
            ideas = 0
        if "misconceptions" in cell.tags:
            ideas += _count_ideas(cell)
        if "question" in cell.tags:
            for call in _calls(cell, "Question"):
                yield _asked(page, cell, call, ideas + _count_ideas(cell))


def _tree(cell: Block) -> ast.Module:
    try:
        return ast.parse(cell.body)
    except SyntaxError:
        # Deriving says so; there is nothing to read here.
        return ast.Module(body=[], type_ignores=[])


def _calls(cell: Block, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(_tree(cell)):
        if isinstance(node, ast.Call) and _called(node) == name:
            yield node


def _called(node: ast.expr) -> str:
    function = node.func if isinstance(node, ast.Call) else node
    return function.id if isinstance(function, ast.Name) else ""


def _count_ideas(cell: Block) -> int:
    """Functions under a decorator, and names that are given a wrong(...) or its like."""
    count = 0
    for node in _tree(cell).body:
        if isinstance(node, ast.FunctionDef):
            count += bool(node.decorator_list)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            count += _is_idea(node.value)
    return count


def _is_idea(call: ast.Call) -> bool:
    """Does the call begin with a name and a sentence?"""
    texts = [arg for arg in call.args[:2] if isinstance(_constant(arg), str)]
    return _called(call) not in NO_IDEA and len(texts) == 2


def _constant(node: ast.expr | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _asked(page: Page, cell: Block, call: ast.Call, ideas: int) -> Asked:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    objective, tier = _constant(given.get("objective")), _constant(given.get("tier"))
    place = given.get("objective", call)
    kind = given.get("kind")
    return Asked(
        path=page.path,
        line=cell.body_line + call.lineno - 1,
        id=str(_constant(given.get("id")) or ""),
        kind=_called(kind).lower() if kind else "",
        objective=str(objective) if objective else None,
        objective_line=cell.body_line + place.lineno - 1,
        points=_number(given.get("points")),
        minutes=int(_number(given.get("minutes"))),
        tier=str(tier) if tier else _tier(given.get("tier")),
        misconceptions=ideas,
    )


def _number(node: ast.expr | None) -> float:
    value = _constant(node)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _tier(node: ast.expr | None) -> str:
    return "stretch" if isinstance(node, ast.Name) and node.id == "STRETCH" else "core"

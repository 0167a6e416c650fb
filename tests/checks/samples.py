"""A small question, as an author would write it, for tests to spoil."""

from __future__ import annotations

from typing import Any

from seat.checks.source import Cell, WrittenQuestion, cells_of, questions_of

SETUP = "import pandas as pd"
PROMPT = "## Break-even ROAS"
SOLUTION = '''\
def break_even_roas(margin):
    """Revenue per ad dollar at which the ad pays for itself."""
    ### BEGIN SOLUTION
    return 1 / margin
    ### END SOLUTION
'''
MISCONCEPTIONS = """\
@misconception("You gave back the margin. How many dollars of revenue make one dollar of margin?")
def margin_itself(margin):
    return margin


@misconception("You took away the cost of the ad twice.")
def one_too_few(margin):
    return 1 / margin - 1
"""
QUESTION = """\
question = Question(
    id="break_even_roas",
    kind=Function(
        cases=[{"margin": 0.28}, {"margin": 0.5}],
        fresh=lambda rng: {"margin": float(rng.uniform(0.1, 0.8))},
    ),
    answers=["break_even_roas"],
    objective="bid-ceiling",
    points=2,
    minutes=4,
    returns="a ratio",
    within=Tolerance(absolute=0.001),
    hints=("What is left of one dollar of revenue?", "Divide 1 by the margin."),
)
"""
CHECK = 'check("break_even_roas")'


def cell(source: str, *tags: str, kind: str = "code") -> dict[str, Any]:
    """A notebook cell with tags."""
    return {"cell_type": kind, "source": source, "metadata": {"tags": list(tags)}}


def cells(**changed: str | None) -> list[dict[str, Any]]:
    """The cells of the sample; give a part another text, or None to leave it out."""
    parts = {
        "setup": cell(SETUP, "setup"),
        "prompt": cell(PROMPT, kind="markdown"),
        "solution": cell(SOLUTION, "solution"),
        "misconceptions": cell(MISCONCEPTIONS, "misconceptions"),
        "question": cell(QUESTION, "question"),
        "check": cell(CHECK, "check"),
    }
    for name, source in changed.items():
        if source is None:
            del parts[name]
        else:
            parts[name]["source"] = source
    return list(parts.values())


def read(**changed: str | None) -> list[Cell]:
    """The sample's cells as the reader sees them."""
    return cells_of({"cells": cells(**changed)})


def written(**changed: str | None) -> WrittenQuestion:
    """The sample question."""
    return next(iter(questions_of(read(**changed), "sample.md").values()))

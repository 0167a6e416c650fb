"""The words in which an author writes a question.

    from seat.checks.author import *

stands at the top of a source notebook's first question cell.
"""

from seat.checks.compare import EXACT, TableShape, Tolerance
from seat.checks.question import (
    CORE,
    STRETCH,
    Fact,
    Function,
    Labels,
    Number,
    OneOf,
    Policy,
    Question,
    Table,
    misconception,
    wrong,
)

__all__ = [
    "CORE",
    "EXACT",
    "STRETCH",
    "Fact",
    "Function",
    "Labels",
    "Number",
    "OneOf",
    "Policy",
    "Question",
    "Table",
    "TableShape",
    "Tolerance",
    "misconception",
    "wrong",
]

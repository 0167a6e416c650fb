"""The words in which an author writes a question.

    from seat.checks.author import *

stands at the top of a source notebook's first question cell.
"""

from seat.checks.compare import EXACT, TableShape, Tolerance
from seat.checks.plots import (
    BarsFromZero,
    InOrder,
    Labelled,
    Legend,
    Marks,
    Scaled,
    Titled,
    Told,
)
from seat.checks.question import (
    CORE,
    STRETCH,
    Fact,
    Function,
    Labels,
    Number,
    OneOf,
    Plot,
    Policy,
    Question,
    Random,
    Structure,
    Table,
    misconception,
    wrong,
)
from seat.checks.scores import BrierScore, IntervalScore, WithinErrors
from seat.checks.structures import (
    Between,
    Count,
    Dated,
    Differ,
    Fields,
    Filled,
    NoWords,
    Permitted,
    Says,
    SumsTo,
)
from seat.checks.trees import Acyclic, Computes, Known, OneRoot, Unique

__all__ = [
    "CORE",
    "EXACT",
    "STRETCH",
    "Acyclic",
    "BarsFromZero",
    "Between",
    "BrierScore",
    "Computes",
    "Count",
    "Dated",
    "Differ",
    "Fact",
    "Fields",
    "Filled",
    "Function",
    "InOrder",
    "IntervalScore",
    "Known",
    "Labelled",
    "Labels",
    "Legend",
    "Marks",
    "NoWords",
    "Number",
    "OneOf",
    "OneRoot",
    "Permitted",
    "Plot",
    "Policy",
    "Question",
    "Random",
    "Says",
    "Scaled",
    "Structure",
    "SumsTo",
    "Table",
    "TableShape",
    "Titled",
    "Told",
    "Tolerance",
    "Unique",
    "WithinErrors",
    "misconception",
    "wrong",
]

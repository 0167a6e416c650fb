"""The simulated company of the course.

>>> company = Company(seed=7)
>>> company.leads, company.income_statement("Q")

Nothing here imports the rest of ``seat``; NumPy and pandas are all it needs.
"""

from .company import Company
from .errors import (
    CompanyError,
    NotADate,
    NotAllowed,
    OutsideHistory,
    PlanTooLong,
    TruthIsSealed,
    UnknownName,
)
from .parameters import Parameters
from .plan import Levers, Plan

__all__ = [
    "Company",
    "CompanyError",
    "Levers",
    "NotADate",
    "NotAllowed",
    "OutsideHistory",
    "Parameters",
    "Plan",
    "PlanTooLong",
    "TruthIsSealed",
    "UnknownName",
]

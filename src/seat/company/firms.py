"""The firms of the course: a story, a plan and the numbers that differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .parameters import Parameters
from .plan import Levers, Plan


@dataclass(frozen=True)
class Firm:
    """A fictional firm: who it is, what it did so far, how its world differs."""

    name: str
    product: str
    sells_to: str
    people: dict[str, str]
    plan: Plan
    differs: dict[str, Any] = field(default_factory=dict)

    def parameters(self) -> Parameters:
        return Parameters().change(**self.differs)


def _quillmere() -> Firm:
    plan = Plan(Levers(support_agents=1)).change(start="2024-08-01", support_agents=2)
    return Firm(
        name="Quillmere",
        product="Quillmere Desk, one list of a small firm's quotes, jobs and invoices",
        sells_to="small businesses, by the seat and month",
        people={
            "Ines Okafor": "founder and managing director",
            "Tomas Lindgren": "finance director",
            "Maya Rahal": "head of marketing",
            "Dev Patel": "social media manager",
            "Ruth Adeyemi": "head of sales",
            "Kenji Mori": "head of support",
            "Lucia Ferri": "site and systems",
        },
        plan=plan.change(start="2025-02-03", support_agents=3),
    )


FIRMS = {"software": _quillmere()}

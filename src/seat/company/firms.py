"""The firms of the course: a story, a plan and the numbers that differ.

Quillmere runs through every chapter. The other two are for the capstone; their
numbers are our choice, made so that their books look like such firms' books.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
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
        """Published averages and the firm's own numbers."""
        return Parameters().change(**self.differs)


def _spend(brand: float, search: float, social: float, display: float) -> MappingProxyType:
    return MappingProxyType(
        {
            "brand_search": brand,
            "generic_search": search,
            "paid_social": social,
            "display": display,
        }
    )


def _quillmere() -> Firm:
    """Software by the seat: self-serve and through sales reps."""
    name = "Quillmere"
    plan = Plan(Levers(support_agents=1), firm=name)
    plan = plan.change(start="2024-08-01", support_agents=2)
    return Firm(
        name=name,
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


def _pellwick() -> Firm:
    """A shop without a sales team: everybody buys at the checkout."""
    levers = Levers(
        ad_spend=_spend(160.0, 300.0, 700.0, 200.0),
        posts_per_week=12.0,
        emails_per_month=4.0,
        page_load_s=3.6,
        checkout_error_rate=0.05,
        lead_form=False,
        price=32.0,
        sales_reps=0,
        support_agents=1,
    )
    name = "Pellwick Tea"
    plan = Plan(levers, firm=name).change(start="2024-07-01", support_agents=2)
    return Firm(
        name=name,
        product="a box of teas by post every month",
        sells_to="households and small offices, by the box",
        people={"Orla Byrne": "founder", "Sunil Rao": "operations", "Beatriz Leme": "marketing"},
        plan=plan.change(start="2025-01-06", support_agents=3),
        differs={
            "segments": ("single", "household", "office"),
            "segment_share": (0.55, 0.39, 0.06),
            "route_to_sales": (0.0, 0.0, 0.0),
            "seats_mean": (1.0, 1.5, 5.0),
            "annual_share": (0.08, 0.12, 0.20),
            "cart_base": -1.85,
            "price_reference": 32.0,
            "churn_month": 0.105,
            "direct_share": 0.43,
            "direct_customer": 0.5,
            "tickets_month": 0.16,
            "marketing_pay": 260_000.0,
            "research_pay": 60_000.0,
            "general_pay": 190_000.0,
            "opening_capital": 2_400_000.0,
            "season_peak_day": 340.0,
            "season_swing": 0.28,
        },
    )


def _hartle() -> Firm:
    """A local service whose site has neither a form nor a checkout: no funnel."""
    levers = Levers(
        ad_spend=_spend(40.0, 120.0, 260.0, 60.0),
        posts_per_week=10.0,
        emails_per_month=1.0,
        page_load_s=4.2,
        lead_form=False,
        checkout=False,
        price=85.0,
        sales_reps=1,
        support_agents=1,
    )
    name = "Hartle & Daughters"
    return Firm(
        name=name,
        product="garden and gutter care, one round a month",
        sells_to="homes, landlords and small businesses in ten districts, by the round",
        people={"June Hartle": "owner", "Ada Hartle": "office", "Wim de Boer": "crews"},
        plan=Plan(levers, firm=name),
        differs={
            "segments": ("home", "landlord", "business"),
            "segment_share": (0.74, 0.18, 0.08),
            "route_to_sales": (0.70, 0.85, 1.0),
            "seats_mean": (1.0, 2.2, 3.5),
            "annual_share": (0.05, 0.20, 0.35),
            "brand_demand": 260.0,
            "search_demand": 40.0,
            "click_ceiling": (0.0, 40.0, 55.0, 20.0),
            "half_spend": (60.0, 200.0, 300.0, 400.0),
            "price_reference": 85.0,
            "form_base": -1.2,
            "qualify_base": -0.4,
            "win_base": -0.6,
            "cycle_days": (6.0, 12.0, 25.0),
            "churn_month": 0.05,
            "direct_share": 0.55,
            "direct_customer": 0.0,
            "tickets_month": 0.35,
            "marketing_pay": 70_000.0,
            "research_pay": 0.0,
            "general_pay": 95_000.0,
            "rep_pay": 58_000.0,
            "agent_pay": 42_000.0,
            "opening_capital": 1_100_000.0,
            "season_peak_day": 130.0,
            "season_swing": 0.35,
        },
    )


FIRMS = {"software": _quillmere(), "shop": _pellwick(), "service": _hartle()}

"""Every number the company's world is made of, with its unit, source and confidence.

Confidence: ``high`` (a published meta-analysis or standard), ``medium`` (a
study or vendor benchmark with a known weakness), ``low`` (our choice, made so
that the calibration table holds). ``varies`` is the spread (standard
deviation of the logarithm) with which worlds differ from the value here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np

from .arrays import numbers
from .draws import Draws, normal
from .errors import NotAllowed, known_name
from .ranges import checked_number, checked_numbers

PAID = ("brand_search", "generic_search", "paid_social", "display")
CHANNELS = ("direct", "organic_search", *PAID, "organic_social", "referral", "email")
REGIONS = (
    *("Northgate", "Harbour", "Midlands", "Lakeside", "Eastport"),
    *("Valley", "Highland", "Westshore", "Southfield", "Isles"),
)
PLATFORMS = ("Facebook", "Instagram", "TikTok", "X")
RESPONSES = ("adstock_hill", "threshold_contagion")

OURS = "our choice; see docs/company/calibration.md"


def known(
    value: Any, unit: str, source: str = OURS, confidence: str = "low", varies: float = 0.0
) -> Any:
    """Declare a parameter with what is known about it."""
    about = {"unit": unit, "source": source, "confidence": confidence, "varies": varies}
    return field(default=value, metadata=about)


@dataclass(frozen=True)
class Parameters:
    """The world: what the firm cannot choose."""

    # Market: per paid channel in the order of PAID.
    response: str = known(
        "adstock_hill", "name of a response function", "Jin et al. 2017", "medium"
    )
    carry_over: tuple = known(
        (0.0, 0.1, 0.5, 0.7),
        "share of a day's effect left the next day",
        "Broadbent 1979",
        "medium",
    )
    half_spend: tuple = known(
        (180.0, 700.0, 900.0, 1100.0), "dollars a day at half of the ceiling", varies=0.12
    )
    slope: tuple = known((1.0, 1.0, 1.1, 1.2), "Hill exponent", "Jin et al. 2017", "medium")
    click_ceiling: tuple = known((0.0, 120.0, 150.0, 60.0), "visits a day", varies=0.10)
    awareness_gain: tuple = known(
        (0.0, 0.00010, 0.00050, 0.00050), "share of unaware a day", varies=0.10
    )
    awareness_start: float = known(0.16, "share of the market")
    awareness_base: float = known(0.00075, "share of unaware a day, trade word of mouth and press")
    awareness_loss: float = known(
        0.0040, "share of aware lost a day", "Nerlove & Arrow 1962 (form)"
    )
    brand_demand: float = known(1000.0, "visits a day if everybody knew the name", varies=0.08)
    search_demand: float = known(120.0, "visits a day from unpaid search", varies=0.08)
    brand_ad_reach: float = known(0.55, "share of brand demand that would click a top ad")
    brand_fallback: float = known(
        0.92,
        "share of brand-ad visits that come anyway",
        "Blake, Nosko & Tadelis 2015 (no measurable short-term benefit)",
        "medium",
    )
    season_swing: float = known(0.20, "share above the mean at the peak", varies=0.10)
    season_peak_day: float = known(171.0, "day of the year")
    weekend_share: float = known(0.72, "weekend visits over weekday visits")
    growth: float = known(0.00015, "log growth of demand a day")
    regional_noise: float = known(0.05, "sd of log demand by region and week")
    region_share: tuple = known(
        (0.18, 0.15, 0.13, 0.11, 0.10, 0.09, 0.08, 0.07, 0.05, 0.04), "share of the market"
    )

    # Posts: per platform in the order of PLATFORMS.
    engagement_rate: tuple = known(
        (0.00063, 0.0047, 0.0263, 0.00035),
        "engagements per follower and post",
        "Rival IQ medians: 2024 report (Facebook, TikTok), 2022 report (Instagram, X)",
        "medium",
    )
    followers: tuple = known((5200.0, 6800.0, 3100.0, 2400.0), "followers at the start")
    follower_gain: float = known(0.02, "new followers per engagement")
    post_visits: float = known(0.25, "visits per engagement")
    post_awareness: float = known(0.0000010, "share of unaware per engagement")
    how_to_engagement: float = known(0.75, "how-to over promotional engagement, ratio")
    how_to_intent: float = known(0.9, "log-odds of interest, all how-to over all promotion")

    # Web.
    load_spread: float = known(0.22, "log-logistic spread of load times")
    load_mobile: float = known(1.25, "mobile over site load time")
    load_desktop: float = known(0.85, "desktop over site load time")
    mobile_share: float = known(0.58, "share of visits")
    bounce_base: float = known(-0.45, "log-odds at 2 seconds on a desktop")
    bounce_per_second: float = known(
        0.26,
        "log-odds a second",
        "Akamai 2017, Deloitte 2020 (vendor studies; low end)",
        "medium",
        varies=0.10,
    )
    bounce_mobile: float = known(0.45, "log-odds, mobile over desktop", varies=0.05)
    interest_per_second: float = known(0.20, "log-odds lost a second", varies=0.10)
    form_base: float = known(-1.70, "log-odds of a lead form")
    cart_base: float = known(-2.15, "log-odds of a cart")
    intent: tuple = known(
        (0.40, 0.30, 0.55, 0.15, -0.50, -0.80, -0.35, 0.60, 0.10),
        "log-odds of interest by channel, in the order of CHANNELS",
        varies=0.05,
    )
    price_reference: float = known(29.0, "dollars a seat and month")
    price_slope: float = known(
        2.95,
        "log-odds lost per log price",
        "Bijmolt et al. 2005 (-2.62), Tellis 1988 (-1.76): range of elasticities",
        "medium",
        varies=0.05,
    )
    checkout_reached: float = known(0.50, "share of carts that reach payment")
    payment_made: float = known(
        0.635, "share of payments begun that succeed, without errors", "Baymard 70.22 % abandoned"
    )
    no_funnel_rate: float = known(0.02, "conversion left when form or checkout is missing")
    return_rate: float = known(0.13, "share of undecided visits followed by another")
    return_delay: float = known(5.0, "days, mean")
    subscribe_rate: float = known(0.035, "share of undecided visits that join the mailing list")

    # E-mail.
    open_rate: float = known(0.227, "share of delivered", "Mailchimp 2019", "medium")
    click_rate: float = known(0.029, "share of delivered", "Mailchimp 2019", "medium")
    unsubscribe_rate: float = known(0.0025, "share of a mailing at two a month")
    complaint_rate: float = known(0.0004, "share of a mailing at two a month")
    fatigue: float = known(0.35, "exponent of mailings a month over two")

    # Customers: per segment.
    segments: tuple = known(("solo", "team", "enterprise"), "names of the three segments")
    segment_share: tuple = known((0.57, 0.36, 0.07), "share of visitors")
    route_to_sales: tuple = known((0.10, 0.42, 0.88), "share of interest that asks for sales")
    seats_mean: tuple = known((1.2, 4.0, 16.0), "seats", varies=0.04)
    seat_discount: tuple = known((1.0, 0.95, 0.85), "price factor")
    annual_share: tuple = known((0.12, 0.30, 0.65), "share on annual terms")
    annual_discount: float = known(0.85, "price factor")

    # Sales.
    segment_score: tuple = known((-0.5, 0.2, 0.6), "log-odds of qualification")
    score_noise: float = known(0.6, "logistic spread of fit")
    qualify_base: float = known(-1.5, "log-odds of qualification", varies=0.03)
    mql_score: float = known(45.0, "points from which a lead counts as marketing qualified")
    response_floor: float = known(0.35, "share of leads indifferent to waiting")
    response_tau_h: float = known(
        20.0,
        "hours to lose 63 % of the rest",
        "Oldroyd, McElheran & Elkington 2011 (observational)",
        "medium",
        varies=0.10,
    )
    consent_share: float = known(0.72, "share of leads that allow marketing mail")
    lead_minutes: float = known(75.0, "minutes of a rep's day per lead, mean")
    cycle_days: tuple = known((22.0, 38.0, 70.0), "days, Weibull scale")
    cycle_shape: float = known(1.6, "Weibull shape")
    win_base: float = known(-1.45, "log-odds of winning")
    win_score: float = known(0.35, "log-odds per point of fit")
    rep_skill: float = known(0.15, "logistic spread of reps' log-odds")
    deal_price_slope: float = known(1.8, "log-odds lost per log price")

    # Support.
    tickets_month: float = known(0.24, "tickets per customer and month")
    tickets_segment: tuple = known((0.7, 1.0, 2.2), "factor by segment")
    tickets_first: float = known(2.0, "factor in the first month")
    tickets_error: float = known(5.0, "rise per unit of checkout error rate")
    ticket_minutes: float = known(34.0, "minutes of an agent's day per ticket, mean")
    csat_cuts: tuple = known((3.4, 2.6, 1.92, 0.3), "log-odds of at least 2, 3, 4, 5 at no wait")
    csat_per_hour: float = known(0.045, "log-odds lost per hour of waiting")
    patience_h: float = known(36.0, "hours to lose 63 % of perceived quality")
    quality_memory: float = known(0.35, "weight of the latest experience")
    expectation_memory: float = known(0.05, "weight of the latest experience")
    quality_start: float = known(0.75, "share", "Anderson & Sullivan 1993 (form)", "low")

    # Churn and word of mouth.
    churn_month: float = known(
        0.068,
        "monthly hazard, mean",
        "vendor ranges, 3-7 % of small firms a month",
        "medium",
        varies=0.05,
    )
    churn_segment: tuple = known((1.25, 0.95, 0.55), "factor by segment")
    churn_annual: float = known(4.0, "hazard at an annual renewal over a monthly one")
    churn_gap: float = known(2.2, "log hazard per unit of disappointment")
    churn_quality: float = known(2.2, "log hazard per unit of quality below the start")
    referral_rate: float = known(0.010, "visits per satisfied customer and day", varies=0.10)

    # Finance, in dollars for a company of size 1.
    fee_share: float = known(0.030, "payment fees over amounts collected by card")
    direct_share: float = known(0.150, "hosting and licences over revenue")
    direct_customer: float = known(2.0, "dollars per customer and month")
    agent_pay: float = known(50_000.0, "dollars a year, all costs")
    rep_pay: float = known(84_000.0, "dollars a year, all costs")
    commission: float = known(0.10, "share of the first year's contract")
    marketing_pay: float = known(1_000_000.0, "dollars a year: people, agency, tools")
    research_pay: float = known(330_000.0, "dollars a year")
    general_pay: float = known(240_000.0, "dollars a year")
    opening_capital: float = known(4_500_000.0, "dollars raised before the first day")
    ad_terms_days: int = known(30, "days until advertising is paid")
    invoice_terms_days: int = known(30, "days until an invoice is due")
    late_payment_days: float = known(6.0, "days late, mean")
    hiring_delay_days: int = known(45, "days from hiring to a full day's work")

    # Research: surveys, perceptions, choices.
    survey_response: tuple = known((0.45, 0.30, 0.15), "share of each segment that answers")
    follower_share: tuple = known((0.76, 0.21, 0.03), "share of segments among followers")
    choice_price: float = known(-0.075, "utility per dollar a seat and month", varies=0.10)
    choice_worth: tuple = known(
        (0.65, 0.40, 0.30), "utility of phone support, bank link, mobile app", varies=0.10
    )

    # Observation.
    cookie_loss: float = known(0.25, "share of later visits shown as a new visitor")
    tracking_loss: float = known(0.18, "share of visits no tool sees", varies=0.10)
    untagged_share: float = known(
        0.22, "share of social and e-mail visits shown as direct", varies=0.10
    )
    bot_share: float = known(0.03, "extra visits that are machines")
    duplicate_share: float = known(0.06, "share of leads entered twice")
    missing_field: float = known(0.12, "share of CRM fields filled late or never")
    late_posting: float = known(0.08, "share of ledger lines posted in a later month")
    view_through: float = known(0.35, "visits platforms claim beyond their clicks")

    def change(self, **values: Any) -> Parameters:
        """These parameters with some replaced."""
        for name in values:
            known_name("parameter", name, self.names())
        return replace(self, **{name: _checked(self, name, v) for name, v in values.items()})

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(item.name for item in fields(cls))

    @classmethod
    def about(cls, name: str) -> dict[str, Any]:
        """Unit, source, confidence and spread of one parameter."""
        known_name("parameter", name, cls.names())
        return dict(cls.__dataclass_fields__[name].metadata)

    def in_world(self, draws: Draws) -> Parameters:
        """The same parameters as one world has them, each moved by its spread."""
        moved = {}
        for item in fields(self):
            if spread := item.metadata["varies"]:
                value = getattr(self, item.name)
                moved[item.name] = _moved(draws, item.name, value, spread)
        return replace(self, **moved)


def _moved(draws: Draws, name: str, value: Any, spread: float) -> Any:
    values = np.atleast_1d(np.asarray(value, dtype=float))
    shift = np.clip(normal(draws.uniform(f"parameter_{name}", numbers(len(values)))), -2, 2)
    # Log-odds move by a constant, quantities by a factor.
    moved = values + spread * shift if name == "intent" else values * np.exp(spread * shift)
    return tuple(moved.tolist()) if isinstance(value, tuple) else float(moved[0])


def _checked(parameters: Parameters, name: str, value: Any) -> Any:
    now = getattr(parameters, name)
    if name == "response":
        return known_name("response", value, RESPONSES)
    if name == "segments":
        return _checked_segments(value)
    unit = Parameters.about(name)["unit"]
    if isinstance(now, tuple):
        return checked_numbers(name, unit, value, now)
    return checked_number(name, name, unit, value, now)


def _checked_segments(value: Any) -> tuple[str, ...]:
    names = tuple(value) if isinstance(value, (tuple, list)) else ()
    if len(set(map(str, names))) != 3 or not all(isinstance(name, str) for name in names):
        raise NotAllowed("segments", value, "three names")
    return names

"""Parts of the model against answers known in closed form."""

import numpy as np
import pytest

from seat.company import Company, Parameters, Plan, finance, market
from seat.company.calendar import MONTHS, day_number
from seat.company.draws import Draws, master_key
from seat.company.plan import Schedule


def test_steady_spend_has_a_stock_of_itself():
    keep = np.array([[0.0], [0.1], [0.5], [0.7]])
    stock = market.carry(np.full((60, 4, 1), 250.0), keep)
    np.testing.assert_allclose(stock[-1], 250.0, rtol=1e-8)


def test_a_burst_fades_geometrically():
    burst = np.zeros((10, 1, 1))
    burst[0] = 1.0
    stock = market.carry(burst, np.array([[0.5]])).ravel()
    np.testing.assert_allclose(stock, 0.5 * 0.5 ** np.arange(10))


def test_half_spend_buys_half_of_the_ceiling():
    p = Parameters().change(carry_over=(0.0, 0.0, 0.0, 0.0))
    dollars = np.array(p.half_spend)[None, :, None] * np.ones((1, 1, 10))
    np.testing.assert_allclose(market.adstock_hill(p, dollars), 0.5)


def test_awareness_settles_where_gain_meets_loss():
    p = Parameters()
    nothing = np.zeros((4000, 4, 10))
    settled = market.remember(p, nothing, np.zeros(4000))[-1]
    expected = p.awareness_base / (p.awareness_base + p.awareness_loss)
    np.testing.assert_allclose(settled, expected, rtol=1e-6)


def test_revenue_is_earned_in_a_straight_line():
    invoice = {
        "day": np.array([3]),
        "until": np.array([33]),
        "cents": np.array([1000]),
    }
    earned = finance.earned(invoice, 60)
    assert earned.sum() == 1000
    assert earned[3] == 33 + 10
    assert (earned[4:33] == 33).all()
    assert not earned[33:].any()


@pytest.mark.parametrize(
    ("start", "cycles", "due"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_bills_fall_on_the_same_day_of_the_month(start, cycles, due):
    day = MONTHS.anniversary(np.array([day_number(start)]), np.array([cycles]))
    assert day[0] == day_number(due)


def test_spend_of_a_flat_calendar_is_the_plan_to_the_cent():
    plan = Plan().change(start="2024-01-01", ad_calendar="flat", ad_spend={"display": 100.0})
    cents = market.spend(Draws(master_key(1)), Parameters(), Schedule(plan, 30))
    assert (cents[:, 3].sum(axis=1) == 10_000).all()


def test_a_seasonal_calendar_spends_the_plan_on_average():
    totals = [
        market.spend(Draws(master_key(seed)), Parameters(), Schedule(Plan(), 731))[:, 1].sum()
        for seed in range(10)
    ]
    assert np.mean(totals) / 73_100 == pytest.approx(
        Plan().levers.ad_spend["generic_search"], rel=0.03
    )


def test_loyal_customers_remain(company: Company):
    """Churn falls with tenure because the disloyal leave first, not because people change."""
    who = company.subscriptions.query("term == 'monthly'")
    months = ((who["end"].fillna(company.last_day) - who["start"]).dt.days / 30.44).round()
    left = who["end"].notna()
    early = left[months <= 3].sum() / np.minimum(months, 3).sum()
    late = left[months > 9].sum() / np.maximum(months - 9, 0).sum()
    assert late < 0.8 * early


def test_no_response_but_the_named_ones():
    with pytest.raises(ValueError, match="Did you mean 'adstock_hill'"):
        Parameters().change(response="adstock_hil")


def test_one_world_is_neither_adstock_nor_hill():
    """Small budgets do nothing there; the second thousand buys more than the first."""
    p = Parameters().change(response="threshold_contagion")
    effect = []
    for dollars in (0.4, 0.9, 1.4, 1.9):
        spend = np.array(p.half_spend)[None, :, None] * np.full((300, 4, 1), dollars)
        effect.append(market.threshold_contagion(p, spend)[-1, 2, 0])
    assert effect[0] == 0
    assert (np.diff(effect) > 0).all()


def test_the_other_world_keeps_its_books_too():
    company = Company(seed=3, size=0.2, response="threshold_contagion")
    company.check()
    assert company.truth.parameters.response == "threshold_contagion"

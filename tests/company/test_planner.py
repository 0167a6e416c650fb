"""The planner looks ahead from the firm's tables and the learner's estimates."""

import numpy as np
import pytest

from seat.company import Company, NotAllowed, Plan


@pytest.fixture(scope="module")
def outlook(company):
    return company.simulate(company.plan, quarters=2, runs=6)


def test_forecast_books_go_on_where_the_history_ends(company, outlook):
    last, first = company.cash_flow("Q").iloc[-1], outlook.cash_flow("Q").iloc[0]
    assert first["opening_cash"] == pytest.approx(last["closing_cash"])
    sheet = outlook.balance_sheet("M")
    tied = sheet["total_liabilities"] + sheet["total_equity"]
    np.testing.assert_allclose(sheet["total_assets"], tied, atol=0.001)
    np.testing.assert_allclose(outlook.cash_flow("M")["closing_cash"], sheet["cash"], atol=0.001)


def test_revenue_already_sold_is_still_earned(company):
    """With nobody buying any more, annual contracts go on for months."""
    closed = company.plan.change(lead_form=False, checkout=False)
    revenue = company.simulate(closed, quarters=2, runs=1).income_statement("M")["revenue"]
    before = company.income_statement("M")["revenue"].iloc[-1]
    assert 0.6 * before < revenue.iloc[2] < before


@pytest.mark.parametrize("start", ["2025-12-31", "2024-08-01", "2026-06-30", "2026-12-01"])
def test_only_what_is_still_to_come_can_be_planned(company, start):
    """Changes in the past or after the horizon would have no effect, without a word."""
    plan = company.plan.change(start=start, price=31.0)
    asks = (
        lambda: company.simulate(plan, quarters=2, runs=1),
        lambda: company.compare(company.plan, plan, quarters=2, runs=1),
        lambda: company.truth.outcome(plan, 2),
    )
    for ask in asks:
        with pytest.raises(NotAllowed, match=r"start = .* from 2026-01-01 to 2026-06-29") as caught:
            ask()
        assert start in str(caught.value)


def test_a_plan_of_another_firm_is_refused(company):
    plan = Company(firm="shop").plan.change(price=31.0)
    for ask in (company.simulate, company.compare, company.truth.outcome):
        with pytest.raises(NotAllowed, match=r"a plan of Pellwick Tea.* Give a plan of Quillmere"):
            ask(plan)
    with pytest.raises(NotAllowed, match="a plan of no firm"):
        company.compare(company.plan, Plan(), runs=1)


def test_the_number_of_runs_may_come_from_numpy(company):
    assert len(company.simulate(company.plan, 1, runs=np.int64(2)).futures) == 2


def test_only_plans_can_be_compared(company, outlook):
    for ask in (lambda: company.compare(company.plan, "x", runs=1), lambda: outlook.compare(3)):
        with pytest.raises(NotAllowed, match=r"Give a plan, such as company.plan.change"):
            ask()


def test_estimates_decide_the_forecast(company):
    options = {"quarters": 2, "runs": 3}
    cheap = company.plan.change(price=23.0)
    timid = company.simulate(cheap, assumptions={"price_slope": 1.0}, **options)
    bold = company.simulate(cheap, assumptions={"price_slope": 5.0}, **options)
    new = [o.values("new_customers").sum().mean() for o in (timid, bold)]
    assert new[1] > 1.2 * new[0]


def test_the_planner_never_sees_the_truth():
    """Two worlds with the same tables would get the same forecast: only tables go in."""
    company = Company(seed=5, size=0.2)
    planner = company._planner
    held = [*vars(planner).values()]
    assert not any(value is company._world or value is company.truth.parameters for value in held)
    assert set(planner.tables) <= set(company.tables)


def test_forecasts_cover_what_comes_to_pass():
    """Nine of ten quarters of six firms lie within 12 % of the median forecast."""
    close = []
    for seed in range(1, 7):
        company = Company(seed=seed)
        forecast = company.simulate(company.plan, 4, runs=5).quantiles("revenue", "Q")[0.5]
        came = company.truth.outcome(company.plan, 4).values("revenue")[0]
        close.extend(np.abs(forecast / came - 1) < 0.12)
    assert np.mean(close) >= 0.9


def test_plans_are_compared_with_the_same_luck(company):
    faster = company.plan.change(page_load_s=3.1)
    found = company.compare(faster, quarters=2, runs=5)
    assert found.loc["new_customers", "low"] > 0
    same = company.compare(company.plan, quarters=1, runs=2)
    assert (same["difference"] == 0).all()


def test_the_fan_opens_with_time(company):
    wide = company.simulate(company.plan, 4, runs=12).quantiles("active_customers", "M")
    spread = wide[0.9] - wide[0.1]
    assert spread.iloc[-1] > 2 * spread.iloc[0]


def test_a_fan_chart_says_what_it_shows(outlook):
    import matplotlib

    matplotlib.use("agg")
    axes = outlook.fan_chart("operating_profit")
    assert axes.get_title() == "Operating profit under the plan"
    assert axes.get_ylabel() == "dollars"
    assert [t.get_text() for t in axes.get_legend().get_texts()][-1] == "median"


@pytest.mark.parametrize("runs", [0, 501, 2.5, True])
def test_the_number_of_futures_is_bounded(company, runs):
    with pytest.raises(NotAllowed, match="from 1 to 500"):
        company.simulate(company.plan, runs=runs)


def test_a_plan_is_a_plan(company):
    with pytest.raises(NotAllowed, match=r"company\.plan\.change"):
        company.simulate({"price": 31})


def test_a_budget_lies_beside_what_came(company):
    budget = company.budget("Q")
    actual = budget["actual"].xs("revenue", level="line")
    np.testing.assert_allclose(actual, company.income_statement("Q")["revenue"])
    planned = budget["budget"].xs("revenue", level="line")
    assert not np.allclose(planned, actual)
    assert planned.sum() == pytest.approx(actual.sum(), rel=0.25)
    months = company.budget("M")["budget"].xs("leads", level="line").sum()
    assert months == budget["budget"].xs("leads", level="line").sum()

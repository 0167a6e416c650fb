"""The capstone's firms: each keeps its books, and each has its own first thing to do."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seat.company import Company
from seat.company.firms import FIRMS

NOTHING = {"brand_search": 0.0, "generic_search": 0.0, "paid_social": 0.0, "display": 0.0}


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**31), st.sampled_from(list(FIRMS)), st.booleans())
def test_every_firm_keeps_its_books_in_every_world(seed, firm, textbook):
    response = "adstock_hill" if textbook else "threshold_contagion"
    Company(seed=seed, firm=firm, size=0.5, response=response).check()


@pytest.mark.parametrize("firm", list(FIRMS))
def test_every_firm_can_be_planned_for(firm):
    company = Company(seed=3, firm=firm)
    outlook = company.simulate(company.plan.change(page_load_s=2.0), quarters=2, runs=2)
    sheet = outlook.balance_sheet("Q")
    tied = sheet["total_liabilities"] + sheet["total_equity"]
    np.testing.assert_allclose(sheet["total_assets"], tied, atol=0.001)
    came = company.truth.outcome(company.plan, 2).values("revenue").sum().iloc[0]
    forecast = company.simulate(company.plan, 2, runs=3).values("revenue").sum().mean()
    assert forecast == pytest.approx(came, rel=0.25)


@pytest.mark.parametrize("firm", list(FIRMS))
def test_every_firm_has_money_left_after_two_years(firm):
    for seed in range(5):
        assert Company(seed=seed, firm=firm).balance_sheet("M")["cash"].min() > 0


def test_the_shop_sells_at_the_checkout_only():
    shop = Company(seed=3, firm="shop")
    assert len(shop.leads) == 0
    assert len(shop.reps) == 0
    assert set(shop.customers["route"]) == {"self_serve"}
    statement = shop.income_statement("Q").iloc[-4:].sum()
    assert 0.3 < statement["gross_profit"] / statement["revenue"] < 0.6


@pytest.mark.parametrize("seed", range(1, 6))
def test_without_a_funnel_the_first_plan_spends_nothing_on_traffic(seed):
    """Stop the ads and the loss shrinks; build the funnel and ads begin to matter."""
    service = Company(seed=seed, firm="service")
    start = {"start": "2024-01-01"}

    def profit(**levers):
        plan = service.plan.change(**levers) if levers else service.plan
        outcome = service.truth.outcome(plan, 4)
        return outcome.values("operating_profit").sum().iloc[0]

    def customers(**levers):
        plan = service.plan.change(**start, **levers) if levers else service.plan
        run = service._world.run(plan)
        return len(run.customers["customer"])

    assert profit(ad_spend=NOTHING) > profit()
    built = {"lead_form": True, "checkout": True}
    assert customers(**built) > 5 * customers()
    gained_with = customers(**built) - customers(**built, ad_spend=NOTHING)
    gained_without = customers() - customers(ad_spend=NOTHING)
    assert gained_with > 5 * max(gained_without, 1)


def test_numbers_of_segments_have_the_firm_s_own_names():
    assert set(Company(seed=1, firm="service", size=0.5).sessions["segment"].cat.categories) == {
        "home",
        "landlord",
        "business",
    }

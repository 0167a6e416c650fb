"""Experiments show what the firm would see; the truth is a difference of two runs."""

import numpy as np
import pytest

from seat.company import Company, NotAllowed, OutsideHistory, UnknownName

WRONG = [
    ({"channel": "paid_sociel"}, UnknownName, "Did you mean 'paid_social'"),
    ({"regions": ["Harbor"]}, UnknownName, "Did you mean 'Harbour'"),
    ({"regions": []}, NotAllowed, "the rest are the control"),
    ({"days": 3}, NotAllowed, "a whole number from 7 to 182"),
    ({"days": 400}, NotAllowed, "a whole number from 7 to 182"),
    ({"change": -1.5}, NotAllowed, "from -1 (no spend) to 4 (five times)"),
    ({"start": "2023-01-01"}, OutsideHistory, "from 2024-01-01"),
    ({"start": "2027-12-20"}, NotAllowed, "a date up to 2027-12-0"),
]


@pytest.mark.parametrize(("wrong", "kind", "text"), WRONG)
def test_a_wrong_experiment_is_told_what_is_allowed(company, wrong, kind, text):
    asked = {"channel": "paid_social", "regions": ["Harbour"], "days": 28} | wrong
    with pytest.raises(kind) as caught:
        company.run_experiment(**asked)
    assert text in str(caught.value)


def test_all_regions_leave_no_control(company):
    with pytest.raises(NotAllowed, match="some regions but not all"):
        company.run_experiment("display", list(company.ad_spend["region"].cat.categories))


@pytest.fixture(scope="module")
def stopped(company):
    return company.run_experiment("paid_social", ["Harbour", "Isles"], days=56)


def test_spend_changes_where_and_when_it_was_told_to(company, stopped):
    data = stopped.data
    usual = company._world.run(company.plan, stopped.test.last).market.spend_cents
    seen = data.pivot(index="date", columns="region", values="spend").to_numpy()
    first = stopped.test.last - len(seen)
    changed = ~np.isclose(seen, usual[first:].sum(axis=1) / 100)
    told = (data["is_treated"] & data["is_test"]).to_numpy().reshape(seen.shape)
    assert (changed <= told).all()
    assert changed[told].mean() > 0.99


def test_an_experiment_starts_when_the_history_ends(company, stopped):
    assert stopped.first == company.last_day + np.timedelta64(1, "D")
    assert stopped.data["date"].min() == stopped.first - np.timedelta64(84, "D")


def test_data_before_the_test_are_the_history(company, stopped):
    before = stopped.data[~stopped.data["is_test"]]
    history = company.sessions[company.sessions["date"] >= before["date"].min()]
    assert before["sessions"].sum() == len(history)
    assert before["orders"].sum() == (history["last_stage"] == "order").sum()


def test_stopping_ads_loses_visits_in_the_treated_regions_only(company, stopped):
    assert company.truth.lift(stopped) < 0
    doubled = company.run_experiment("paid_social", ["Harbour", "Isles"], days=56, change=1.0)
    assert company.truth.lift(doubled) > 0


def test_the_effect_is_the_difference_of_two_histories(company):
    """Incremental sessions of a channel are those of the history less those without it."""
    without = company._world.run(
        company.plan.change(start="2024-01-01", ad_spend={"generic_search": 0.0})
    )
    lost = len(company.sessions) - len(without.visits["visit"])
    assert company.truth.incremental("generic_search", "sessions") == lost
    assert lost > 0.8 * (company.sessions["channel"] == "generic_search").sum()


def test_the_bottleneck_of_a_firm_without_a_funnel_is_the_funnel():
    gains = Company(seed=2, firm="service").truth.bottleneck()
    assert set(gains.index[:2]) == {"lead_form", "checkout"}


@pytest.mark.parametrize("ask", ["incremental", "marginal_cost", "response_elasticity"])
def test_the_truth_of_an_unknown_channel_is_refused(company, ask):
    with pytest.raises(UnknownName, match="Did you mean 'generic_search'"):
        getattr(company.truth, ask)("generic_serch")


def test_a_parameter_can_be_looked_up(company):
    about = company.truth.about("price_slope")
    assert about["value"] == company.truth.parameters.price_slope
    assert "Bijmolt" in about["source"]
    with pytest.raises(UnknownName, match="Did you mean 'price_slope'"):
        company.truth.about("price_slop")


def test_marginal_customers_cost_more_than_average_ones(company):
    """Saturation: the next dollar buys less than the average dollar did."""
    for channel in ("generic_search", "paid_social"):
        spend = company.ad_spend.query("channel == @channel")["spend"].sum()
        average = spend / company.truth.incremental(channel)
        assert company.truth.marginal_cost(channel) > average

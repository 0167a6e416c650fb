"""Experiments show what the firm would see; the truth is a difference of two runs."""

import numpy as np
import pytest

from seat.company import Company, NotAllowed, OutsideHistory, UnknownName

WRONG = [
    ({"channel": "paid_sociel"}, UnknownName, "Did you mean 'paid_social'"),
    ({"regions": ["Harbor"]}, UnknownName, "Did you mean 'Harbour'"),
    ({"regions": 3}, NotAllowed, "a list of regions"),
    ({"regions": []}, NotAllowed, "the rest are the control"),
    ({"days": 3}, NotAllowed, "a whole number from 7 to 182"),
    ({"days": 400}, NotAllowed, "a whole number from 7 to 182"),
    ({"change": -1.5}, NotAllowed, "from -1 (no spend) to 4 (five times)"),
    ({"change": True}, NotAllowed, "other than 0 (no change)"),
    ({"change": 0}, NotAllowed, "other than 0 (no change)"),
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


@pytest.mark.parametrize(
    ("ask", "given", "text"),
    [
        ("lift", 3, "what company.run_experiment returned"),
        ("split_effect", 3, "what company.run_visitor_test returned"),
        ("speed_effect", "a", "a number of seconds"),
        ("outcome", 3, "a plan, such as company.plan.change"),
    ],
)
def test_the_truth_of_something_else_is_refused(company, ask, given, text):
    with pytest.raises(NotAllowed) as caught:
        getattr(company.truth, ask)(given)
    assert text in str(caught.value)


def test_marginal_customers_cost_more_than_average_ones(company):
    """Saturation: the next dollar buys less than the average dollar did."""
    for channel in ("generic_search", "paid_social"):
        spend = company.ad_spend.query("channel == @channel")["spend"].sum()
        average = spend / company.truth.incremental(channel)
        assert company.truth.marginal_cost(channel) > average


WRONG_SPLITS = [
    ({"lever": "prise"}, UnknownName, "Did you mean 'price'"),
    ({"lever": "sales_reps"}, UnknownName, "Choose from: page_load_s, price"),
    ({"change": 0}, NotAllowed, "a relative change that leaves price between 1 and 10,000"),
    ({"change": -1.0}, NotAllowed, "(dollars a seat and month)"),
    ({"days": 2}, NotAllowed, "a whole number from 7 to 182"),
    ({"start": "2030-01-01"}, OutsideHistory, "to 2027-12-31"),
]


@pytest.mark.parametrize(("wrong", "kind", "text"), WRONG_SPLITS)
def test_a_wrong_visitor_test_is_told_what_is_allowed(company, wrong, kind, text):
    asked = {"lever": "price", "change": 0.1, "days": 28} | wrong
    with pytest.raises(kind) as caught:
        company.run_visitor_test(**asked)
    assert text in str(caught.value)


@pytest.fixture(scope="module")
def faster(company):
    return company.run_visitor_test("page_load_s", -0.3, days=84)


def test_visitors_are_assigned_by_lot(faster):
    counts = faster.data["variant"].value_counts()
    assert abs(counts["A"] - counts["B"]) < 4 * np.sqrt(len(faster.data))
    assert faster.data["visitor_id"].is_unique


def test_only_the_treated_meet_the_change(company, faster):
    """Pages are faster in B by what was told, and as before in A."""
    load = faster.data.groupby("variant", observed=True)["page_load_s"].median()
    assert load["B"] / load["A"] == pytest.approx(0.7, abs=0.02)
    same = company._world.run(company.plan, faster.test.last).visits
    usual = dict(zip((same["visit"] >> 4).tolist(), same["load_s"].tolist(), strict=True))
    control = faster.data[(faster.data["variant"] == "A") & (faster.data["visits"] == 1)].head(500)
    known = [usual[v] for v in control["visitor_id"] if v in usual]
    seen = control.loc[control["visitor_id"].isin(usual), "page_load_s"]
    assert np.mean(np.isclose(known, seen)) > 0.95


def test_a_faster_site_wins_orders_and_leads(company, faster):
    assert company.truth.split_effect(faster, "ordered") > 0.1
    assert company.truth.split_effect(faster, "left_form") > 0.1


def test_who_is_shown_a_price_pays_it(company):
    test = company.run_visitor_test("price", 0.5, days=56)
    run = company._world.run(company.plan, test.test.last, split=test.test)
    plain = company._world.run(company.plan, test.test.last)
    both, mine, theirs = np.intersect1d(
        run.customers["customer"], plain.customers["customer"], return_indices=True
    )
    ratio = run.customers["seat_cents"][mine] / plain.customers["seat_cents"][theirs]
    dearer = ratio > 1.4
    late = run.customers["start"][mine] >= test.test.first
    assert dearer.any()
    assert (late & ~run.customers["assisted"][mine])[dearer].all()
    assert test.test.treats(run.draws, both)[dearer].all()

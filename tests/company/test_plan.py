"""Plans say what is allowed; nothing is clipped in silence."""

import pickle
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from pandas import Timestamp

from seat.company import (
    Company,
    NotADate,
    NotAllowed,
    OutsideHistory,
    Plan,
    PlanTooLong,
    UnknownName,
)
from seat.company.firms import FIRMS
from seat.company.parameters import Parameters
from seat.company.plan import plan_as_text, plan_from_text
from seat.company.ranges import WHOLES, range_of

WRONG = [
    ({"ad_spend": {"payed_social": 5}}, UnknownName, "Did you mean 'paid_social'"),
    ({"pages_load_s": 2}, UnknownName, "Did you mean 'page_load_s'"),
    ({"ad_spend": {"display": -1}}, NotAllowed, "from 0 to 1,000,000 (dollars a day)"),
    ({"ad_spend": 300}, NotAllowed, "a dictionary of channel and dollars"),
    ({"price": 29.999}, NotAllowed, "in whole cents"),
    ({}, NotAllowed, "levers = 'none' is not allowed. Give at least one of: ad_spend"),
    ({"start": "2026-07-01"}, NotAllowed, "at least one of"),
    ({"price": -29}, NotAllowed, "from 1 to 10,000 (dollars a seat and month)"),
    ({"price": float("nan")}, NotAllowed, "price = nan is not allowed"),
    ({"price": "29"}, NotAllowed, "a number from 1"),
    ({"page_load_s": 0}, NotAllowed, "from 0.2 to 60 (seconds)"),
    ({"checkout_error_rate": 1.2}, NotAllowed, "from 0 to 1"),
    ({"sales_reps": 2.5}, NotAllowed, "a whole number from 0 to 500"),
    ({"support_agents": True}, NotAllowed, "a whole number"),
    ({"lead_form": "yes"}, NotAllowed, "True or False"),
    ({"content_mix": {"how_to": 0.7}}, NotAllowed, "shares that sum to 1"),
    ({"content_mix": {"howto": 1.0}}, UnknownName, "Did you mean 'how_to'"),
    ({"ad_calendar": "season"}, UnknownName, "Did you mean 'seasonal'"),
    ({"start": "2023-12-31"}, OutsideHistory, "from 2024-01-01 to 2027-12-31"),
    ({"start": "soon"}, NotADate, "'soon' is not a date; write it as 2026-03-31."),
    ({"start": "2026-02-30"}, NotADate, "'2026-02-30' is not a date"),
    ({"start": "01/02/2026"}, NotADate, "'01/02/2026' is not a date"),
    ({"start": float("nan")}, NotADate, "nan is not a date"),
    ({"start": np.datetime64("NaT")}, NotADate, "is not a date"),
    ({"start": 800}, NotADate, "800 is not a date"),
]


@pytest.fixture(scope="module")
def small():
    return Company(seed=7, size=0.05)


@pytest.mark.parametrize(("levers", "kind", "text"), WRONG)
def test_a_wrong_lever_is_told_what_is_allowed(levers, kind, text):
    with pytest.raises(kind) as caught:
        Plan().change(**levers)
    assert text in str(caught.value)


@pytest.mark.parametrize(("levers", "kind", "text"), WRONG)
def test_every_error_survives_the_way_to_another_process(levers, kind, text):
    with pytest.raises(kind) as caught:
        Plan().change(**levers)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is kind
    assert str(copy) == str(caught.value)


@pytest.mark.parametrize("quarters", [0, 9, 2.5, "4", True])
def test_a_plan_is_one_to_eight_quarters_long(company, quarters):
    with pytest.raises(PlanTooLong, match="Give a whole number from 1 to 8") as caught:
        company.simulate(company.plan, quarters=quarters)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_levers_not_named_keep_their_value():
    plan = Plan().change(price=31.0).change(start="2026-07-01", ad_spend={"display": 0.0})
    assert plan.on("2025-12-31").price == 29.0
    assert plan.on("2026-01-01").price == 31.0
    assert plan.on("2026-08-01").price == 31.0
    assert plan.on("2026-08-01").ad_spend == {**Plan().levers.ad_spend, "display": 0.0}


def test_a_later_change_of_the_same_day_wins():
    plan = Plan().change(price=31.0).change(price=33.0)
    assert plan.on().price == 33.0


@pytest.mark.parametrize(
    "start",
    [
        date(2026, 7, 1),
        datetime(2026, 7, 1, 9),
        np.datetime64("2026-07-01"),
        Timestamp("2026-07-01"),
    ],
)
def test_dates_come_as_text_or_as_dates(start):
    assert Plan().change(start, price=31.0) == Plan().change("2026-07-01", price=31.0)


def test_a_plan_survives_text_and_pickle():
    plan = Plan().change(price=31.0, ad_spend={"display": 1.0}, content_mix={"how_to": 1.0})
    assert plan_from_text(plan_as_text(plan)) == plan
    assert pickle.loads(pickle.dumps(plan)) == plan


def test_numbers_of_numpy_are_numbers():
    assert Plan().change(price=np.float64(31), sales_reps=np.int64(4)).on().sales_reps == 4


@pytest.mark.parametrize("size", [0, -1, 1000, "big", True])
def test_a_company_has_a_size(size):
    with pytest.raises(NotAllowed, match="a number above 0"):
        Company(size=size)


def test_a_world_has_a_seed_or_a_key():
    with pytest.raises(NotAllowed, match=r"seed = 7 .* either a seed or a key"):
        Company(7, key=b"k" * 32)
    assert Company()._world.master == Company(7)._world.master


def test_an_unknown_firm_table_or_parameter_offers_a_near_miss(company):
    with pytest.raises(UnknownName, match="Did you mean 'software'"):
        Company(firm="softwear")
    with pytest.raises(UnknownName, match="Did you mean 'tickets'"):
        company.table("ticket")
    with pytest.raises(AttributeError, match=r"Company has no 'ticket'; see its \.tables"):
        _ = company.ticket
    with pytest.raises(UnknownName, match="Did you mean 'price_slope'"):
        company.simulate(company.plan, assumptions={"price_slop": 2.0}, runs=1)


WRONG_ASSUMPTIONS = [
    ("price_slope", float("inf"), "a number from 0 to 20 (log-odds lost per log price)"),
    ("price_slope", float("nan"), "price_slope = nan"),
    ("price_slope", "a", "a number from 0 to 20"),
    ("price_slope", None, "a number from 0 to 20"),
    ("price_slope", [1, 2], "a number from 0 to 20"),
    ("price_slope", True, "a number from 0 to 20"),
    ("churn_month", -1, "a number from 0 to 1 (monthly hazard, mean)"),
    ("fee_share", 9, "a number from 0 to 1"),
    ("ad_terms_days", -30, "a whole number from 0 to 365"),
    ("ad_terms_days", 30.5, "a whole number from 0 to 365"),
    ("patience_h", 0, "a number from 0.01 to 10,000 (hours"),
    ("half_spend", (1.0, 2.0), "4 numbers (dollars a day"),
    ("half_spend", 3.0, "4 numbers"),
    ("half_spend", (1.0, 2.0, -3.0, 4.0), "half_spend[2] = -3.0"),
    ("carry_over", (0.0, 0.1, 0.5, 1.0), "a number from 0 to 0.99"),
    ("segment_share", (0.5, 0.4, 0.3), "3 shares that sum to 1"),
    ("segments", ("a", "b"), "three names"),
    ("segments", ("a", "b", "c"), "the firm's own names: solo, team, enterprise"),
]


@pytest.mark.parametrize(("name", "value", "text"), WRONG_ASSUMPTIONS)
def test_an_assumption_outside_its_range_is_told_the_range(company, name, value, text):
    with pytest.raises(NotAllowed) as caught:
        company.simulate(company.plan, assumptions={name: value}, runs=1)
    assert text in str(caught.value)
    assert str(caught.value).startswith(name)


@pytest.mark.parametrize("assumptions", [3, "price_slope", ["price_slope"]])
def test_assumptions_are_a_dictionary(company, assumptions):
    with pytest.raises(NotAllowed, match="a dictionary of parameter and value"):
        company.simulate(company.plan, assumptions=assumptions, runs=1)


def test_parameters_put_in_whole_are_checked_too(company):
    wrong = replace(company.published, churn_month=-1.0)
    with pytest.raises(NotAllowed, match=r"churn_month = -1.0 is not allowed"):
        company.simulate(company.plan, assumptions=wrong, runs=1)


def test_the_published_values_of_every_firm_lie_in_their_ranges():
    for firm in FIRMS.values():
        own = firm.parameters()
        same = {name: getattr(own, name) for name in Parameters.names()}
        assert own.change(**same) == own


NUMERIC = [name for name in Parameters.names() if name not in ("response", "segments", *WHOLES)]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", NUMERIC)
def test_the_ends_of_every_range_can_be_planned_with(small, name):
    for end in range_of(name, Parameters.about(name)["unit"]):
        now = getattr(small.published, name)
        value = (end,) * len(now) if isinstance(now, tuple) else end
        outlook = small.simulate(small.plan, 1, {name: value}, runs=1)
        assert np.isfinite(outlook.income_statement("Q").to_numpy()).all()

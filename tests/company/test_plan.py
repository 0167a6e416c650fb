"""Plans say what is allowed; nothing is clipped in silence."""

import pickle

import numpy as np
import pytest

from seat.company import Company, NotAllowed, OutsideHistory, Plan, PlanTooLong, UnknownName
from seat.company.plan import plan_as_text, plan_from_text

WRONG = [
    ({"ad_spend": {"payed_social": 5}}, UnknownName, "Did you mean 'paid_social'"),
    ({"pages_load_s": 2}, UnknownName, "Did you mean 'page_load_s'"),
    ({"ad_spend": {"display": -1}}, NotAllowed, "from 0 to 1e+06 (dollars a day)"),
    ({"ad_spend": 300}, NotAllowed, "a dictionary of channel and dollars"),
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
    ({"start": "soon"}, OutsideHistory, "soon lies outside the calendar"),
]


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


def test_an_unknown_firm_table_or_parameter_offers_a_near_miss(company):
    with pytest.raises(UnknownName, match="Did you mean 'software'"):
        Company(firm="softwear")
    with pytest.raises(UnknownName, match="Did you mean 'tickets'"):
        company.table("ticket")
    with pytest.raises(AttributeError, match=r"Company has no 'ticket'; see its \.tables"):
        _ = company.ticket
    with pytest.raises(UnknownName, match="Did you mean 'price_slope'"):
        company.simulate(company.plan, assumptions={"price_slop": 2.0}, runs=1)


def test_an_assumption_must_be_a_number(company):
    with pytest.raises(NotAllowed, match="a finite number"):
        company.simulate(company.plan, assumptions={"price_slope": float("inf")}, runs=1)
    with pytest.raises(NotAllowed, match="4 numbers"):
        company.simulate(company.plan, assumptions={"half_spend": (1.0, 2.0)}, runs=1)

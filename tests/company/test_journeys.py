"""Journeys are the visits of each visitor in order."""

import numpy as np

from seat.company.marketing_tables import journeys_of


def test_every_visit_belongs_to_one_journey(company):
    journeys = company.journeys
    assert journeys["visitor_id"].is_unique
    assert journeys["visits"].sum() == len(company.sessions)
    assert (journeys["path"].astype(str).str.count(" > ") + 1 == journeys["visits"]).all()


def test_a_path_names_the_channels_in_order(company):
    journeys = company.journeys
    longest = journeys.loc[journeys["visits"].idxmax()]
    visits = company.sessions[company.sessions["visitor_id"] == longest["visitor_id"]]
    visits = visits.sort_values("session_id")
    assert longest["path"] == " > ".join(visits["channel"].astype(str))
    assert longest["first_visit"] == visits["date"].min()


def test_journeys_end_where_people_buy_or_ask(company):
    won = company.journeys["outcome"].value_counts()
    assert won["order"] == (company.customers["route"] == "self_serve").sum()
    assert won["lead"] == len(company.leads)


def test_many_buyers_had_been_there_before(company):
    """Else there is nothing to attribute: several channels share in one order in ten."""
    orders = company.journeys.query("outcome == 'order'")
    mixed = orders["path"].astype(str).map(lambda path: len(set(path.split(" > ")))) > 1
    assert 0.05 < mixed.mean() < 0.5


def test_first_and_last_click_disagree(company):
    orders = company.journeys.query("outcome != 'none'")["path"].astype(str)
    first = orders.str.split(" > ").str[0].value_counts()
    last = orders.str.split(" > ").str[-1].value_counts()
    assert first["paid_social"] > last["paid_social"]
    assert last["email"] > first.get("email", 0)


def test_a_way_without_visits_is_no_journey(company):
    assert len(journeys_of(company.sessions.head(0))) == 0


def test_lost_cookies_cut_journeys_in_two(company):
    seen, true = company.observed.journeys, company.journeys
    assert np.mean(seen["visits"]) < np.mean(true["visits"])

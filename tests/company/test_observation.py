"""What the tools show differs from what happened by documented rates."""

import numpy as np
import pytest

from seat.company import observation
from seat.company.names import _FIRST, _MIDDLE, _SECOND
from seat.company.parameters import Parameters


def near(value, rate, n, errors=4):
    return abs(value - rate) < errors * np.sqrt(rate * (1 - rate) / n)


@pytest.fixture(scope="module")
def seen(company):
    return company.observed


def people(company):
    return company.sessions["visitor_id"].nunique()


def test_analytics_miss_a_share_of_people(company, seen):
    rate = company.truth.parameters.tracking_loss
    machines = seen.sessions["page_load_s"] < 0.5001
    share = 1 - (~machines).sum() / (company.sessions["page_load_s"] >= 0.5001).sum()
    assert near(share, rate, people(company), errors=6)


def test_untagged_links_look_direct(company, seen):
    p, true = company.truth.parameters, company.sessions["channel"].value_counts()
    shown = seen.sessions["channel"].value_counts()
    kept = 1 - p.tracking_loss
    for channel in ("organic_social", "paid_social", "email"):
        share = 1 - shown[channel] / (true[channel] * kept)
        assert near(share, p.untagged_share, true[channel], errors=6)
    assert shown["direct"] > true["direct"] * kept


def test_every_tool_has_the_same_channel_for_the_same_visit(company, seen):
    visits = seen.sessions.set_index("session_id")["channel"].astype(str)
    leads = seen.leads.dropna(subset=["channel"])
    leads = leads[leads["session_id"].isin(visits.index)]
    assert (visits.loc[leads["session_id"]].to_numpy() == leads["channel"].astype(str)).all()


def test_customers_carry_the_channel_their_link_was_tagged_with(company, seen):
    p = company.truth.parameters
    shown, true = seen.customers["last_channel"], company.customers["last_channel"]
    social = true.isin(["paid_social", "organic_social", "email"])
    assert near((shown[social] == "direct").mean(), p.untagged_share, social.sum())
    assert (shown[~social] == true[~social]).all()
    won = seen.sessions[seen.sessions["last_stage"] == "order"]
    both = won.merge(seen.customers, left_on="visitor_id", right_on="customer_id")
    assert len(both) > 100
    assert (both["channel"].astype(str) == both["last_channel"].astype(str)).all()


def test_no_two_visits_share_a_number(seen):
    assert seen.sessions["session_id"].is_unique


def test_returning_visitors_look_new(company, seen):
    def visits_per_person(table):
        return len(table) / table["visitor_id"].nunique()

    assert visits_per_person(seen.sessions) < visits_per_person(company.sessions)


def test_some_leads_are_entered_twice_under_other_names(company, seen):
    extra = len(seen.leads) - len(company.leads)
    assert near(extra / len(company.leads), Parameters().duplicate_share, len(company.leads))
    assert seen.leads["lead_id"].is_unique
    assert seen.leads["channel"].isna().mean() == pytest.approx(0.12, abs=0.02)


def test_nothing_but_likeness_tells_an_entry_from_its_copy(company, seen):
    assert seen.leads["session_id"].is_unique
    kept = observation.leads(company._run)
    number = kept["lead_id"].to_numpy()
    copies = kept[number & observation.COPY != 0]
    names = kept.set_index("lead_id")["company_name"]
    first = names.loc[copies["lead_id"].to_numpy() & ~observation.COPY]
    assert len(copies) > 100
    assert (first.to_numpy() != copies["company_name"].to_numpy()).mean() > 0.95


def test_firms_seldom_share_a_name(company):
    assert len(_FIRST) * len(_MIDDLE) * len(_SECOND) >= 30_000
    shared = company.leads["company_name"].duplicated(keep=False).mean()
    assert shared < len(company.leads) / 30_000 * 1.5


def test_platforms_claim_more_than_there_was(company, seen):
    claimed = seen.ad_reports["reported_conversions"].sum()
    paid = company.sessions.query("last_stage in ('order', 'lead')")["channel"]
    last_click = paid.isin(seen.ad_reports["channel"].cat.categories).sum()
    assert claimed > 1.2 * last_click


def test_late_lines_come_in_pairs(company, seen):
    ledger = seen.ledger
    late = ledger["posted"] > ledger["date"]
    assert late.mean() == pytest.approx(Parameters().late_posting, abs=0.01)
    assert ledger.groupby("posted")["amount"].sum().abs().max() < 1e-6


def test_the_books_themselves_are_not_changed(company, seen):
    assert seen.ledger["amount"].sum() == pytest.approx(0, abs=1e-6)
    assert len(seen.ledger) == len(company.ledger)
    assert seen.invoices["amount"].sum() == pytest.approx(company.invoices["amount"].sum())

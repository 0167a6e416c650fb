"""What the story says of Quillmere is what the books of Company(7) say."""

import numpy as np
import pytest

from seat.company.parameters import PAID


def test_customers_are_as_many_as_the_story_says(company):
    assert len(company.customers) == pytest.approx(4100, abs=50)
    assert company.subscriptions["is_active"].sum() == pytest.approx(2700, abs=60)


def test_every_quarter_earns_more_and_none_earns_a_profit(company):
    statement = company.income_statement("Q")
    assert (np.diff(statement["revenue"]) > 0).all()
    assert (statement["operating_profit"] < 0).all()


def test_half_of_the_money_raised_is_spent(company):
    raised = company.balance_sheet("Q")["share_capital"].iloc[-1]
    assert raised == 4_500_000
    assert company.balance_sheet("Q")["cash"].iloc[-1] / raised == pytest.approx(0.5, abs=0.05)


def test_an_answer_took_most_of_a_working_day_in_august_2024(company):
    created = company.tickets["created"]
    august = company.tickets[(created >= "2024-08-01") & (created < "2024-09-01")]
    assert 5 < august["first_response_h"].mean() < 8


def test_brand_search_claims_more_than_half_of_what_ads_won(company):
    won = company.customers["last_channel"].value_counts()
    assert won["brand_search"] / won[list(PAID)].sum() > 0.5
    truth = {channel: company.truth.incremental(channel) for channel in PAID}
    assert truth["brand_search"] < 0.2 * sum(truth.values())


def test_the_checkout_fails_one_time_in_twenty_five(company):
    assert company.plan.on().checkout_error_rate == 1 / 25


def test_advertising_follows_the_season(company):
    months = company.ad_spend.groupby(company.ad_spend["date"].dt.month)["spend"].sum()
    visits = company.sessions["date"].dt.month.value_counts().sort_index()
    assert np.corrcoef(months, visits)[0, 1] > 0.6


def test_the_people_of_the_story_work_at_the_firm(company):
    from pathlib import Path

    story = (Path(__file__).parents[2] / "docs" / "company" / "story.md").read_text("utf-8")
    assert all(name in story for name in company.firm.people)
    assert company.firm.name in story

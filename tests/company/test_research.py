"""Surveys, perceptions, choices, the event map and the site log."""

import numpy as np
import pytest

from seat.company import Company, NotAllowed, OutsideHistory, Plan, UnknownName


def test_the_same_people_answer_first_however_many_are_asked(company):
    few, many = company.survey(n=50), company.survey(n=500)
    assert few.equals(many.head(50))


def test_followers_are_not_the_market(company):
    market = company.survey("market", 3000)["segment"].value_counts(normalize=True)
    followers = company.survey("followers", 3000)["segment"].value_counts(normalize=True)
    assert followers["solo"] > market["solo"] + 0.05
    assert company.survey("followers", 100)["knows_us"].all()


def test_the_name_is_known_as_far_as_marketing_carried_it(company):
    known = company.survey("market", 20_000)["knows_us"].mean()
    last = company._run.market.awareness[-1]
    assert known == pytest.approx(last @ np.array(company.truth.parameters.region_share), abs=0.015)


def test_customers_asked_are_present_customers(company):
    asked = company.survey("customers", 300)
    present = company.customers.loc[company.customers["end"].isna(), "customer_id"]
    assert asked["customer_id"].isin(present).all()
    assert asked["customer_id"].is_unique


def test_poor_service_shows_in_recommendations():
    good, bad = Company(seed=7, size=0.5), Company(seed=7, size=0.5)
    bad.__dict__["_run"] = bad._world.run(Plan().change(start="2024-01-01", support_agents=0))
    means = [c.survey("customers", 500)["nps_score"].mean() for c in (good, bad)]
    assert means[0] > means[1] + 0.5


def test_the_unhappy_job_is_the_opportunity(company):
    answers = company.survey("market", 2000).mean(numeric_only=True)
    jobs = [
        column.removeprefix("importance_") for column in answers.index if "importance" in column
    ]
    gap = {job: answers[f"importance_{job}"] - answers[f"satisfaction_{job}"] for job in jobs}
    assert set(sorted(gap, key=gap.get)[-2:]) == {"get_paid", "see_profit"}


def test_five_brands_lie_apart_on_two_axes(company):
    means = (
        company.perceptions(500)
        .groupby("brand", observed=True)
        .mean()
        .drop(columns="respondent_id")
    )
    spread = np.linalg.svd((means - means.mean()).to_numpy(), compute_uv=False) ** 2
    assert spread[:2].sum() / spread.sum() > 0.9


def test_staff_see_their_own_brand_nearer_to_their_wish(company):
    outside = company.perceptions(400).query("brand == 'Quillmere'").mean(numeric_only=True)
    inside = company.perceptions(400, "staff").query("brand == 'Quillmere'").mean(numeric_only=True)
    assert inside["for_larger_firms"] > outside["for_larger_firms"] + 0.5
    assert inside["trusted"] > outside["trusted"] + 0.4


def test_one_offer_of_each_task_is_chosen(company):
    offers = company.choices(100, tasks=6)
    assert (offers.groupby(["respondent_id", "task"])["is_chosen"].sum() == 1).all()
    chosen = offers.groupby("price")["is_chosen"].mean()
    assert chosen.is_monotonic_decreasing


@pytest.mark.parametrize("n", [0, 20_001, 2.5, "many", True])
def test_the_number_of_respondents_is_bounded(company, n):
    with pytest.raises(NotAllowed, match="from 1 to 20,000"):
        company.survey(n=n)


def test_no_more_customers_answer_than_there_are():
    small = Company(seed=7, size=0.1)
    there = int(small.customers["end"].isna().sum())
    assert len(small.survey("customers", there)) == there
    with pytest.raises(NotAllowed, match=f"from 1 to {there:,}: so many customers there are"):
        small.survey("customers", there + 1)


def test_ratings_are_whole_numbers(company):
    for answers in (company.survey("market", 50), company.survey("followers", 50)):
        kinds = {answers[column].dtype.kind for column in answers.columns[4:]}
        assert kinds == {"i"}


def test_an_unknown_frame_is_refused(company):
    with pytest.raises(UnknownName, match="Did you mean 'followers'"):
        company.survey("follower")


def test_a_firm_without_a_funnel_misses_steps():
    steps = Company(seed=1, firm="service", size=0.2).event_map().set_index("event")
    assert steps["exists"].to_dict() == {
        "page_view": True,
        "pricing_view": True,
        "form_submit": False,
        "cart_add": False,
        "checkout_start": False,
        "purchase": False,
    }


def test_the_event_map_counts_the_visits(company):
    steps = company.event_map("2025-06-28").set_index("event")["fired_last_28_days"]
    days = company.sessions.query("'2025-06-01' <= date <= '2025-06-28'")
    assert steps["page_view"] == len(days)
    assert steps["purchase"] == (days["last_stage"] == "order").sum()
    assert steps["form_submit"] == (days["last_stage"] == "lead").sum()


def test_the_site_log_agrees_with_the_sessions(company):
    log = company.site_log("2025-06-02")
    day = company.sessions[company.sessions["date"] == "2025-06-02"]
    assert set(log["session_id"]) == set(day["session_id"])
    paid = log.query("path == '/checkout/paid' and status == 200")
    assert len(paid) == (day["last_stage"] == "order").sum()


def test_checkout_errors_are_as_frequent_as_the_lever_says(company):
    days = [
        company.site_log(f"2025-{month:02d}-{day:02d}")
        for month in range(1, 7)
        for day in (3, 9, 16)
    ]
    tried = [log.query("path == '/checkout/paid' and status != 402")["status"] for log in days]
    broken = np.concatenate([status.to_numpy() == 500 for status in tried])
    rate = company.plan.on("2025-01-01").checkout_error_rate
    assert abs(broken.mean() - rate) < 4 * np.sqrt(rate / len(broken))


def test_who_gives_up_at_the_checkout_asks_for_no_payment(company):
    """Of the payments asked for, one in 25 breaks and few are refused: the log says so too."""
    logs = [company.site_log(f"2025-{month:02d}-10") for month in range(1, 13)]
    asked = np.concatenate([log.query("path == '/checkout/paid'")["status"] for log in logs])
    assert 0 < (asked == 402).mean() < 0.04
    begun = sum((log["path"] == "/checkout").sum() for log in logs)
    assert len(asked) < 0.75 * begun


def test_the_log_ends_with_the_history(company):
    with pytest.raises(OutsideHistory, match="from 2024-01-01 to 2025-12-31"):
        company.site_log("2026-01-01")

"""Each known quality problem of a data set is in the data, as the catalogue says.

If one of these fails, the copy is another one, or the catalogue is wrong.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from seat.shelf import data_sets, results, verify_results
from seat.shelf.quoted import Holds
from tests.shelf.shelf_data import needs_data, table

pytestmark = needs_data


def percent(share: float) -> float:
    return round(100 * share, 1)


@pytest.mark.parametrize("name", data_sets())
def test_a_set_is_read_with_its_shape_and_totals(name):
    assert len(table(name)) == data_sets()[name].rows


def test_every_quoted_figure_still_holds():
    stale = [done for done in verify_results() if done.holds is not Holds.YES]
    assert stale == []


class TestUpworthy:
    def test_one_test_in_five_ran_in_suspect_weeks(self):
        packages = table("upworthy").groupby("clickability_test_id")
        assert percent(packages["srm_risk_window"].any().mean()) == 22.6

    def test_sample_ratios_fail_inside_the_suspect_weeks(self):
        tests = results.sample_ratio_tests(table("upworthy"))
        failing = tests["p"].lt(0.001).groupby(tests["srm_risk_window"]).mean() * 100
        assert round(failing[True], 1) == 66.8
        assert round(failing[False], 2) == 0.45

    def test_half_the_tests_vary_the_headline_and_a_third_the_image(self):
        tests = table("upworthy").groupby("clickability_test_id")
        assert percent((tests["headline"].nunique() > 1).mean()) == 53.5
        assert percent((tests["eyecatcher_id"].nunique() > 1).mean()) == 35.4

    def test_a_test_has_four_arms_in_the_middle(self):
        assert table("upworthy").groupby("clickability_test_id").size().median() == 4

    def test_significance_is_no_p_value(self):
        assert table("upworthy")["significance"].max() == 100

    def test_most_tests_have_no_winner(self):
        winners = table("upworthy").groupby("clickability_test_id")["winner"].sum()
        assert percent((winners == 0).mean()) == 76.4

    def test_some_ledes_hold_html(self):
        assert table("upworthy")["lede"].str.contains("<p>").any()

    def test_the_copy_has_weeks_in_place_of_dates(self):
        weeks = table("upworthy")["test_week"]
        assert (weeks.min(), weeks.max()) == (201303, 201517)


class TestAsos:
    def test_variance_is_missing_in_some_rows(self):
        missing = table("asos_experiments")[["variance_c", "variance_t"]].isna().sum()
        assert missing.tolist() == [778, 779]

    def test_fewer_streams_can_be_tested_than_there_are(self):
        looks = table("asos_experiments")
        assert looks.groupby(results.STREAM).ngroups == 396
        assert results._p_values_by_stream(looks).ngroups == 381

    def test_one_stream_in_eight_fails_a_check_for_halves(self):
        last = table("asos_experiments").sort_values("time_since_start")
        last = last.groupby(results.STREAM).last()
        apart = (last["count_c"] - last["count_t"]) ** 2 / (last["count_c"] + last["count_t"])
        p = apart.map(lambda x: results.chi_square_tail(x, 1))
        assert percent((p < 0.001).mean()) == 12.1


class TestFacebookMetrics:
    def test_seven_posts_are_videos_and_their_reach_stands_out(self):
        posts = table("facebook_metrics")
        counts = posts["Type"].value_counts().to_dict()
        assert counts == {"Photo": 426, "Status": 45, "Link": 22, "Video": 7}
        reach = posts.groupby("Type")["Lifetime Post Total Reach"].mean()
        assert round(reach["Video"]) == 51_206

    def test_paid_like_and_share_have_gaps(self):
        missing = table("facebook_metrics").isna().sum()
        assert missing[missing > 0].to_dict() == {"Paid": 1, "like": 1, "share": 4}

    def test_total_interactions_is_a_sum_of_the_others(self):
        posts = table("facebook_metrics").fillna({"like": 0, "share": 0})
        assert (posts["comment"] + posts["like"] + posts["share"]).equals(
            posts["Total Interactions"].astype(float)
        )

    def test_paid_posts_reach_more_people_and_engage_fewer_of_them(self):
        posts = table("facebook_metrics")
        rate = posts["Lifetime Engaged Users"] / posts["Lifetime Post Total Reach"]
        paid = rate.groupby(posts["Paid"]).mean()
        assert (percent(paid[1]), percent(paid[0])) == (10.8, 13.1)

    def test_no_heading_is_left_in_spanish(self):
        assert all(heading.isascii() for heading in table("facebook_metrics"))
        assert "Page total likes" in table("facebook_metrics")


class TestFacebookLiveSellers:
    def test_rows_are_repeated(self):
        assert table("facebook_live_sellers").duplicated().sum() == 51

    def test_nine_pages_are_in_the_file(self):
        assert table("facebook_live_sellers")["page"].nunique() == 9

    def test_no_page_id_is_left(self):
        posts = table("facebook_live_sellers")
        assert posts[["page", "status_id"]].stack().str.fullmatch(r"[0-9a-f]{12}").all()

    def test_hashing_merges_no_posts(self):
        assert table("facebook_live_sellers")["status_id"].duplicated().sum() == 53

    def test_posts_are_from_july_2012_to_june_2018(self):
        published = table("facebook_live_sellers")["status_published"]
        assert (str(published.min())[:7], str(published.max())[:7]) == ("2012-07", "2018-06")

    def test_there_is_no_reaction_but_like_before_2016(self):
        posts = table("facebook_live_sellers")
        others = posts[["num_loves", "num_wows", "num_hahas", "num_sads", "num_angrys"]]
        before = posts["status_published"] < "2016"
        assert before.any()
        assert others[before].to_numpy().sum() == 0


class TestOnlineShoppers:
    def test_rows_are_repeated(self):
        assert table("online_shoppers").duplicated().sum() == 125

    def test_january_and_april_are_not_there(self):
        months = set(table("online_shoppers")["Month"])
        assert len(months) == 10
        assert not months & {"Jan", "Apr"}

    def test_page_values_give_the_purchase_away(self):
        visits = table("online_shoppers")
        bought = visits.groupby(visits["PageValues"] > 0)["Revenue"].mean()
        assert (percent(bought[True]), percent(bought[False])) == (56.3, 3.9)

    def test_regions_browsers_and_sources_are_codes(self):
        codes = table("online_shoppers")[["Region", "Browser", "OperatingSystems", "TrafficType"]]
        assert (codes.dtypes == np.int64).all()

    def test_new_visitors_buy_more_often_than_returning_ones(self):
        bought = table("online_shoppers").groupby("VisitorType")["Revenue"].mean()
        assert percent(bought["New_Visitor"]) == 24.9
        assert percent(bought["Returning_Visitor"]) == 13.9


class TestBankMarketing:
    def test_months_differ_in_volume_and_conversion(self):
        bank = table("bank_marketing")
        by_month = (bank["deposit"] == "yes").groupby(bank["month"]).agg(["mean", "size"])
        assert (percent(by_month.loc["may", "mean"]), by_month.loc["may", "size"]) == (6.7, 13766)
        assert (percent(by_month.loc["mar", "mean"]), by_month.loc["mar", "size"]) == (52.0, 477)

    def test_unknown_contact_converts_worst(self):
        bank = table("bank_marketing")
        unknown = bank[bank["contact"] == "unknown"]
        assert len(unknown) == 13_020
        assert percent((unknown["deposit"] == "yes").mean()) == 4.1

    def test_conversion_falls_with_each_further_call(self):
        shares = [results.conversion_at_call(table("bank_marketing"), call) for call in range(1, 6)]
        assert [round(share, 1) for share in shares] == [14.6, 11.2, 11.2, 9.0, 7.9]

    def test_duration_gives_the_answer_away(self):
        bank = table("bank_marketing")
        said_yes = (bank["deposit"] == "yes").groupby(bank["duration"] > 600).mean()
        assert said_yes[True] > 5 * said_yes[False]

    def test_a_short_call_sells_almost_nothing(self):
        bank = table("bank_marketing")
        assert (bank.loc[bank["duration"] <= 60, "deposit"] == "yes").mean() < 0.003


class TestIranianChurn:
    def test_rows_are_repeated(self):
        assert table("iranian_churn").duplicated().sum() == 300

    def test_nothing_names_a_customer(self):
        assert not [
            heading for heading in table("iranian_churn") if "id" in heading.lower().split()
        ]

    def test_those_who_complained_left(self):
        left = table("iranian_churn").groupby("Complains")["Churn"].agg(["mean", "size"])
        assert (percent(left.loc[1, "mean"]), left.loc[1, "size"]) == (83.0, 241)
        assert (percent(left.loc[0, "mean"]), left.loc[0, "size"]) == (10.1, 2909)

    def test_no_heading_has_a_double_space(self):
        assert not [heading for heading in table("iranian_churn") if "  " in heading]


class TestOnlineRetail:
    def test_more_than_a_quarter_of_lines_have_no_customer(self):
        assert percent(table("online_retail")["CustomerID"].isna().mean()) == 28.0

    def test_some_lines_are_cancellations(self):
        assert percent(table("online_retail")["InvoiceNo"].str.startswith("C").mean()) == 1.8

    def test_some_prices_are_zero_or_below(self):
        assert (table("online_retail")["UnitPrice"] <= 0).sum() == 1413

    def test_lines_are_repeated(self):
        assert table("online_retail").duplicated().sum() == 1970

    def test_postage_and_fees_stand_among_the_products(self):
        codes = table("online_retail")["StockCode"].value_counts()
        assert codes[["POST", "DOT", "BANK CHARGES"]].tolist() == [560, 429, 18]

    def test_the_file_ends_on_a_sunday_in_june(self):
        dates = table("online_retail")["InvoiceDate"]
        assert str(dates.min()) == "2010-12-01 08:26:00"
        assert str(dates.max()) == "2011-06-26 10:59:00"

    def test_the_first_cohort_keeps_more_than_any_that_follows(self):
        cohorts = ["2010-12", "2011-01", "2011-02", "2011-03", "2011-04", "2011-05"]
        kept = [results.retention_after_a_month(table("online_retail"), one) for one in cohorts]
        assert [round(share, 1) for share in kept] == [36.6, 22.1, 18.7, 15.0, 21.3, 16.5]

    @pytest.mark.parametrize(("country", "lines"), [("France", 3642), ("Germany", 4208)])
    def test_the_country_files_hold_the_same_lines(self, country, lines):
        half_year = table("online_retail")
        year = table(f"online_retail_{country.lower()}")
        keys = ["InvoiceNo", "StockCode", "Quantity", "UnitPrice", "InvoiceDate", "CustomerID"]
        ours = half_year.loc[half_year["Country"] == country, keys].reset_index(drop=True)
        until = year["InvoiceDate"] <= half_year["InvoiceDate"].max()
        theirs = year.loc[until, keys].reset_index(drop=True)
        assert len(ours) == lines
        pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)

    @pytest.mark.parametrize(
        ("country", "cancelled", "repeated", "nobody"),
        [("france", 149, 16, 66), ("germany", 453, 15, 0)],
    )
    def test_the_country_files_have_the_same_faults(self, country, cancelled, repeated, nobody):
        lines = table(f"online_retail_{country}")
        assert lines["InvoiceNo"].str.startswith("C").sum() == cancelled
        assert lines.duplicated().sum() == repeated
        assert lines["CustomerID"].isna().sum() == nobody
        assert (lines["StockCode"] == "POST").any()


def test_wholesale_channels_and_regions_are_codes():
    customers = table("wholesale_customers")
    assert set(customers["Channel"]) == {1, 2}
    assert set(customers["Region"]) == {1, 2, 3}
    assert "Delicassen" in customers


class TestIncidentEvents:
    @pytest.fixture
    def incidents(self):
        return results.last_event_of_each(table("incident_events"))

    def test_they_were_opened_in_two_and_a_half_days(self, incidents):
        opened = incidents["opened_at"]
        assert str(opened.min()) == "2016-02-29 01:16:00"
        assert str(opened.max()) == "2016-03-02 15:33:00"

    def test_some_have_no_time_of_resolution(self, incidents):
        assert incidents["resolved_at"].isna().sum() == 29

    def test_each_was_closed(self, incidents):
        assert (incidents["incident_state"] == "Closed").all()

    def test_more_than_half_met_the_target_and_none_of_priority_2(self, incidents):
        assert percent(incidents["made_sla"].mean()) == 55.6
        high = incidents.loc[incidents["priority"] == "2 - High", "made_sla"]
        assert (len(high), high.sum()) == (33, 0)

    def test_no_question_mark_is_left(self):
        assert not (table("incident_events").select_dtypes("str") == "?").any().any()


class TestGeoExperiment:
    def test_only_the_second_group_spent_and_only_in_the_test(self):
        sales = table("geo_sales").merge(table("geo_groups"), on="geo")
        spending = sales[sales["cost"] > 0]
        assert set(spending["geo.group"]) == {2}
        assert spending["date"].min() == pd.Timestamp(results.TEST_BEGINS)
        assert spending["date"].max() == pd.Timestamp(results.TEST_ENDS)

    def test_days_after_the_test_are_in_the_file(self):
        days = table("geo_sales")["date"]
        assert (days.min(), days.max()) == (pd.Timestamp(2015, 1, 5), pd.Timestamp(2015, 4, 7))

    def test_not_every_region_has_every_day(self):
        days = table("geo_sales").groupby("geo")["date"].nunique()
        assert (days.max(), (days == 93).sum()) == (93, 83)


def test_meridians_spend_is_a_multiple_of_its_impressions():
    weeks = table("meridian_national")
    for channel in range(5):
        price = weeks[f"Channel{channel}_spend"] / weeks[f"Channel{channel}_impression"]
        assert price.max() / price.min() < 1.000001


def test_delivery_of_a_push_is_not_by_chance():
    customers = table("app_push")
    assert percent(customers.loc[customers["push_assigned"] == 1, "push_delivered"].mean()) == 71.8
    assert customers.loc[customers["push_assigned"] == 0, "push_delivered"].sum() == 0
    never = customers.loc[customers["push_assigned"] == 0, "in_app_purchase"].mean()
    missed = customers.query("push_assigned == 1 and push_delivered == 0")["in_app_purchase"].mean()
    assert never - missed > 15


def test_the_same_customers_got_emails_by_chance_and_by_choice():
    chance, choice = table("invest_email_random"), table("invest_email_biased")
    same = ["age", "income", "insurance", "invested"]
    assert chance[same].equals(choice[same])

    def gap(customers: pd.DataFrame) -> float:
        income = customers.groupby("em1")["income"].mean()
        return float(abs(income[1] - income[0]))

    assert gap(chance) < 100
    assert gap(choice) > 3000


def test_the_city_without_billboards_gained_too():
    mean = table("billboard").groupby(["poa", "jul"])["deposits"].mean()
    assert round(mean[0, 1] - mean[0, 0], 1) == 34.5
    assert round(mean[1, 1] - mean[1, 0], 1) == 41.0

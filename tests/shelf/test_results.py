"""The computations behind quoted figures, on tables small enough to count by hand."""

import pandas as pd
import pytest

from seat.shelf import results


def test_conversion_counts_only_those_called_so_often():
    bank = pd.DataFrame({"campaign": [1, 1, 2, 2], "deposit": ["yes", "no", "no", "no"]})
    assert results.conversion_at_call(bank, call=1) == 50
    assert results.conversion_at_call(bank, call=2) == 0


def test_visits_are_parted_by_whether_a_page_had_value():
    visits = pd.DataFrame({"PageValues": [0, 0, 5, 7], "Revenue": [False, False, True, False]})
    assert results.share_that_buys(visits) == 25
    assert results.share_that_buys_by_page_value(visits, above_zero=True) == 50
    assert results.share_that_buys_by_page_value(visits, above_zero=False) == 0


def test_churn_is_parted_by_complaint():
    customers = pd.DataFrame({"Complains": [1, 0, 0, 0], "Churn": [1, 1, 0, 0]})
    assert results.churn_by_complaint(customers, complained=True) == 100
    assert results.churn_by_complaint(customers, complained=False) == pytest.approx(100 / 3)


def test_a_post_without_a_mark_counts_neither_as_paid_nor_unpaid():
    posts = pd.DataFrame({"Paid": [1, 0, None], "Lifetime Post Total Reach": [30, 10, 900]})
    assert results.reach_by_payment(posts, paid=True) == 30
    assert results.reach_by_payment(posts, paid=False) == 10


def test_an_incident_counts_once_by_its_last_event():
    events = pd.DataFrame(
        {
            "number": ["A", "A", "B"],
            "reassignment_count": [0, 1, 1],
            "made_sla": [True, False, True],
        }
    )
    assert results.target_met_by_reassignments(events, reassignments=1) == 50


def looks(*means):
    """Looks at one stream whose treated arm has these means; one standard error is 0.1."""
    table = pd.DataFrame({"mean_t": means, "time_since_start": range(len(means))})
    return table.assign(
        experiment_id="x",
        variant_id=1,
        metric_id=1,
        mean_c=0.0,
        variance_c=1.0,
        variance_t=1.0,
        count_c=200,
        count_t=200,
    )


def test_a_stream_significant_in_between_is_significant_at_some_look_only():
    stream = looks(0.0, 0.3, 0.1)
    assert results.significant_at_some_look(stream) == 100
    assert results.significant_at_last_look(stream) == 0
    assert results.median_looks(stream) == 3


def test_the_last_look_is_the_last_in_time_and_not_in_the_file():
    stream = looks(0.0, 0.3).iloc[::-1]
    assert results.significant_at_last_look(stream) == 100


def test_a_look_without_variance_is_no_look():
    stream = looks(0.0, 0.3, 0.3)
    stream.loc[2, "variance_c"] = None
    assert results.median_looks(stream) == 2


def test_equal_arms_pass_and_lopsided_arms_fail_the_sample_ratio_check():
    packages = pd.DataFrame(
        {
            "clickability_test_id": ["even", "even", "odd", "odd"],
            "impressions": [1000, 1000, 1200, 800],
            "srm_risk_window": [False, False, True, True],
        }
    )
    tests = results.sample_ratio_tests(packages)
    assert tests.loc["even", "p"] == 1
    assert tests.loc["odd", "p"] < 1e-17
    assert results.tests_that_fail_sample_ratio(packages, suspect_weeks=True) == 100
    assert results.tests_that_fail_sample_ratio(packages, suspect_weeks=False) == 0


# The critical values at 5 % and 0.1 % printed in any table of chi-square.
@pytest.mark.parametrize(
    ("x", "degrees", "tail"),
    [
        (3.841, 1, 0.05),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (18.307, 10, 0.05),
        (10.828, 1, 0.001),
        (24.322, 7, 0.001),
        (43.820, 19, 0.001),
    ],
)
def test_the_tail_of_chi_square_is_the_printed_one(x, degrees, tail):
    assert results.chi_square_tail(x, degrees) == pytest.approx(tail, rel=2e-3)


def test_the_geo_increment_is_scaled_by_the_time_before():
    sales = pd.DataFrame(
        {
            "date": pd.to_datetime(["2015-02-01", "2015-02-20", "2015-03-20"] * 2),
            "geo": [1, 1, 1, 2, 2, 2],
            "sales": [100, 50, 1, 200, 130, 1],
            "cost": [0, 0, 0, 0, 10, 0],
        }
    )
    groups = pd.DataFrame({"geo": [1, 2], "geo.group": [1, 2]})
    # Twice as large before, so 100 was to be expected of 130.
    assert results.geo_incremental_sales(sales, groups) == 30
    assert results.geo_iroas(sales, groups) == 3


def test_the_billboards_get_only_what_the_other_city_did_not_gain():
    accounts = pd.DataFrame(
        {"poa": [0, 0, 1, 1], "jul": [0, 1, 0, 1], "deposits": [100, 110, 50, 75]}
    )
    assert results.billboard_effect(accounts) == 15


def test_the_gap_of_a_push_depends_on_what_is_compared():
    customers = pd.DataFrame(
        {
            "push_assigned": [0, 0, 1, 1],
            "push_delivered": [0, 0, 0, 1],
            "in_app_purchase": [10, 10, 4, 20],
        }
    )
    assert results.push_gap(customers, "push_assigned") == 2
    assert results.push_gap(customers, "push_delivered") == 12


def test_a_cancellation_is_no_purchase_in_the_month_after():
    lines = pd.DataFrame(
        {
            "CustomerID": [1, 1, 2, 2, None],
            "InvoiceNo": ["1", "2", "3", "C4", "5"],
            "InvoiceDate": pd.to_datetime(
                ["2010-12-01", "2011-01-05", "2010-12-02", "2011-01-06", "2011-01-07"]
            ),
        }
    )
    assert results.retention_after_a_month(lines, cohort="2010-12") == 50

"""The figures that the chapters quote from open data, each as a small computation.

A function takes the tables it needs, in the order in which ``data/results.yml``
names them, and returns one number. Shares are in percent, as they are quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, exp, lgamma, log, sqrt

import numpy as np
import pandas as pd

STREAM = ["experiment_id", "variant_id", "metric_id"]
TEST_BEGINS, TEST_ENDS = "2015-02-16", "2015-03-15"
TREATED = 2


def conversion_at_call(bank: pd.DataFrame, call: int) -> float:
    """Share who opened a deposit, among those called that many times."""
    return percent(bank.loc[bank["campaign"] == call, "deposit"] == "yes")


def share_that_buys(visits: pd.DataFrame) -> float:
    """Share of visits that end in a purchase."""
    return percent(visits["Revenue"])


def share_that_buys_by_page_value(visits: pd.DataFrame, above_zero: bool) -> float:
    """Share of visits that buy, where PageValues is above zero or is zero."""
    return percent(visits.loc[(visits["PageValues"] > 0) == above_zero, "Revenue"])


def churn_by_complaint(customers: pd.DataFrame, complained: bool) -> float:
    """Share of customers who left, among those who complained or did not."""
    return percent(customers.loc[customers["Complains"] == int(complained), "Churn"])


def reach_by_payment(posts: pd.DataFrame, paid: bool) -> float:
    """Mean reach of paid or unpaid posts; a post without the mark is in neither."""
    return float(posts.loc[posts["Paid"] == int(paid), "Lifetime Post Total Reach"].mean())


def target_met_by_reassignments(events: pd.DataFrame, reassignments: int) -> float:
    """Share of incidents that met their target, by how often they changed hands."""
    incidents = last_event_of_each(events)
    return percent(incidents.loc[incidents["reassignment_count"] == reassignments, "made_sla"])


def last_event_of_each(events: pd.DataFrame) -> pd.DataFrame:
    """One row for each incident: its last event."""
    return events.groupby("number").tail(1)


def significant_at_last_look(looks: pd.DataFrame) -> float:
    """Share of streams with p < .05 at the last look."""
    return percent(_p_values_by_stream(looks).last() < 0.05)


def significant_at_some_look(looks: pd.DataFrame) -> float:
    """Share of streams with p < .05 at one look or more."""
    return percent(_p_values_by_stream(looks).min() < 0.05)


def median_looks(looks: pd.DataFrame) -> float:
    """How many looks a stream has, in the middle."""
    return float(_p_values_by_stream(looks).size().median())


def tests_that_fail_sample_ratio(packages: pd.DataFrame, suspect_weeks: bool) -> float:
    """Share of tests whose impressions are not in equal parts, at p < .001."""
    tests = sample_ratio_tests(packages)
    return percent(tests.loc[tests["srm_risk_window"] == suspect_weeks, "p"] < 0.001)


def sample_ratio_tests(packages: pd.DataFrame) -> pd.DataFrame:
    """For each test, whether it ran in suspect weeks, and the p-value for equal parts."""
    by_test = packages.groupby("clickability_test_id")
    arms, shown = by_test.size(), by_test["impressions"].sum()
    squares = (packages["impressions"] ** 2).groupby(packages["clickability_test_id"]).sum()
    chi_square = squares * arms / shown - shown
    p = [chi_square_tail(x, n - 1) for x, n in zip(chi_square, arms, strict=True)]
    return pd.DataFrame({"srm_risk_window": by_test["srm_risk_window"].any(), "p": p})


def geo_incremental_sales(sales: pd.DataFrame, groups: pd.DataFrame) -> float:
    """Sales of the treated group less those of the other, scaled by the time before."""
    during, before = sales_by_group(sales, groups)
    return during[TREATED] - during[1] * before[TREATED] / before[1]


def geo_iroas(sales: pd.DataFrame, groups: pd.DataFrame) -> float:
    """Incremental sales for each unit of money spent."""
    return geo_incremental_sales(sales, groups) / float(sales["cost"].sum())


def sales_by_group(sales: pd.DataFrame, groups: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Sales of each group during the test, and before it."""
    grouped = sales.merge(groups, on="geo", validate="many_to_one")
    test = grouped["date"].between(TEST_BEGINS, TEST_ENDS)
    before = grouped["date"] < TEST_BEGINS
    during_sales, before_sales = (
        grouped.loc[days].groupby("geo.group")["sales"].sum() for days in (test, before)
    )
    return during_sales, before_sales


def billboard_effect(accounts: pd.DataFrame) -> float:
    """Difference in differences of mean deposits: two cities, before and after."""
    mean = accounts.groupby(["poa", "jul"])["deposits"].mean()
    return float((mean[1, 1] - mean[1, 0]) - (mean[0, 1] - mean[0, 0]))


def push_gap(customers: pd.DataFrame, column: str) -> float:
    """Mean purchases with less mean purchases without, by assignment or by delivery."""
    mean = customers.groupby(column)["in_app_purchase"].mean()
    return float(mean[1] - mean[0])


def retention_after_a_month(lines: pd.DataFrame, cohort: str) -> float:
    """Share of a month's new customers who buy in the next; cancellations left out.

    The cohort is the month of a customer's first purchase in the file.
    """
    bought = lines.dropna(subset="CustomerID")
    bought = bought.loc[~bought["InvoiceNo"].str.startswith("C")]
    month = bought["InvoiceDate"].dt.to_period("M")
    first = month.groupby(bought["CustomerID"]).transform("min")
    start = pd.Period(cohort, freq="M")
    new = bought.loc[first == start, "CustomerID"].nunique()
    again = bought.loc[(first == start) & (month == start + 1), "CustomerID"].nunique()
    return 100 * again / new


def percent(mask: pd.Series) -> float:
    """The share of a column of yes and no, in percent."""
    return 100 * float(mask.mean())


def chi_square_tail(x: float, degrees: int) -> float:
    """The chance of a chi-square above ``x``, in closed form for whole degrees of freedom."""
    half = x / 2
    if half <= 0:
        return 1.0
    if degrees % 2 == 0:
        return _tail_terms(half, range(degrees // 2), offset=1.0)
    rest = _tail_terms(half, range(1, (degrees - 1) // 2 + 1), offset=0.5)
    return erfc(sqrt(half)) + rest


def _tail_terms(half: float, steps: Sequence[int], offset: float) -> float:
    # In logarithms, so that a test with many arms does not overflow.
    powers = (k + offset - 1 for k in steps)
    return sum(exp(-half + power * log(half) - lgamma(power + 1)) for power in powers)


def _p_values_by_stream(looks: pd.DataFrame) -> pd.api.typing.SeriesGroupBy:
    """Two-sided p-values of the difference in means, in order of time."""
    of_control = looks["variance_c"] / looks["count_c"]
    of_treated = looks["variance_t"] / looks["count_t"]
    z = (looks["mean_t"] - looks["mean_c"]) / np.sqrt(of_control + of_treated)
    known = looks.assign(p=two_sided(z)).loc[np.isfinite(z)]
    return known.sort_values("time_since_start").groupby(STREAM)["p"]


def two_sided(z: pd.Series) -> pd.Series:
    """The chance of a normal value further from zero than this."""
    return z.abs().div(sqrt(2)).map(erfc)

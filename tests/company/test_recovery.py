"""Each promised truth is found by the right analysis and missed by the naive one.

Forty worlds. *Found*: within three standard errors in at least 95 % of them.
*Missed*: the naive answer lies more than three standard errors away in at
least 95 % of them.
"""

import numpy as np
import pandas as pd
import pytest

from seat.company import Company
from seat.company.market import carry
from seat.company.parameters import REGIONS
from seat.company.research import FEATURES

SEEDS = range(101, 141)
# Alternate regions by size, so that treated and control regions are alike.
TREATED = [REGIONS[n] for n in (0, 3, 4, 7, 8)]


def logit(design, outcome):
    """Maximum likelihood by Newton's method: coefficients and standard errors."""
    beta = np.zeros(design.shape[1])
    for _ in range(8):
        chance = 1 / (1 + np.exp(-design @ beta))
        weighted = design * (chance * (1 - chance))[:, None]
        information = weighted.T @ design
        beta = beta + np.linalg.solve(information, design.T @ (outcome - chance))
    return beta, np.sqrt(np.diag(np.linalg.inv(information)))


def bounce_per_second(company):
    """Loading slowly drives people away; mobile visitors are slower *and* less patient."""
    # Every third visit is plenty.
    visits = company.sessions.iloc[::3]
    load = visits["page_load_s"].to_numpy(float)
    mobile = (visits["device"] == "mobile").to_numpy(float)
    left = (visits["last_stage"] == "bounce").to_numpy(float)
    one = np.ones(len(load))
    right, error = logit(np.column_stack([one, load, mobile]), left)
    naive, _ = logit(np.column_stack([one, load]), left)
    return company.truth.parameters.bounce_per_second, right[1], error[1], naive[1]


def geo_test(company, channel):
    """Switch a channel off in half of the regions and compare their growth with the rest's.

    Returns the truth, the estimate, its standard error, and what the treated
    regions would have had.
    """
    test = company.run_experiment(channel, TREATED, days=182, start="2025-01-06")
    data = test.data
    period = data["is_test"].map({True: "test", False: "before"})
    by = data.groupby(["region", period], observed=True)["sessions"].sum().unstack()
    growth = np.log(by["test"] / by["before"])
    treated = growth.index.isin(TREATED)
    shift = growth[treated].mean() - growth[~treated].mean()
    error = np.sqrt(sum(growth[part].var(ddof=1) / part.sum() for part in (treated, ~treated)))
    total = by.loc[TREATED, "test"].sum()
    would = total * np.exp(-shift)
    return company.truth.lift(test), total - would, would * error, would, by.loc[TREATED]


def brand_search(company):
    """Last click says that without brand ads their visits are lost; nearly all come anyway."""
    truth, right, error, would, _ = geo_test(company, "brand_search")
    usual = company.sessions[company.sessions["region"].isin(TREATED)]
    return truth, right, error, -(usual["channel"] == "brand_search").mean() * would


def paid_social(company):
    """Before and after is no experiment: the season changed as well."""
    truth, right, error, _, by = geo_test(company, "paid_social")
    naive = by["test"].sum() - by["before"].sum() * 182 / 84
    return truth, right, error, naive


def dearer_by_a_fifth(company):
    """A visitor test finds how many fewer order; who ignores the answer expects as many."""
    test = company.run_visitor_test("price", 0.2, days=182, start="2025-01-06")
    ordered = test.data.groupby("variant", observed=True)["ordered"].agg(["mean", "sum"])
    ratio = ordered.loc["B", "mean"] / ordered.loc["A", "mean"]
    error = ratio * np.sqrt((1 / ordered["sum"]).sum())
    return company.truth.split_effect(test), ratio - 1, error, 0.0


def worth_of_phone_support(company):
    """Choices give worth in dollars; what people paid for offers with it does not."""
    offers = company.choices(1500)
    design = offers[["price", *FEATURES]].to_numpy(float).reshape(-1, 3, 4)
    chosen = offers["is_chosen"].to_numpy().reshape(-1, 3)
    beta, covariance = conditional_logit(design, chosen)
    right = -beta[1] / beta[0]
    gradient = np.array([beta[1] / beta[0] ** 2, -1 / beta[0]])
    error = np.sqrt(gradient @ covariance[:2, :2] @ gradient)
    paid = offers[offers["is_chosen"]].groupby("phone_support")["price"].mean()
    return (
        company.truth.willingness_to_pay()["phone_support"],
        right,
        error,
        paid[True] - paid[False],
    )


def conditional_logit(design, chosen):
    """McFadden's model: coefficients and their covariance."""
    beta = np.zeros(design.shape[2])
    for _ in range(8):
        utility = np.exp(design @ beta)
        chance = utility / utility.sum(axis=1, keepdims=True)
        centred = design - (chance[:, :, None] * design).sum(axis=1, keepdims=True)
        information = np.einsum("ta,tak,tal->kl", chance, centred, centred)
        beta = beta + np.linalg.solve(information, (centred * chosen[:, :, None]).sum(axis=(0, 1)))
    return beta, np.linalg.inv(information)


def share_of_solo(company):
    """Larger firms answer less often: weigh answers by who was asked, or be misled."""
    answered = company.survey("market", 2000)["segment"].value_counts()
    rate = pd.Series(company.published.survey_response, index=list(company.published.segments))
    asked = answered.loc[rate.index] / rate
    raw = answered["solo"] / answered.sum()
    right = asked["solo"] / asked.sum()
    error = np.sqrt(raw * (1 - raw) / answered.sum()) * right * (1 - right) / (raw * (1 - raw))
    return company.truth.segment_shares()["solo"], right, error, raw


def tracking_loss(company):
    """Orders in the books against orders in analytics; visits are puffed up by machines."""
    seen, real = company.observed.sessions, company.customers
    bought = (real["route"] == "self_serve").sum()
    right = 1 - (seen["last_stage"] == "order").sum() / bought
    error = np.sqrt(right * (1 - right) / bought)
    served = company.site_performance["sessions"].sum()
    return company.truth.parameters.tracking_loss, right, error, 1 - len(seen) / served


def search_elasticity(company):
    """Budgets follow the season: leave the season out and ads look twice as strong."""
    days = company.ad_spend.query("channel == 'generic_search'").groupby("date")
    spend = days["spend"].sum().to_numpy()
    visits = days["clicks"].sum().to_numpy(float)
    t = np.arange(len(spend))
    weekend = (t % 7 >= 5).astype(float)
    year = 2 * np.pi * t / 365.25
    season = np.column_stack([np.ones(len(t)), weekend, np.cos(year), np.sin(year), t / 365])
    keep = np.array([[company.published.carry_over[1]]])
    stock = carry(spend[:, None, None], keep).ravel()
    more = carry(1.1 * spend[:, None, None], keep).ravel()
    right, error = fit_hill(season, stock, more, visits)
    naive, _ = fit_hill(season[:, :2], stock, more, visits)
    return company.truth.response_elasticity("generic_search"), right, error, naive


def fit_hill(controls, stock, more, visits):
    """Elasticity from a Poisson fit of visits to controls and a Hill curve of slope one."""
    log_half = np.log(700.0)

    def curve(log_half, stock):
        return np.log(stock / (stock + np.exp(log_half)))

    beta = np.zeros(controls.shape[1])
    beta[0] = np.log(visits.mean() / np.exp(curve(log_half, stock)).mean())
    for _ in range(30):
        slope = (curve(log_half + 1e-4, stock) - curve(log_half - 1e-4, stock)) / 2e-4
        design = np.column_stack([controls, slope])
        mean = np.exp(controls @ beta + curve(log_half, stock))
        information = (design * mean[:, None]).T @ design
        step = np.linalg.solve(information, design.T @ (visits - mean))
        beta, log_half = beta + step[:-1], log_half + np.clip(step[-1], -0.5, 0.5)
        log_half = min(log_half, np.log(1e5))
    spread = ((visits - mean) ** 2 / mean).sum() / (len(visits) - design.shape[1])
    error = np.sqrt(spread * np.linalg.inv(information)[-1, -1])

    def elasticity(log_half):
        level = np.exp(controls @ beta)
        ratio = (level * np.exp(curve(log_half, more))).sum()
        return (ratio / (level * np.exp(curve(log_half, stock))).sum() - 1) / 0.1

    per = (elasticity(log_half + 0.01) - elasticity(log_half - 0.01)) / 0.02
    return elasticity(log_half), abs(per) * error


PROMISED = (
    bounce_per_second,
    brand_search,
    paid_social,
    dearer_by_a_fifth,
    worth_of_phone_support,
    share_of_solo,
    tracking_loss,
    search_elasticity,
)


@pytest.fixture(scope="module")
def answers():
    """Truth, right answer, its standard error and naive answer, by promise and world."""
    found = {promise.__name__: [] for promise in PROMISED}
    for seed in SEEDS:
        company = Company(seed=seed)
        for promise in PROMISED:
            found[promise.__name__].append(promise(company))
    return {name: np.array(rows, dtype=float).T for name, rows in found.items()}


@pytest.mark.parametrize("promise", [p.__name__ for p in PROMISED])
def test_the_right_analysis_finds_the_truth(answers, promise):
    truth, right, error, _ = answers[promise]
    assert (np.abs(right - truth) <= 3 * error).mean() >= 0.95


@pytest.mark.parametrize("promise", [p.__name__ for p in PROMISED])
def test_the_naive_analysis_misses_the_truth(answers, promise):
    truth, _, error, naive = answers[promise]
    assert (np.abs(naive - truth) > 3 * error).mean() >= 0.95


@pytest.mark.parametrize("promise", [p.__name__ for p in PROMISED])
def test_standard_errors_are_neither_empty_nor_vast(answers, promise):
    """Three standard errors find everything if they are wide enough: they are not."""
    truth, right, error, _ = answers[promise]
    z = (right - truth) / error
    assert 0.5 < np.sqrt((z**2).mean()) < 1.6


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_last_click_pays_brand_search_for_others_work(seed):
    company = Company(seed=seed)
    credited = company.customers["last_channel"].value_counts()
    assert company.truth.incremental("brand_search") < 0.5 * credited["brand_search"]
    assert company.truth.incremental("display") > 1.5 * credited["display"]

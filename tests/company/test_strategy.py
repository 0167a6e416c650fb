"""What the course claims about strategy is true in the model."""

import numpy as np
import pytest

from seat.company import Company
from seat.company.truth import Truth, worth

SEEDS = range(1, 21)
INTEGRATED = {
    "page_load_s": 2.0,
    "checkout_error_rate": 0.01,
    "price": 27.5,
    "support_agents": 5,
    "ad_spend": {"brand_search": 0.0},
}


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_funnel_more_social_spend_loses_more(seed):
    company = Company(seed=seed, size=0.3)
    closed = {"lead_form": False, "checkout": False, "start": "2024-01-01"}
    profits = []
    for dollars in (0.0, 500.0, 2000.0, 8000.0):
        plan = company.plan.change(**closed, ad_spend={"paid_social": dollars})
        # A firm that was so from its first day: the plan is its history.
        always = Truth(company._world, plan).outcome(plan, 1)
        profits.append(always.values("operating_profit").sum().iloc[0])
    assert profits[0] < 0
    assert (np.diff(profits) < 0).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_integrated_plan_beats_every_single_lever(seed):
    company = Company(seed=seed)
    plans = [company.plan.change(**{lever: value}) for lever, value in INTEGRATED.items()]
    plans.append(company.plan)
    together = worth(company.truth.outcome(company.plan.change(**INTEGRATED), 4))
    alone = [worth(company.truth.outcome(plan, 4)) for plan in plans]
    assert together > max(alone)


def test_marketing_more_without_more_support_hurts_those_who_came():
    company = Company(seed=7)
    crowd = {"page_load_s": 1.5, "price": 20.0, "checkout_error_rate": 0.0}
    alone = company.truth.outcome(company.plan.change(**crowd), 4)
    helped = company.truth.outcome(company.plan.change(**crowd, support_agents=9), 4)
    lost = [outcome.values("lost_customers").sum().iloc[0] for outcome in (alone, helped)]
    assert lost[0] > 1.1 * lost[1]


def test_the_truth_of_a_world_is_near_the_published_values_but_not_on_them():
    truths = [Company(seed=seed).truth.parameters.price_slope for seed in SEEDS]
    published = Company(seed=1).published.price_slope
    assert len(set(truths)) == len(truths)
    assert np.mean(truths) == pytest.approx(published, rel=0.05)

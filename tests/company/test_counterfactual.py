"""Change one lever and only its consequences change."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seat.company import Plan, engine, ids
from seat.company.draws import Draws, master_key
from seat.company.market import REFERRAL
from seat.company.parameters import PAID, Parameters
from seat.company.plan import Schedule
from seat.company.web import ORDER

DAYS = 250
START = "2024-01-01"
QUIET = {"sales_reps": 60, "support_agents": 60}


def run(seed=3, days=DAYS, size=0.3, parameters=None, **levers):
    plan = Plan().change(start=START, **levers) if levers else Plan()
    chance = Draws(master_key(seed))
    return engine.simulate(chance, parameters or Parameters(), Schedule(plan, days, size))


def not_referred(visits):
    """Visits that no earlier customer sent, in order of their number."""
    direct = ids.arrival_of(ids.visitor_of(visits["visit"])) != REFERRAL
    order = np.argsort(visits["visit"][direct])
    return {name: values[direct][order] for name, values in visits.items()}


def same(one, other, names=None):
    return all(np.array_equal(one[name], other[name]) for name in names or one)


@pytest.fixture(scope="module")
def base():
    return run()


def test_the_same_seed_and_plan_give_the_same_history(base):
    again = run()
    for part in ("visits", "leads", "deals", "customers", "invoices", "tickets"):
        assert same(getattr(base, part), getattr(again, part))


@pytest.mark.parametrize("lever", [{"support_agents": 0}, {"support_agents": 9}, {"sales_reps": 0}])
def test_staff_leave_marketing_and_the_site_untouched(base, lever):
    changed = run(**lever)
    assert same(base.market.__dict__ | {"posts": 0}, changed.market.__dict__ | {"posts": 0})
    assert same(not_referred(base.visits), not_referred(changed.visits))


def test_support_leaves_sales_untouched_until_it_is_felt():
    """With nobody recommending the firm, service cannot reach the sales team."""
    silent = Parameters().change(referral_rate=0.0)
    few, many = (run(parameters=silent, support_agents=n) for n in (1, 9))
    assert same(few.leads, many.leads)
    assert same(few.deals, many.deals)
    assert not np.array_equal(few.customers["end"], many.customers["end"])


def test_a_channel_leaves_the_other_channels_first_visits_untouched(base):
    changed = run(ad_spend={"generic_search": 0.0})
    ours, theirs = not_referred(base.visits), not_referred(changed.visits)
    searched = ids.arrival_of(ids.visitor_of(ours["visit"])) == 2
    kept = {name: values[~searched] for name, values in ours.items()}
    assert searched.any()
    # Generic search makes nobody aware in this world's published averages but a few.
    brand = ids.arrival_of(ids.visitor_of(kept["visit"])) == 0
    others = {name: values[~brand] for name, values in kept.items()}
    brand_theirs = ids.arrival_of(ids.visitor_of(theirs["visit"])) == 0
    assert same(others, {name: values[~brand_theirs] for name, values in theirs.items()})


def test_spend_in_one_region_leaves_the_others_untouched():
    from seat.company.plan import SpendTest

    test = SpendTest(PAID.index("paid_social"), (2,), 60, 120, 0.0)
    plan, chance = Plan(), Draws(master_key(3))
    with_test = engine.simulate(chance, Parameters(), Schedule(plan, DAYS, 0.3, (test,)))
    without = engine.simulate(chance, Parameters(), Schedule(plan, DAYS, 0.3))
    ours, theirs = not_referred(with_test.visits), not_referred(without.visits)
    elsewhere = [v["region"] != 2 for v in (ours, theirs)]
    assert len(theirs["visit"]) > len(ours["visit"])
    assert same(
        {name: values[elsewhere[0]] for name, values in ours.items()},
        {name: values[elsewhere[1]] for name, values in theirs.items()},
    )


def test_price_changes_what_people_do_not_who_comes(base):
    changed = run(price=41.0)
    names = ("visit", "day", "segment", "mobile", "load_s", "channel")
    first = [
        {name: v[name][v["visit"] & ids.LAST_ORDINAL == 0] for name in names}
        for v in (not_referred(base.visits), not_referred(changed.visits))
    ]
    assert same(*first)
    assert len(changed.customers["customer"]) < len(base.customers["customer"])


def test_a_shorter_history_is_a_prefix_of_a_longer_one(base):
    for days in (41, 100, 196):
        short = run(days=days)
        early = base.visits["day"] < days
        order = np.lexsort((base.visits["visit"][early], base.visits["day"][early]))
        order_short = np.lexsort((short.visits["visit"], short.visits["day"]))
        for name, values in base.visits.items():
            assert np.array_equal(values[early][order], short.visits[name][order_short])
        moment = base.tickets["moment"] < days * 86_400
        assert np.array_equal(base.tickets["ticket"][moment], short.tickets["ticket"])
        assert np.array_equal(base.tickets["answered"][moment], short.tickets["answered"])


def orders(run):
    return set(run.visits["visit"][run.visits["stage"] == ORDER].tolist())


worse = st.sampled_from(["price", "page_load_s", "checkout_error_rate"])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), worse, st.floats(1.02, 1.8))
def test_a_worse_site_or_price_never_wins_a_first_visit(seed, lever, factor):
    """Without word of mouth nobody buys at the worse offer who did not at the better."""
    silent = Parameters().change(referral_rate=0.0, return_rate=0.0, subscribe_rate=0.0)
    now = getattr(Plan().levers, lever)
    better = run(seed, 120, 0.2, silent, **QUIET)
    poorer = run(seed, 120, 0.2, silent, **QUIET, **{lever: round(now * factor, 2)})
    assert orders(poorer) <= orders(better)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31))
def test_a_slower_page_never_gains_a_lead(seed):
    silent = Parameters().change(referral_rate=0.0, return_rate=0.0, subscribe_rate=0.0)
    fast, slow = (run(seed, 120, 0.2, silent, page_load_s=s) for s in (2.0, 3.0))
    assert set(slow.leads["lead"].tolist()) <= set(fast.leads["lead"].tolist())


def test_people_keep_their_number_under_every_plan(base):
    changed = run(page_load_s=2.0, ad_spend={"paid_social": 900.0})
    both, mine, theirs = np.intersect1d(
        base.customers["customer"], changed.customers["customer"], return_indices=True
    )
    assert len(both) > 100
    for fact in ("region", "segment", "seats", "annual"):
        assert np.array_equal(base.customers[fact][mine], changed.customers[fact][theirs])


def test_hiring_takes_time():
    """A rep hired on day 100 shortens no wait before the hiring delay is over."""
    few, more = run(sales_reps=1), Plan().change(start=START, sales_reps=1)
    more = more.change(start="2024-04-10", sales_reps=4)
    chance = Draws(master_key(3))
    hired = engine.simulate(chance, Parameters(), Schedule(more, DAYS, 1.0))
    few = engine.simulate(
        chance, Parameters(), Schedule(Plan().change(start=START, sales_reps=1), DAYS, 1.0)
    )
    ready = (100 + Parameters().hiring_delay_days) * 86_400
    early = few.leads["answered"] < ready
    assert np.array_equal(few.leads["answered"][early], hired.leads["answered"][: early.sum()])
    assert hired.leads["answered"][-50:].mean() < few.leads["answered"][-50:].mean()

"""What is true of a world, for the learner's own data.

Every effect is an exact difference of two runs with the same chance, so the
definitions matter: each method states its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from . import calendar, finance
from .engine import Run
from .errors import NotAllowed, known_name
from .experiments import Experiment, VisitorTest, by_day_and_region, observed_split
from .market import SEARCH, respond
from .outlook import Outlook, future_of
from .parameters import PAID, Parameters
from .plan import Plan, check_plan
from .research import FEATURES
from .web import LEAD
from .world import World

OUTCOMES = ("customers", "sessions", "leads")

# One step on each lever, for finding the bottleneck.
STEPS = {
    "page_load_s": lambda levers: {"page_load_s": levers.page_load_s * 0.75},
    "checkout_error_rate": lambda levers: {
        "checkout_error_rate": levers.checkout_error_rate * 0.25
    },
    "sales_reps": lambda levers: {"sales_reps": levers.sales_reps + 1},
    "support_agents": lambda levers: {"support_agents": levers.support_agents + 1},
    "price": lambda levers: {"price": round(levers.price * 0.95, 2)},
    "brand_search": lambda levers: {"ad_spend": {"brand_search": 0.0}},
    "generic_search": lambda levers: {
        "ad_spend": {"generic_search": levers.ad_spend["generic_search"] * 1.25}
    },
    "paid_social": lambda levers: {
        "ad_spend": {"paid_social": levers.ad_spend["paid_social"] * 1.25}
    },
    "display": lambda levers: {"ad_spend": {"display": levers.ad_spend["display"] * 1.25}},
    "lead_form": lambda levers: {"lead_form": True},
    "checkout": lambda levers: {"checkout": True},
}


@dataclass(frozen=True)
class Truth:
    """Answers for self-study. Delivered data and graded worlds have none."""

    _world: World
    _plan: Plan

    @property
    def parameters(self) -> Parameters:
        """Every parameter of this world."""
        return self._world.parameters

    def about(self, name: str) -> dict[str, object]:
        """Value, unit, source and confidence of one parameter."""
        return {"value": getattr(self.parameters, name, None), **Parameters.about(name)}

    def incremental(self, channel: str, outcome: str = "customers") -> int:
        """Outcome of the history less the same without that channel's spend."""
        known_name("paid channel", channel, PAID)
        return self._difference(outcome, ad_spend={channel: 0.0}) * -1

    def marginal_cost(self, channel: str) -> float:
        """Dollars per extra customer when a channel's spend rises by a tenth for two years."""
        known_name("paid channel", channel, PAID)
        more = 1.1 * self._plan.levers.ad_spend[channel]
        run = self._history(ad_spend={channel: more})
        gained = _count(run, "customers") - _count(self._base(), "customers")
        cost = (run.market.spend_cents.sum() - self._base().market.spend_cents.sum()) / 100
        return float(cost / gained) if gained > 0 else float("inf")

    def elasticity(self, lever: str, outcome: str = "customers") -> float:
        """Relative change of an outcome of the history per relative change of a lever.

        ``lever`` is "price", "ad_spend" (all channels) or one paid channel,
        raised by a tenth from the first day on.
        """
        known_name("lever", lever, ("price", "ad_spend", *PAID))
        levers = self._plan.levers
        change: dict[str, Any]
        if lever == "price":
            change = {"price": round(levers.price * 1.1, 2)}
        else:
            which = PAID if lever == "ad_spend" else (lever,)
            change = {"ad_spend": {channel: 1.1 * levers.ad_spend[channel] for channel in which}}
        return self._difference(outcome, **change) / _count(self._base(), outcome) / 0.1

    def response_elasticity(self, channel: str) -> float:
        """Relative change of a channel's own first visits per relative change of its spend.

        Expected visits of the whole history, spend raised by a tenth every day.
        """
        known_name("paid channel", channel, PAID[1:])
        run, place = self._base(), PAID.index(channel)
        more = run.market.spend_cents.copy()
        more[:, place] = np.round(1.1 * more[:, place])
        raised = respond(self.parameters, more, self._world.size)[:, place]
        level = run.market.expected[:, SEARCH]
        ratio = (raised * level).sum() / (run.market.response[:, place] * level).sum()
        return float((ratio - 1) / 0.1)

    def speed_effect(self, seconds: float = -0.1, outcome: str = "customers") -> float:
        """Relative change of an outcome of the history had the site been so much slower."""
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float, np.number)):
            raise NotAllowed("seconds", seconds, "a number of seconds, such as -0.1")
        load = self._plan.levers.page_load_s + seconds
        return self._difference(outcome, page_load_s=load) / _count(self._base(), outcome)

    def lift(self, experiment: Experiment, outcome: str = "sessions") -> int:
        """Effect of an experiment on the treated regions during its days."""
        known_name("outcome", outcome, ("sessions", "leads", "orders"))
        if not isinstance(experiment, Experiment):
            allowed = "what company.run_experiment returned"
            raise NotAllowed("experiment", experiment, allowed)
        test = experiment.test
        totals = []
        for tests in ((test,), ()):
            run = self._world.run(self._plan, test.last, tests)
            seen = by_day_and_region(run, test.first, test.last)
            totals.append(seen.loc[seen["region"].isin(experiment.regions), outcome].sum())
        return int(totals[0] - totals[1])

    def split_effect(self, test: VisitorTest, outcome: str = "ordered") -> float:
        """Relative change of a share of visitors, had all met the change over none of them."""
        known_name("outcome", outcome, ("ordered", "left_form"))
        if not isinstance(test, VisitorTest):
            raise NotAllowed("test", test, "what company.run_visitor_test returned")
        shares = []
        for share in (1.0, 0.0):
            split = replace(test.test, share=share)
            run = self._world.run(self._plan, split.last, split=split)
            shares.append(float(observed_split(run, split).data[outcome].mean()))
        return shares[0] / shares[1] - 1

    def segment_shares(self) -> pd.Series:
        """Share of each segment among all who ever visited."""
        p = self.parameters
        return pd.Series(p.segment_share, index=list(p.segments), name="share")

    def willingness_to_pay(self) -> pd.Series:
        """Dollars a seat and month that each feature is worth in the choice experiment."""
        p = self.parameters
        dollars = np.array(p.choice_worth) / -p.choice_price
        return pd.Series(dollars, index=list(FEATURES), name="dollars")

    def outcome(self, plan: Plan, quarters: int = 4) -> Outlook:
        """What this world would in fact do with a plan, from the end of its history on."""
        days = calendar.days_until(quarters)

        def again(other: Plan) -> Outlook:
            check_plan(other, self._plan, days)
            run = self._world.run(other, days)
            moved = finance.movements(finance.entries(run))
            return Outlook(other, (future_of(run, moved),), calendar.HISTORY_DAYS, again)

        return again(plan)

    def bottleneck(self, quarters: int = 4) -> pd.DataFrame:
        """One step on each lever, best first: operating profit gained over the quarters.

        The base that remains at the end counts too, as half a year of its
        monthly revenue: better service pays after the horizon.
        """
        now = self._plan.on()
        before = self._worth(self._plan, quarters)
        gains = {
            lever: self._worth(self._plan.change(**step(now)), quarters) - before
            for lever, step in STEPS.items()
        }
        found = pd.DataFrame({"gain": pd.Series(gains)}).sort_values("gain", ascending=False)
        return found.rename_axis("lever")

    def _worth(self, plan: Plan, quarters: int) -> float:
        return worth(self.outcome(plan, quarters))

    def _base(self) -> Run:
        return self._world.run(self._plan)

    def _history(self, **levers: object) -> Run:
        return self._world.run(self._plan.change(start=calendar.FIRST_DAY, **levers))

    def _difference(self, outcome: str, **levers: object) -> int:
        known_name("outcome", outcome, OUTCOMES)
        return _count(self._history(**levers), outcome) - _count(self._base(), outcome)


# Months of revenue that a customer base is worth when a plan ends.
BASE_MONTHS = 6


def worth(outlook: Outlook) -> float:
    """Operating profit of a plan and the value of the base it leaves, in dollars."""
    profit = outlook.values("operating_profit").sum()
    return float((profit + BASE_MONTHS * outlook.values("mrr").iloc[-1]).mean())


def _count(run: Run, outcome: str) -> int:
    if outcome == "customers":
        return len(run.customers["customer"])
    stage = run.visits["stage"]
    return int(np.count_nonzero(stage == LEAD)) if outcome == "leads" else len(stage)

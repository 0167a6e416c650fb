"""The firm's planner: futures from the firm's own tables and somebody's estimates.

It knows what the firm knows (customers, open deals, invoices, spending) and
believes what it is told (``assumptions``). It never sees the world's
parameters, so its forecasts are as good as the estimates put in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType

import numpy as np
import pandas as pd

from . import calendar, engine, finance
from .arrays import counted, numbers
from .calendar import FIRST_DAY, HISTORY_DAYS, MONTHS
from .customers import STAYS
from .draws import Draws, FloatArray, IntArray, logistic
from .engine import Opening, Run
from .errors import NotAllowed
from .finance import ACCOUNTS
from .outlook import Outlook, future_of
from .parameters import CHANNELS, PAID, REGIONS, Parameters
from .plan import Plan, Schedule, check_plan
from .sales import DEAL_COLUMNS, Columns
from .statements import Movements

Tables = Mapping[str, pd.DataFrame]


# The tables a forecast starts from.
PLANNED_FROM = (
    *("customers", "subscriptions", "tickets", "leads", "opportunities"),
    *("ad_spend", "ledger", "invoices", "payments"),
)
MOST_RUNS = 500


def day_of(dates: pd.Series) -> IntArray:
    """Day numbers of dates; those that are missing become STAYS."""
    days = (dates.to_numpy().astype("datetime64[D]") - FIRST_DAY).astype(np.int64)
    return np.where(dates.isna(), STAYS, days)


def code_of(values: pd.Series, known: tuple[str, ...]) -> np.ndarray:
    return pd.Categorical(values.astype(str), categories=list(known)).codes


def cents_of(dollars: pd.Series) -> IntArray:
    return np.round(dollars.to_numpy() * 100).astype(np.int64)


@dataclass(frozen=True)
class Planner:
    """Tables of the history and the size of the firm."""

    tables: Tables
    size: float
    master: bytes

    def outlook(
        self, plan: Plan, own: Plan, days: int, parameters: Parameters, runs: int
    ) -> Outlook:
        """Futures of a plan; the n-th future of every plan has the same luck."""
        spent, history = self.spent(), self.movements()

        def again(other: Plan) -> Outlook:
            check_plan(other, own, days)
            schedule = Schedule(other, days, self.size, spent=spent)
            futures = tuple(
                future_of(run, _after(history, self._booked(run)))
                for run in (self._run(n, parameters, schedule) for n in range(runs))
            )
            return Outlook(other, futures, HISTORY_DAYS, again)

        return again(plan)

    def _run(self, number: int, parameters: Parameters, schedule: Schedule) -> Run:
        draws = Draws(self.master + number.to_bytes(4, "little"))
        opening = Opening(
            HISTORY_DAYS, self.customers(draws, parameters), self.deals(draws, parameters)
        )
        return engine.simulate(draws, parameters, schedule, opening)

    def customers(self, draws: Draws, parameters: Parameters) -> Columns:
        """Present customers, with what cannot be seen filled in from the estimates."""
        people = self.tables["customers"].merge(
            self.tables["subscriptions"].drop(columns=["start", "end"]), on="customer_id"
        )
        people = people[people["is_active"]].reset_index(drop=True)
        start, segment = day_of(people["start"]), code_of(people["segment"], parameters.segments)
        cycle = _bills_sent(start)
        loyal = draws.uniform("loyalty", numbers(len(people)))
        quality = self._quality(people["customer_id"], parameters)
        return {
            "customer": numbers(len(people)),
            "start": start,
            "end": np.full(len(people), STAYS),
            "region": code_of(people["region"], REGIONS),
            "segment": segment,
            "channel": code_of(people["last_channel"], CHANNELS),
            "assisted": (people["route"] == "sales_assisted").to_numpy(),
            "annual": (people["term"] == "annual").to_numpy(),
            "seats": people["seats"].to_numpy(),
            "seat_cents": cents_of(people["price_per_seat"]),
            "hazard": _hazard_of_survivors(parameters, loyal, segment, cycle),
            "quality": quality,
            "expected": np.full(len(people), parameters.quality_start),
            "cycle": cycle,
            "next_bill": MONTHS.anniversary(start, cycle),
        }

    def _quality(self, customer: pd.Series, parameters: Parameters) -> FloatArray:
        """How the latest answer was felt; those who never asked feel as at the start."""
        tickets = self.tables["tickets"].sort_values("created")
        last = tickets.drop_duplicates("customer_id", keep="last").set_index("customer_id")
        wait = last["first_response_h"].fillna(np.inf).reindex(customer).to_numpy()
        felt = np.exp(-wait / parameters.patience_h)
        moved = parameters.quality_memory * (felt - parameters.quality_start)
        return parameters.quality_start + np.where(np.isnan(felt), 0.0, moved)

    def deals(self, draws: Draws, parameters: Parameters) -> Columns:
        """Deals still open that the estimates let win, and the day they close."""
        source = self.tables["leads"][["lead_id", "region", "channel"]].drop_duplicates("lead_id")
        deals = self.tables["opportunities"]
        deals = deals[deals["closed"].isna()].merge(source, on="lead_id")
        number = numbers(len(deals)) + 2**30
        pace, luck = draws.uniforms("deal_days win", number)
        segment = code_of(deals["segment"], parameters.segments)
        opened = day_of(deals["opened"])
        wins = luck < logistic(np.full(len(deals), parameters.win_base))
        columns = {
            "lead": number,
            "region": code_of(deals["region"], REGIONS),
            "segment": segment,
            "channel": code_of(deals["channel"], CHANNELS),
            "rep": deals["rep_id"].to_numpy(),
            "opened": opened,
            "closes": opened + _days_left(parameters, pace, segment, HISTORY_DAYS - opened),
            "wins": wins,
        }
        return {name: columns[name][wins] for name in DEAL_COLUMNS}

    def spent(self) -> IntArray:
        """Cents spent in the history by day, paid channel and region."""
        table = self.tables["ad_spend"]
        cell = day_of(table["date"]) * len(PAID) + code_of(table["channel"], PAID)
        cell = cell * len(REGIONS) + code_of(table["region"], REGIONS)
        shape = (HISTORY_DAYS, len(PAID), len(REGIONS))
        cents = counted(cell, cents_of(table["spend"]), int(np.prod(shape)))
        return cents.astype(np.int64).reshape(shape)

    def movements(self) -> Movements:
        """Cents by account and day, read from the ledger."""
        table = self.tables["ledger"]
        day, cents = day_of(table["date"]), cents_of(table["amount"])
        account = table["account"].astype(str).to_numpy()
        return {
            name: finance.by_day(day[account == name], cents[account == name], HISTORY_DAYS)
            for name in ACCOUNTS
        }

    def _booked(self, run: Run) -> Movements:
        """A future's movements; invoices of the history go on being earned and paid."""
        new, old = finance.settled(run), self._old_invoices(run)
        both = {name: np.concatenate([new[name], old[name]]) for name in old}
        return finance.movements(finance.entries(run, both))

    def _old_invoices(self, run: Run) -> Columns:
        table = self.tables["invoices"].reset_index(drop=True)
        paid_on = self.tables["payments"].drop_duplicates("invoice_id").set_index("invoice_id")
        paid = day_of(paid_on["date"].reindex(table["invoice_id"]))
        delay = finance.payment_delay(run.draws, run.parameters, numbers(len(table)))
        owed = np.maximum(day_of(table["date"]) + delay, HISTORY_DAYS)
        return {
            "day": day_of(table["term_start"]),
            "until": day_of(table["term_end"]),
            "cents": cents_of(table["amount"]),
            "assisted": (table["due"] > table["date"]).to_numpy(),
            "paid": np.where(paid == STAYS, owed, paid),
        }


def _after(history: Movements, planned: Movements) -> Movements:
    """The books of the history, then those of the future."""
    return {
        name: np.concatenate([history[name], planned[name][HISTORY_DAYS:]]) for name in ACCOUNTS
    }


def _bills_sent(start: IntArray) -> IntArray:
    """Bills each customer had by the end of the history."""
    months = MONTHS.index(np.array([HISTORY_DAYS - 1])) - MONTHS.index(start)
    passed = MONTHS.anniversary(start, months) < HISTORY_DAYS
    return months + passed


def _hazard_of_survivors(
    parameters: Parameters, loyal: FloatArray, segment: np.ndarray, cycle: IntArray
) -> FloatArray:
    """Those who stayed for long leave less easily: the prior shrunk by their stay.

    The rule is that of a gamma prior of shape 2, which resembles the world's.
    """
    prior = 3 * parameters.churn_month * (1 - np.sqrt(1 - loyal))
    prior = prior * np.array(parameters.churn_segment)[segment]
    return prior * 2 / (2 + cycle * parameters.churn_month)


def _days_left(
    parameters: Parameters, u: FloatArray, segment: np.ndarray, age: IntArray
) -> IntArray:
    """Days from opening to closing of deals already some days old (Weibull, conditional)."""
    scale, shape = np.array(parameters.cycle_days)[segment], parameters.cycle_shape
    so_far = (np.maximum(age, 0) / scale) ** shape
    total = scale * (so_far - np.log1p(-u)) ** (1 / shape)
    return np.maximum(1 + total.astype(np.int64), age)


def plan_ahead(
    planner: Planner,
    published: Parameters,
    plan: Plan,
    own: Plan,
    quarters: int,
    assumptions: Mapping[str, object] | Parameters | None,
    runs: int,
) -> Outlook:
    """Check a request for futures and answer it."""
    days = calendar.days_until(quarters)
    check_plan(plan, own, days)
    if (
        isinstance(runs, bool)
        or not isinstance(runs, (int, np.integer))
        or not 1 <= runs <= MOST_RUNS
    ):
        raise NotAllowed("runs", runs, f"a whole number from 1 to {MOST_RUNS}")
    return planner.outlook(plan, own, days, believed(published, assumptions), int(runs))


def believed(
    published: Parameters, assumptions: Mapping[str, object] | Parameters | None
) -> Parameters:
    """Published averages with somebody's estimates in their place, each in its range."""
    if isinstance(assumptions, Parameters):
        assumptions = {name: getattr(assumptions, name) for name in Parameters.names()}
    if not isinstance(assumptions, (Mapping, NoneType)):
        allowed = 'a dictionary of parameter and value, such as {"price_slope": 2.4}'
        raise NotAllowed("assumptions", assumptions, allowed)
    found = published.change(**dict(assumptions or {}))
    if found.segments != published.segments:
        # The tables carry these names.
        allowed = f"the firm's own names: {', '.join(published.segments)}"
        raise NotAllowed("segments", found.segments, allowed)
    return found

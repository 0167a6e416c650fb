"""The customer base: who signs up, renews, leaves, and how they feel about it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from . import ids
from .arrays import counted, numbers, ordinals, repeated, wider
from .calendar import MONTHS
from .draws import Draws, FloatArray, IntArray, exponential, kumaraswamy, poisson
from .parameters import REGIONS, Parameters
from .plan import SplitTest
from .sales import Columns, joined

# A day that never comes, for customers who stay and bills that are not due.
STAYS = np.int64(2**30)

COLUMNS = {
    "customer": np.int64,
    "start": np.int64,
    "end": np.int64,
    "region": np.int8,
    "segment": np.int8,
    "channel": np.int8,
    "assisted": np.bool_,
    "annual": np.bool_,
    "seats": np.int64,
    "seat_cents": np.int64,
    "hazard": np.float64,
    "quality": np.float64,
    "expected": np.float64,
    "cycle": np.int64,
    "next_bill": np.int64,
}
INVOICE_COLUMNS = {
    "row": np.int64,
    "day": np.int64,
    "until": np.int64,
    "cents": np.int64,
    "cycle": np.int64,
}
TICKET_COLUMNS = {"ticket": np.int64, "row": np.int64, "moment": np.int64}
# Support hears from people between eight in the morning and eight at night.
FIRST_SECOND, LAST_SECOND = 8 * 3600, 20 * 3600


@dataclass
class Base:
    """Columns of all customers there ever were, with room to grow."""

    draws: Draws
    parameters: Parameters
    price: FloatArray
    errors: FloatArray
    split: SplitTest | None = None
    columns: Columns = field(
        default_factory=lambda: {n: np.empty(1024, k) for n, k in COLUMNS.items()}
    )
    count: int = 0
    waiting: Columns = field(default_factory=lambda: joined([], TICKET_COLUMNS))

    def column(self, name: str) -> np.ndarray:
        return self.columns[name][: self.count]

    def sign_up(self, new: Columns) -> None:
        """Add customers: id, start day, region, segment, channel, route."""
        terms = self.terms(new["customer"], new["segment"], new["start"])
        if self.split:
            # The price tried is the one shown at the checkout; sales reps keep theirs.
            tried = self.split.factors(self.draws, "price", new["customer"], new["start"])
            tried = np.where(new["assisted"], 1.0, tried)
            terms["seat_cents"] = np.round(terms["seat_cents"] * tried).astype(np.int64)
        begin = {"end": STAYS, "cycle": 0, "next_bill": new["start"]}
        feeling = {name: self.parameters.quality_start for name in ("quality", "expected")}
        self.add({**new, **terms, **begin, **feeling}, len(new["customer"]))

    def add(self, rows: dict, count: int) -> None:
        start, self.count = self.count, self.count + count
        if self.count > len(self.columns["customer"]):
            self.columns = {n: wider(v, 2 * self.count) for n, v in self.columns.items()}
        for name, column in self.columns.items():
            column[start : self.count] = rows[name]

    def terms(self, customer: IntArray, segment: np.ndarray, start: IntArray) -> Columns:
        """Seats, price and loyalty of new customers."""
        p = self.parameters
        year, size, loyal = self.draws.uniforms("annual seats loyalty", customer)
        annual = year < np.array(p.annual_share)[segment]
        spare = np.maximum(np.array(p.seats_mean)[segment] - 0.5, 0.1)
        factor = np.array(p.seat_discount)[segment] * np.where(annual, p.annual_discount, 1.0)
        # Kumaraswamy(1, 2) has a mean of a third.
        hazard = 3 * p.churn_month * kumaraswamy(loyal, 1.0, 2.0)
        return {
            "annual": annual,
            "seats": 1 + exponential(size, spare).astype(np.int64),
            "seat_cents": np.round(self.price[start] * 100 * factor).astype(np.int64),
            "hazard": hazard * np.array(p.churn_segment)[segment],
        }

    def bill(self, until: int) -> Columns:
        """Renew or lose everybody whose bill falls due before a day; return invoices.

        The tickets of the cycle that begins join those waiting for their day.
        """
        due = np.flatnonzero(self.column("next_bill") < until)
        day, cycle = self.columns["next_bill"][due], self.columns["cycle"][due]
        key = ids.cycle_key(self.columns["customer"][due], cycle)
        leave, ask = self.draws.uniforms("churn tickets", key)
        gone = leave < self.chance_to_leave(due, cycle)
        self.columns["end"][due[gone]] = day[gone]
        self.columns["next_bill"][due[gone]] = STAYS
        stay = ~gone
        due, day, cycle, key, ask = due[stay], day[stay], cycle[stay], key[stay], ask[stay]
        start = self.columns["start"][due]
        following = MONTHS.anniversary(start, cycle + 1)
        self.columns["next_bill"][due] = following
        self.columns["cycle"][due] = cycle + 1
        self._ask_for_help(due, key, ask, day, following, cycle)
        return self._invoices(due, day, following, cycle, start)

    def chance_to_leave(self, rows: IntArray, cycle: IntArray) -> FloatArray:
        """Hazard of each customer at this bill; annual terms end once a year."""
        p, columns = self.parameters, self.columns
        annual, quality = columns["annual"][rows], columns["quality"][rows]
        renewal = (cycle > 0) & (~annual | (cycle % 12 == 0))
        hurt = p.churn_gap * (columns["expected"][rows] - quality)
        hurt = hurt + p.churn_quality * (p.quality_start - quality)
        hazard = columns["hazard"][rows] * np.where(annual, p.churn_annual, 1.0) * np.exp(hurt)
        return np.where(renewal, np.minimum(hazard, 0.95), 0.0)

    def _invoices(
        self, rows: IntArray, day: IntArray, following: IntArray, cycle: IntArray, start: IntArray
    ) -> Columns:
        annual = self.columns["annual"][rows]
        billed = ~annual | (cycle % 12 == 0)
        rows, day, cycle, annual = rows[billed], day[billed], cycle[billed], annual[billed]
        month_cents = self.columns["seats"][rows] * self.columns["seat_cents"][rows]
        year_end = MONTHS.anniversary(start[billed], cycle + 12)
        return {
            "row": rows,
            "day": day,
            "until": np.where(annual, year_end, following[billed]),
            "cents": month_cents * np.where(annual, 12, 1),
            "cycle": cycle,
        }

    def _ask_for_help(
        self,
        rows: IntArray,
        key: IntArray,
        u: FloatArray,
        day: IntArray,
        following: IntArray,
        cycle: IntArray,
    ) -> None:
        p = self.parameters
        mean = p.tickets_month * np.array(p.tickets_segment)[self.columns["segment"][rows]]
        mean = mean * np.where(cycle == 0, p.tickets_first, 1.0)
        mean = mean * (1 + p.tickets_error * self.errors[day])
        count = np.minimum(poisson(u, mean), 2**ids.TICKET_BITS - 1)
        which = repeated(numbers(len(rows)), count)
        ordinal = ordinals(count)
        ticket = ids.ticket_number(key[which], ordinal)
        when, second = self.draws.uniforms("ticket_day ticket_second", ticket)
        on = day[which] + (when * (following - day)[which]).astype(np.int64)
        second = FIRST_SECOND + second * (LAST_SECOND - FIRST_SECOND)
        moment = on * 86_400 + second.astype(np.int64)
        new = {"ticket": ticket, "row": rows[which], "moment": moment}
        self.waiting = joined([self.waiting, new], TICKET_COLUMNS)

    def tickets_before(self, day: int) -> Columns:
        """Take the tickets written before a day, in order."""
        early = self.waiting["moment"] < day * 86_400
        due = {name: values[early] for name, values in self.waiting.items()}
        self.waiting = {name: values[~early] for name, values in self.waiting.items()}
        order = np.lexsort((due["ticket"], due["moment"]))
        return {name: values[order] for name, values in due.items()}

    def feel(self, rows: IntArray, service: FloatArray) -> None:
        """Let the first ticket of each customer move what they feel and expect."""
        who, first = np.unique(rows, return_index=True)
        p, columns, seen = self.parameters, self.columns, service[first]
        columns["quality"][who] += p.quality_memory * (seen - columns["quality"][who])
        columns["expected"][who] += p.expectation_memory * (seen - columns["expected"][who])

    def satisfied(self) -> FloatArray:
        """Sum of experienced quality of present customers by region."""
        here = self.column("end") == STAYS
        return counted(self.column("region")[here], self.column("quality")[here], len(REGIONS))

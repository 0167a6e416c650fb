"""One run of the company: departments in order, feedback week by week.

Marketing and the site need nothing from the later departments except
referrals, so they run first, for all days. Then windows of four weeks:
referrals, sales. Within a window, weeks: customers, billing, support. How
customers feel at the end of a week acts from the next one on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import customers, ids, market, support, web
from .arrays import numbers
from .customers import Base
from .draws import Draws
from .market import Market
from .parameters import Parameters
from .plan import Schedule
from .sales import DEAL_COLUMNS, LEAD_COLUMNS, Columns, Sales, joined, pick
from .web import LEAD, ORDER, Site, VisitLog

WINDOW, WEEK = 28, 7

NEW_COLUMNS = {
    "customer": np.int64,
    "start": np.int64,
    "region": np.int8,
    "segment": np.int8,
    "channel": np.int8,
    "assisted": np.bool_,
}


@dataclass(frozen=True)
class Run:
    """All that happened, in columns of numbers."""

    parameters: Parameters
    schedule: Schedule
    draws: Draws
    market: Market
    site: Site
    visits: Columns
    leads: Columns
    deals: Columns
    customers: Columns
    invoices: Columns
    tickets: Columns
    first_day: int = 0

    @property
    def days(self) -> int:
        return self.schedule.days


@dataclass(frozen=True)
class Opening:
    """What a run inherits when it does not begin on the first day."""

    day: int
    customers: Columns
    deals: Columns


class Engine:
    """A run in the making."""

    def __init__(
        self,
        draws: Draws,
        parameters: Parameters,
        schedule: Schedule,
        opening: Opening | None = None,
    ) -> None:
        self.draws, self.parameters, self.schedule = draws, parameters, schedule
        self.first_day = opening.day if opening else 0
        self.market = market.run(draws, parameters, schedule)
        self.site = web.site_of(parameters, schedule, self.market.brand_ads)
        self.log = web.run(draws, parameters, self.site, self.market, self.first_day)
        self.sales = Sales.open(draws, parameters, schedule)
        self.support = support.Support.open(draws, parameters, schedule)
        prices, errors = schedule.numbers("price"), schedule.numbers("checkout_error_rate")
        self.base = Base(draws, parameters, prices, errors, schedule.split)
        self.leads: list[Columns] = []
        self.deals: list[Columns] = []
        self.invoices: list[Columns] = []
        self.tickets: list[Columns] = []
        self.open_deals = joined([], DEAL_COLUMNS)
        if opening:
            self.base.add(opening.customers, len(opening.customers["customer"]))
            self.open_deals = opening.deals

    def run(self) -> Run:
        conversions = _conversions(self.log)
        for start in range(self.first_day, self.schedule.days, WINDOW):
            stop = min(start + WINDOW, self.schedule.days)
            low, high = np.searchsorted(conversions["day"], [start, stop])
            early = pick(conversions, slice(low, high))
            self._window(start, stop, self._with_referrals(early, start, stop))
        return self._result()

    def _with_referrals(self, conversions: Columns, start: int, stop: int) -> Columns:
        before = self.log.filled
        rate = self.parameters.referral_rate * self.base.satisfied()
        days = numbers(start, stop)
        expected = np.broadcast_to(rate, (len(days), len(rate)))
        web.referred(self.draws, self.parameters, self.site, self.log, expected, days)
        return joined([conversions, _conversions(self.log, before)], web.COLUMNS)

    def _window(self, start: int, stop: int, conversions: Columns) -> None:
        leads, deals = self.sales.work(pick(conversions, conversions["stage"] == LEAD))
        self.leads.append(leads)
        self.deals.append(deals)
        self.open_deals = joined([self.open_deals, pick(deals, deals["wins"])], DEAL_COLUMNS)
        closing = self.open_deals["closes"] < stop
        won, self.open_deals = pick(self.open_deals, closing), pick(self.open_deals, ~closing)
        new = _new_customers(pick(conversions, conversions["stage"] == ORDER), won)
        for week in range(start, stop, WEEK):
            end = min(week + WEEK, stop)
            low, high = np.searchsorted(new["start"], [week, end])
            self.base.sign_up(pick(new, slice(low, high)))
            self.invoices.append(self.base.bill(end))
            self.tickets.append(self.support.work(self.base, end))

    def _result(self) -> Run:
        return Run(
            parameters=self.parameters,
            schedule=self.schedule,
            draws=self.draws,
            market=self.market,
            site=self.site,
            visits=self.log.visits(),
            leads=joined(self.leads, LEAD_COLUMNS),
            deals=joined(self.deals, DEAL_COLUMNS),
            customers={name: self.base.column(name) for name in customers.COLUMNS},
            invoices=joined(self.invoices, customers.INVOICE_COLUMNS),
            tickets=joined(self.tickets, support.COLUMNS),
            first_day=self.first_day,
        )


def _conversions(log: VisitLog, since: int = 0) -> Columns:
    """Orders and leads written down since a row, by day."""
    stage = log.columns["stage"][since : log.filled]
    rows = since + np.flatnonzero(stage >= ORDER)
    found = {name: column[rows] for name, column in log.columns.items()}
    return pick(found, np.lexsort((found["visit"], found["day"])))


def _new_customers(orders: Columns, won: Columns) -> Columns:
    """Self-serve orders and won deals as customers, by the day they start."""
    alike = ("region", "segment", "channel")
    bought = {
        "customer": ids.visitor_of(orders["visit"]),
        "start": orders["day"].astype(np.int64),
        "assisted": np.zeros(len(orders["day"]), dtype=bool),
        **{name: orders[name] for name in alike},
    }
    signed = {
        "customer": won["lead"],
        "start": won["closes"],
        "assisted": np.ones(len(won["lead"]), dtype=bool),
        **{name: won[name] for name in alike},
    }
    new = joined([bought, signed], NEW_COLUMNS)
    return pick(new, np.lexsort((new["customer"], new["start"])))


def simulate(
    draws: Draws, parameters: Parameters, schedule: Schedule, opening: Opening | None = None
) -> Run:
    """Run the company over the days of a schedule."""
    return Engine(draws, parameters, schedule, opening).run()

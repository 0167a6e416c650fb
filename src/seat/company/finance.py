"""Finance: every event as a balanced entry, in integer cents.

An ``Entry`` moves one amount a day from one account to another, so a day
cannot fail to balance. Revenue is earned in a straight line over the term;
cents that do not divide are earned on the first day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import ids
from .arrays import counted
from .calendar import MONTHS
from .customers import STAYS
from .draws import Draws, IntArray, exponential
from .engine import Run
from .parameters import Parameters
from .sales import Columns, pick

# Accounts by kind. Debits are positive.
ACCOUNTS = {
    "cash": "asset",
    "accounts_receivable": "asset",
    "accounts_payable": "liability",
    "accrued_pay": "liability",
    "deferred_revenue": "liability",
    "share_capital": "equity",
    "revenue": "revenue",
    "direct_costs": "cost of sales",
    "payment_fees": "cost of sales",
    "support_pay": "cost of sales",
    "advertising": "sales and marketing",
    "marketing_pay": "sales and marketing",
    "sales_pay": "sales and marketing",
    "commissions": "sales and marketing",
    "research_and_development": "other operating",
    "general_and_administrative": "other operating",
}
DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Entry:
    """One kind of event: cents by day, to one account from another."""

    name: str
    debit: str
    credit: str
    cents: IntArray


def entries(run: Run, invoices: Columns | None = None) -> list[Entry]:
    """All entries of a run; ``invoices`` as ``settled`` returns them."""
    invoices = settled(run) if invoices is None else invoices
    return [*_customer_entries(run, invoices), *_cost_entries(run), *_pay_entries(run)]


def settled(run: Run) -> Columns:
    """Invoices with the day each is paid: cards at once, the others on terms."""
    invoices, who = run.invoices, run.customers
    assisted = who["assisted"][invoices["row"]]
    key = ids.cycle_key(who["customer"][invoices["row"]], invoices["cycle"])
    delay = payment_delay(run.draws, run.parameters, key)
    paid = invoices["day"] + np.where(assisted, delay, 0)
    return {**invoices, "assisted": assisted, "paid": paid}


def payment_delay(draws: Draws, parameters: Parameters, key: IntArray) -> IntArray:
    late = exponential(draws.uniform("late_payment", key), parameters.late_payment_days)
    return parameters.invoice_terms_days + late.astype(np.int64)


def by_day(days: IntArray, cents: IntArray, horizon: int) -> IntArray:
    """Cents summed by day; days that have not come are left out."""
    come = days < horizon
    # Sums of whole cents are exact in floating point below 2**53.
    return counted(days[come], cents[come], horizon).astype(np.int64)


def earned(invoices: Columns, horizon: int) -> IntArray:
    """Revenue by day: each invoice in a straight line over its term."""
    term = invoices["until"] - invoices["day"]
    daily = invoices["cents"] // term
    rest = invoices["cents"] - daily * term
    start = by_day(invoices["day"], daily, horizon)
    stop = by_day(invoices["until"], daily, horizon)
    return np.cumsum(start - stop) + by_day(invoices["day"], rest, horizon)


def active(customers: Columns, horizon: int) -> IntArray:
    """Customers at the end of each day."""
    start = counted(customers["start"], minlength=horizon)[:horizon]
    end = customers["end"][customers["end"] < horizon]
    return np.cumsum(start - counted(end, minlength=horizon)[:horizon])


def _customer_entries(run: Run, invoices: Columns) -> list[Entry]:
    days, p = run.days, run.parameters
    card = pick(invoices, ~invoices["assisted"])
    billed = by_day(invoices["day"], invoices["cents"], days)
    received = by_day(invoices["paid"], invoices["cents"], days)
    fees = np.round(p.fee_share * by_day(card["paid"], card["cents"], days)).astype(np.int64)
    revenue = earned(invoices, days)
    per_customer = round(p.direct_customer * 100 * 12 / DAYS_A_YEAR)
    direct = np.round(p.direct_share * revenue).astype(np.int64)
    direct += per_customer * active(run.customers, days)
    capital = np.zeros(days, dtype=np.int64)
    capital[0] = round(p.opening_capital * 100 * run.schedule.size)
    return [
        Entry("share issue", "cash", "share_capital", capital),
        Entry("invoices", "accounts_receivable", "deferred_revenue", billed),
        Entry("receipts", "cash", "accounts_receivable", received),
        Entry("revenue earned", "deferred_revenue", "revenue", revenue),
        Entry("payment fees", "payment_fees", "cash", fees),
        Entry("direct costs", "direct_costs", "cash", direct),
    ]


def _cost_entries(run: Run) -> list[Entry]:
    spent = run.market.spend_cents.sum(axis=(1, 2))
    terms = run.parameters.ad_terms_days
    paid = np.concatenate([np.zeros(terms, dtype=np.int64), spent])[: run.days]
    return [
        Entry("advertising", "advertising", "accounts_payable", spent),
        Entry("advertising paid", "accounts_payable", "cash", paid),
    ]


def _pay_entries(run: Run) -> list[Entry]:
    pay = payroll(run)
    pay["commissions"] = commissions(run)
    total = np.sum(list(pay.values()), axis=0)
    accrued = [
        Entry(account.replace("_", " "), account, "accrued_pay", v) for account, v in pay.items()
    ]
    return [*accrued, Entry("pay day", "accrued_pay", "cash", paid_at_month_end(total))]


def daily_pay(dollars_a_year: float) -> int:
    """Cents a day for one person or team."""
    return round(dollars_a_year * 100 / DAYS_A_YEAR)


def payroll(run: Run) -> dict[str, IntArray]:
    """Cents by day: headcount times rate, or a team's budget times the company's size."""
    p, schedule = run.parameters, run.schedule
    ones = np.ones(run.days, dtype=np.int64)
    team = {
        "marketing_pay": p.marketing_pay,
        "research_and_development": p.research_pay,
        "general_and_administrative": p.general_pay,
    }
    fixed = {account: ones * daily_pay(rate * schedule.size) for account, rate in team.items()}
    people = {
        "support_pay": schedule.staff("support_agents") * daily_pay(p.agent_pay),
        "sales_pay": schedule.staff("sales_reps") * daily_pay(p.rep_pay),
    }
    return {**people, **fixed}


def commissions(run: Run) -> IntArray:
    """A share of the first year's contract, on the day an assisted customer starts."""
    who = pick(run.customers, run.customers["assisted"] & (run.customers["start"] >= 0))
    year = 12 * who["seats"] * who["seat_cents"]
    owed = np.round(run.parameters.commission * year).astype(np.int64)
    return by_day(who["start"], owed, run.days)


def paid_at_month_end(cents: IntArray) -> IntArray:
    """The same cents, each month's on its last day; an unfinished month is still owed."""
    owed = np.cumsum(cents)
    last_days = MONTHS.first[1:] - 1
    last_days = last_days[last_days < len(cents)]
    paid = np.zeros_like(cents)
    paid[last_days] = np.diff(owed[last_days], prepend=0)
    return paid


def balances(booked: list[Entry]) -> dict[str, IntArray]:
    """Cumulative debits less credits of each account at the end of each day."""
    moved = movements(booked)
    return {account: np.cumsum(cents) for account, cents in moved.items()}


def movements(booked: list[Entry]) -> dict[str, IntArray]:
    """Debits less credits of each account by day."""
    days = len(booked[0].cents)
    moved = {account: np.zeros(days, dtype=np.int64) for account in ACCOUNTS}
    for entry in booked:
        moved[entry.debit] += entry.cents
        moved[entry.credit] -= entry.cents
    return moved


def present(customers: Columns) -> np.ndarray:
    """Customers who have not left."""
    return customers["end"] == STAYS

"""The promises the books and tables keep in every run, whatever the plan.

``faults`` returns one sentence for each promise that is broken. An empty list
is the only acceptable answer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import finance, ids
from .arrays import counted
from .calendar import DAY_SECONDS, MONTHS, NEVER
from .customers import STAYS
from .engine import Run
from .finance import ACCOUNTS
from .web import LEAD, ORDER


def faults(run: Run) -> list[str]:
    """Broken promises of a run that began on the first day."""
    invoices = finance.settled(run)
    booked = finance.entries(run, invoices)
    at = finance.balances(booked)
    checks = [
        *_journal(at),
        *_receivables(run, at, invoices),
        *_costs(run, finance.movements(booked), invoices),
        *_keys(run),
        *_causes(run),
        *_counts(run, invoices),
    ]
    return [sentence for sentence, holds in checks if not holds]


Check = tuple[str, bool]


def _journal(at: dict[str, finance.IntArray]) -> Iterator[Check]:
    total = np.sum(list(at.values()), axis=0)
    yield "every day's debits equal its credits", not total.any()
    kinds = {
        kind: np.sum([at[a] for a, k in ACCOUNTS.items() if k == kind], axis=0)
        for kind in ACCOUNTS.values()
    }
    result = -(kinds["revenue"] + kinds["cost of sales"] + kinds["sales and marketing"])
    result = result - kinds["other operating"]
    yield (
        "assets equal liabilities and equity with the result to date",
        bool((kinds["asset"] == -kinds["liability"] - kinds["equity"] + result).all()),
    )
    for account in ("accounts_payable", "accrued_pay", "deferred_revenue"):
        yield f"{account} is never negative", bool((at[account] <= 0).all())


def _receivables(run: Run, at: dict, invoices: dict) -> Iterator[Check]:
    days = run.days
    billed = np.cumsum(finance.by_day(invoices["day"], invoices["cents"], days))
    received = np.cumsum(finance.by_day(invoices["paid"], invoices["cents"], days))
    earned = -at["revenue"]
    yield (
        "invoiced equals earned and deferred",
        bool((billed == earned - at["deferred_revenue"]).all()),
    )
    yield (
        "receivables are invoices not yet paid",
        bool((at["accounts_receivable"] == billed - received).all()),
    )
    yield "receivables are never negative", bool((at["accounts_receivable"] >= 0).all())
    yield "revenue is never taken back", bool((np.diff(earned, prepend=0) >= 0).all())


def _costs(run: Run, moved: dict, invoices: dict) -> Iterator[Check]:
    spent = run.market.spend_cents.sum(axis=(1, 2))
    yield "advertising is the ad spend", bool((moved["advertising"] == spent).all())
    for lever, account, rate in (
        ("sales_reps", "sales_pay", run.parameters.rep_pay),
        ("support_agents", "support_pay", run.parameters.agent_pay),
    ):
        owed = run.schedule.staff(lever) * finance.daily_pay(rate)
        yield f"{account} is headcount times rate", bool((moved[account] == owed).all())
    card = ~invoices["assisted"]
    yield "cards pay at once", bool((invoices["paid"][card] == invoices["day"][card]).all())


def _keys(run: Run) -> Iterator[Check]:
    named = {
        "visit": run.visits["visit"],
        "lead": run.leads["lead"],
        "deal": run.deals["lead"],
        "customer": run.customers["customer"],
        "ticket": run.tickets["ticket"],
    }
    for kind, numbers in named.items():
        yield f"no two of one {kind} number", len(np.unique(numbers)) == len(numbers)
        yield f"{kind} numbers are positive", bool((numbers >= 0).all())
    stage, visit = run.visits["stage"], run.visits["visit"]
    yield "leads are the visits that left a form", _same(run.leads["visit"], visit[stage == LEAD])
    qualified = run.leads["lead"][run.leads["qualified"]]
    yield "deals are the qualified leads", _same(run.deals["lead"], qualified)
    won = run.deals["wins"] & (run.deals["closes"] < run.days)
    assisted = run.customers["assisted"]
    yield (
        "assisted customers are won deals",
        _same(run.customers["customer"][assisted], run.deals["lead"][won]),
    )
    orders = ids.visitor_of(visit[stage == ORDER])
    yield "self-serve customers are orders", _same(run.customers["customer"][~assisted], orders)


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(np.sort(one), np.sort(other))


def _causes(run: Run) -> Iterator[Check]:
    leads, deals, who = run.leads, run.deals, run.customers
    yield "no lead is answered before it comes", bool((leads["answered"] >= leads["moment"]).all())
    yield "no deal closes before it opens", bool((deals["closes"] > deals["opened"]).all())
    came = dict(zip(leads["lead"].tolist(), (leads["moment"] // DAY_SECONDS).tolist(), strict=True))
    opened = [
        came[lead] < day
        for lead, day in zip(deals["lead"].tolist(), deals["opened"].tolist(), strict=True)
    ]
    yield "no deal opens before its lead", all(opened)
    yield "nobody leaves before they start", bool((who["end"] > who["start"]).all())
    for kind, rows, day in (
        ("ticket", run.tickets["row"], run.tickets["moment"] // DAY_SECONDS),
        ("invoice", run.invoices["row"], run.invoices["day"]),
    ):
        inside = (day >= who["start"][rows]) & (day < who["end"][rows])
        yield f"every {kind} falls in its customer's time", bool(inside.all())
    answered = run.tickets["answered"]
    yield "no ticket is answered before it comes", bool((answered >= run.tickets["moment"]).all())
    unanswered = answered == NEVER
    yield (
        "unanswered tickets wait without end",
        bool(np.isinf(run.tickets["wait_h"][unanswered]).all()),
    )


def _counts(run: Run, invoices: dict) -> Iterator[Check]:
    who, days = run.customers, run.days
    here = finance.active(who, days)
    started = counted(who["start"], minlength=days)[:days].cumsum()
    left = counted(who["end"][who["end"] < days], minlength=days)[:days].cumsum()
    yield "active customers are starts less ends", bool((here == started - left).all())
    covered = counted(invoices["day"], minlength=days)[:days]
    until = invoices["until"][invoices["until"] < days]
    in_term = np.cumsum(covered - counted(until, minlength=days)[:days])
    yield "active customers are those in a paid term", bool((here == in_term).all())
    yield "bills fall due on the day they name", bool(_billed_on_time(run, days).all())


def _billed_on_time(run: Run, days: int) -> np.ndarray:
    who = run.customers
    stays = who["end"] == STAYS
    due = MONTHS.anniversary(who["start"][stays], who["cycle"][stays])
    return (due == who["next_bill"][stays]) & (due >= days)

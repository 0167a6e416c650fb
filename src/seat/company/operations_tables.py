"""Tables of sales, support and finance: dollars, dates and words in place of codes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from . import calendar, finance, ids, names
from .arrays import numbers, repeated
from .calendar import DAY_SECONDS, NEVER
from .customers import STAYS, Base
from .engine import Run
from .marketing_tables import words
from .parameters import CHANNELS, REGIONS
from .queueing import staffed

TOPICS = ("how-to", "billing", "bug", "checkout problem", "feature request")
TOPIC_EDGES = (0.42, 0.66, 0.84, 0.92)


def leads(run: Run) -> pd.DataFrame:
    """The CRM's leads: who asked for sales, when they were answered, what came of it."""
    c = run.leads
    known = c["answered"] < run.days * DAY_SECONDS
    hours = np.where(known, (c["answered"] - c["moment"]) / 3600, np.nan)
    return pd.DataFrame(
        {
            "lead_id": c["lead"],
            "session_id": c["visit"],
            "created": calendar.moments(c["moment"], NEVER),
            "company_name": names.company_names(run.draws, c["lead"]),
            "channel": words(c["channel"], CHANNELS),
            "region": words(c["region"], REGIONS),
            "segment": words(c["segment"], run.parameters.segments),
            "lead_score": c["points"],
            "is_mql": c["points"] >= run.parameters.mql_score,
            "first_response": calendar.moments(c["answered"], run.days),
            "response_h": np.round(hours, 4),
            "rep_id": np.where(known, c["rep"], -1),
            "is_sql": c["qualified"] & known,
            "has_consent": run.draws.uniform("consent", c["lead"]) < run.parameters.consent_share,
        }
    )


def opportunities(run: Run) -> pd.DataFrame:
    """Deals that were opened; those not closed yet have no outcome."""
    opened = run.deals["opened"] < run.days
    d = {name: values[opened] for name, values in run.deals.items()}
    closed = d["closes"] < run.days
    won = closed & d["wins"]
    stage = np.where(closed, np.where(won, 3, 2), open_stage(d, run.days))
    return pd.DataFrame(
        {
            "opportunity_id": d["lead"],
            "lead_id": d["lead"],
            "rep_id": d["rep"],
            "opened": calendar.dates(d["opened"]),
            "closed": calendar.dates_until(d["closes"], run.days),
            "stage": words(stage, ("discovery", "proposal", "lost", "won")),
            "segment": words(d["segment"], run.parameters.segments),
            "amount": deal_cents(run, d) / 100,
            "is_won": won,
        }
    )


def open_stage(deals: dict[str, np.ndarray], today: int) -> np.ndarray:
    """Discovery in the first half of the time a deal takes, then proposal."""
    half = (deals["opened"] + deals["closes"]) // 2
    return (today > half).astype(np.int64)


def deal_cents(run: Run, deals: dict[str, np.ndarray]) -> np.ndarray:
    """First year's value of each deal, at the price of the day it closes."""
    price = run.schedule.numbers("price")
    start = np.minimum(deals["closes"], run.days - 1)
    terms = Base(run.draws, run.parameters, price, price).terms(
        deals["lead"], deals["segment"], start
    )
    return 12 * terms["seats"] * terms["seat_cents"]


def customers(run: Run) -> pd.DataFrame:
    """Everybody who ever signed up."""
    c = run.customers
    return pd.DataFrame(
        {
            "customer_id": c["customer"],
            "company_name": names.company_names(run.draws, c["customer"]),
            "start": calendar.dates(c["start"]),
            "end": calendar.dates_until(c["end"], run.days),
            "segment": words(c["segment"], run.parameters.segments),
            "region": words(c["region"], REGIONS),
            "last_channel": words(c["channel"], CHANNELS),
            "route": words(c["assisted"].view(np.int8), ("self_serve", "sales_assisted")),
        }
    )


def subscriptions(run: Run) -> pd.DataFrame:
    """What each customer buys: term, seats, monthly recurring revenue."""
    c = run.customers
    return pd.DataFrame(
        {
            "customer_id": c["customer"],
            "term": words(c["annual"].view(np.int8), ("monthly", "annual")),
            "seats": c["seats"],
            "price_per_seat": c["seat_cents"] / 100,
            "mrr": c["seats"] * c["seat_cents"] / 100,
            "start": calendar.dates(c["start"]),
            "end": calendar.dates_until(c["end"], run.days),
            "is_active": c["end"] == STAYS,
        }
    )


def invoices(run: Run) -> pd.DataFrame:
    i = finance.settled(run)
    customer = run.customers["customer"][i["row"]]
    terms = np.where(i["assisted"], run.parameters.invoice_terms_days, 0)
    return pd.DataFrame(
        {
            "invoice_id": ids.cycle_key(customer, i["cycle"]),
            "customer_id": customer,
            "date": calendar.dates(i["day"]),
            "due": calendar.dates(i["day"] + terms),
            "amount": i["cents"] / 100,
            "term_start": calendar.dates(i["day"]),
            "term_end": calendar.dates(i["until"]),
        }
    )


def payments(run: Run) -> pd.DataFrame:
    """Money received, in order of the day it came."""
    i = finance.settled(run)
    come = np.flatnonzero(i["paid"] < run.days)
    come = come[np.argsort(i["paid"][come], kind="stable")]
    customer = run.customers["customer"][i["row"][come]]
    return pd.DataFrame(
        {
            "invoice_id": ids.cycle_key(customer, i["cycle"][come]),
            "customer_id": customer,
            "date": calendar.dates(i["paid"][come]),
            "amount": i["cents"][come] / 100,
            "method": words(i["assisted"][come].view(np.int8), ("card", "bank transfer")),
        }
    )


def tickets(run: Run) -> pd.DataFrame:
    """Requests for help. First response counts opening hours; NaN while nobody answered."""
    t = run.tickets
    known = t["answered"] < run.days * DAY_SECONDS
    done = t["closed"] < run.days * DAY_SECONDS
    took = np.where(done, (t["closed"] - t["moment"]) / 3600, np.nan)
    topic = np.searchsorted(TOPIC_EDGES, run.draws.uniform("ticket_topic", t["ticket"]))
    return pd.DataFrame(
        {
            "ticket_id": t["ticket"],
            "customer_id": run.customers["customer"][t["row"]],
            "created": calendar.moments(t["moment"], NEVER),
            "topic": words(topic, TOPICS),
            "first_response": calendar.moments(t["answered"], run.days),
            "first_response_h": np.round(np.where(known, t["wait_h"], np.nan), 4),
            "resolved": calendar.moments(t["closed"], run.days),
            "resolution_h": np.round(took, 4),
            "agent_id": np.where(known, t["agent"], -1),
            "csat": np.where(known, t["csat"], np.nan),
        }
    )


def reps(run: Run) -> pd.DataFrame:
    return team(run, "sales_reps", "rep_id")


def agents(run: Run) -> pd.DataFrame:
    return team(run, "support_agents", "agent_id")


def team(run: Run, lever: str, number: str) -> pd.DataFrame:
    """People of a team: hired, ready for full work, gone."""
    ramp = run.parameters.hiring_delay_days
    headcount = run.schedule.staff(lever)
    hired, leaves = staffed(headcount, 0)
    ready, _ = staffed(headcount, ramp)
    who = numbers(len(hired))
    return pd.DataFrame(
        {
            number: who,
            "name": [names.person(n) for n in who],
            "hired": calendar.dates(calendar.moment_of(hired) // DAY_SECONDS),
            "ready": calendar.dates(calendar.moment_of(ready) // DAY_SECONDS),
            "left": calendar.dates_until(calendar.moment_of(leaves) // DAY_SECONDS, run.days),
        }
    )


def ledger(run: Run) -> pd.DataFrame:
    """Double entry: two lines a day and kind of event; debits are positive."""
    return ledger_of(finance.entries(run), run.first_day)


def ledger_of(booked: list[finance.Entry], first_day: int = 0) -> pd.DataFrame:
    known = tuple(finance.ACCOUNTS)
    cents = np.array([entry.cents for entry in booked]).T
    day, kind = np.nonzero(cents)
    sides = np.array([(known.index(e.debit), known.index(e.credit)) for e in booked])
    amount = cents[day, kind]
    table = pd.DataFrame(
        {
            "date": repeated(calendar.dates(day), 2),
            "entry": words(repeated(kind, 2), tuple(entry.name for entry in booked)),
            "account": words(sides[kind].ravel(), known),
            "amount": np.column_stack([amount, -amount]).ravel() / 100,
        }
    )
    return table[repeated(day >= first_day, 2)].reset_index(drop=True)

"""What the firm's tools show of what happened: less, more, late and mislabelled.

Rates are parameters, so the truth about the tools can be asked too. Numbers of
people and things are put in another order, keyed by the world, because the
engine's own numbers would tell a visit's true channel.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from . import ids
from .arrays import counted, numbers
from .draws import Draws, IntArray, exponential, poisson
from .engine import Run
from .marketing_tables import cpm, journeys_of, paid_clicks, words
from .parameters import CHANNELS, PAID
from .tables import TABLES
from .web import CHANNEL, DIRECT, ORDER

# Bits of the numbers in each column, halved for the shuffle.
_PERSON, _VISIT, _TICKET, _INVOICE = 26, 26, 31, 28
BITS = {
    **dict.fromkeys(("visitor_id", "lead_id", "customer_id", "opportunity_id"), _PERSON),
    "session_id": _VISIT,
    "ticket_id": _TICKET,
    "invoice_id": _INVOICE,
}
# Channels whose links people forget to tag.
UNTAGGED = ("organic_social", "paid_social", "email")
CLAIM_DAYS = 28
# Bits above a number that mark what the tools made up.
BOT, COPY, MADE_UP = (np.int64(1) << bit for bit in (49, 50, 51))


def shuffled(draws: Draws, numbers: IntArray, half: int) -> IntArray:
    """A keyed one-to-one change of numbers of ``2 * half`` bits (four Feistel rounds)."""
    mask = 2**half - 1
    left, right = numbers >> half, numbers & mask
    for turn in range(4):
        mixed = draws.uniform(f"shuffle_{half}_{turn}", right) * (mask + 1)
        left, right = right, left ^ mixed.astype(np.int64)
    return left << half | right


def hide_numbers(draws: Draws, table: pd.DataFrame) -> pd.DataFrame:
    """The same table with its numbers of people and things shuffled."""
    hidden = {
        column: shuffled(draws, table[column].to_numpy(), BITS[column])
        for column in table.columns.intersection(list(BITS))
    }
    return table.assign(**hidden)


def sessions(run: Run) -> pd.DataFrame:
    """Web analytics: without the visits it cannot see, with machines among the rest."""
    p, table = run.parameters, TABLES["sessions"](run)
    visit = table["session_id"].to_numpy()
    person = ids.visitor_of(visit)
    blocks = run.draws.uniform("tracking_blocked", person)
    cookie = run.draws.uniform("cookie_lost", visit)
    table["channel"] = as_tagged(run, table["channel"], visit)
    # A lost cookie makes a returning visitor a new one: number of the visit itself.
    lost = (cookie < p.cookie_loss) & (visit & ids.LAST_ORDINAL > 0)
    table["visitor_id"] = np.where(lost, visit | MADE_UP, person)
    seen = table[blocks >= p.tracking_loss].drop(columns="segment")
    shown = pd.concat([seen, bots(run)], ignore_index=True).sort_values("date", kind="stable")
    return shown.astype({"channel": table["channel"].dtype}).reset_index(drop=True)


def as_tagged(run: Run, channel: pd.Series, visit: IntArray) -> pd.Categorical:
    """Channels of visits as every tool has them: a link nobody tagged counts as direct."""
    codes = channel.cat.codes.to_numpy().copy()
    forgotten = np.isin(codes, [CHANNEL[name] for name in UNTAGGED])
    untagged = run.draws.uniform("untagged", visit) < run.parameters.untagged_share
    codes[forgotten & untagged] = DIRECT
    return words(codes, CHANNELS)


def bots(run: Run) -> pd.DataFrame:
    """Machines that look like fast, direct visits that leave at once."""
    model = TABLES["sessions"](run).drop(columns="segment")
    model = model[run.draws.uniform("bot", model["session_id"]) < run.parameters.bot_share]
    speed = run.draws.uniform("bot_speed", model["session_id"])
    stage = model["last_stage"].cat.categories
    return model.assign(
        session_id=model["session_id"].to_numpy() | MADE_UP,
        visitor_id=model["visitor_id"].to_numpy() | BOT,
        channel=pd.Categorical(["direct"] * len(model), CHANNELS),
        device=pd.Categorical(["desktop"] * len(model), model["device"].cat.categories),
        page_load_s=(0.2 + 0.3 * speed).astype(np.float32),
        last_stage=pd.Categorical(["bounce"] * len(model), stage),
    )


def leads(run: Run) -> pd.DataFrame:
    """The CRM as people keep it: some leads twice, some fields empty."""
    p, table = run.parameters, TABLES["leads"](run)
    lead = run.leads["lead"]
    twice, no_channel, no_segment = run.draws.uniforms("lead_twice no_channel no_segment", lead)
    table["channel"] = as_tagged(run, table["channel"], table["session_id"].to_numpy())
    table["channel"] = table["channel"].where(no_channel >= p.missing_field)
    table["segment"] = table["segment"].where(no_segment >= p.missing_field)
    again = table[twice < p.duplicate_share]
    wait = run.draws.uniform("twice_wait", again["lead_id"].to_numpy())
    hours = pd.to_timedelta((1 + exponential(wait, 60)).astype(np.int64), unit="h")
    copy = again.assign(
        # Somebody typed it in, or the form came from another visit: no tool saw which.
        session_id=again["session_id"].to_numpy() | MADE_UP | ids.LAST_ORDINAL,
        lead_id=again["lead_id"].to_numpy() | COPY,
        company_name=misspelt(run.draws, again["company_name"], again["lead_id"].to_numpy()),
        created=again["created"] + hours.to_numpy(),
        first_response=np.datetime64("NaT", "s"),
        response_h=np.nan,
        rep_id=-1,
        is_sql=False,
    )
    both = pd.concat([table, copy.astype(table.dtypes)], ignore_index=True)
    return both.sort_values("created", kind="stable").reset_index(drop=True)


def customers(run: Run) -> pd.DataFrame:
    """Customers with the channel that the tools have for the visit that won them."""
    table = TABLES["customers"](run)
    visit = winning_visit(run, table["customer_id"].to_numpy())
    return table.assign(last_channel=as_tagged(run, table["last_channel"], visit))


def winning_visit(run: Run, customer: IntArray) -> IntArray:
    """The visit in which each customer ordered or left the form."""
    won = np.sort(run.visits["visit"][run.visits["stage"] >= ORDER])
    # The last such visit of each.
    return won[np.searchsorted(ids.visitor_of(won), customer, side="right") - 1]


def misspelt(draws: Draws, written: pd.Series, who: IntArray) -> list[str]:
    """Names as somebody else would type them: a letter missing, case lost, Ltd added."""
    kind, place = draws.uniforms("misspelt_kind misspelt_place", who)
    out = []
    for name, k, at in zip(written, kind, place, strict=True):
        cut = 1 + int(at * (len(name) - 1))
        out.append(
            name.lower() if k < 0.3 else f"{name} Ltd" if k < 0.6 else name[:cut] + name[cut + 1 :]
        )
    return out


def ad_reports(run: Run) -> pd.DataFrame:
    """What the platforms report: they claim whoever clicked within 28 days, and some more."""
    claimed = claimed_conversions(run)
    luck = run.draws.uniform("view_through", numbers(claimed.size)).reshape(claimed.shape)
    clicks = paid_clicks(run).sum(axis=2)
    cents = run.market.spend_cents.sum(axis=2)
    shown = np.maximum(np.round(cents * 10 / cpm(run)).astype(np.int64), clicks)
    day, channel = (v.ravel() for v in np.indices(claimed.shape))
    from_views = poisson(luck, run.parameters.view_through * claimed)
    return pd.DataFrame(
        {
            "date": pd.to_datetime("2024-01-01") + pd.to_timedelta(day, unit="D"),
            "channel": words(channel, PAID),
            "spend": cents.ravel() / 100,
            "impressions": shown.ravel(),
            "clicks": clicks.ravel(),
            "reported_conversions": (claimed + from_views).ravel(),
        }
    )


def claimed_conversions(run: Run) -> np.ndarray:
    """Orders and leads by day and each paid channel that touched them in 28 days."""
    v = run.visits
    person = ids.visitor_of(v["visit"])
    won = np.flatnonzero(v["stage"] >= ORDER)
    converted = pd.Series(v["day"][won].astype(np.int64), index=person[won])
    paid = v["channel"].astype(np.int64) - CHANNEL[PAID[0]]
    touch = np.flatnonzero((paid >= 0) & (paid < len(PAID)))
    day = converted.reindex(person[touch]).to_numpy()
    ok = (day >= v["day"][touch]) & (day - v["day"][touch] <= CLAIM_DAYS)
    once = pd.DataFrame({"who": person[touch][ok], "channel": paid[touch][ok], "day": day[ok]})
    once = once.drop_duplicates(["who", "channel"])
    cell = once["day"].to_numpy().astype(np.int64) * len(PAID) + once["channel"].to_numpy()
    return counted(cell, minlength=run.days * len(PAID)).reshape(run.days, len(PAID))


def ledger(run: Run) -> pd.DataFrame:
    """The ledger with the day each line was posted; some come in a later month."""
    table = TABLES["ledger"](run)
    # Both lines of an entry are posted together.
    entry = table["date"].to_numpy().astype("datetime64[D]").astype(np.int64) * 64
    entry = entry + table["entry"].cat.codes.to_numpy()
    late, wait = run.draws.uniforms("posted_late posting_wait", entry)
    days = np.where(late < run.parameters.late_posting, 3 + exponential(wait, 12), 0)
    posted = table["date"].to_numpy() + days.astype("timedelta64[D]").astype("timedelta64[s]")
    return table.assign(posted=posted)


OBSERVED: dict[str, Callable[[Run], pd.DataFrame]] = {
    **TABLES,
    "sessions": sessions,
    "journeys": lambda run: journeys_of(sessions(run)),
    "leads": leads,
    "customers": customers,
    "ledger": ledger,
    "ad_reports": ad_reports,
}


# Rows come out of the engine by day, arrival and region: that order would tell
# which direct visits were untagged social ones. It goes by shuffled numbers.
ROW_ORDER = {"sessions": ["date", "session_id"], "journeys": ["visitor_id"]}


def observe(run: Run, name: str) -> pd.DataFrame:
    """A table as the firm's tools show it."""
    shown = hide_numbers(run.draws, OBSERVED[name](run))
    if name in ROW_ORDER:
        shown = shown.sort_values(ROW_ORDER[name], ignore_index=True)
    return shown

"""Tables of marketing and the site: dollars, dates and words in place of codes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from . import calendar, ids
from .arrays import counted, numbers
from .draws import log_odds, poisson
from .engine import Run
from .parameters import CHANNELS, PAID, PLATFORMS, REGIONS
from .web import BOUNCE, BROWSE, CHANNEL, CHECKOUT, EMAIL, ORDER, STAGES

# Dollars per thousand impressions by paid channel.
CPM = (38.0, 24.0, 9.0, 3.2)


def words(codes: np.ndarray, known: tuple[str, ...]) -> Any:
    """Codes as a categorical of the words they stand for."""
    return pd.Categorical.from_codes(np.asarray(codes), dtype=pd.CategoricalDtype(list(known)))


def ad_spend(run: Run) -> pd.DataFrame:
    """Spend, impressions and clicks by day, paid channel and region."""
    cents = run.market.spend_cents
    day, channel, region = (v.ravel() for v in np.indices(cents.shape))
    clicks = paid_clicks(run)
    shown = np.round(cents * 10 / cpm(run)[:, :, None]).astype(np.int64)
    table = pd.DataFrame(
        {
            "date": calendar.dates(day),
            "channel": words(channel, PAID),
            "region": words(region, REGIONS),
            "spend": cents.ravel() / 100,
            "impressions": np.maximum(shown, clicks).ravel(),
            "clicks": clicks.ravel(),
        }
    )
    return table[day >= run.first_day].reset_index(drop=True)


def cpm(run: Run) -> np.ndarray:
    """Price of a thousand impressions by day and paid channel."""
    shape = run.market.spend_cents.shape[:2]
    luck = run.draws.uniform("cpm", numbers(shape[0] * shape[1])).reshape(shape)
    return np.array(CPM) * np.exp(0.12 * log_odds(luck))


def paid_clicks(run: Run) -> np.ndarray:
    """Visits of the paid channels by day, channel and region."""
    visits, shape = run.visits, run.market.spend_cents.shape
    paid = visits["channel"].astype(np.int64) - CHANNEL[PAID[0]]
    mine = (paid >= 0) & (paid < len(PAID))
    cell = visits["day"][mine].astype(np.int64) * shape[1] + paid[mine]
    cell = cell * shape[2] + visits["region"][mine]
    return counted(cell, minlength=int(np.prod(shape))).reshape(shape)


def social_posts(run: Run) -> pd.DataFrame:
    """Every post and what it earned."""
    posts = run.market.posts
    table = pd.DataFrame(
        {
            "post_id": posts.day << 8 | posts.ordinal,
            "date": calendar.dates(posts.day),
            "platform": words(posts.platform, PLATFORMS),
            "content": words(posts.how_to.astype(np.int8), ("promotion", "how_to")),
            "followers": np.round(posts.followers).astype(np.int64),
            "impressions": posts.impressions,
            "engagements": posts.engagements,
        }
    )
    return table[posts.day >= run.first_day].reset_index(drop=True)


def emails(run: Run) -> pd.DataFrame:
    """Every mailing: recipients, and what they did with it."""
    days = np.unique(run.site.mailing_days)
    p, number = run.parameters, numbers(len(days))
    opened, left, complained = run.draws.uniforms("mail_open mail_left mail_complaint", days)
    clicks = counted(run.visits["day"][run.visits["channel"] == EMAIL], minlength=run.days)[days]
    tired = run.site.unsubscribe[days]
    listed, leaving = list_size(subscribers(run), days, left, tired)
    recipients = np.maximum(listed, clicks)
    opens = np.clip(poisson(opened, p.open_rate * recipients), clicks, recipients)
    rate = p.complaint_rate * tired / p.unsubscribe_rate if p.unsubscribe_rate else 0.0
    return pd.DataFrame(
        {
            "mailing_id": number,
            "date": calendar.dates(days),
            "recipients": recipients,
            "opens": opens,
            "clicks": clicks,
            "unsubscribes": leaving,
            "complaints": np.minimum(poisson(complained, rate * recipients), recipients),
        }
    )[days >= run.first_day].reset_index(drop=True)


def subscribers(run: Run) -> np.ndarray:
    """People who join the mailing list, by day."""
    v = run.visits
    open_ = (v["stage"] > BOUNCE) & (v["stage"] < ORDER) & (v["channel"] != EMAIL)
    joins = run.draws.uniform("next_move", v["visit"][open_]) > 1 - run.parameters.subscribe_rate
    return counted(v["day"][open_][joins], minlength=run.days)


def list_size(
    joins: np.ndarray, days: np.ndarray, left: np.ndarray, rate: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """People on the list at each mailing, and how many leave at it."""
    total = np.cumsum(joins)
    size, leaving, gone = np.zeros(len(days), np.int64), np.zeros(len(days), np.int64), 0
    for n, day in enumerate(days):
        size[n] = max(int(total[day]) - gone, 0)
        leaving[n] = min(int(poisson(left[n : n + 1], size[n] * rate[n])[0]), size[n])
        gone += leaving[n]
    return size, leaving


def sessions(run: Run) -> pd.DataFrame:
    """Every visit to the site, as it happened, day by day."""
    order = np.argsort(run.visits["day"], kind="stable")
    v = {name: values[order] for name, values in run.visits.items()}
    return pd.DataFrame(
        {
            "session_id": v["visit"],
            "visitor_id": ids.visitor_of(v["visit"]),
            "date": calendar.dates(v["day"]),
            "channel": words(v["channel"], CHANNELS),
            "region": words(v["region"], REGIONS),
            "segment": words(v["segment"], run.parameters.segments),
            "device": words(v["mobile"].view(np.int8), ("desktop", "mobile")),
            "page_load_s": v["load_s"],
            "last_stage": words(v["stage"], STAGES),
        }
    )


def site_performance(run: Run) -> pd.DataFrame:
    """Load time and conversion of the site by day and device."""
    v = run.visits
    stage = v["stage"]
    table = pd.DataFrame(
        {
            "date": calendar.dates(v["day"]),
            "device": words(v["mobile"].view(np.int8), ("desktop", "mobile")),
            "page_load_s": v["load_s"].astype(float),
            "bounces": stage == BOUNCE,
            "carts": (stage > BROWSE) & (stage <= ORDER),
            "checkouts": (stage >= CHECKOUT) & (stage <= ORDER),
            "orders": stage == ORDER,
        }
    )
    by = table.groupby(["date", "device"], observed=True)
    load = by["page_load_s"].quantile(np.array([0.5, 0.75])).unstack()
    load.columns = ["page_load_p50_s", "page_load_p75_s"]
    counts = by[["bounces", "carts", "checkouts", "orders"]].sum()
    counts.insert(0, "sessions", by.size())
    return load.join(counts).round(4).reset_index()


# A path is read as digits, so it may have this many steps before it is cut.
LONGEST_PATH = 15


def journeys(run: Run) -> pd.DataFrame:
    """Every visitor's way: channels in order, and what came of it."""
    return journeys_of(sessions(run))


def journeys_of(visits: pd.DataFrame) -> pd.DataFrame:
    """One row a visitor from their visits; of a longer way the first fifteen steps."""
    order = np.lexsort((visits["session_id"], visits["date"], visits["visitor_id"]))
    ordered = visits.iloc[order]
    visitor = ordered["visitor_id"].to_numpy()
    start = np.flatnonzero(np.diff(visitor, prepend=-1))
    end = np.append(start[1:], len(visitor))[: len(start)] - 1
    date, stage = ordered["date"].to_numpy(), ordered["last_stage"].cat.codes.to_numpy()
    outcome = np.maximum.reduceat(stage, start) if len(start) else stage
    return pd.DataFrame(
        {
            "visitor_id": visitor[start],
            "first_visit": date[start],
            "last_visit": date[end],
            "visits": (end - start + 1).astype(np.int64),
            "path": paths(ordered["channel"].cat.codes.to_numpy(), start, end),
            "outcome": words(np.maximum(outcome - CHECKOUT, 0), ("none", "order", "lead")),
        }
    )


def paths(channel: np.ndarray, start: np.ndarray, end: np.ndarray) -> Any:
    """Channels of each journey in words: "paid_social > direct"."""
    code, base = np.zeros(len(start), dtype=np.int64), len(CHANNELS) + 1
    for step in range(LONGEST_PATH):
        there = start + step <= end
        here = np.where(there, channel[np.minimum(start + step, end)] + 1, 0)
        code = code * np.where(there, base, 1) + here
    found, which = np.unique(code, return_inverse=True)
    return words(which, tuple(_spelt(int(number), base) for number in found))


def _spelt(code: int, base: int) -> str:
    steps = []
    while code:
        code, channel = divmod(code, base)
        steps.append(CHANNELS[channel - 1])
    return " > ".join(reversed(steps))

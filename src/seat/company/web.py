"""The site: who stays, who is interested, who converts, who comes back.

Every visit is one slot of a day, an arrival and a region. A visitor makes one
visit at a time and stops for good at an order or a lead form, so a visitor
converts at most once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from . import ids, market
from .arrays import numbers, ordinals, repeated, wider
from .draws import (
    CHUNK,
    Draws,
    FloatArray,
    IntArray,
    exponential,
    geometric,
    log_odds,
    logistic,
    poisson,
)
from .market import BRAND, DISPLAY, GENERIC, POST, REFERRAL, SEARCH, SOCIAL_AD, Market
from .parameters import CHANNELS, Parameters
from .plan import Schedule, SplitTest

STAGES = ("bounce", "browse", "cart", "checkout", "order", "lead")
BOUNCE, BROWSE, CART, CHECKOUT, ORDER, LEAD = range(6)

CHANNEL = {name: code for code, name in enumerate(CHANNELS)}
DIRECT, ORGANIC, BRAND_AD, EMAIL = (
    CHANNEL[name] for name in ("direct", "organic_search", "brand_search", "email")
)
CHANNEL_OF_ARRIVAL = np.zeros(REFERRAL + 1, dtype=np.int8)
CHANNEL_OF_ARRIVAL[[BRAND, SEARCH, GENERIC, SOCIAL_AD, DISPLAY, POST, REFERRAL]] = [
    CHANNEL[name]
    for name in (
        *("direct", "organic_search", "generic_search", "paid_social"),
        *("display", "organic_social", "referral"),
    )
]
# Share of brand demand that types the address rather than the name.
TYPED = 0.6
# Later visits of a journey before we stop following it.
LONGEST_JOURNEY = 10

COLUMNS = {
    "visit": np.int64,
    "day": np.int16,
    "channel": np.int8,
    "region": np.int8,
    "segment": np.int8,
    "mobile": np.bool_,
    "load_s": np.float32,
    "stage": np.int8,
}
Visits = dict[str, np.ndarray]


@dataclass(frozen=True)
class Site:
    """What the firm decided about the site, day by day, ready for look-up."""

    days: int
    load_s: FloatArray
    price_log: FloatArray
    pays: FloatArray
    cart_factor: FloatArray
    form_factor: FloatArray
    content_intent: FloatArray
    mailing_days: IntArray
    mailings_sent: IntArray
    unsubscribe: FloatArray
    brand_ads: FloatArray
    split: SplitTest | None


def site_of(parameters: Parameters, schedule: Schedule, brand_ads: FloatArray) -> Site:
    """Read a schedule the way the site needs it."""
    missing = parameters.no_funnel_rate
    mails = schedule.numbers("emails_per_month")
    due = np.floor(np.cumsum(mails * 12 / 365.25) + 1e-9).astype(np.int64)
    return Site(
        days=schedule.days,
        load_s=schedule.numbers("page_load_s"),
        price_log=np.log(schedule.numbers("price") / parameters.price_reference),
        pays=parameters.payment_made * (1 - schedule.numbers("checkout_error_rate")),
        cart_factor=np.where(schedule.numbers("checkout") > 0, 1.0, missing),
        form_factor=np.where(schedule.numbers("lead_form") > 0, 1.0, missing),
        content_intent=parameters.how_to_intent * (schedule.how_to_share() - 0.3),
        mailing_days=repeated(numbers(schedule.days), np.diff(due, prepend=0)),
        mailings_sent=due,
        unsubscribe=unsubscribe_rate(parameters, mails),
        brand_ads=brand_ads,
        split=schedule.split,
    )


def unsubscribe_rate(parameters: Parameters, mails: FloatArray) -> FloatArray:
    """Share of the list that leaves at one mailing; frequent mail tires people."""
    tired = (np.maximum(mails, 1e-9) / 2) ** parameters.fatigue
    return np.minimum(parameters.unsubscribe_rate * tired, 1.0)


class VisitLog:
    """Preallocated columns that visits are written into."""

    def __init__(self, room: int) -> None:
        self.filled = 0
        self.columns: dict[str, np.ndarray] = {
            name: np.empty(room, kind) for name, kind in COLUMNS.items()
        }

    def add(self, visits: Visits) -> None:
        start, self.filled = self.filled, self.filled + len(visits["visit"])
        if self.filled > len(self.columns["visit"]):
            self._grow()
        for name, column in self.columns.items():
            column[start : self.filled] = visits[name]

    def _grow(self) -> None:
        room = self.filled + self.filled // 4
        self.columns = {name: wider(column, room) for name, column in self.columns.items()}

    def visits(self) -> Visits:
        return {name: column[: self.filled] for name, column in self.columns.items()}


def run(
    draws: Draws, parameters: Parameters, site: Site, day_market: Market, first_day: int = 0
) -> VisitLog:
    """All visits but referrals, with the journeys that follow from them."""
    counts = first_visits(draws, day_market.expected, first_day)
    log = VisitLog(int(counts.sum() * 1.2) + 1024)
    pending = [serve(draws, parameters, site, log, *cells) for cells in _cells_in_pieces(counts)]
    while pending:
        visit, day, mailed = follow(draws, parameters, site, *_joined(pending))
        pending = [
            serve_again(draws, parameters, site, log, visit[part], day[part], mailed[part])
            for part in _pieces(len(visit))
        ]
    return log


def _pieces(count: int) -> list[slice]:
    return [slice(at, at + CHUNK) for at in range(0, count, CHUNK)]


def first_visits(draws: Draws, expected: FloatArray, first_day: int = 0) -> IntArray:
    """Number of first visits by day, arrival and region."""
    days, arrivals, regions = expected.shape
    cell = ids.visitor_base(
        numbers(days)[:, None, None], numbers(arrivals)[:, None], numbers(regions)
    )
    u = draws.uniform("first_visits", cell.ravel()).reshape(expected.shape)
    counts = poisson(u, expected)
    counts[:first_day] = 0
    return counts


def _cells_in_pieces(
    counts: IntArray,
) -> Iterator[tuple[IntArray, IntArray, np.ndarray, np.ndarray]]:
    """Visitors and their cell's day, arrival and region, a cache-full at a time."""
    flat = counts.ravel()
    _, arrivals, regions = counts.shape
    ends = np.cumsum(flat)
    for start in range(0, int(ends[-1]), CHUNK):
        stop = min(start + CHUNK, int(ends[-1]))
        low, high = np.searchsorted(ends, [start, stop - 1], side="right")
        cells = numbers(low, high + 1)
        begins = ends[cells] - flat[cells]
        share = np.minimum(ends[cells], stop) - np.maximum(begins, start)
        day, rest = np.divmod(cells, arrivals * regions)
        arrival, region = np.divmod(rest, regions)
        base = ids.visitor_base(day, arrival, region) - begins
        visitor = repeated(base, share) + numbers(start, stop)
        yield (
            visitor,
            repeated(day, share),
            repeated(arrival.astype(np.int8), share),
            repeated(region.astype(np.int8), share),
        )


def _joined(parts: list[tuple[np.ndarray, ...]]) -> tuple[np.ndarray, ...]:
    return tuple(np.concatenate(columns) for columns in zip(*parts, strict=True))


def serve(
    draws: Draws,
    parameters: Parameters,
    site: Site,
    log: VisitLog,
    visitor: IntArray,
    day: IntArray,
    arrival: IntArray,
    region: IntArray,
) -> tuple[np.ndarray, ...]:
    """Let first visits happen; return those that another one follows."""
    channel = CHANNEL_OF_ARRIVAL[arrival]
    visit = ids.first_visit(visitor)
    brand = np.flatnonzero(arrival == BRAND)
    if len(brand):
        channel[brand] = brand_channel(
            draws, parameters, site, visit[brand], day[brand], region[brand]
        )
        kept = np.flatnonzero(channel >= 0)
        visit, day, channel, region = (v[kept] for v in (visit, day, channel, region))
    return attend(draws, parameters, site, log, visit, day, channel, region)


def serve_again(
    draws: Draws,
    parameters: Parameters,
    site: Site,
    log: VisitLog,
    visit: IntArray,
    day: IntArray,
    mailed: np.ndarray,
) -> tuple[np.ndarray, ...]:
    """Let later visits of journeys happen."""
    region = ids.region_of(ids.visitor_of(visit))
    channel = brand_channel(draws, parameters, site, visit, day, region)
    # Who comes by mail needs no brand ad, and is not lost without one.
    channel[mailed] = EMAIL
    kept = np.flatnonzero(channel >= 0)
    visit, day, channel, region = (v[kept] for v in (visit, day, channel, region))
    return attend(draws, parameters, site, log, visit, day, channel, region)


def brand_channel(
    draws: Draws,
    parameters: Parameters,
    site: Site,
    visit: IntArray,
    day: IntArray,
    region: IntArray,
) -> np.ndarray:
    """How somebody who wants this firm arrives; -1 if an ad was missing and they did not.

    The ad is clicked by people of whom nearly all would have come anyway.
    """
    click, typed, anyway = draws.parts("brand", visit, 3)
    paid = click < site.brand_ads[day, region]
    lost = ~paid & (click < parameters.brand_ad_reach) & (anyway > parameters.brand_fallback)
    free = np.where(typed < TYPED, DIRECT, ORGANIC)
    return np.where(paid, BRAND_AD, np.where(lost, -1, free)).astype(np.int8)


def attend(
    draws: Draws,
    parameters: Parameters,
    site: Site,
    log: VisitLog,
    visit: IntArray,
    day: IntArray,
    channel: np.ndarray,
    region: np.ndarray,
) -> tuple[np.ndarray, ...]:
    """Walk visits down the funnel, write them down, return those another one follows."""
    person = ids.visitor_of(visit)
    which, device = draws.parts("visitor", person, 2)
    segment = segment_of(parameters, which)
    mobile = device < parameters.mobile_share
    luck, patience = draws.parts("load_bounce", visit, 2)
    factor = np.where(mobile, parameters.load_mobile, parameters.load_desktop)
    load_s = site.load_s[day] * factor * np.exp(parameters.load_spread * log_odds(luck))
    if site.split:
        load_s *= site.split.factors(draws, "page_load_s", person, day)
    leave = parameters.bounce_base + parameters.bounce_per_second * (load_s - 2)
    leave += parameters.bounce_mobile * mobile
    stay = np.flatnonzero(patience > logistic(leave))
    stage = np.zeros(len(visit), dtype=np.int8)
    stage[stay] = browse(
        draws, parameters, site, visit[stay], day[stay], channel[stay], segment[stay], load_s[stay]
    )
    log.add(
        dict(
            zip(COLUMNS, (visit, day, channel, region, segment, mobile, load_s, stage), strict=True)
        )
    )
    mailed = channel == EMAIL
    open_ = np.flatnonzero(((stage > BOUNCE) | mailed) & (stage < ORDER))
    return undecided(draws, parameters, visit[open_], day[open_], mailed[open_])


def segment_of(parameters: Parameters, u: FloatArray) -> np.ndarray:
    edges = np.cumsum(parameters.segment_share)[:-1]
    return (u > edges[0]).view(np.int8) + (u > edges[1]).view(np.int8)


def browse(
    draws: Draws,
    parameters: Parameters,
    site: Site,
    visit: IntArray,
    day: IntArray,
    channel: np.ndarray,
    segment: np.ndarray,
    load_s: FloatArray,
) -> np.ndarray:
    """Furthest stage of the visits that stayed."""
    route, want = draws.parts("interest", visit, 2)
    interest = np.array(parameters.intent)[channel] - parameters.interest_per_second * (load_s - 2)
    interest += np.where(channel == CHANNEL["organic_social"], site.content_intent[day], 0.0)
    sales = route < np.array(parameters.route_to_sales)[segment]
    base = np.where(sales, parameters.form_base, parameters.cart_base)
    price_log = site.price_log[day]
    if site.split:
        person = ids.visitor_of(visit)
        price_log = price_log + np.log(site.split.factors(draws, "price", person, day))
    price = np.where(sales, 0.0, parameters.price_slope * price_log)
    open_door = np.where(sales, site.form_factor[day], site.cart_factor[day])
    yes = want < open_door * logistic(base + interest - price)
    stage = np.full(len(visit), BROWSE, dtype=np.int8)
    stage[yes & sales] = LEAD
    carts = np.flatnonzero(yes & ~sales)
    stage[carts] = check_out(draws, parameters, site, visit[carts], day[carts])
    return stage


def check_out(
    draws: Draws, parameters: Parameters, site: Site, visit: IntArray, day: IntArray
) -> np.ndarray:
    """How far filled carts get."""
    reach, pay = draws.parts("checkout", visit, 2)
    reached = reach < parameters.checkout_reached
    return CART + reached.astype(np.int8) + (reached & (pay < site.pays[day]))


def undecided(
    draws: Draws, parameters: Parameters, visit: IntArray, day: IntArray, mailed: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Visits that are followed by another: visit, day, and whether a mailing brings it."""
    next_move = draws.uniform("next_move", visit)
    subscribed = mailed | (next_move > 1 - parameters.subscribe_rate)
    going_on = np.flatnonzero(subscribed | (next_move < parameters.return_rate))
    return visit[going_on], day[going_on], subscribed[going_on]


def follow(
    draws: Draws,
    parameters: Parameters,
    site: Site,
    visit: IntArray,
    day: IntArray,
    subscribed: np.ndarray,
) -> tuple[IntArray, IntArray, np.ndarray]:
    """Next visits of the undecided, those after the last day left out."""
    back, back_day = come_back(draws, parameters, visit[~subscribed], day[~subscribed])
    click, click_day = click_mail(draws, parameters, site, visit[subscribed], day[subscribed])
    following = np.concatenate([back, click]) + 1
    on = np.concatenate([back_day, click_day])
    by_mail = numbers(len(following)) >= len(back)
    ok = (on < site.days) & ((following & ids.LAST_ORDINAL) <= LONGEST_JOURNEY)
    return following[ok], on[ok], by_mail[ok]


def come_back(
    draws: Draws, parameters: Parameters, visit: IntArray, day: IntArray
) -> tuple[IntArray, IntArray]:
    """Visitors who think it over and return some days later."""
    wait = 1 + exponential(draws.uniform("return_delay", visit), parameters.return_delay)
    return visit, day + wait.astype(np.int64)


def click_mail(
    draws: Draws, parameters: Parameters, site: Site, visit: IntArray, day: IntArray
) -> tuple[IntArray, IntArray]:
    """Subscribers' next click on a mailing, if they are still on the list by then."""
    click, stay = draws.uniforms("mail_click mail_stay", visit)
    gap = np.minimum(geometric(click, parameters.click_rate), 10_000).astype(np.int64)
    number = site.mailings_sent[day] + gap - 1
    listed = stay < (1 - site.unsubscribe[day]) ** gap
    got = np.flatnonzero(listed & (number < len(site.mailing_days)))
    return visit[got], site.mailing_days[number[got]]


def referred(
    draws: Draws,
    parameters: Parameters,
    site: Site,
    log: VisitLog,
    expected: FloatArray,
    days: IntArray,
) -> None:
    """Visits sent by satisfied customers: ``expected`` by day of ``days`` and region.

    They come decided: one visit, no journey after it.
    """
    regions = numbers(expected.shape[1])
    cell = ids.visitor_base(days[:, None], market.REFERRAL, regions)
    count = poisson(draws.uniform("first_visits", cell.ravel()), expected.ravel())
    visitor = repeated(cell.ravel(), count)
    visitor += ordinals(count)
    day = repeated(repeated(days, len(regions)), count)
    for at in range(0, len(visitor), CHUNK):
        piece = visitor[at : at + CHUNK]
        arrival = np.full(len(piece), REFERRAL)
        serve(
            draws, parameters, site, log, piece, day[at : at + CHUNK], arrival, ids.region_of(piece)
        )

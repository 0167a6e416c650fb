"""Marketing: from spend and posts to awareness and visits.

Nothing here depends on how well the firm serves its customers, so all days
are worked out at once, before the weeks are walked through.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import calendar
from .arrays import counted, numbers, ordinals, repeated
from .draws import Draws, FloatArray, IntArray, log_odds, normal, poisson, weibull
from .parameters import PAID, PLATFORMS, REGIONS, Parameters
from .plan import Schedule

# How a visit came about. Brand demand shows up as direct, unpaid search or a
# click on a brand ad; the others are channels.
BRAND, SEARCH, GENERIC, SOCIAL_AD, DISPLAY, POST, REFERRAL = range(7)
PAID_ARRIVALS = (GENERIC, SOCIAL_AD, DISPLAY)

# The firm's habit: budgets swell with the season, and in some weeks a
# channel is paused or pushed.
CALENDAR_SWING = 0.45
PAUSED_WEEKS, PUSHED_WEEKS = 0.10, 0.10
PAUSE, PUSH = 0.35, 1.65


@dataclass(frozen=True)
class Posts:
    """Each social post: day, place, kind and what it earned."""

    day: IntArray
    ordinal: IntArray
    platform: np.ndarray
    how_to: np.ndarray
    impressions: IntArray
    engagements: IntArray
    followers: FloatArray


@dataclass(frozen=True)
class Market:
    """Everything marketing causes before anybody arrives at the site.

    ``expected`` is visits by day, arrival and region; ``brand_ads`` the share
    of brand demand that meets a paid ad, by day and region.
    """

    spend_cents: IntArray
    season: FloatArray
    response: FloatArray
    awareness: FloatArray
    brand_ads: FloatArray
    expected: FloatArray
    posts: Posts


def run(draws: Draws, parameters: Parameters, schedule: Schedule) -> Market:
    """Work out all days of a plan."""
    day = numbers(schedule.days)
    season = season_of(parameters, day)
    spend_cents = spend(draws, parameters, schedule)
    response = respond(parameters, spend_cents, schedule.size)
    posts = publish(draws, parameters, schedule)
    engagement = counted(posts.day, posts.engagements, schedule.days)
    awareness = remember(parameters, response, engagement)
    noise = regional_noise(draws, parameters, schedule.days)
    level = season[:, None] * noise * np.array(parameters.region_share) * schedule.size
    expected = expected_visits(parameters, response, awareness, engagement, level)
    brand_ads = parameters.brand_ad_reach * response[:, 0]
    return Market(spend_cents, season, response, awareness, brand_ads, expected, posts)


def season_of(parameters: Parameters, day: IntArray) -> FloatArray:
    """Demand on each day over the average of the first year."""
    angle = 2 * np.pi * (day - parameters.season_peak_day) / 365.25
    week = np.where(calendar.open_day(day), 1.0, parameters.weekend_share)
    week /= (5 + 2 * parameters.weekend_share) / 7
    return (1 + parameters.season_swing * np.cos(angle)) * week * np.exp(parameters.growth * day)


def regional_noise(draws: Draws, parameters: Parameters, days: int) -> FloatArray:
    """Weekly ups and downs of each region, the same under every plan."""
    weeks = -(-days // 7)
    ids = numbers(weeks * len(REGIONS))
    shock = normal(draws.uniform("regional_week", ids)).reshape(weeks, len(REGIONS))
    return np.exp(parameters.regional_noise * np.repeat(shock, 7, axis=0)[:days])


def spend(draws: Draws, parameters: Parameters, schedule: Schedule) -> IntArray:
    """Cents by day, paid channel and region: plan x ad calendar x region's share."""
    factor = np.where(schedule.seasonal()[:, None], ad_calendar(draws, schedule.days), 1.0)
    cents = schedule.spend() * factor * 100
    by_region = cents[:, :, None] * np.array(parameters.region_share)
    for test in schedule.tests:
        by_region[test.first : test.last, test.channel, list(test.regions)] *= test.factor
    cents = np.round(by_region).astype(np.int64)
    if schedule.spent is not None:
        cents[: len(schedule.spent)] = schedule.spent
    return cents


def ad_calendar(draws: Draws, days: int) -> FloatArray:
    """The firm's own factor on spend by day and channel; about 1 over a year."""
    day = numbers(days)
    # Money follows the crowd: the budget's season is the market's, so spend
    # and sales rise together whether or not one causes the other.
    swing = 1 + CALENDAR_SWING * np.cos(2 * np.pi * (day - 171.0) / 365.25)
    weeks = numbers(-(-days // 7))
    ids = weeks[:, None] * 16 + numbers(len(PAID))
    u = draws.uniform("ad_week", ids.ravel()).reshape(ids.shape)
    pulse = np.where(u < PAUSED_WEEKS, PAUSE, np.where(u > 1 - PUSHED_WEEKS, PUSH, 1.0))
    return swing[:, None] * np.repeat(pulse, 7, axis=0)[:days]


def respond(parameters: Parameters, spend_cents: IntArray, size: float) -> FloatArray:
    """Share of each channel's ceiling reached, by day, channel and region."""
    share = np.array(parameters.region_share)
    national = spend_cents / 100 / (share * size)
    if parameters.response == "threshold_contagion":
        return threshold_contagion(parameters, national)
    return adstock_hill(parameters, national)


def adstock_hill(parameters: Parameters, dollars: FloatArray) -> FloatArray:
    """Geometric carry-over, then Hill saturation (both on dollars a day)."""
    keep = np.array(parameters.carry_over)[:, None]
    stock = carry(dollars, keep)
    z = (stock / np.array(parameters.half_spend)[:, None]) ** np.array(parameters.slope)[:, None]
    return z / (1 + z)


def carry(dollars: FloatArray, keep: FloatArray) -> FloatArray:
    """Normalised adstock: steady spend of x has a stock of x."""
    stock, out = np.zeros(dollars.shape[1:]), np.empty_like(dollars)
    for today, spent in enumerate(dollars):
        stock = keep * stock + (1 - keep) * spent
        out[today] = stock
    return out


def threshold_contagion(parameters: Parameters, dollars: FloatArray) -> FloatArray:
    """A world that is neither adstock nor Hill.

    Two weeks' average spend below half of ``half_spend`` does nothing; above
    it the effect rises in a straight line and is full at twice ``half_spend``.
    People pass it on while it is seen, and forget two percent of it a day.
    """
    total = np.cumsum(dollars, axis=0)
    total[14:] = total[14:] - total[:-14]
    mean = total / np.minimum(numbers(1, len(dollars) + 1), 14)[:, None, None]
    half = np.array(parameters.half_spend)[:, None]
    direct = np.clip((mean - 0.5 * half) / (1.5 * half), 0.0, 1.0)
    heard, out = np.zeros(direct.shape[1:]), np.empty_like(direct)
    for today, seen in enumerate(direct):
        heard = np.maximum(seen, 0.98 * heard + 0.1 * (np.sqrt(heard) - heard) * seen)
        out[today] = heard
    return out


def remember(parameters: Parameters, response: FloatArray, engagement: FloatArray) -> FloatArray:
    """Share of each region that knows the name, day by day (Nerlove-Arrow)."""
    gain = np.einsum("tcr,c->tr", response, np.array(parameters.awareness_gain))
    gain += parameters.awareness_base + parameters.post_awareness * engagement[:, None]
    gain = np.minimum(gain, 1 - parameters.awareness_loss)
    aware, out = np.full(gain.shape[1], parameters.awareness_start), np.empty_like(gain)
    keep = 1 - gain - parameters.awareness_loss
    for today in range(len(gain)):
        aware = aware * keep[today] + gain[today]
        out[today] = aware
    return out


def expected_visits(
    parameters: Parameters,
    response: FloatArray,
    awareness: FloatArray,
    engagement: FloatArray,
    level: FloatArray,
) -> FloatArray:
    """Mean visits by day, arrival and region; referrals come later, from customers."""
    out = np.empty((len(level), REFERRAL, level.shape[1]))
    out[:, BRAND] = parameters.brand_demand * awareness
    out[:, SEARCH] = parameters.search_demand
    for arrival in PAID_ARRIVALS:
        channel = arrival - 1
        out[:, arrival] = parameters.click_ceiling[channel] * response[:, channel]
    out[:, POST] = (parameters.post_visits * engagement)[:, None]
    return out * level[:, None, :]


def publish(draws: Draws, parameters: Parameters, schedule: Schedule) -> Posts:
    """The posts of a plan. A post's number is its day and its order that day."""
    posts_per_day = schedule.numbers("posts_per_week") / 7
    due = np.floor(np.cumsum(posts_per_day) + 1e-9).astype(np.int64)
    count = np.diff(due, prepend=0)
    day = repeated(numbers(schedule.days), count)
    ordinal = ordinals(count)
    key = day << 8 | ordinal
    kind, place, luck, seen = draws.uniforms("post_kind post_place post_luck post_seen", key)
    how_to = kind < schedule.how_to_share()[day]
    platform = (place * len(PLATFORMS)).astype(np.int8)
    followers = followers_on(parameters, posts_per_day)[day, platform]
    lift = np.where(how_to, parameters.how_to_engagement, 1.0)
    rate = np.array(parameters.engagement_rate)[platform] * lift
    # Weibull of shape 0.8: a median of 0.63 and a long tail of lucky posts.
    rate = rate * weibull(luck, 1 / 0.63246, 0.8)
    engagements = poisson(seen, followers * rate)
    impressions = np.round(followers * 0.12 * np.exp(0.5 * log_odds(luck))).astype(np.int64)
    impressions = np.maximum(impressions, engagements)
    return Posts(day, ordinal, platform, how_to, impressions, engagements, followers)


def followers_on(parameters: Parameters, posts_per_day: FloatArray) -> FloatArray:
    """Followers by day and platform; they grow with posting, not with luck."""
    start, rate = np.array(parameters.followers), np.array(parameters.engagement_rate)
    gain = parameters.follower_gain * np.cumsum(posts_per_day)[:, None] / len(PLATFORMS)
    return start * np.exp(np.minimum(gain * rate, 3.0))

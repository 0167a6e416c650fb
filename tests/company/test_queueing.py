"""First come, first served: exact, and in step with the theory of queues."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seat.company import calendar
from seat.company.calendar import NEVER
from seat.company.draws import Draws, exponential, master_key
from seat.company.queueing import Queue, staffed

NOBODY_LEAVES = np.full(50, NEVER)


def serve(arrivals, work, servers):
    queue = Queue(np.zeros(servers, dtype=np.int64), NOBODY_LEAVES[:servers])
    return queue.serve(np.array(arrivals), np.array(work))[0]


def test_people_are_served_in_the_order_they_came():
    assert serve([0, 1, 2, 3], [10, 10, 10, 10], servers=2).tolist() == [0, 1, 10, 11]


lines = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 200)), min_size=1, max_size=60)


@given(lines, st.integers(1, 6))
def test_one_more_server_never_lengthens_a_wait(line, servers):
    arrivals = np.cumsum([gap for gap, _ in line])
    work = [w for _, w in line]
    assert (serve(arrivals, work, servers + 1) <= serve(arrivals, work, servers)).all()


@given(lines, st.integers(1, 4), st.integers(1, 59))
def test_serving_in_two_parts_is_serving_at_once(line, servers, cut):
    arrivals, work = np.cumsum([gap for gap, _ in line]), np.array([w for _, w in line])
    queue = Queue(np.zeros(servers, dtype=np.int64), NOBODY_LEAVES[:servers])
    parts = [queue.serve(arrivals[s], work[s])[0] for s in (slice(cut), slice(cut, None))]
    assert np.concatenate(parts).tolist() == serve(arrivals, work, servers).tolist()


def erlang_c(load, servers):
    blocked = 1.0
    for k in range(1, servers + 1):
        blocked = load * blocked / (k + load * blocked)
    return servers * blocked / (servers - load * (1 - blocked))


@pytest.mark.parametrize("utilisation", [0.5, 0.7, 0.9])
def test_waiting_agrees_with_erlang(utilisation):
    servers, service, count = 10, 60_000, 300_000
    draws = Draws(master_key(1))
    gap, effort = draws.uniforms("gap effort", np.arange(count))
    arrivals = np.cumsum(exponential(gap, service / servers / utilisation)).astype(np.int64)
    work = exponential(effort, service).astype(np.int64)
    wait = serve(arrivals, work, servers) - arrivals
    chance = erlang_c(servers * utilisation, servers)
    assert (wait > 0).mean() == pytest.approx(chance, abs=0.025)
    mean = chance * service / (servers * (1 - utilisation))
    assert wait.mean() == pytest.approx(mean, rel=0.12)
    # Little's law: people waiting = arrivals per second x seconds of waiting.
    moments = np.linspace(arrivals[1000], arrivals[-1000], 200_000)
    line = np.searchsorted(arrivals, moments) - np.searchsorted(np.sort(arrivals + wait), moments)
    assert line.mean() == pytest.approx(wait.mean() * count / arrivals[-1], rel=0.08)


def test_nobody_to_serve_means_waiting_for_ever():
    assert (serve([0, 1], [5, 5], servers=0) == NEVER).all()


def test_who_is_hired_later_serves_later():
    begins, leaves = staffed(np.array([0] * 7 + [1] * 60), ramp_days=7)
    start, server = Queue(begins, leaves).serve(np.array([0]), np.array([60]))
    assert calendar.moment_of(start)[0] == 14 * 86_400 + calendar.OPENS
    assert server.tolist() == [0]


def test_who_leaves_finishes_but_starts_nothing_new():
    begins, leaves = staffed(np.array([2] * 7 + [1] * 7), ramp_days=45)
    last = int(leaves.min())
    queue = Queue(begins, leaves)
    start, server = queue.serve(np.array([last - 10, last - 5, last + 1]), np.array([100, 90, 10]))
    assert (start - last).tolist() == [-10, -5, 90]
    assert server[2] == server[0]


@settings(max_examples=200)
@given(st.integers(0, 700 * 86_400))
def test_opening_hours_and_moments_are_inverse(moment):
    working = calendar.working_seconds(np.array([moment]))
    back = calendar.moment_of(working)
    assert calendar.working_seconds(back) == working
    day, second = divmod(moment, 86_400)
    if day % 7 < 5 and calendar.OPENS <= second < calendar.CLOSES:
        assert back == moment
    else:
        assert back >= moment - (second >= calendar.CLOSES) * 86_400


def test_erlang_of_the_book():
    """100 calls an hour of 180 s and 8 agents: 88.0 % within 20 s."""
    within = 1 - erlang_c(5, 8) * math.exp(-(8 - 5) * 20 / 180)
    assert within == pytest.approx(0.880, abs=0.0005)

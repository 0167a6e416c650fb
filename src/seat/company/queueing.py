"""First come, first served, with any number of servers: exact, not averaged.

Time is working seconds. Servers may be hired for a later moment and may
leave; who has started to serve finishes.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush, heapreplace

import numpy as np

from .calendar import DAY_SECONDS, NEVER, working_seconds
from .draws import IntArray

_BITS = 16
_MASK = (1 << _BITS) - 1


class Queue:
    """A line of people served in the order of their arrival."""

    def __init__(self, begins: IntArray, leaves: IntArray) -> None:
        self.leaves = leaves.tolist()
        self._anyone_leaves = bool((leaves < NEVER).any())
        # The moment a server is free and the server's number, in one integer.
        self._free = [int(begin) << _BITS | number for number, begin in enumerate(begins.tolist())]
        heapify(self._free)

    def serve(self, arrivals: IntArray, seconds: IntArray) -> tuple[IntArray, IntArray]:
        """Moment each is served and by whom; NEVER and -1 if nobody is left to serve.

        ``arrivals`` must not decrease, within a call and between calls.
        """
        if self._anyone_leaves:
            starts, servers = self._serve_while_some_leave(arrivals.tolist(), seconds.tolist())
        else:
            starts, servers = self._serve(arrivals.tolist(), seconds.tolist())
        return np.array(starts, dtype=np.int64), np.array(servers, dtype=np.int64)

    def _serve(self, arrivals: list[int], seconds: list[int]) -> tuple[list[int], list[int]]:
        free, starts, servers = self._free, [], []
        if not free:
            return [int(NEVER)] * len(arrivals), [-1] * len(arrivals)
        for arrived, work in zip(arrivals, seconds, strict=True):
            soonest = free[0]
            start = soonest >> _BITS
            # Faster than max() by half, and this runs for every ticket.
            if start < arrived:
                start = arrived
            server = soonest & _MASK
            heapreplace(free, (start + work) << _BITS | server)
            starts.append(start)
            servers.append(server)
        return starts, servers

    def _serve_while_some_leave(
        self, arrivals: list[int], seconds: list[int]
    ) -> tuple[list[int], list[int]]:
        free, starts, servers = self._free, [], []
        for arrived, work in zip(arrivals, seconds, strict=True):
            start, server = self._next_server(arrived)
            starts.append(start)
            servers.append(server)
            if server >= 0:
                heappush(free, (start + work) << _BITS | server)
        return starts, servers

    def _next_server(self, arrived: int) -> tuple[int, int]:
        while self._free:
            soonest = heappop(self._free)
            start, server = max(soonest >> _BITS, arrived), soonest & _MASK
            if start < self.leaves[server]:
                return start, server
        return int(NEVER), -1


def staffed(headcount: IntArray, ramp_days: int) -> tuple[IntArray, IntArray]:
    """When each server begins and leaves, from a headcount by day.

    New people need ``ramp_days`` before they serve; those of day 0 are
    trained. The last hired leave first.
    """
    begins: list[int] = []
    leaves: list[int] = []
    working: list[int] = []
    steps = np.flatnonzero(np.diff(headcount, prepend=0))
    for day in steps.tolist():
        wanted = int(headcount[day])
        while len(working) < wanted:
            working.append(len(begins))
            begins.append(day + ramp_days if day else 0)
            leaves.append(-1)
        while len(working) > wanted:
            leaves[working.pop()] = day
    ends = np.array(leaves, dtype=np.int64)
    end_moments = np.where(ends < 0, NEVER, working_seconds(ends * DAY_SECONDS))
    return working_seconds(np.array(begins, dtype=np.int64) * DAY_SECONDS), end_moments

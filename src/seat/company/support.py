"""Support: when a ticket is answered and how that is felt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import calendar
from .calendar import NEVER
from .customers import Base
from .draws import Draws, FloatArray, exponential, logistic
from .parameters import Parameters
from .plan import Schedule
from .queueing import Queue, staffed
from .sales import Columns

COLUMNS = {
    "ticket": np.int64,
    "row": np.int64,
    "moment": np.int64,
    "answered": np.int64,
    "closed": np.int64,
    "agent": np.int64,
    "wait_h": np.float64,
    "csat": np.int8,
}


@dataclass
class Support:
    """The support team at work; holds its queue from one week to the next."""

    draws: Draws
    parameters: Parameters
    queue: Queue

    @classmethod
    def open(cls, draws: Draws, parameters: Parameters, schedule: Schedule) -> Support:
        headcount = schedule.staff("support_agents")
        return cls(draws, parameters, Queue(*staffed(headcount, parameters.hiring_delay_days)))

    def work(self, base: Base, until: int) -> Columns:
        """Answer the tickets written before a day and let customers feel it."""
        tickets = base.tickets_before(until)
        effort, mood = self.draws.uniforms("ticket_work csat", tickets["ticket"])
        minutes = self.parameters.ticket_minutes
        work = (60 + exponential(effort, 60 * minutes - 60)).astype(np.int64)
        came = calendar.working_seconds(tickets["moment"])
        start, tickets["agent"] = self.queue.serve(came, work)
        tickets["answered"] = np.maximum(calendar.moment_of(start), tickets["moment"])
        tickets["closed"] = calendar.moment_of(np.where(start < NEVER, start + work, NEVER))
        # Waiting counts opening hours, as service agreements do.
        tickets["wait_h"] = np.where(start < NEVER, (start - came) / 3600, np.inf)
        tickets["csat"] = satisfaction(self.parameters, mood, tickets["wait_h"])
        base.feel(tickets["row"], np.exp(-tickets["wait_h"] / self.parameters.patience_h))
        return tickets


def satisfaction(parameters: Parameters, u: FloatArray, wait_h: FloatArray) -> np.ndarray:
    """Score from 1 to 5: ordered logit in hours of waiting."""
    cuts = np.array(parameters.csat_cuts)[:, None] - parameters.csat_per_hour * wait_h
    return (1 + (u < logistic(cuts)).sum(axis=0)).astype(np.int8)

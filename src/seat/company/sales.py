"""Sales: who answers a lead and when, which leads qualify, which deals are won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import calendar, ids
from .calendar import DAY_SECONDS, NEVER
from .draws import Draws, FloatArray, IntArray, exponential, log_odds, logistic, weibull
from .parameters import Parameters
from .plan import Schedule
from .queueing import Queue, staffed

# People write between seven in the morning and ten at night.
FIRST_SECOND, LAST_SECOND = 7 * 3600, 22 * 3600

LEAD_COLUMNS = {
    "lead": np.int64,
    "visit": np.int64,
    "moment": np.int64,
    "region": np.int8,
    "segment": np.int8,
    "channel": np.int8,
    "fit": np.float64,
    "points": np.float64,
    "answered": np.int64,
    "rep": np.int64,
    "qualified": np.bool_,
}
DEAL_COLUMNS = {
    "lead": np.int64,
    "region": np.int8,
    "segment": np.int8,
    "channel": np.int8,
    "rep": np.int64,
    "opened": np.int64,
    "closes": np.int64,
    "wins": np.bool_,
}
Columns = dict[str, np.ndarray]


def empty(columns: Mapping[str, type]) -> Columns:
    return {name: np.empty(0, kind) for name, kind in columns.items()}


def joined(parts: list[Columns], columns: Mapping[str, type]) -> Columns:
    """Columns of several parts, one under the other."""
    parts = [*parts, empty(columns)]
    return {name: np.concatenate([part[name] for part in parts]) for name in columns}


def pick(columns: Columns, rows: np.ndarray | slice) -> Columns:
    return {name: values[rows] for name, values in columns.items()}


@dataclass
class Sales:
    """The sales team at work; holds its queue from one window to the next."""

    draws: Draws
    parameters: Parameters
    price_log: FloatArray
    queue: Queue

    @classmethod
    def open(cls, draws: Draws, parameters: Parameters, schedule: Schedule) -> Sales:
        headcount = schedule.staff("sales_reps")
        price_log = np.log(schedule.numbers("price") / parameters.price_reference)
        queue = Queue(*staffed(headcount, parameters.hiring_delay_days))
        return cls(draws, parameters, price_log, queue)

    def work(self, visits: Columns) -> tuple[Columns, Columns]:
        """Answer the leads among some visits; return leads and the deals they open."""
        leads = self._arrive(visits)
        self._answer(leads)
        self._qualify(leads)
        return leads, self._deals(pick(leads, leads["qualified"]))

    def _arrive(self, visits: Columns) -> Columns:
        visit = visits["visit"]
        lead = ids.visitor_of(visit)
        noise, read = self.draws.uniforms("lead_fit lead_score", lead)
        fit = np.array(self.parameters.segment_score)[visits["segment"]]
        fit = fit + 0.5 * np.array(self.parameters.intent)[visits["channel"]]
        fit = fit + self.parameters.score_noise * log_odds(noise)
        leads = {
            "lead": lead,
            "visit": visit,
            "moment": moment_of_visit(self.draws, visit, visits["day"]),
            "region": visits["region"],
            "segment": visits["segment"],
            "channel": visits["channel"],
            "fit": fit,
            # The score sees the fit through a clouded glass.
            "points": np.round(100 * logistic(fit + 0.4 * log_odds(read)), 1),
        }
        return pick(leads, np.lexsort((lead, leads["moment"])))

    def _answer(self, leads: Columns) -> None:
        minutes = self.parameters.lead_minutes
        work = 60 + exponential(self.draws.uniform("lead_work", leads["lead"]), 60 * minutes - 60)
        came = calendar.working_seconds(leads["moment"])
        start, leads["rep"] = self.queue.serve(came, work.astype(np.int64))
        leads["answered"] = np.maximum(calendar.moment_of(start), leads["moment"])

    def _qualify(self, leads: Columns) -> None:
        """A lead that waits cools; a share never minds."""
        p = self.parameters
        hours = (leads["answered"] - leads["moment"]) / 3600
        warm = p.response_floor + (1 - p.response_floor) * np.exp(-hours / p.response_tau_h)
        chance = logistic(p.qualify_base + leads["fit"]) * warm
        u = self.draws.uniform("qualify", leads["lead"])
        leads["qualified"] = (u < chance) & (leads["answered"] < NEVER)

    def _deals(self, leads: Columns) -> Columns:
        p, lead = self.parameters, leads["lead"]
        pace, luck = self.draws.uniforms("deal_days win", lead)
        opened = leads["answered"] // DAY_SECONDS + 1
        days = weibull(pace, np.array(p.cycle_days)[leads["segment"]], p.cycle_shape)
        price = self.price_log[np.minimum(opened, len(self.price_log) - 1)]
        skill = p.rep_skill * log_odds(self.draws.uniform("rep_skill", leads["rep"]))
        odds = p.win_base + p.win_score * leads["fit"] + skill - p.deal_price_slope * price
        return {
            **{name: leads[name] for name in ("lead", "region", "segment", "channel", "rep")},
            "opened": opened,
            "closes": opened + 1 + days.astype(np.int64),
            "wins": luck < logistic(odds),
        }


def moment_of_visit(draws: Draws, visit: IntArray, day: np.ndarray) -> IntArray:
    """Second at which a visit begins."""
    second = FIRST_SECOND + draws.uniform("visit_second", visit) * (LAST_SECOND - FIRST_SECOND)
    return day.astype(np.int64) * DAY_SECONDS + second.astype(np.int64)

"""A world: one firm's parameters and chance. Runs of it are remembered."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from . import calendar, engine
from .draws import Draws
from .engine import Run
from .parameters import Parameters
from .plan import Plan, Schedule, SpendTest, SplitTest

REMEMBERED = 4


@dataclass
class World:
    """What is true and stays the same under every plan."""

    master: bytes
    parameters: Parameters
    size: float = 1.0
    _runs: OrderedDict = field(default_factory=OrderedDict, repr=False)

    def run(
        self,
        plan: Plan,
        days: int = calendar.HISTORY_DAYS,
        tests: tuple[SpendTest, ...] = (),
        split: SplitTest | None = None,
    ) -> Run:
        """All that happens under a plan, with experiments if there are any."""
        wanted = (repr(plan), days, tests, split)
        if wanted not in self._runs:
            schedule = Schedule(plan, days, self.size, tests, split=split)
            self._runs[wanted] = engine.simulate(Draws(self.master), self.parameters, schedule)
        self._runs.move_to_end(wanted)
        while len(self._runs) > REMEMBERED:
            self._runs.popitem(last=False)
        return self._runs[wanted]

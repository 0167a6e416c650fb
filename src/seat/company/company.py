"""The company as a learner meets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd

from . import calendar, dictionary, finance, statements
from .audit import faults
from .draws import Draws, master_key
from .engine import Run
from .errors import NotAllowed, known_name
from .experiments import Experiment, design, observed
from .firms import FIRMS, Firm
from .outlook import Outlook, future_of
from .parameters import Parameters
from .plan import Plan
from .planner import PLANNED_FROM, Planner, plan_ahead
from .tables import TABLES
from .truth import Truth
from .world import World

LARGEST = 400.0


class Company:
    """Two years of one fictional firm, from the first impression to the cash.

    ``Company(seed=7)`` is Quillmere, which sells Quillmere Desk to small
    businesses by the seat: people find it through ads, posts, search and word
    of mouth; some buy at the checkout, some ask for a sales rep; they pay, ask
    for help, stay or leave. Each table is an attribute: ``company.sessions``,
    ``company.leads``, ``company.ledger`` ... ``company.tables`` lists them.
    """

    def __init__(
        self, seed: int = 7, *, firm: str = "software", size: float = 1.0, key: bytes | None = None
    ) -> None:
        if not isinstance(size, (int, float)) or not 0 < size <= LARGEST:
            raise NotAllowed("size", size, f"a number above 0 and up to {LARGEST:g}")
        self.firm: Firm = FIRMS[known_name("firm", firm, FIRMS)]
        master = master_key(seed, key)
        # Each world's parameters lie near the published values, not on them.
        parameters = self.firm.parameters().in_world(Draws(master))
        self._world = World(master, parameters, float(size))
        self._tables: dict[str, pd.DataFrame] = {}

    def __repr__(self) -> str:
        return f"<{self.firm.name}: {self.firm.product}>"

    @property
    def plan(self) -> Plan:
        """What the firm has decided so far; ``plan.change`` says what next."""
        return self.firm.plan

    @property
    def tables(self) -> list[str]:
        """Names of the tables."""
        return list(TABLES)

    def table(self, name: str) -> pd.DataFrame:
        """A table by its name; the same one each time."""
        known_name("table", name, TABLES)
        if name not in self._tables:
            self._tables[name] = TABLES[name](self._run)
        return self._tables[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in TABLES:
            return self.table(name)
        raise AttributeError(f"{type(self).__name__} has no {name!r}. Tables: {', '.join(TABLES)}.")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]

    @cached_property
    def _run(self) -> Run:
        return self._world.run(self.plan)

    @cached_property
    def _movements(self) -> statements.Movements:
        return finance.movements(finance.entries(self._run))

    def income_statement(self, every: str = "Q") -> pd.DataFrame:
        """Revenue down to operating profit by month ("M") or quarter ("Q"), in dollars."""
        return statements.income_statement(self._movements, every)

    def balance_sheet(self, every: str = "Q") -> pd.DataFrame:
        """What the firm has and owes at the end of each month or quarter, in dollars."""
        return statements.balance_sheet(self._movements, every)

    def cash_flow(self, every: str = "Q") -> pd.DataFrame:
        """From operating profit to the change in cash by month or quarter, in dollars."""
        return statements.cash_flow(self._movements, every)

    def budget(self, every: str = "Q") -> pd.DataFrame:
        """Budget and actual of each line, period by period, in dollars or customers.

        The budget is the firm as its managers imagined it: the same decisions,
        published averages in place of this market's habits, another year's luck.
        """
        expected = World(self._world.master + b"budget", self.firm.parameters(), self._world.size)
        budget, actual = (_history(run) for run in (expected.run(self.plan), self._run))
        lines = [line for line in actual.lines() if line not in ("mrr", "cash")]
        parts = [
            pd.DataFrame(
                {
                    "line": line,
                    "budget": budget.values(line, every)[0],
                    "actual": actual.values(line, every)[0],
                }
            )
            for line in lines
        ]
        return pd.concat(parts).set_index("line", append=True)

    def simulate(
        self,
        plan: Plan,
        quarters: int = 4,
        assumptions: Mapping[str, object] | Parameters | None = None,
        runs: int = 20,
    ) -> Outlook:
        """Futures of a plan, from the firm's tables and *your* estimates.

        ``assumptions`` replaces published averages by what you found, such as
        ``{"price_slope": 2.4}``; ``company.published`` lists what can be named.
        """
        return plan_ahead(self._planner, self.published, plan, quarters, assumptions, runs)

    def compare(self, plan: Plan, other: Plan | None = None, **options: object) -> pd.DataFrame:
        """A plan less another (or less going on as now), in futures with the same luck."""
        return self.simulate(plan, **options).compare(other or self.plan)

    @cached_property
    def _planner(self) -> Planner:
        return Planner({name: self.table(name) for name in PLANNED_FROM}, self._world.size, b"plan")

    @property
    def published(self) -> Parameters:
        """Published averages and the firm's own rates: where planning starts."""
        return self.firm.parameters()

    def run_experiment(
        self,
        channel: str,
        regions: Sequence[str],
        days: int = 28,
        change: float = -1.0,
        start: object = None,
    ) -> Experiment:
        """Change a channel's spend in some regions and return what is seen.

        ``change`` is relative: -1 stops the spend, 1 doubles it. It starts the
        day after the history ends unless ``start`` says otherwise.
        """
        test = design(channel, regions, days, change, start)
        return observed(self._world.run(self.plan, test.last, (test,)), test)

    @property
    def truth(self) -> Truth:
        """What is true of this world; look after you have estimated it."""
        return Truth(self._world, self.plan)

    def data_dictionary(self, table: str) -> pd.DataFrame:
        """Meaning and unit of each column of a table."""
        return dictionary.data_dictionary(table)

    def check(self) -> None:
        """Raise if any promise of the books or tables is broken; it never should."""
        if broken := faults(self._run):
            raise AssertionError("Broken promises: " + "; ".join(broken))

    @property
    def first_day(self) -> pd.Timestamp:
        return pd.Timestamp(calendar.FIRST_DAY)

    @property
    def last_day(self) -> pd.Timestamp:
        return self.first_day + pd.Timedelta(days=calendar.HISTORY_DAYS - 1)


def _history(run: Run) -> Outlook:
    """A past as an outlook of one, so that its lines can be read the same way."""
    movements = finance.movements(finance.entries(run))
    return Outlook(run.schedule.plan, (future_of(run, movements),), 0, lambda plan: _history(run))

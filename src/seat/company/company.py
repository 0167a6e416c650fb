"""The company as a learner meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from types import NoneType

import numpy as np
import pandas as pd

from . import calendar, delivery, dictionary, finance, research, site
from .audit import faults
from .books import Books
from .delivery import Delivered
from .draws import Draws, master_key
from .engine import Run
from .errors import NotAllowed, known_name
from .experiments import (
    SPLIT_LEVERS,
    Experiment,
    VisitorTest,
    design,
    design_split,
    observed,
    observed_split,
)
from .firms import FIRMS
from .observation import OBSERVED, hide_numbers, observe
from .outlook import Outlook, future_of
from .tables import TABLES
from .truth import Truth
from .world import World

LARGEST = 400.0
# Studies that are delivered beside the tables.
RESEARCH: dict[str, Callable[[Company], pd.DataFrame]] = {
    "survey_market": lambda company: company.survey("market", 600),
    "survey_customers": lambda company: research.customer_survey(company._run, 300),
    "survey_followers": lambda company: company.survey("followers", 600),
    "perceptions": lambda company: company.perceptions(),
    "staff_perceptions": lambda company: company.perceptions(40, "staff"),
    "choices": lambda company: company.choices(),
    "event_map": lambda company: company.event_map(),
    "budget_lines": lambda company: company._budget_lines,
}


class Observed:
    """The same tables as the firm's tools show them: ``company.observed.sessions``."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._tables: dict[str, pd.DataFrame] = {}

    @property
    def tables(self) -> list[str]:
        return list(OBSERVED)

    def table(self, name: str) -> pd.DataFrame:
        """A table as the tools show it, yours to change."""
        known_name("table", name, OBSERVED)
        if name not in self._tables:
            self._tables[name] = observe(self._run, name)
        return self._tables[name].copy(deep=False)

    def data_dictionary(self, table: str) -> pd.DataFrame:
        """Meaning and unit of each column of a table, as the tools show it."""
        columns = list(self.table(table).columns)
        return dictionary.data_dictionary(table, columns, shown=True)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in OBSERVED:
            return self.table(name)
        raise AttributeError(f"Observed has no {name!r}; see its .tables.")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *OBSERVED]


class Company(Books):
    """Two years of one fictional firm, from the first impression to the cash.

    ``Company(seed=7)`` is Quillmere, which sells Quillmere Desk to small
    businesses by the seat: people find it through ads, posts, search and word
    of mouth; some buy at the checkout, some ask for a sales rep; they pay, ask
    for help, stay or leave. Each table is an attribute: ``company.sessions``,
    ``company.leads``, ``company.ledger`` ... ``company.tables`` lists them.

    Without a seed it is 7. ``firm`` chooses one of three; ``size`` its scale;
    ``response`` a world whose advertising works as the textbooks say or not
    ("threshold_contagion"); ``key`` a secret in place of the seed.
    """

    def __init__(
        self,
        seed: int | None = None,
        *,
        firm: str = "software",
        size: float = 1.0,
        response: str = "adstock_hill",
        key: bytes | None = None,
    ) -> None:
        super().__init__()
        number = isinstance(size, (int, float, np.number)) and not isinstance(size, bool)
        if not number or not 0 < size <= LARGEST:
            raise NotAllowed("size", size, f"a number above 0 and up to {LARGEST:g}")
        self.firm = FIRMS[known_name("firm", firm, FIRMS)]
        self.size, self._short_name = float(size), firm
        if seed is not None and key is not None:
            raise NotAllowed("seed", seed, "either a seed or a key: each makes a world of its own")
        master = master_key(7 if seed is None else seed, key)
        # Each world's parameters lie near the published values, not on them.
        parameters = self.firm.parameters().change(response=response).in_world(Draws(master))
        self._world = World(master, parameters, self.size)

    def __repr__(self) -> str:
        return f"<{self.firm.name}: {self.firm.product}>"

    @property
    def tables(self) -> list[str]:
        """Names of the tables."""
        return list(TABLES)

    def data_dictionary(self, table: str) -> pd.DataFrame:
        """Meaning and unit of each column of a table, or of what is delivered beside them.

        ``company.observed.data_dictionary`` says what the firm's tools show.
        """
        if table in TABLES:
            return super().data_dictionary(table)
        known_name("table", table, (*OBSERVED, *RESEARCH))
        return dictionary.data_dictionary(table, list(self._shown(table).columns), shown=True)

    def _make(self, name: str) -> pd.DataFrame:
        return TABLES[name](self._run)

    @cached_property
    def _run(self) -> Run:
        return self._world.run(self.plan)

    @cached_property
    def _movements(self) -> dict[str, np.ndarray]:
        return finance.movements(finance.entries(self._run))

    @cached_property
    def observed(self) -> Observed:
        """The tables as the firm's tools show them: tracking loss, duplicates, late lines."""
        return Observed(self._run)

    def check(self) -> None:
        """Raise if any promise of the books or tables is broken; it never should."""
        if broken := faults(self._run):
            raise AssertionError("Broken promises: " + "; ".join(broken))

    @cached_property
    def _budget_lines(self) -> pd.DataFrame:
        """The firm as its managers imagined it, month by month, beside what came.

        The same decisions, published averages in place of this market's habits,
        another year's luck.
        """
        expected = World(self._world.master + b"budget", self.firm.parameters(), self.size)
        budget, actual = (_history(run) for run in (expected.run(self.plan), self._run))
        parts = [
            pd.DataFrame(
                {
                    "line": line,
                    "budget": budget.values(line, "M")[0],
                    "actual": actual.values(line, "M")[0],
                }
            )
            for line in actual.lines()
            if line not in ("mrr", "cash")
        ]
        lines = pd.concat(parts)
        lines.insert(
            0, "period", pd.PeriodIndex(lines.index).to_timestamp().astype("datetime64[s]")
        )
        return lines.reset_index(drop=True)

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
        day after the history ends unless ``start`` says otherwise. A start in
        the past replays those days with the same luck and other spend: for
        exercises, as no firm can go back, and compared with the tables of the
        same days it gives the effect away. The tables stay as they are.
        """
        test = design(channel, regions, days, change, start)
        return observed(self._world.run(self.plan, test.last, (test,)), test)

    def run_visitor_test(
        self, lever: str, change: float, days: int = 56, start: object = None
    ) -> VisitorTest:
        """Show half of the visitors another price or speed and return what is seen.

        ``lever`` is "price" (at the checkout) or "page_load_s"; ``change`` is
        relative. Visitors are assigned by lot and stay in their group. A
        start in the past replays those days, as in ``run_experiment``.
        """
        now = self.plan.on(start) if start is not None else self.plan.on()
        known_name("lever of a visitor test", lever, SPLIT_LEVERS)
        test = design_split(lever, getattr(now, lever), days, change, start)
        return observed_split(self._world.run(self.plan, test.last, split=test), test)

    @property
    def truth(self) -> Truth:
        """What is true of this world; look after you have estimated it."""
        return Truth(self._world, self.plan)

    def survey(self, of: str = "market", n: int = 400) -> pd.DataFrame:
        """Answers of n people: "market", "customers" or "followers"."""
        return research.survey(self._run, of, n)

    def perceptions(self, n: int = 300, of: str = "market") -> pd.DataFrame:
        """How n people, "market" or "staff", rate five brands on eight attributes, 1 to 7."""
        return research.perceptions(self._run, self.firm.name, n, of)

    def choices(self, n: int = 300, tasks: int = 8) -> pd.DataFrame:
        """A choice experiment with n people: three offers a task, one chosen."""
        return research.choices(self._run, n, tasks)

    def event_map(self, date: object = "2025-12-31") -> pd.DataFrame:
        """Steps from a visit to the goal: which exist, how often each fired."""
        return site.event_map(self._run, self._day(date))

    def site_log(self, date: object) -> pd.DataFrame:
        """Every request of one day: path, status, time taken."""
        return site.site_log(self._run, self._day(date))

    def _day(self, date: object) -> int:
        return calendar.day_number(date, 0, calendar.HISTORY_DAYS - 1)

    def save(self, folder: str | Path, tables: Sequence[str] | None = None) -> Path:
        """Write the tables as the firm's tools show them; no truth goes along.

        With them go the firm's research: surveys, perceptions, choices, events.
        Parquet where pyarrow is installed, else CSV. ``Company.load`` reads it.
        """
        known = (*OBSERVED, *RESEARCH)
        if not isinstance(tables, (str, Iterable, NoneType)):
            raise NotAllowed("tables", tables, 'a list of names, such as ["leads", "customers"]')
        wanted = [tables] if isinstance(tables, str) else known if tables is None else tables
        names = [known_name("table", name, known) for name in wanted]
        delivery.folder_of(folder)
        shown = {name: self._shown(name) for name in names}
        return delivery.write(folder, shown, self._short_name, self.size, self.plan)

    def _shown(self, name: str) -> pd.DataFrame:
        if name in OBSERVED:
            return self.observed.table(name)
        return hide_numbers(self._run.draws, RESEARCH[name](self))

    @staticmethod
    def load(folder: str | Path) -> Delivered:
        """Read delivered tables; they hold no truth and no world to experiment in."""
        return delivery.read(folder)


def _history(run: Run) -> Outlook:
    """A past as an outlook of one, so that its lines can be read the same way."""
    movements = finance.movements(finance.entries(run))
    return Outlook(run.schedule.plan, (future_of(run, movements),), 0, lambda plan: _history(run))

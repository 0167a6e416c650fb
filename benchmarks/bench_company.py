"""How fast the company runs, and how far that is from what the machine allows.

    python benchmarks/bench_company.py            4k, 10k and 100k customers
    python benchmarks/bench_company.py --million  one million as well (5 GB, a minute)

Each size runs in a process of its own, so that peak memory is its own. Times
are the best of several runs; ratios are of processor time, which other work on
the machine disturbs least. SimPy is compared if it is installed.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from seat.company import engine, web
from seat.company.calendar import HISTORY_DAYS
from seat.company.draws import CHUNK, Draws, exponential, master_key
from seat.company.firms import FIRMS
from seat.company.market import run as run_market
from seat.company.plan import Schedule
from seat.company.queueing import Queue
from seat.company.tables import TABLES

SIZES = {"4k": (1.0, 7), "10k": (2.4, 5), "100k": (24.0, 2)}
MILLION = {"1M": (240.0, 2)}


def best(work: Callable[[], object], times: int) -> float:
    """Least processor time of some runs, in seconds."""
    return timed(work, times)[1]


def timed(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Shortest wall time and least processor time of some runs, in seconds."""
    wall, cpu = [], []
    for _ in range(times):
        start = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - start[0])
        cpu.append(time.process_time() - start[1])
    return min(wall), min(cpu)


def peak_mb() -> float:
    """Most memory this process ever held."""
    status = Path("/proc/self/status")
    if status.is_file():
        # Unlike getrusage, this forgets the process that started ours.
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return float("nan")


def one_size(size: float, times: int) -> dict[str, float]:
    """Run the company at one size; the first run of several warms up."""
    firm, master = FIRMS["software"], master_key(7)
    schedule = Schedule(firm.plan, HISTORY_DAYS, size)
    kept = {}

    def run() -> None:
        kept.clear()
        kept["run"] = engine.simulate(Draws(master), firm.parameters(), schedule)

    before, (wall, cpu) = peak_mb(), timed(run, times)
    found = kept["run"]
    parts = (found.visits, found.leads, found.deals, found.customers, found.invoices, found.tickets)
    result = {
        "wall": wall,
        "cpu": cpu,
        "peak_mb": peak_mb(),
        "import_mb": before,
        "customers": len(found.customers["customer"]),
        "visits": len(found.visits["visit"]),
        "rows": sum(len(next(iter(part.values()))) for part in parts),
        "column_bytes": sum(values.nbytes for part in parts for values in part.values()),
        "draws": found.draws.made,
    }
    if size <= 3:
        tables = best(lambda: [TABLES[name](found) for name in TABLES], 2)
        result |= {"all_tables_seconds": tables}
    return result


def draw_rate() -> float:
    """Most uniform numbers a second that the machine gives, all ways tried."""
    draws, ids = Draws(master_key(1)), np.arange(CHUNK)
    ways = {
        1: lambda: draws.uniform("a", ids),
        4: lambda: draws.uniforms("a b c d", ids),
        2: lambda: draws.parts("a", ids, 2),
        3: lambda: draws.parts("a", ids, 3),
    }
    return max(number * CHUNK / best(way, 400) for number, way in ways.items())


def single_rate() -> float:
    """Uniform numbers a second, one stream at a time (53 bits each)."""
    draws, ids = Draws(master_key(1)), np.arange(CHUNK)
    return CHUNK / best(lambda: draws.uniform("a", ids), 400)


def copy_rate() -> tuple[float, float]:
    """Bytes a second copied, and written to memory never touched before."""
    source, target = np.ones(32_000_000), np.ones(32_000_000)
    copied = source.nbytes / best(lambda: np.copyto(target, source), 4)
    fresh = source.nbytes / best(lambda: np.empty(32_000_000).fill(1.0), 4)
    return copied, fresh


# The same funnel, one visitor at a time.


class Visitor:
    """One person at the site, as an agent."""

    def __init__(self, load_s: float, mobile: bool, route: float, chances: list[float]) -> None:
        self.load_s, self.mobile, self.route, self.chances = load_s, mobile, route, chances
        self.stage = 0

    def visit(self, p: object, site: object, intent: float, share: tuple) -> int:
        """Walk down the funnel as far as chance allows."""
        bounce, want, reach, pay, which = self.chances
        segment = 0 if which < share[0] else 1 if which < share[0] + share[1] else 2
        leave = (
            p.bounce_base + p.bounce_per_second * (self.load_s - 2) + p.bounce_mobile * self.mobile
        )
        if bounce < 1 / (1 + math.exp(-leave)):
            return self.stage
        self.stage = 1
        interest = intent - p.interest_per_second * (self.load_s - 2)
        sales = self.route < p.route_to_sales[segment]
        base = p.form_base if sales else p.cart_base
        if want >= 1 / (1 + math.exp(-(base + interest))):
            return self.stage
        if sales:
            self.stage = 5
        else:
            self.stage = 2 + (reach < p.checkout_reached)
            self.stage += self.stage == 3 and pay < site.pays[0]
        return self.stage


def agent_funnel(count: int) -> float:
    """Nanoseconds a visit, one object and one set of draws a visitor."""
    import random

    firm = FIRMS["software"]
    p, schedule = firm.parameters(), Schedule(firm.plan, 2)
    site = web.site_of(p, schedule, np.zeros((2, 10)))
    chance = random.Random(7).random

    def walk() -> None:
        for number in range(count):
            mobile, luck = chance() < p.mobile_share, chance()
            factor = p.load_mobile if mobile else p.load_desktop
            load_s = 3.2 * factor * (luck / (1 - luck)) ** p.load_spread
            chances = [chance() for _ in range(5)]
            person = Visitor(load_s, mobile, chance(), chances)
            person.visit(p, site, p.intent[number % 9], p.segment_share)

    return best(walk, 2) / count * 1e9


def array_funnel(size: float) -> float:
    """Nanoseconds a visit of the company's funnel, journeys and writing included."""
    firm = FIRMS["software"]
    p, schedule, draws = (
        firm.parameters(),
        Schedule(firm.plan, HISTORY_DAYS, size),
        Draws(b"k" * 32),
    )
    markets = run_market(draws, p, schedule)
    site = web.site_of(p, schedule, markets.brand_ads)
    visits = web.run(draws, p, site, markets).filled
    return best(lambda: web.run(draws, p, site, markets), 5) / visits * 1e9


def line(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Arrivals and work of a line at nine tenths of what ten servers can do."""
    gap, effort = Draws(master_key(3)).uniforms("gap work", np.arange(count))
    arrivals = np.cumsum(exponential(gap, 60_000 / 10 / 0.9)).astype(np.int64)
    return arrivals, exponential(effort, 60_000).astype(np.int64)


def heap_queue(count: int) -> float:
    """Nanoseconds a ticket in the company's queue."""
    arrivals, work = line(count)
    ten = np.zeros(10, dtype=np.int64), np.full(10, 2**42)
    return best(lambda: Queue(*ten).serve(arrivals, work), 3) / count * 1e9


def simpy_queue(count: int) -> float | None:
    """Nanoseconds a ticket of the same line in SimPy; None if it is not installed."""
    if not find_spec("simpy"):
        return None
    import simpy

    arrivals, work = (values.tolist() for values in line(count))

    def run() -> None:
        world = simpy.Environment()
        desk = simpy.Resource(world, capacity=10)

        def ticket(came: int, needs: int):
            yield world.timeout(came)
            with desk.request() as turn:
                yield turn
                yield world.timeout(needs)

        for came, needs in zip(arrivals, work, strict=True):
            world.process(ticket(came, needs))
        world.run()

    return best(run, 1) / count * 1e9


def report_size(name: str, size: float, times: int, rates: tuple[float, ...]) -> None:
    """Measure one size in a process of its own and print a line."""
    command = [sys.executable, __file__, "--one", str(size), str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    drawing, copying, fresh = found["draws"] / rates[0], rates[1], rates[2]
    one_by_one = found["draws"] / rates[3]
    print(
        f"{name:>5} {found['customers']:>10,} {found['visits']:>12,} {found['rows']:>12,}"
        f" {found['wall']:>8.3f} s wall {found['cpu']:>8.3f} s cpu {found['peak_mb']:>7,.0f} MB"
        f" {found['cpu'] / drawing:>6.1f} x draws ({found['cpu'] / one_by_one:.1f} singly)"
        f" {found['cpu'] / (found['column_bytes'] / copying):>6.0f} x copy"
        f" {found['cpu'] / (found['column_bytes'] / fresh):>6.1f} x first touch"
    )
    if "all_tables_seconds" in found:
        print(f"      all tables as data frames: {found['all_tables_seconds']:.3f} s")


def main(million: bool) -> None:
    rate, single, (copying, fresh) = draw_rate(), single_rate(), copy_rate()
    print(
        f"machine: {rate / 1e6:,.0f} M draws/s ({single / 1e6:,.0f} M singly),"
        f" copy {copying / 1e9:.1f} GB/s, first touch {fresh / 1e9:.1f} GB/s"
    )
    print(
        f"{'size':>5} {'customers':>10} {'visits':>12} {'rows':>12}  two years, peak memory, ratios"
    )
    for name, (size, times) in (SIZES | (MILLION if million else {})).items():
        report_size(name, size, times, (rate, copying, fresh, single))
    agents, arrays = agent_funnel(50_000), array_funnel(1.0)
    ratio = agents / arrays
    print(f"funnel: {agents:,.0f} ns a visit one by one, {arrays:,.0f} in arrays: {ratio:.1f} x")
    heap, simpy = heap_queue(200_000), simpy_queue(20_000)
    if simpy is None:
        print(f"queue: {heap:,.0f} ns a ticket; SimPy is not installed, so it was not compared")
    else:
        print(f"queue: {simpy:,.0f} ns a ticket in SimPy, {heap:,.0f} here: {simpy / heap:.0f} x")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="run one million customers as well")
    parser.add_argument("--one", nargs=2, metavar=("SIZE", "TIMES"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one_size(float(asked.one[0]), int(asked.one[1]))))
    else:
        main(asked.million)

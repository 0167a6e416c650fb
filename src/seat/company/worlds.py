"""Secret worlds of equal difficulty, for cases that nobody may look up.

A grading folder holds one secret (256 bits) and the numbers of the worlds in
which the lessons hold. A world's key is derived from the secret, the firm and
its number; without the secret no search over numbers finds it. The folder
ignores itself in git: it must be backed up, never committed.

``python -m seat.company.worlds FOLDER`` screens worlds for all three firms.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .company import Company
from .errors import CompanyError, NotAllowed, TooFewWorlds, known_name
from .firms import FIRMS
from .parameters import PAID

SECRET_FILE, LIST_FILE = "secret.key", "worlds.json"
SECRET_BYTES = 32
# How far a world may lie from the median of its kind.
NEAR = 0.25
# The best channel must be this much better than the next.
CLEAR_LEAD = 1.15
# Worlds screened at a time.
BATCH = 12


@dataclass(frozen=True)
class Lessons:
    """What a world teaches, in numbers."""

    customers: int
    last_year_revenue: float
    cost_per_incremental: dict[str, float]
    cost_per_last_click: dict[str, float]

    @property
    def best_channel_is_clear(self) -> bool:
        low, next_ = sorted(self.cost_per_incremental.values())[:2]
        return next_ >= CLEAR_LEAD * low

    @property
    def last_click_misleads(self) -> bool:
        return _best(self.cost_per_last_click) != _best(self.cost_per_incremental)

    @property
    def brand_search_is_a_trap(self) -> bool:
        return (
            self.cost_per_incremental["brand_search"] > 2 * self.cost_per_last_click["brand_search"]
        )


def _best(cost: dict[str, float]) -> str:
    return min(cost, key=cost.__getitem__)


def lessons(company: Company) -> Lessons:
    """Measure a world; five runs."""
    spend = company.ad_spend.groupby("channel", observed=True)["spend"].sum()
    last = company.customers["last_channel"].value_counts()
    gained = {channel: company.truth.incremental(channel) for channel in PAID}
    return Lessons(
        customers=len(company.customers),
        last_year_revenue=float(company.income_statement("Q")["revenue"].iloc[-4:].sum()),
        cost_per_incremental={c: _cost(spend[c], gained[c]) for c in PAID},
        cost_per_last_click={c: _cost(spend[c], int(last.get(c, 0))) for c in PAID},
    )


def _cost(dollars: float, customers: int) -> float:
    return float(dollars / customers) if customers > 0 else float("inf")


def admissible(found: dict[int, Lessons], has_funnel: bool = True) -> list[int]:
    """Worlds near the median of all, in which the lessons hold.

    Without a funnel there are too few customers to rank channels by; there
    the size alone decides.
    """
    middle = {
        name: float(np.median([getattr(lesson, name) for lesson in found.values()]))
        for name in ("customers", "last_year_revenue")
    }
    return [
        number
        for number, lesson in found.items()
        if _near(lesson, middle) and (_teaches(lesson) or not has_funnel)
    ]


def _near(lesson: Lessons, middle: dict[str, float]) -> bool:
    return all(abs(getattr(lesson, name) - value) <= NEAR * value for name, value in middle.items())


def _teaches(lesson: Lessons) -> bool:
    return (
        lesson.best_channel_is_clear
        and lesson.last_click_misleads
        and lesson.brand_search_is_a_trap
    )


def world_key(secret: bytes, firm: str, number: int) -> bytes:
    """256 bits for one world."""
    if len(secret) < 16:
        raise NotAllowed("secret", f"{len(secret)} bytes", "at least 16 bytes of a random secret")
    return hashlib.blake2b(f"{firm}|{number}".encode(), key=secret, person=b"seat.world").digest()


def screen(secret: bytes, firm: str, numbers: Iterable[int]) -> dict[int, Lessons]:
    """Measure some worlds of a firm."""
    known_name("firm", firm, FIRMS)
    return {n: lessons(Company(key=world_key(secret, firm, n), firm=firm)) for n in numbers}


def found_worlds(secret: bytes, firm: str, wanted: int, candidates: int) -> list[int]:
    """Numbers of the wanted worlds of a firm, from as few candidates as will do."""
    found: dict[int, Lessons] = {}
    chosen: list[int] = []
    while len(found) < candidates and not (len(chosen) == wanted and _even(found, chosen)):
        found |= screen(secret, firm, range(len(found), min(len(found) + BATCH, candidates)))
        kept = admissible(found, _has_funnel(firm))
        chosen = spread({n: found[n] for n in kept}, wanted)
    if len(chosen) < wanted:
        raise TooFewWorlds(firm, len(chosen), wanted, len(found))
    return chosen


def spread(kept: dict[int, Lessons], wanted: int) -> list[int]:
    """So many of these worlds, each best channel as often as any other if there are enough."""
    turn: Counter[str] = Counter()
    order = []
    for number, lesson in kept.items():
        winner = _best(lesson.cost_per_incremental)
        order.append((turn[winner], number))
        turn[winner] += 1
    # In order of their numbers, which say nothing about the winner.
    return sorted(number for _, number in sorted(order)[:wanted])


def _even(found: dict[int, Lessons], chosen: list[int]) -> bool:
    """Do the channels that win somewhere win equally often among the chosen, up to one?"""
    wins = Counter(_best(found[number].cost_per_incremental) for number in chosen)
    return len(wins) >= min(2, len(chosen)) and max(wins.values()) - min(wins.values()) <= 1


class GradedWorlds:
    """The screened worlds of a grading folder."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / LIST_FILE).is_file():
            raise NotAllowed(
                "folder", str(folder), "a grading folder; GradedWorlds.create makes one"
            )
        self._secret = (self.folder / SECRET_FILE).read_bytes()
        listed = json.loads((self.folder / LIST_FILE).read_text(encoding="utf-8"))
        self.numbers: dict[str, list[int]] = listed["admissible"]

    @classmethod
    def create(
        cls,
        folder: str | Path,
        candidates: int = 60,
        firms: Iterable[str] = FIRMS,
        wanted: int = 6,
    ) -> GradedWorlds:
        """Make a secret, screen worlds, write both; refuses to replace a secret.

        Screens until ``wanted`` worlds of each firm are found in which the best
        channel differs as evenly as may be, at most ``candidates``. Only their
        numbers are written: what is true of them follows from the secret.
        """
        folder = Path(folder)
        if (folder / SECRET_FILE).exists():
            raise NotAllowed("folder", str(folder), "a folder without a secret: it has one already")
        for name, value in (("candidates", candidates), ("wanted", wanted)):
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise NotAllowed(name, value, "a whole number from 1 on")
        secret = secrets.token_bytes(SECRET_BYTES)
        listed = {firm: found_worlds(secret, firm, wanted, candidates) for firm in firms}
        _write_private(folder, secret, listed)
        return cls(folder)

    def company(self, firm: str, place: int) -> Company:
        """The n-th admissible world of a firm."""
        worlds = self._of(firm)
        if not 0 <= place < len(worlds):
            raise NotAllowed("place", place, f"a whole number from 0 to {len(worlds) - 1}")
        return Company(key=world_key(self._secret, firm, worlds[place]), firm=firm)

    def for_student(self, firm: str, student: str, exercise: str) -> Company:
        """The world of one student in one exercise: always the same, never to be guessed."""
        worlds = self._of(firm)
        text = f"{student}|{exercise}|{firm}".encode()
        digest = hashlib.blake2b(text, key=self._secret, person=b"seat.student").digest()
        return self.company(firm, int.from_bytes(digest, "big") % len(worlds))

    def _of(self, firm: str) -> list[int]:
        """Numbers of a firm's worlds; a folder made by hand may have none."""
        known_name("firm", firm, self.numbers)
        if not self.numbers[firm]:
            raise NotAllowed("firm", firm, "a firm with worlds in the folder, or make a new folder")
        return self.numbers[firm]


def _has_funnel(firm: str) -> bool:
    levers = FIRMS[firm].plan.levers
    return levers.lead_form or levers.checkout


def _write_private(folder: Path, secret: bytes, listed: dict[str, list[int]]) -> None:
    """Write what only the owner of the folder may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    _write_file(folder / ".gitignore", b"*\n")
    _write_file(folder / SECRET_FILE, secret)
    _write_file(folder / LIST_FILE, json.dumps({"admissible": listed}, indent=1).encode())


def _write_file(path: Path, content: bytes) -> None:
    # Only a secret is never written over; what belongs to it goes with it.
    if path.name != SECRET_FILE:
        path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def main(arguments: list[str]) -> int:
    """Make a grading folder; say how if the folder is missing."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print("Name one folder: python -m seat.company.worlds FOLDER", file=sys.stderr)
        return 2
    try:
        made = GradedWorlds.create(arguments[0])
    except CompanyError as error:
        print(error, file=sys.stderr)
        return 1
    print({firm: len(numbers) for firm, numbers in made.numbers.items()}, "worlds kept")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What can go wrong when somebody asks the company for something.

CompanyError
  UnknownName        a channel, lever, table or region the company does not have
  NotAllowed         a value outside what the lever or argument allows
  OutsideHistory     a date before the first or after the last allowed day
  NotADate           something that is no date
  PlanTooLong        more quarters than can be simulated
  TooFewWorlds       screening found fewer graded worlds than were wanted
  TruthIsSealed      the truth was asked of delivered data, which carry none
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class CompanyError(ValueError):
    """Any request the company cannot meet as it was put."""


class UnknownName(CompanyError):
    """A request names something the company does not have."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        # The arguments themselves, so that the error crosses to another process.
        super().__init__(kind, name, self.known)

    def __str__(self) -> str:
        near = get_close_matches(str(self.name), self.known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"No {self.kind} {self.name!r}.{hint} Choose from: {', '.join(self.known)}."


class NotAllowed(CompanyError):
    """A value lies outside what is allowed."""

    def __init__(self, name: str, given: object, allowed: str) -> None:
        self.name, self.given, self.allowed = name, given, allowed
        super().__init__(name, given, allowed)

    def __str__(self) -> str:
        return f"{self.name} = {self.given!r} is not allowed. Give {self.allowed}."


class OutsideHistory(CompanyError):
    """A date lies outside the days that exist."""

    def __init__(self, given: str, first: str, last: str) -> None:
        self.given, self.first, self.last = given, first, last
        super().__init__(given, first, last)

    def __str__(self) -> str:
        return (
            f"{self.given} lies outside the calendar. Use a date from {self.first} to {self.last}."
        )


class NotADate(CompanyError):
    """What was given cannot be read as a date."""

    def __init__(self, given: object) -> None:
        self.given = given
        super().__init__(given)

    def __str__(self) -> str:
        return f"{self.given!r} is not a date; write it as 2026-03-31."


class PlanTooLong(CompanyError):
    """A plan asks for more quarters than the company can look ahead."""

    def __init__(self, quarters: object, longest: int) -> None:
        self.quarters, self.longest = quarters, longest
        super().__init__(quarters, longest)

    def __str__(self) -> str:
        return (
            f"A plan of {self.quarters!r} quarters is not possible. "
            f"Give a whole number from 1 to {self.longest}."
        )


class TooFewWorlds(CompanyError):
    """Screening found fewer graded worlds than were wanted."""

    def __init__(self, firm: str, kept: int, wanted: int, screened: int) -> None:
        self.firm, self.kept, self.wanted, self.screened = firm, kept, wanted, screened
        super().__init__(firm, kept, wanted, screened)

    def __str__(self) -> str:
        return (
            f"Of {self.screened} worlds screened for the {self.firm} firm, {self.kept} can be used "
            f"where {self.wanted} are wanted; nothing was written. "
            "Screen more (candidates=...) or want fewer (wanted=...)."
        )


class TruthIsSealed(CompanyError):
    """Delivered data carry no truth."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        super().__init__(wanted)

    def __str__(self) -> str:
        return (
            f"These are delivered data: they hold no {self.wanted}. "
            "Estimate it from the tables, or practise on Company(seed=7), which can reveal it."
        )


def known_name(kind: str, name: str, known: Iterable[str]) -> str:
    """Return the name if the company has it."""
    known = list(known)
    if name not in known:
        raise UnknownName(kind, name, known)
    return name

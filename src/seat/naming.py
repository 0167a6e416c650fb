"""A name that is not known, and the nearest that is."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """Offer the nearest known name, as a sentence with a space before it, or nothing."""
    near = get_close_matches(str(name), list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


class UnknownName(LookupError):
    """A name that is not among those known; each kind of name has its own class."""

    # What the name should be, and how the known ones are headed.
    WHAT: ClassVar[str] = "name"
    ALL: ClassVar[str] = "Names"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, sorted(known)
        # The arguments themselves, so that the error crosses to another process.
        super().__init__(name, self.known)

    def __str__(self) -> str:
        hint = did_you_mean(self.name, self.known)
        return f"No {self.WHAT} {self.name!r}.{hint} {self.ALL}: {', '.join(self.known)}."

"""What a rule finds: one shape for all codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """A place that breaks a rule, and what to do about it.

    ``path`` is relative to the course; ``line`` and ``column`` count from 1.
    ``what`` and ``do`` are full sentences. A warning is shown and fails nothing.
    """

    path: str
    line: int
    column: int
    code: str
    what: str
    do: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.what} {self.do}"

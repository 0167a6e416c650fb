"""Exceptions: a comment lifts one code from the next line, and says why.

    % seat: ignore SEAT050 an example of arithmetic, not a figure of a firm

In YAML and in code the comment begins with ``#``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seat.publishing.lint.codes import CODES
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import IGNORE

LEAST_REASON = 2


@dataclass(frozen=True)
class Lift:
    """A comment that lifts a code from the line after it."""

    path: str
    line: int
    code: str
    reason: str

    @property
    def problem(self) -> str | None:
        if self.code not in CODES:
            return f"There is no code {self.code!r}."
        if len(self.reason.split()) < LEAST_REASON:
            return f"The exception from {self.code} gives no reason."
        return None


def exceptions_in(path: str, lines: Iterable[str]) -> Iterator[Lift]:
    """Yield the exceptions that a file asks for."""
    for number, line in enumerate(lines, start=1):
        if found := IGNORE.match(line):
            code, _, reason = found[1].partition(" ")
            yield Lift(path, number, re.sub(r"\W", "", code), reason.strip())


def lift(root: Path, findings: list[Finding]) -> list[Finding]:
    """The findings that no sound exception lifts."""
    kept = []
    lifted: dict[str, set[tuple[int, str]]] = {}
    for finding in findings:
        if finding.path not in lifted:
            lifted[finding.path] = _lifted(root, finding.path)
        if (finding.line, finding.code) not in lifted[finding.path]:
            kept.append(finding)
    return kept


def _lifted(root: Path, path: str) -> set[tuple[int, str]]:
    file = root / path
    if not file.is_file():
        return set()
    asked = exceptions_in(path, file.read_text(encoding="utf-8").split("\n"))
    return {(each.line + 1, each.code) for each in asked if each.problem is None}


def unsound(path: str, lines: Iterable[str]) -> Iterator[Finding]:
    """An exception without a reason lifts nothing."""
    for each in exceptions_in(path, lines):
        if each.problem:
            yield Finding(
                path,
                each.line,
                1,
                "SEAT001",
                each.problem,
                "Write: seat: ignore CODE and why, in two words or more.",
            )

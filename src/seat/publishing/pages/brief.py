"""The rows of the brief: what the course was asked to teach, and what it does not teach yet."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from seat.publishing.chapters import Chapter, Placed
from seat.publishing.pages.fields import Field, FieldFault, parse

ROWS, PLANNED = "book/curriculum/rows.yml", "book/curriculum/planned.yml"


@dataclass(frozen=True)
class Row:
    """One thing that the brief asks for, and the chapters that the plan gives it."""

    id: str
    concept: str
    chapters: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Planned:
    """The rows that no chapter teaches yet."""

    rows: tuple[Placed, ...]
    at_most: int
    line: int


def read_rows(root: Path) -> dict[str, Row]:
    """The rows of the brief, by id."""
    top = parse((root / ROWS).read_text(encoding="utf-8"), ROWS)
    return {name: _row(name, field) for name, field in top.entries()}


def _row(name: str, field: Field) -> Row:
    fields = field.record(("concept", "chapters"))
    chapters = tuple(fields["chapters"].each(Field.text))
    return Row(name, fields["concept"].text(), chapters, field.line)


def read_planned(root: Path) -> Planned:
    """The rows that stand in the list of what is still to come."""
    return planned_of((root / PLANNED).read_text(encoding="utf-8"))


def planned_of(text: str) -> Planned:
    """The planned rows in the text of their file."""
    fields = parse(text, PLANNED).record(("at_most", "rows"))
    rows = fields["rows"].each(lambda field: Placed(field.text(), field.line))
    return Planned(tuple(rows), fields["at_most"].number(0, 999), fields["at_most"].line)


def taught(chapters: list[Chapter]) -> dict[str, list[Chapter]]:
    """The chapters that teach each row."""
    found: dict[str, list[Chapter]] = {}
    for chapter in chapters:
        for row in chapter.brief_rows:
            found.setdefault(row.text, []).append(chapter)
    return found


def planned_before(root: Path) -> list[set[str]]:
    """The planned rows in each committed version that this checkout knows.

    A shallow clone knows one; a folder without history none.
    """
    commits = _git(root, "log", "--format=%H", "--", PLANNED)
    found = []
    for commit in (commits or "").split():
        text = _git(root, "show", f"{commit}:{PLANNED}")
        try:
            found.append({row.text for row in planned_of(text or "").rows})
        except FieldFault:
            continue
    return found


def _git(root: Path, *arguments: str) -> str | None:
    try:
        # Only where the course itself is the checkout, not a folder inside another.
        if not (root / ".git").exists():
            return None
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout

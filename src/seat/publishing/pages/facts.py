"""Facts that others may change, each with its source and the day on which it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seat.publishing.pages.fields import Field, parse

FACTS = "data/facts.yml"


@dataclass(frozen=True)
class DatedFact:
    """A claim, its value, and until when it may be relied on."""

    name: str
    claim: str
    value: str
    source: str
    checked_on: date
    review_by: date
    line: int
    caveat: str = ""

    def is_overdue(self, today: date) -> bool:
        return today > self.review_by


def read_facts(root: Path) -> dict[str, DatedFact]:
    """The dated facts of the course, by name; none where it keeps no such file."""
    path = root / FACTS
    return facts_of(path.read_text(encoding="utf-8")) if path.exists() else {}


def facts_of(text: str) -> dict[str, DatedFact]:
    """The dated facts in the text of their file.

    Raises
    ------
    FieldFault
        Where one lacks a part, or is checked after it is to be reviewed.
    """
    return {name: _fact(name, field) for name, field in parse(text, FACTS).entries()}


def _fact(name: str, field: Field) -> DatedFact:
    fields = field.record(
        ("claim", "value", "source", "checked_on", "review_by"), optional=("caveat",)
    )
    checked, review = fields["checked_on"].day(), fields["review_by"].day()
    if review <= checked:
        raise fields["review_by"].fault(f"is {review}", f"Allowed: a day after {checked}.")
    caveat = fields["caveat"].text() if "caveat" in fields else ""
    texts = [fields[part].text() for part in ("claim", "value", "source")]
    return DatedFact(name, texts[0], texts[1], texts[2], checked, review, field.line, caveat)

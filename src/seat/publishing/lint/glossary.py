"""The entries of the glossary, and the parts that each must have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seat.publishing.lint.page import GLOSSARY, Page

PARTS = ("Formula", "Numerator", "Denominator", "Unit", "Pitfall", "Source")
_PART = re.compile(rf"\*\*({'|'.join(PARTS)}):\*\*")


@dataclass(frozen=True)
class Entry:
    """A term of the glossary with its text; several names may share one text."""

    path: str
    line: int
    names: tuple[str, ...]
    text: str

    @property
    def parts(self) -> dict[str, str]:
        """What stands after each bold label."""
        pieces = _PART.split(self.text)
        return {name: text.strip() for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}

    @property
    def is_metric(self) -> bool:
        return bool({"Formula", "Unit"} & set(self.parts))

    @property
    def is_ratio(self) -> bool:
        return " / " in self.parts.get("Formula", "")

    @property
    def lacking(self) -> list[str]:
        """The labels that this kind of entry needs and has not."""
        needed = ["Pitfall", "Source"]
        if self.is_metric:
            needed = ["Formula", "Unit", *needed]
        if self.is_ratio:
            needed = ["Formula", "Numerator", "Denominator", *needed[1:]]
        return [name for name in needed if not self.parts.get(name)]


def entries_of(page: Page) -> list[Entry]:
    """The glossary entries that a page holds."""
    found: list[Entry] = []
    names: list[str] = []
    text: list[str] = []
    first = 0

    def finish() -> None:
        if names and text:
            found.append(Entry(page.path, first, tuple(names), " ".join(text)))

    for number, line in page.lines_of(GLOSSARY):
        if not line.strip() or line.lstrip().startswith(":sorted"):
            continue
        if line[0].isspace():
            text.append(line.strip())
            continue
        if text or not names:
            finish()
            names, text, first = [], [], number
        names.append(line.strip())
    finish()
    return found

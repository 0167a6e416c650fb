"""Facts that change: each use is on the list, and the list is not overdue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seat.publishing.lint.course import FACTS, Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import PROSE, Page

FACT = re.compile(r"\{fact\}`([^`]+)`")


def overdue_facts(course: Course) -> Iterator[Finding]:
    """A fact past its day of review may be false by now."""
    for fact in course.facts.values():
        if fact.is_overdue(course.today):
            yield Finding(
                FACTS,
                fact.line,
                1,
                "SEAT060",
                f"The fact {fact.name!r} was to be reviewed by {fact.review_by}.",
                "Open its source again, then set value, checked_on and review_by.",
                is_warning=True,
            )


def unknown_facts(page: Page, course: Course) -> Iterator[Finding]:
    """A dated fact that a page quotes stands on the list."""
    for number, line in page.lines_of(PROSE):
        for fact in FACT.finditer(line):
            if fact.group(1).strip() not in course.facts:
                yield Finding(
                    page.path,
                    number,
                    fact.start() + 1,
                    "SEAT061",
                    f"There is no dated fact {fact.group(1)!r}.",
                    f"Add it to {FACTS}, with source and dates.",
                )

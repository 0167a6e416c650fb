"""Questions as they stand written: wrong ideas, totals, minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import PROSE, Page

LEAST_IDEAS = 2
WORDS = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
]  # fmt: skip
COUNT = rf"(\d+|{'|'.join(WORDS)})"
TOTAL = re.compile(
    rf"\b{COUNT} questions and {COUNT} points\b|\b{COUNT} points (?:in all|in total|altogether)\b",
    re.IGNORECASE,
)


def questions_without_ideas(course: Course) -> Iterator[Finding]:
    """A question knows at least two ways to be wrong."""
    for each in course.asked:
        if each.misconceptions < LEAST_IDEAS:
            yield Finding(
                each.path,
                each.line,
                1,
                "SEAT080",
                f"The question {each.id!r} has {each.misconceptions} misconceptions.",
                "Write at least two, each a wrong version with one sentence.",
            )


def stated_totals(page: Page, course: Course) -> Iterator[Finding]:
    """A page that counts an assignment's questions or points counts right."""
    graded = [each for each in course.asked if each.is_graded and each.source == page.stem]
    if not graded:
        return
    points, count = sum(each.points for each in graded), len(graded)
    for number, line in page.lines_of(PROSE):
        for total in TOTAL.finditer(line):
            stated_count, stated, alone = (_number(text) for text in total.groups())
            right = stated_count in (None, count) and (stated or alone) == points
            if not right:
                yield Finding(
                    page.path,
                    number,
                    total.start() + 1,
                    "SEAT081",
                    f"The text says {total.group(0)!r}.",
                    f"The assignment has {count} questions and {points:g} points in all.",
                )


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else WORDS.index(text.casefold())


def promised_minutes(course: Course) -> Iterator[Finding]:
    """The questions of an assignment fit into the minutes that the chapter states."""
    for chapter in course.chapters:
        graded = [
            each for each in course.asked if each.is_graded and each.source == chapter.assignment
        ]
        needed = sum(each.minutes for each in graded)
        if needed > chapter.assignment_minutes:
            yield Finding(
                chapter.path,
                chapter.lines["minutes"],
                1,
                "SEAT082",
                f"The assignment's questions take {needed} minutes; "
                f"{chapter.assignment_minutes} are stated.",
                "Correct minutes: assignment, or the questions.",
            )

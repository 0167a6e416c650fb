"""Headings: one title, and no level skipped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import Page


def heading_order(page: Page, course: Course) -> Iterator[Finding]:
    """Levels go down one at a time: people who listen find their way by them."""
    for (_, above, _), (line, level, text) in pairwise(page.headings):
        if level > above + 1:
            yield Finding(
                page.path,
                line,
                1,
                "SEAT020",
                f"The heading {text!r} is of level {level} and follows one of level {above}.",
                f"Write it with {'#' * (above + 1)}.",
            )


def one_title(page: Page, course: Course) -> Iterator[Finding]:
    """A page begins with its title and has no other."""
    titles = [heading for heading in page.headings if heading[1] == 1]
    if not titles:
        yield Finding(
            page.path, 1, 1, "SEAT021", "The page has no title.", "Begin it with a line '# Title'."
        )
    for line, _, text in titles[1:]:
        yield Finding(
            page.path, line, 1, "SEAT021", f"{text!r} is a second title.", "Write it with ##."
        )

"""Figures in prose come from code, or name their source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import Page

# What holds digits and is no figure. Blanked before looking.
NO_FIGURE = [
    r"(?:[^.!?]|\.(?=\d))*\(source:\s*\S[^)]*\)",  # a sentence that names its source
    r"\{[\w:-]+\}`[^`]*`",  # roles: glue, fact, term
    r"(`+).+?\1",  # code
    r"\]\([^)]*\)",  # targets of links
    r"\$[^$\n]*[\\^_=][^$\n]*\$",  # formulas
    r"\b(?:ASC|IFRS|IAS|ASU|CFR|WCAG|RFC|ISO|Form|Art\.?|Regulation|Directive)\s+"
    r"[\d][\w./-]*(?:(?:,| and| or| to)\s+\d[\w./-]*)*",
    r"\b\d+ CFR [\d.]+",
    r"\b\d{1,2}:\d\d\b",  # times of day
    r"\b(?:19|20)\d\d(?:[-\u2013/]\d{1,4}){0,2}\b",  # years and dates
    r"\b(?:chapter|chapters|section|question|questions|step|page|row|line|week|CC BY|BSD)\s+"
    r"[\d.]+(?:(?:,| and| to)\s+\d+)*",
    r"\b(?:36[456]|371|52|53|24)[- ](?:days?|weeks?|hours?)\b",  # lengths of years
    r"\bone day in 36[56]\b",
    r"\b\d[\d,.]* (?:minutes?|hours?|points? in all)\b",
]
BLANKS = [re.compile(pattern, re.IGNORECASE) for pattern in NO_FIGURE]
FIGURE = re.compile(
    r"[$\u20ac\u00a3]\s?\d[\d,.]*"
    r"|(?<![\w.])\d[\d,.]*\s?(?:%|percent(?:age points?)?\b|(?:million|billion|thousand)\b)"
    r"|(?<![\w.-])\d{1,3}(?:,\d{3})+\b"
    r"|(?<![\w.-])\d{3,}(?:\.\d+)?\b"
)


def unsourced_figures(page: Page, course: Course) -> Iterator[Finding]:
    """A figure typed by hand goes stale without anyone noticing."""
    if page.folder != "book":
        return
    for first, text in page.paragraphs:
        for line, column, figure in _figures(first, text):
            yield Finding(
                page.path,
                line,
                column,
                "SEAT050",
                f"The figure {figure!r} comes from nowhere.",
                "Hand it over with glue, or write (source: ...) in its sentence.",
            )


def _figures(first: int, text: str) -> Iterator[tuple[int, int, str]]:
    for pattern in BLANKS:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found.group(0)), text)
    for number, line in enumerate(text.split("\n"), start=first):
        for figure in FIGURE.finditer(re.sub(r"^\s*\d+[.)]\s", "   ", line)):
            yield number, figure.start() + 1, figure.group(0).rstrip(",.")

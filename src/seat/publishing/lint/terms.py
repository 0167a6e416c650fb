"""Terms: what is linked is in the glossary, and a metric is linked when it is first used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seat.publishing.lint.course import GLOSSARY_PAGE, Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import PROSE, Page

TERM = re.compile(r"\{term\}`(?:[^`<]*<([^`>]+)>|([^`<]+))`")
# Words that readers take for defined; a page that uses one owes its definition.
METRICS = [
    "ROAS", "ROMI", "ROI", "CAC", "CLV", "LTV", "ARPU", "ARPA", "MRR", "ARR", "NPS", "CSAT",
    "CTR", "CPM", "CPC", "CPA", "CPL", "MQL", "EBIT", "EBITDA", "COGS", "SLA",
    "churn rate", "conversion rate", "engagement rate", "bounce rate", "retention rate",
    "open rate", "click-through rate", "win rate", "complaint rate", "gross margin",
    "operating margin", "net margin", "contribution margin", "mark-up", "marketing ratio",
    "customer acquisition cost", "lifetime value", "share of voice", "net promoter score",
    "payback period", "break-even point", "brand penetration", "basis point",
]  # fmt: skip


def unknown_terms(page: Page, course: Course) -> Iterator[Finding]:
    """A link to the glossary finds its entry."""
    for number, column, name in terms_of(page):
        if name.casefold() not in course.terms:
            yield Finding(
                page.path,
                number,
                column,
                "SEAT040",
                f"The glossary has no {name!r}.",
                f"Add an entry to {GLOSSARY_PAGE}, or mend the term.",
            )


def metrics_without_entry(page: Page, course: Course) -> Iterator[Finding]:
    """A metric that a page of the book uses is defined somewhere in the glossary."""
    if page.folder != "book" or not course.glossary:
        return
    known = " ".join(f"{' '.join(entry.names)} {entry.text}" for entry in course.glossary)
    for metric in METRICS:
        place = _first(page, metric)
        if place and not _word(metric).search(known):
            yield Finding(
                page.path,
                *place,
                "SEAT041",
                f"The metric {metric!r} is not in the glossary.",
                f"Define it in {GLOSSARY_PAGE}: formula, unit, pitfall, source.",
            )


def first_uses(page: Page, course: Course) -> Iterator[Finding]:
    """In a chapter, the first use of a metric leads to its definition."""
    if not page.is_chapter:
        return
    linked: dict[str, tuple[int, int]] = {}
    for line, column, name in terms_of(page):
        linked.setdefault(name.casefold(), (line, column))
    for metric in METRICS:
        place = _first(page, metric)
        if metric.casefold() not in course.terms or place is None:
            continue
        if linked.get(metric.casefold(), (place[0] + 1, 0))[0] > place[0]:
            yield Finding(
                page.path,
                *place,
                "SEAT042",
                f"{metric!r} is used here for the first time without its definition.",
                f"Write {{term}}`{metric}`.",
            )


def entry_parts(page: Page, course: Course) -> Iterator[Finding]:
    """A metric's entry says how it is computed, in what unit, and where it misleads."""
    for entry in course.glossary:
        if entry.path == page.path and entry.lacking:
            yield Finding(
                entry.path,
                entry.line,
                1,
                "SEAT043",
                f"The entry {entry.names[0]!r} lacks {', '.join(entry.lacking)}.",
                "Add each as a bold label with a colon, such as **Unit:** percent.",
            )


def unlinked_entries(course: Course) -> Iterator[Finding]:
    """An entry that nobody is led to is not read."""
    linked = {name.casefold() for page in course.pages for _, _, name in terms_of(page)}
    for chapter in course.chapters:
        for objective in chapter.objectives.values():
            linked |= {name.casefold() for name in names_in(objective.text)}
    for entry in course.glossary:
        linked |= {name.casefold() for name in names_in(entry.text)}
    for entry in course.glossary:
        if not linked & {name.casefold() for name in entry.names}:
            yield Finding(
                entry.path,
                entry.line,
                1,
                "SEAT044",
                f"Nothing links to the entry {entry.names[0]!r}.",
                f"Write {{term}}`{entry.names[0]}` where it is first used, or remove it.",
            )


def terms_of(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and name of each link to the glossary, also over a line's end."""
    for first, text in page.paragraphs:
        for term in TERM.finditer(text):
            before = text[: term.start()]
            name = " ".join((term.group(1) or term.group(2)).split())
            yield first + before.count("\n"), len(before.rpartition("\n")[2]) + 1, name


def names_in(text: str) -> list[str]:
    """The terms that a text links to."""
    return [" ".join((found[0] or found[1]).split()) for found in TERM.findall(text)]


def _word(metric: str) -> re.Pattern[str]:
    # Abbreviations count as they are written; words also at the start of a sentence.
    flags = 0 if metric.isupper() else re.IGNORECASE
    return re.compile(rf"(?<![\w-]){re.escape(metric)}s?(?![\w-])", flags)


def _first(page: Page, metric: str) -> tuple[int, int] | None:
    pattern = _word(metric)
    for number, line in page.lines_of(PROSE):
        if line.startswith("#"):
            continue
        if found := pattern.search(re.sub(r"\{(?!term)[\w:]+\}`[^`]*`", _blank, line)):
            return number, found.start() + 1
    return None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group(0))

"""What the rules look at: all pages and what is written beside them, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from seat.publishing.chapters import Chapter, chapter_of
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.glossary import Entry, entries_of
from seat.publishing.lint.page import Page, read_page
from seat.publishing.pages.asked import Asked, asked_in
from seat.publishing.pages.brief import (
    PLANNED,
    ROWS,
    Planned,
    Row,
    planned_before,
    read_planned,
    read_rows,
)
from seat.publishing.pages.facts import FACTS, DatedFact, read_facts
from seat.publishing.pages.fields import FieldFault

PAGES = ("book/**/*.md", "notebooks/*.md", "solutions/*/*.md")
GLOSSARY_PAGE = "book/glossary.md"


@dataclass
class Course:
    """The sources of the course, as the rules read them, on a given day."""

    root: Path
    today: date
    pages: list[Page] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    planned: Planned = field(default_factory=lambda: Planned((), 0, 1))
    planned_before: list[set[str]] = field(default_factory=list)
    facts: dict[str, DatedFact] = field(default_factory=dict)
    glossary: list[Entry] = field(default_factory=list)
    # What could not be read at all.
    broken: list[Finding] = field(default_factory=list)

    @property
    def is_broken(self) -> bool:
        """Is there a chapter, or a list of rows, that cannot be read?"""
        return any(finding.code == "SEAT070" for finding in self.broken)

    @property
    def terms(self) -> set[str]:
        return {name.casefold() for entry in self.glossary for name in entry.names}

    def of_chapter(self, chapter: Chapter) -> list[Asked]:
        """The questions of a chapter's notebook and assignment."""
        sources = {chapter.notebook, chapter.assignment}
        return [asked for asked in self.asked if asked.source in sources]


def page_paths(root: Path) -> list[Path]:
    """The pages that people write."""
    return sorted({path for pattern in PAGES for path in root.glob(pattern) if path.is_file()})


def read_course(root: Path, today: date) -> Course:
    """Read all of the course; what cannot be read becomes a finding."""
    course = Course(root, today)
    course.pages = [read_page(root, path) for path in page_paths(root)]
    for page in course.pages:
        if page.is_chapter:
            _read_chapter(course, page)
        if page.folder in ("notebooks", "solutions"):
            course.asked += asked_in(page)
        course.glossary += entries_of(page)
    _read_brief(course)
    try:
        course.facts = read_facts(root)
    except FieldFault as fault:
        course.broken.append(found(fault, "SEAT062"))
    return course


def _read_chapter(course: Course, page: Page) -> None:
    try:
        course.chapters.append(chapter_of(page.text, page.path))
    except FieldFault as fault:
        course.broken.append(found(fault, "SEAT070"))


def _read_brief(course: Course) -> None:
    if not (course.root / ROWS).exists():
        return
    try:
        course.rows = read_rows(course.root)
        if (course.root / PLANNED).exists():
            course.planned = read_planned(course.root)
            course.planned_before = planned_before(course.root)
    except FieldFault as fault:
        course.broken.append(found(fault, "SEAT070"))


def found(fault: FieldFault, code: str) -> Finding:
    """The fault as a finding."""
    return Finding(fault.path, fault.line, 1, code, fault.what, fault.allowed)


__all__ = ["FACTS", "GLOSSARY_PAGE", "Course", "found", "page_paths", "read_course"]

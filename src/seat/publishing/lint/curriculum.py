"""Objectives, questions, rows of the brief and sections: everything has its counterpart."""

from __future__ import annotations

from collections.abc import Iterator

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.pages.brief import PLANNED, ROWS, taught
from seat.publishing.pages.schedule import SESSION, TooShort, fitted


def objectives_without_question(course: Course) -> Iterator[Finding]:
    """What a chapter promises, it asks."""
    for chapter in course.chapters:
        asked = {each.objective for each in course.of_chapter(chapter)}
        for name, objective in chapter.objectives.items():
            if name not in asked:
                yield Finding(
                    chapter.path,
                    objective.line,
                    1,
                    "SEAT071",
                    f"No question assesses the objective {name!r}.",
                    "Write one in the notebook or the assignment, or drop the objective.",
                )


def questions_without_objective(course: Course) -> Iterator[Finding]:
    """What a question asks, its chapter promised."""
    promised: dict[str, set[str]] = {}
    for chapter in course.chapters:
        for source in (chapter.notebook, chapter.assignment):
            promised.setdefault(source, set()).update(chapter.objectives)
    for each in course.asked:
        if each.objective in promised.get(each.source, set()):
            continue
        allowed = ", ".join(sorted(promised.get(each.source, set()))) or "none, for want of one"
        what = f"has the objective {each.objective!r}" if each.objective else "has no objective"
        yield Finding(
            each.path,
            each.objective_line,
            1,
            "SEAT072",
            f"The question {each.id!r} {what}, which its chapter does not state.",
            f"Objectives of the chapter: {allowed}.",
        )


def brief_rows(course: Course) -> Iterator[Finding]:
    """Each row of the brief is taught or planned, and not both."""
    placed = taught(course.chapters)
    planned = {row.text: row.line for row in course.planned.rows}
    for row in course.rows.values():
        if row.id not in placed and row.id not in planned:
            yield Finding(
                ROWS,
                row.line,
                1,
                "SEAT073",
                f"No chapter teaches row {row.id} ({row.concept}), and it is not planned.",
                "Name it under brief_rows in the chapter that teaches it.",
            )
        if row.id in placed and row.id in planned:
            yield Finding(
                PLANNED,
                planned[row.id],
                1,
                "SEAT074",
                f"Row {row.id} is planned, and {placed[row.id][0].path} teaches it.",
                "Take it out of the planned rows, and lower at_most.",
            )


def unknown_rows(course: Course) -> Iterator[Finding]:
    """A row that is named is one of the brief's."""
    if not course.rows:
        return
    named = [(chapter.path, row) for chapter in course.chapters for row in chapter.brief_rows]
    named += [(PLANNED, row) for row in course.planned.rows]
    for path, row in named:
        if row.text not in course.rows:
            yield Finding(
                path,
                row.line,
                1,
                "SEAT075",
                f"The brief has no row {row.text!r}.",
                f"Its rows stand in {ROWS}.",
            )


def planned_only_shrinks(course: Course) -> Iterator[Finding]:
    """What was taught once is not put off again."""
    planned = course.planned
    if len(planned.rows) > planned.at_most:
        yield Finding(
            PLANNED,
            planned.line,
            1,
            "SEAT076",
            f"{len(planned.rows)} rows are planned; at most {planned.at_most} may be.",
            "Teach a row for each that is added; the list may only shrink.",
        )
    for row in planned.rows:
        if any(row.text not in before for before in course.planned_before):
            yield Finding(
                PLANNED,
                row.line,
                1,
                "SEAT076",
                f"Row {row.text} was not planned in an earlier version: it was taught.",
                "Teach it again; the list may only shrink.",
            )


def sections_of_page(course: Course) -> Iterator[Finding]:
    """The sections that have minutes are the sections of the page, in order."""
    pages = {page.path: page for page in course.pages}
    for chapter in course.chapters:
        headings = [text for _, level, text in pages[chapter.path].headings if level <= 2]
        rest = iter(headings)
        for section in chapter.sections:
            if section.heading.text not in rest:
                yield Finding(
                    chapter.path,
                    section.heading.line,
                    1,
                    "SEAT077",
                    f"The page has no section {section.heading.text!r} at this place.",
                    f"Its headings: {'; '.join(headings)}.",
                )
                break


def sources_exist(course: Course) -> Iterator[Finding]:
    """The notebook and the assignment that a chapter names are there."""
    for chapter in course.chapters:
        for field, path in (
            ("notebook", f"notebooks/{chapter.notebook}.md"),
            ("assignment", f"solutions/{chapter.assignment}/{chapter.assignment}.md"),
        ):
            if not (course.root / path).exists():
                yield Finding(
                    chapter.path,
                    chapter.lines[field],
                    1,
                    "SEAT078",
                    f"There is no {path}.",
                    "Write it, or name another in the front matter.",
                )


def chapters_fit_a_session(course: Course) -> Iterator[Finding]:
    """What must be taught of a chapter fits into one session of a workshop."""
    for chapter in course.chapters:
        try:
            fitted(chapter, SESSION)
        except TooShort as error:
            yield Finding(
                chapter.path,
                chapter.lines["sections"],
                1,
                "SEAT083",
                f"What must be taught takes {error.needed} minutes; a session has {SESSION}.",
                "Give a section a short form, or mark one 'should'.",
            )

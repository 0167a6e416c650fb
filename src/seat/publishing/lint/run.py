"""Running all rules, or those that concern some files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from seat.publishing.lint import (
    curriculum,
    dated,
    figures,
    headings,
    language,
    links,
    pictures,
    questions,
    terms,
)
from seat.publishing.lint.course import Course, read_course
from seat.publishing.lint.exceptions import lift, unsound
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import Page

PageRule = Callable[[Page, Course], Iterator[Finding]]
CourseRule = Callable[[Course], Iterator[Finding]]

PAGE_RULES: tuple[PageRule, ...] = (
    pictures.static_pictures,
    pictures.drawn_pictures,
    headings.heading_order,
    headings.one_title,
    links.link_texts,
    links.link_targets,
    terms.unknown_terms,
    terms.metrics_without_entry,
    terms.first_uses,
    terms.entry_parts,
    figures.unsourced_figures,
    dated.unknown_facts,
    questions.stated_totals,
    language.misspelt_words,
    language.unwritten_parts,
)
# What the built pages would say wrongly: the build stops on these.
CURRICULUM_RULES: tuple[CourseRule, ...] = (
    curriculum.objectives_without_question,
    curriculum.questions_without_objective,
    curriculum.brief_rows,
    curriculum.unknown_rows,
    curriculum.planned_only_shrinks,
    curriculum.sections_of_page,
    curriculum.sources_exist,
    curriculum.chapters_fit_a_session,
    questions.questions_without_ideas,
    questions.promised_minutes,
)
COURSE_RULES: tuple[CourseRule, ...] = (
    *CURRICULUM_RULES,
    terms.unlinked_entries,
    dated.overdue_facts,
)


def lint(root: Path, today: date, only: Iterable[Path] = ()) -> list[Finding]:
    """The findings in the course, sorted; with ``only``, those in these files or folders."""
    root = root.resolve()
    course = read_course(root, today)
    chosen = [path.resolve() for path in only]
    found = lift(root, [*course.broken, *_findings(course)])
    for page in course.pages:
        found += unsound(page.path, page.lines)
    return sorted({each for each in found if _concerns(root / each.path, chosen)})


def _findings(course: Course) -> Iterator[Finding]:
    for page in course.pages:
        for page_rule in PAGE_RULES:
            yield from page_rule(page, course)
    for course_rule in COURSE_RULES:
        # Where a chapter cannot be read, all that it teaches would be missed.
        if not (course.is_broken and course_rule in CURRICULUM_RULES):
            yield from course_rule(course)


def curriculum_findings(course: Course) -> list[Finding]:
    """What stops the build: the maps and schedules would not be true."""
    found = list(course.broken)
    for rule in () if course.is_broken else CURRICULUM_RULES:
        found += rule(course)
    return sorted(lift(course.root, found))


def _concerns(path: Path, chosen: list[Path]) -> bool:
    return not chosen or any(path == each or each in path.parents for each in chosen)

"""The Sphinx extension: directives whose content is worked out from the course.

Each builds ``container.seat-<name> > what the Markdown of tables.py gives``, so
that the pages read well in every output. Pages that hold one are read again at
each build, since they depend on more than their own file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

# docutils ships no types.
from docutils import nodes  # type: ignore[import-untyped]
from docutils.statemachine import StringList  # type: ignore[import-untyped]
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from seat.publishing.chapters import Chapter
from seat.publishing.lint.course import Course, read_course
from seat.publishing.lint.run import curriculum_findings
from seat.publishing.pages import tables
from seat.publishing.pages.schedule import TooShort
from seat.publishing.pages.stale import digest, drop_stale

logger = logging.getLogger(__name__)
# Where a page that holds a computed part is noted.
NOTE = "seat_computed"

OF_COURSE: dict[str, Callable[[Course], tables.Lines]] = {
    "course-syllabus": tables.syllabus,
    "objectives-map": tables.objectives_map,
    "brief-rows": tables.brief_rows,
    "exercise-list": tables.exercise_list,
    "key-points": tables.key_points,
    "dated-facts": tables.dated_facts,
    "first-uses": tables.first_uses,
}
OF_CHAPTER: dict[str, Callable[[Course, Chapter], tables.Lines]] = {
    "chapter-objectives": tables.chapter_objectives,
    "chapter-minutes": tables.chapter_minutes,
}


class Computed(SphinxDirective):
    """A part of a page that follows from the course."""

    def run(self) -> list[nodes.Node]:
        self.env.metadata[self.env.docname][NOTE] = "yes"
        course: Course = self.env.seat_course  # type: ignore[attr-defined]
        box = nodes.container(classes=[f"seat-{self.name}"])
        try:
            text = list(self.lines(course))
        except TooShort as error:
            raise self.error(str(error)) from error
        lines = StringList(text, source=self.get_source_info()[0])
        self.state.nested_parse(lines, self.content_offset, box)
        return [box]

    def lines(self, course: Course) -> tables.Lines:
        """The Markdown of the part."""
        return OF_COURSE[self.name](course)


class ComputedForChapter(Computed):
    """A part that follows from the front matter of the page itself."""

    def lines(self, course: Course) -> tables.Lines:
        chapter = tables.of_page(course, self.env.docname)
        if chapter is None:
            raise self.error(f"{self.name} works in a chapter's page, with front matter.")
        return OF_CHAPTER[self.name](course, chapter)


class WorkshopSchedule(Computed):
    """A schedule, by name."""

    required_arguments = 1

    def lines(self, course: Course) -> tables.Lines:
        name = self.arguments[0]
        if name not in tables.SCHEDULES:
            raise self.error(
                f"No schedule {name!r}. Schedules: {', '.join(sorted(tables.SCHEDULES))}."
            )
        return tables.workshop_schedule(course, name)


class FactRole(SphinxRole):
    """The value of a dated fact, leading to its source and date."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        self.env.metadata[self.env.docname][NOTE] = "yes"
        course: Course = self.env.seat_course  # type: ignore[attr-defined]
        fact = course.facts.get(self.text)
        if fact is None:
            message = self.inliner.reporter.error(
                f"There is no dated fact {self.text!r}.", line=self.lineno
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        reference = addnodes.pending_xref(
            self.rawtext,
            nodes.inline("", fact.value, classes=["std", "std-ref"]),
            refdomain="std",
            reftype="ref",
            reftarget=f"fact-{fact.name}",
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )
        self.set_source_info(reference)
        return [reference], []


def today() -> date:
    """The day of the build, or the one that a reproducible build is given."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def read(app: Sphinx) -> None:
    """Read the course once, and stop a strict build on what does not fit together."""
    course = read_course(Path(app.srcdir), today())
    app.env.seat_course = course  # type: ignore[attr-defined]
    if app.config.nb_execution_cache_path:
        drop_stale(Path(app.config.nb_execution_cache_path), digest(Path(app.srcdir)))
    for finding in curriculum_findings(course):
        # The warning names the place itself: the file need not be a page.
        logger.warning("%s", finding, type="seat", subtype=finding.code)
    for fact in course.facts.values():
        if fact.is_overdue(course.today):
            logger.info("The dated fact %r is overdue since %s.", fact.name, fact.review_by)


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages whose computed parts, or all whose figures, may have changed."""
    inputs = digest(Path(app.srcdir))
    if getattr(env, "seat_inputs", inputs) != inputs:
        env.seat_inputs = inputs  # type: ignore[attr-defined]
        return sorted(env.found_docs)
    env.seat_inputs = inputs  # type: ignore[attr-defined]
    return [name for name, metadata in env.metadata.items() if NOTE in metadata]


def forget(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Keep the course out of the stored environment: it is read anew each time."""
    env.__dict__.pop("seat_course", None)
    return []


def setup(app: Sphinx) -> dict[str, Any]:
    for name in OF_COURSE:
        app.add_directive(name, Computed)
    for name in OF_CHAPTER:
        app.add_directive(name, ComputedForChapter)
    app.add_directive("workshop-schedule", WorkshopSchedule)
    app.add_role("fact", FactRole())
    app.connect("builder-inited", read)
    app.connect("env-get-outdated", outdated)
    app.connect("env-updated", forget)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

"""The computed pages, as MyST Markdown: pure functions from the course to lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from seat.publishing.chapters import Chapter, Section
from seat.publishing.lint.course import Course
from seat.publishing.lint.terms import names_in, terms_of
from seat.publishing.pages import schedule
from seat.publishing.pages.asked import Asked
from seat.publishing.pages.brief import taught
from seat.publishing.pages.facts import DatedFact

Lines = Iterator[str]


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Lines:
    """A Markdown table, or a sentence where there is no row."""
    body = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    if not body:
        yield "*Nothing yet.*"
        return
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from body
    yield ""


def link(chapter: Chapter) -> str:
    """The chapter's name, leading to its page."""
    return f"[{chapter.label}](/{chapter.path})"


def _source_link(asked: Asked) -> str:
    where = f"exercises/{asked.source}" if asked.is_graded else "notebooks"
    # Spaces, so that a phone can wrap the name.
    name = asked.id.replace("_", " ")
    return f"[{name}](/{where}/{asked.source}.ipynb)"


def chapter_objectives(course: Course, chapter: Chapter) -> Lines:
    """What a chapter's reader will be able to do."""
    for objective in chapter.objectives.values():
        yield f"- {objective.text}"


def chapter_minutes(course: Course, chapter: Chapter) -> Lines:
    """How long a chapter takes."""
    yield (
        f"Reading takes about {chapter.reading_minutes} minutes, the notebook "
        f"{chapter.notebook_minutes}, the assignment {chapter.assignment_minutes} if Python is new "
        "to you."
    )


def syllabus(course: Course) -> Lines:
    """Each chapter with its questions, what it asks for and how long it takes."""
    for chapter in course.chapters:
        graded = [each for each in course.of_chapter(chapter) if each.is_graded]
        points = sum(each.points for each in graded)
        yield f"**{link(chapter)}**"
        yield ""
        yield from (f"- {question}" for question in chapter.questions)
        yield ""
        yield (
            f"Reading {chapter.reading_minutes} minutes, notebook {chapter.notebook_minutes}, "
            f"assignment {chapter.assignment_minutes} ({len(graded)} questions, {points:g} points)."
        )
        yield ""
        yield f"*You need:* {' '.join(chapter.prerequisites)}"
        yield ""
    total = sum(chapter.minutes for chapter in course.chapters)
    yield f"All that is ready takes about {total / 60:.0f} hours."


def objectives_map(course: Course) -> Lines:
    """Which questions assess each objective."""
    for chapter in course.chapters:
        yield f"**{link(chapter)}**"
        yield ""
        for name, objective in chapter.objectives.items():
            mine = [each for each in course.of_chapter(chapter) if each.objective == name]
            yield f"- {objective.text}"
            yield from _asked_in("practice", [each for each in mine if not each.is_graded])
            yield from _asked_in("assignment", [each for each in mine if each.is_graded])
        yield ""


def _asked_in(where: str, asked: list[Asked]) -> Lines:
    if asked:
        yield f"  - *{where}:* {', '.join(_source_link(each) for each in asked)}"


def brief_rows(course: Course) -> Lines:
    """Where each row of the brief is taught, or that it is planned."""
    placed = taught(course.chapters)
    done = len([row for row in course.rows if row in placed])
    yield f"{done} of {len(course.rows)} points are taught; the others are planned."
    yield ""
    rows = []
    for row in course.rows.values():
        here = ", ".join(link(chapter) for chapter in placed.get(row.id, []))
        plan = ", ".join(row.chapters)
        rows.append((row.id, row.concept, here or f"*planned:* {plan}"))
    yield from table(("", "What was asked for", "Where"), rows)


def exercise_list(course: Course) -> Lines:
    """Every question of the course."""
    for chapter in course.chapters:
        yield f"**{link(chapter)}**"
        yield ""
        yield from table(
            ("question", "what it is", "objective"),
            (_exercise_row(each) for each in course.of_chapter(chapter)),
        )


def _exercise_row(asked: Asked) -> tuple[str, ...]:
    points = f"{asked.points:g} points" if asked.is_graded else "practice"
    what = f"{asked.kind}, {asked.tier}; {points}, {asked.minutes} min"
    return _source_link(asked), what, (asked.objective or "").replace("-", " ")


def key_points(course: Course) -> Lines:
    """What is worth keeping of each chapter."""
    for chapter in course.chapters:
        yield f"**{link(chapter)}**"
        yield ""
        yield from (f"- {point}" for point in chapter.key_points)
        yield ""


def workshop_schedule(course: Course, name: str) -> Lines:
    """The schedule of that name; see ``SCHEDULES``."""
    yield from SCHEDULES[name](course)


def _ninety_minutes(course: Course) -> Lines:
    for chapter in course.chapters:
        yield f"**{link(chapter)}**"
        yield ""
        yield from _slots(schedule.session(chapter, schedule.SESSION))
        yield from _left_out(schedule.left_out(chapter, schedule.SESSION))


def _half_day(course: Course) -> Lines:
    for chapter in course.chapters:
        yield f"**{link(chapter)}**"
        yield ""
        yield from _slots(schedule.half_day(chapter))


def _two_days(course: Course) -> Lines:
    rows = [
        (f"{day}", f"{number}", link(chapter), f"{schedule.SESSION}")
        for day, number, chapter in schedule.two_days(course.chapters)
    ]
    yield from table(("day", "session", "chapter", "min"), rows)
    yield (
        "Each session is the one of 90 minutes above. Between sessions stand pauses of "
        f"{schedule.PAUSE} minutes and, at noon, an hour."
    )


SCHEDULES = {"90-minutes": _ninety_minutes, "half-day": _half_day, "two-days": _two_days}


def _slots(slots: list[schedule.Slot]) -> Lines:
    yield from table(
        ("from", "min", "part", "mark"),
        (
            (
                f"{slot.start // 60}:{slot.start % 60:02}",
                str(slot.minutes),
                slot.what,
                f"{slot.section.mark}, {slot.note}" if slot.section else "",
            )
            for slot in slots
        ),
    )


def _left_out(sections: list[Section]) -> Lines:
    if sections:
        names = ", ".join(f"*{section.heading.text}*" for section in sections)
        yield f"Left out: {names}."
        yield ""


def dated_facts(course: Course) -> Lines:
    """All facts with a date; each is a target that the text links to."""
    for fact in course.facts.values():
        yield f"(fact-{fact.name})="
        yield f"**{fact.claim}** {fact.value}. {_caveat(fact)}"
        yield (
            f"*Source:* {fact.source}. *Checked on* {fact.checked_on}, "
            f"*to be reviewed by* {fact.review_by}."
        )
        if fact.is_overdue(course.today):
            yield "**Overdue: look at the source before you rely on it.**"
        yield ""


def _caveat(fact: DatedFact) -> str:
    return f"{fact.caveat.rstrip('.')}." if fact.caveat else ""


def first_uses(course: Course) -> Lines:
    """Where each term of the glossary is first used."""
    used: dict[str, str] = {}
    titles = {chapter.path: link(chapter) for chapter in course.chapters}
    for chapter in course.chapters:
        for objective in chapter.objectives.values():
            for name in map(str.casefold, names_in(objective.text)):
                used.setdefault(name, titles[chapter.path])
        page = next(page for page in course.pages if page.path == chapter.path)
        for _, _, name in terms_of(page):
            used.setdefault(name.casefold(), titles[page.path])
    names = sorted((entry.names[0] for entry in course.glossary), key=str.casefold)
    yield from table(
        ("term", "first in"),
        ((f"{{term}}`{name}`", used.get(name.casefold(), "the glossary itself")) for name in names),
    )


def of_page(course: Course, docname: str) -> Chapter | None:
    """The chapter whose page is being read."""
    return next(
        (
            chapter
            for chapter in course.chapters
            if Path(chapter.path).with_suffix("").as_posix() == docname
        ),
        None,
    )

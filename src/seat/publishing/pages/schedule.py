"""Workshop schedules, computed from the minutes and the marks of the sections.

What must be taught is taught, in its short form if need be; what should and
what could be follow as long as there is time, and then parts get their full
minutes back in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seat.publishing.chapters import MARKS, Chapter, Section

BREAK = 5
PAUSE = 15
# Longer than this nobody sits without a pause.
LONGEST = 75
SESSION = 90
SESSIONS_A_DAY = 4


class TooShort(ValueError):
    """A chapter whose necessary parts do not fit."""

    def __init__(self, chapter: str, needed: int, given: int) -> None:
        self.chapter, self.needed, self.given = chapter, needed, given
        super().__init__(chapter, needed, given)

    def __str__(self) -> str:
        return (
            f"{self.chapter}: what must be taught takes {self.needed} minutes in its short form; "
            f"{self.given} are given. Shorten a section, or mark one 'should'."
        )


@dataclass(frozen=True)
class Slot:
    """A stretch of a session; ``section`` is None for a pause or work in the notebook."""

    start: int
    minutes: int
    what: str
    section: Section | None = None

    @property
    def note(self) -> str:
        if self.section is None:
            return ""
        return "shortened" if self.minutes < self.section.teach else "in full"


def fitted(chapter: Chapter, minutes: int) -> dict[Section, int]:
    """The minutes that each section gets, for those that fit, in the order of the page.

    Raises
    ------
    TooShort
        When what must be taught does not fit.
    """
    given: dict[Section, int] = {}
    ranked = sorted(chapter.sections, key=lambda section: MARKS.index(section.mark))
    needed = sum(section.short for section in ranked if section.mark == MARKS[0])
    if needed > minutes:
        raise TooShort(chapter.label, needed, minutes)
    left = minutes
    for section in ranked:
        if section.short <= left:
            given[section] = section.short
            left -= section.short
    for section in ranked:
        more = min(left, section.teach - section.short) if section in given else 0
        if more:
            given[section] += more
            left -= more
    return {section: given[section] for section in chapter.sections if section in given}


def session(chapter: Chapter, minutes: int, start: int = 0) -> list[Slot]:
    """One session on a chapter, without a pause."""
    slots = []
    for section, given in fitted(chapter, minutes).items():
        opening = section.heading.text == chapter.title
        what = "The opening scene" if opening else section.heading.text
        slots.append(Slot(start, given, what, section))
        start += given
    return slots


def half_day(chapter: Chapter, minutes: int = 210) -> list[Slot]:
    """A chapter in full, with pauses, and its notebook at the end."""
    room = minutes - chapter.notebook_minutes - PAUSE
    slots = list(_with_breaks(session(chapter, room - BREAK)))
    end = slots[-1].start + slots[-1].minutes
    slots.append(Slot(end, PAUSE, "Pause"))
    slots.append(Slot(end + PAUSE, chapter.notebook_minutes, "The notebook, in pairs"))
    return slots


def _with_breaks(slots: list[Slot]) -> Iterator[Slot]:
    """Put in short breaks, so that nobody sits too long."""
    late = since = 0
    for slot in slots:
        if since and since + slot.minutes > LONGEST:
            yield Slot(slot.start + late, BREAK, "Break")
            late, since = late + BREAK, 0
        yield Slot(slot.start + late, slot.minutes, slot.what, slot.section)
        since += slot.minutes


def two_days(chapters: list[Chapter]) -> list[tuple[int, int, Chapter]]:
    """Day, session and chapter, for the chapters that are marked for the two days."""
    marked = [chapter for chapter in chapters if chapter.two_days][: 2 * SESSIONS_A_DAY]
    return [
        (number // SESSIONS_A_DAY + 1, number % SESSIONS_A_DAY + 1, chapter)
        for number, chapter in enumerate(marked)
    ]


def left_out(chapter: Chapter, minutes: int) -> list[Section]:
    """The sections for which there is no time."""
    given = fitted(chapter, minutes)
    return [section for section in chapter.sections if section not in given]

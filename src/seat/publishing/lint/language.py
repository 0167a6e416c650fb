"""Spelling, parts still to be written, and how hard a page is to read."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import FRONT, PROSE, Page

UNWRITTEN = re.compile(r"still to be written", re.IGNORECASE)
MISSPELT = re.compile(r"^(?:\./)?(.+?):(\d+): (\S+) ==> (.+)$")


def misspelt_words(course: Course) -> Iterator[Finding]:
    """Words that codespell knows to be wrong."""
    lines = {page.path: page.lines for page in course.pages}
    if not lines:
        return
    command = [sys.executable, "-m", "codespell_lib", *lines]
    done = subprocess.run(command, capture_output=True, text=True, cwd=course.root)
    for report in done.stdout.splitlines():
        if found := MISSPELT.match(report):
            path, line, word, better = found[1], int(found[2]), found[3], found[4]
            column = lines[path][line - 1].find(word) + 1
            yield Finding(
                path, line, column, "SEAT090", f"{word!r} is misspelt.", f"Write {better!r}."
            )


def unwritten_parts(page: Page, course: Course) -> Iterator[Finding]:
    """What a skeleton leaves open."""
    for number, line in page.lines_of(PROSE, FRONT):
        if found := UNWRITTEN.search(line):
            yield Finding(
                page.path,
                number,
                found.start() + 1,
                "SEAT099",
                "This part is still to be written.",
                "Write it.",
            )


@dataclass(frozen=True)
class Reading:
    """How hard a page is to read, as a school grade by two formulas.

    Both count letters, words and sentences. Those that count syllables make
    textstat download a dictionary.
    """

    path: str
    words: int
    readability_grade: float
    coleman_liau_grade: float


def reading_levels(course: Course) -> list[Reading]:
    """The reading level of each page of the book that has a hundred words or more."""
    import textstat

    found = []
    for page in course.pages:
        text = plain_text(page)
        words = len(text.split())
        if page.folder == "book" and words >= 100:
            grades = textstat.automated_readability_index(text), textstat.coleman_liau_index(text)
            found.append(Reading(page.path, words, *grades))
    return found


def plain_text(page: Page) -> str:
    """The prose of a page without its markup; a glued figure reads as a number."""
    text = "\n\n".join(paragraph for _, paragraph in page.paragraphs if paragraph[0] not in "#|(")
    text = re.sub(r"\{glue:text\}`[^`]*`", "100", text)
    text = re.sub(r"\{[\w:-]+\}`([^`<]*)(?:<[^`]*>)?`", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[*_`]", "", text)

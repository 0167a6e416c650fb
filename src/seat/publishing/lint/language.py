"""Spelling, parts still to be written, and how hard a page is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import FRONT, PROSE, Page

UNWRITTEN = re.compile(r"still to be written", re.IGNORECASE)
# As codespell cuts a line into words.
WORD = re.compile(r"[\w\-'’]+")


def misspelt_words(page: Page, course: Course) -> Iterator[Finding]:
    """Words that codespell's lists know to be wrong."""
    for number, line in enumerate(page.lines, start=1):
        for word in WORD.finditer(line):
            better = corrections().get(word.group(0).lower())
            if better:
                yield Finding(
                    page.path,
                    number,
                    word.start() + 1,
                    "SEAT090",
                    f"{word.group(0)!r} is misspelt.",
                    f"Write {better!r}.",
                )


@cache
def corrections() -> dict[str, str]:
    """Wrong words and what to write instead: the lists that codespell uses by default.

    Read directly, since starting codespell for each look takes most of a second.
    """
    found = {}
    for name in ("dictionary.txt", "dictionary_rare.txt"):
        text = files("codespell_lib").joinpath("data", name).read_text(encoding="utf-8")
        for line in text.splitlines():
            wrong, arrow, right = line.partition("->")
            if arrow:
                found[wrong] = right.rstrip(", ")
    return found


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

"""What a chapter says of itself, in the front matter of its page under ``seat:``.

    seat:
      chapter: 5
      notebook: 05-read-a-pl
      assignment: 05-read-a-pl
      ...

Syllabus, maps, schedules and key points are computed from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from seat.publishing.pages.fields import Field, FieldFault, parse

MARKS = MUST, SHOULD, COULD = ("must", "should", "could")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# A chapter's page: a number, a dash, a name.
CHAPTER_PAGE = re.compile(r"\d\d-[a-z0-9-]+\.md")


@dataclass(frozen=True)
class Placed:
    """A piece of text and the line on which it stands."""

    text: str
    line: int


@dataclass(frozen=True)
class Section:
    """A section of the page: minutes to read, minutes to teach, and its mark.

    ``short`` is the least time in which it can be taught at all.
    """

    heading: Placed
    read: int
    teach: int
    short: int
    mark: str


@dataclass(frozen=True)
class Chapter:
    """The front matter of one chapter. ``path`` is relative to the course."""

    path: str
    # The line of each field.
    lines: dict[str, int]
    title: str
    number: int
    notebook: str
    assignment: str
    notebook_minutes: int
    assignment_minutes: int
    questions: tuple[str, ...]
    prerequisites: tuple[str, ...]
    objectives: dict[str, Placed]
    brief_rows: tuple[Placed, ...]
    sections: tuple[Section, ...]
    key_points: tuple[str, ...]
    two_days: bool

    @property
    def reading_minutes(self) -> int:
        return sum(section.read for section in self.sections)

    @property
    def minutes(self) -> int:
        """Reading, notebook and assignment together."""
        return self.reading_minutes + self.notebook_minutes + self.assignment_minutes

    @property
    def label(self) -> str:
        return f"{self.number}. {self.title}"


NEEDED = (
    "chapter",
    "notebook",
    "assignment",
    "minutes",
    "questions",
    "prerequisites",
    "objectives",
    "brief_rows",
    "sections",
    "key_points",
)


def chapter_paths(root: Path) -> list[Path]:
    """The pages of chapters, by number; instructors' pages bear the same names and are none."""
    found = (root / "book").glob("*/*.md")
    pages = [
        path
        for path in found
        if CHAPTER_PAGE.fullmatch(path.name) and path.parent.name != "instructors"
    ]
    return sorted(pages, key=lambda path: path.name)


def read_chapters(root: Path) -> list[Chapter]:
    """All chapters of the course, by number.

    Raises
    ------
    FieldFault
        At the first field that holds something else than is allowed.
    """
    return [read_chapter(root, path) for path in chapter_paths(root)]


def read_chapter(root: Path, path: Path) -> Chapter:
    """The front matter of one chapter's page."""
    text = path.read_text(encoding="utf-8")
    return chapter_of(text, path.relative_to(root).as_posix())


def front_matter(text: str) -> str | None:
    """What stands between the two rules at the top of a page, or None."""
    found = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    return found.group(1) if found else None


def chapter_of(text: str, path: str) -> Chapter:
    """The chapter whose page holds ``text``."""
    yaml_text = front_matter(text)
    if yaml_text is None:
        raise FieldFault(path, 1, "seat", "is missing", "Begin the page with front matter.")
    top = dict(parse(yaml_text, path, above=1).entries())
    if "seat" not in top:
        raise FieldFault(path, 1, "seat", "is missing", f"Write it, with {', '.join(NEEDED)}.")
    fields = top["seat"].record(NEEDED, optional=("two_days",))
    minutes = fields["minutes"].record(("notebook", "assignment"))
    return Chapter(
        path=path,
        lines={name: field.line for name, field in fields.items()},
        title=title_of(text) or path,
        number=_numbered(fields["chapter"], path),
        notebook=_id(fields["notebook"]),
        assignment=_id(fields["assignment"]),
        notebook_minutes=minutes["notebook"].number(0, 600),
        assignment_minutes=minutes["assignment"].number(0, 600),
        questions=_count(fields["questions"], 2, 4),
        prerequisites=tuple(fields["prerequisites"].each(Field.text)),
        objectives=_objectives(fields["objectives"]),
        brief_rows=tuple(fields["brief_rows"].each(_placed)),
        sections=tuple(fields["sections"].each(_section)),
        key_points=_count(fields["key_points"], 3, 8),
        two_days=_yes(fields.get("two_days")),
    )


def title_of(text: str) -> str | None:
    """The first heading of a page, fences aside."""
    body = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
    found = re.search(r"^# (.+)$", body, re.MULTILINE)
    return found.group(1).strip() if found else None


def _numbered(field: Field, path: str) -> int:
    number = field.number(0, 99)
    named = Path(path).name[:2]
    if named != f"{number:02}":
        raise field.fault(
            f"is {number}, and the page's name begins with {named}", "Use one number."
        )
    return number


def _id(field: Field) -> str:
    text = field.text()
    if not re.fullmatch(r"\d\d-[a-z0-9-]+", text):
        raise field.fault(f"is {text!r}", "Allowed: a name such as 05-read-a-pl.")
    return text


def _count(field: Field, least: int, most: int) -> tuple[str, ...]:
    found = tuple(field.each(Field.text))
    if not least <= len(found) <= most:
        raise field.fault(f"has {len(found)} entries", f"Allowed: {least} to {most}.")
    return found


def _placed(field: Field) -> Placed:
    return Placed(field.text(), field.line)


def _objectives(field: Field) -> dict[str, Placed]:
    found = {}
    for name, inside in field.entries():
        if not ID.fullmatch(name):
            raise inside.fault(f"has the id {name!r}", "Allowed: lower-case words with dashes.")
        found[name] = _placed(inside)
    return found


def _section(field: Field) -> Section:
    fields = field.record(("heading", "read", "teach", "mark"), optional=("short",))
    teach = fields["teach"].number(0, 240)
    short = fields["short"].number(0, teach) if "short" in fields else teach
    return Section(
        heading=_placed(fields["heading"]),
        read=fields["read"].number(0, 240),
        teach=teach,
        short=short,
        mark=fields["mark"].one_of(MARKS),
    )


def _yes(field: Field | None) -> bool:
    return field is not None and field.one_of(("true", "false")) == "true"

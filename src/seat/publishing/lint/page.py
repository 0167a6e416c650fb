"""A page as a rule sees it: each line with its kind, and the code cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

# Kinds of lines. Only prose is read by the rules about language.
FRONT, CODE, FENCE, COMMENT, GLOSSARY, PROSE = (
    "front matter",
    "code",
    "fence",
    "comment",
    "glossary",
    "prose",
)
# Directives whose content is prose.
BOXES = {"admonition", "note", "tip", "important", "warning", "dropdown", "margin", "sidebar"}
FENCE_LINE = re.compile(r"^\s*(`{3,}|~{3,}|:{3,})\s*(\{[\w:-]+\})?(.*)$")
IGNORE = re.compile(r"^\s*[%#] seat: ignore\s*(.*)$")


@dataclass
class Block:
    """A directive in a fence: its name, argument, options and content."""

    name: str
    argument: str
    # The line of the fence that opens it.
    line: int
    content: list[str] = field(default_factory=list)

    @cached_property
    def _split(self) -> tuple[dict[str, Any], int]:
        """Options, and how many lines they take."""
        if self.content and self.content[0].strip() == "---":
            ends = [n for n, line in enumerate(self.content[1:], 1) if line.strip() == "---"]
            if ends:
                return _options("\n".join(self.content[1 : ends[0]])), ends[0] + 1
        count = 0
        while count < len(self.content) and re.match(r"\s*:[\w-]+:", self.content[count]):
            count += 1
        colon = [re.sub(r"^\s*:([\w-]+):", r"\1:", line) for line in self.content[:count]]
        return _options("\n".join(colon)), count

    @property
    def options(self) -> dict[str, Any]:
        return self._split[0]

    @property
    def body(self) -> str:
        return "\n".join(self.content[self._split[1] :])

    @property
    def body_line(self) -> int:
        """The line on which the body begins."""
        return self.line + 1 + self._split[1]

    @property
    def tags(self) -> set[str]:
        tags = self.options.get("tags") or []
        return set(tags if isinstance(tags, list) else [tags])

    def line_of(self, text: str) -> int:
        """The line of the block that holds ``text``, or that of its fence."""
        for number, line in enumerate(self.content, start=self.line + 1):
            if text in line:
                return number
        return self.line


def _options(text: str) -> dict[str, Any]:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass
class Page:
    """A Markdown page of the course; ``path`` is relative to the course."""

    path: str
    lines: list[str]
    kinds: list[str]
    blocks: list[Block]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    @property
    def folder(self) -> str:
        return self.path.split("/")[0]

    @property
    def stem(self) -> str:
        return Path(self.path).stem

    @property
    def is_chapter(self) -> bool:
        """Is this a chapter's own page, which carries front matter for the course?"""
        parts = self.path.split("/")
        named = bool(re.fullmatch(r"\d\d-[a-z0-9-]+", self.stem))
        return named and len(parts) == 3 and parts[0] == "book" and parts[1] != "instructors"

    @property
    def cells(self) -> list[Block]:
        return [block for block in self.blocks if block.name == "code-cell"]

    def lines_of(self, *kinds: str) -> Iterator[tuple[int, str]]:
        """Yield number and text of the lines of these kinds."""
        for number, (line, kind) in enumerate(zip(self.lines, self.kinds, strict=True), start=1):
            if kind in kinds:
                yield number, line

    @cached_property
    def paragraphs(self) -> list[tuple[int, str]]:
        """Runs of prose lines without a blank between them, with their first line."""
        found: list[tuple[int, str]] = []
        last = -1
        for number, line in self.lines_of(PROSE):
            if not line.strip():
                last = -1
            elif last == number - 1:
                found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
                last = number
            else:
                found.append((number, line))
                last = number
        return found

    @cached_property
    def headings(self) -> list[tuple[int, int, str]]:
        """Line, level and text of each heading."""
        found = []
        for number, line in self.lines_of(PROSE):
            if heading := re.match(r"(#{1,6})\s+(.+?)\s*#*$", line):
                found.append((number, len(heading[1]), heading[2]))
        return found


def read_page(root: Path, path: Path) -> Page:
    """Read a page of the course."""
    return page_of(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())


def page_of(text: str, path: str) -> Page:
    """The page that holds ``text``."""
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    page = Page(path, lines, [], [])
    start = _front_lines(lines)
    page.kinds += [FRONT] * start
    _Scanner(page).scan(start)
    return page


def _front_lines(lines: list[str]) -> int:
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() == "---":
                return number
    return 0


@dataclass
class _Open:
    marker: str
    block: Block | None
    kind: str


class _Scanner:
    """Goes through a page once, line by line, and keeps the open fences."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.open: list[_Open] = []

    def scan(self, start: int) -> None:
        for number, line in enumerate(self.page.lines[start:], start=start + 1):
            self.page.kinds.append(self._kind(number, line))

    def _kind(self, number: int, line: str) -> str:
        fence = FENCE_LINE.match(line)
        if self.open and self._closes(fence):
            self.open.pop()
            return FENCE
        inside = self.open[-1].kind if self.open else PROSE
        for each in self.open:
            if each.block:
                each.block.content.append(line)
        if fence and inside in (PROSE, GLOSSARY):
            self._begin(number, fence)
            return FENCE
        if inside == PROSE:
            return self._prose_kind(line)
        return inside

    def _closes(self, fence: re.Match[str] | None) -> bool:
        if fence is None or fence[2] or fence[3].strip():
            return False
        marker = self.open[-1].marker
        return fence[1][0] == marker[0] and len(fence[1]) >= len(marker)

    def _prose_kind(self, line: str) -> str:
        if re.match(r"\s*%", line):
            return COMMENT
        # Options of a box stand in its first lines.
        if self.open and re.match(r"\s*:[\w-]+:( |$)", line):
            return FENCE
        return PROSE

    def _begin(self, number: int, fence: re.Match[str]) -> None:
        name = (fence[2] or "").strip("{}")
        block = Block(name, fence[3].strip(), number) if name else None
        if block:
            self.page.blocks.append(block)
        self.open.append(_Open(fence[1], block, _content_kind(name, fence[1])))


def _content_kind(name: str, marker: str) -> str:
    if name == "glossary":
        return GLOSSARY
    if name == "code-cell" or not name:
        return PROSE if not name and marker[0] == ":" else CODE
    return PROSE if name in BOXES else FENCE

"""Pictures, drawn or given: each says in words what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import PROSE, Block, Page

# As the test of the built pages counts.
LEAST_WORDS = 8
MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
DRAWS = re.compile(
    r"\bplt\.(?:show|subplots|figure|plot|bar|barh|hist|scatter|pie|imshow|boxplot|stackplot)\("
    r"|\.plot(?:\.\w+)?\(|\baxis\.(?:bar|barh|plot|scatter|hist)\("
)
HIDDEN = {"remove-cell", "remove-output", "question", "misconceptions", "solution", "check"}
FILE_NAME = re.compile(r"^\S+\.(?:png|jpe?g|svg|gif|webp)$", re.IGNORECASE)
EMPTY_START = re.compile(r"^(?:an? )?(?:image|picture|photo|figure|screenshot)\b", re.IGNORECASE)

STATE = "State the comparison and what it shows, in eight words or more."


def static_pictures(page: Page, course: Course) -> Iterator[Finding]:
    """Pictures from files."""
    for line, column, alt in _static(page):
        if not alt:
            yield Finding(
                page.path, line, column, "SEAT010", "This picture has no alt text.", STATE
            )
        elif reason := _says_nothing(alt):
            yield Finding(page.path, line, column, "SEAT012", reason, STATE)


def drawn_pictures(page: Page, course: Course) -> Iterator[Finding]:
    """Pictures that a cell draws when the page is built."""
    for cell in page.cells:
        drawing = DRAWS.search(cell.body)
        if not drawing or cell.tags & HIDDEN:
            continue
        alt = _alt_of(cell)
        if not alt:
            yield Finding(
                page.path,
                cell.line_of(drawing.group(0)),
                1,
                "SEAT011",
                "This cell draws, and nobody who cannot see it learns what.",
                "Give it mystnb: image: alt: with what the chart shows.",
            )
        elif reason := _says_nothing(alt):
            yield Finding(page.path, cell.line_of("alt:"), 1, "SEAT012", reason, STATE)


def _alt_of(cell: Block) -> str:
    image = (cell.options.get("mystnb") or {}).get("image") or {}
    return str(image.get("alt") or "").strip()


def _static(page: Page) -> Iterator[tuple[int, int, str]]:
    for number, line in page.lines_of(PROSE):
        for image in MARKDOWN_IMAGE.finditer(line):
            yield number, image.start() + 1, image.group(1).strip()
        for image in HTML_IMAGE.finditer(line):
            alt = re.search(r"\balt\s*=\s*[\"']([^\"']*)", image.group(0))
            yield number, image.start() + 1, alt.group(1).strip() if alt else ""
    for block in page.blocks:
        if block.name in ("image", "figure"):
            yield block.line, 1, str(block.options.get("alt") or "").strip()


def _says_nothing(alt: str) -> str | None:
    if FILE_NAME.match(alt):
        return f"The alt text {alt!r} is a file's name."
    if EMPTY_START.match(alt):
        return f"The alt text begins with {alt.split()[0]!r}, which a screen reader says already."
    if len(alt.split()) < LEAST_WORDS:
        return f"The alt text {alt!r} names the picture and not what it shows."
    return None

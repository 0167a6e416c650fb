"""Links: a text that says where they lead, and something at the other end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from seat.publishing.lint.course import Course
from seat.publishing.lint.finding import Finding
from seat.publishing.lint.page import PROSE, Page, read_page

LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
BARE = re.compile(r"(?<![(\[\"'=`\w/])<?(https?://[^\s>)\]`]+)")
EMPTY_TEXTS = {
    "here",
    "click here",
    "this",
    "this link",
    "this page",
    "link",
    "read more",
    "more",
    "page",
    "website",
}
OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def link_texts(page: Page, course: Course) -> Iterator[Finding]:
    """A list of links read aloud must make sense."""
    for line, column, text, _ in links_of(page):
        if text.strip(" .*_").casefold() in EMPTY_TEXTS:
            yield Finding(
                page.path,
                line,
                column,
                "SEAT030",
                f"The link text {text!r} does not say where it leads.",
                "Name what stands at the other end.",
            )
        elif text.startswith(("http://", "https://", "www.")):
            yield _bare(page, line, column, text)
    for number, line_text in page.lines_of(PROSE):
        without_links = LINK.sub(lambda found: " " * len(found.group(0)), _without_code(line_text))
        for address in BARE.finditer(without_links):
            yield _bare(page, number, address.start() + 1, address.group(1))


def _bare(page: Page, line: int, column: int, address: str) -> Finding:
    return Finding(
        page.path,
        line,
        column,
        "SEAT031",
        f"The address {address} stands bare, and is read out letter by letter.",
        "Write [what it is](address).",
    )


def link_targets(page: Page, course: Course) -> Iterator[Finding]:
    """A link into the course leads to a file and a heading that exist."""
    for line, column, _, target in links_of(page):
        if OUTSIDE.match(target):
            continue
        if problem := _missing(page, course.root, target):
            yield Finding(page.path, line, column, "SEAT032", problem, "Mend the target.")


def links_of(page: Page) -> Iterator[tuple[int, int, str, str]]:
    """Yield line, column, text and target of each link."""
    for number, line in page.lines_of(PROSE):
        for link in LINK.finditer(_without_code(line)):
            yield number, link.start() + 1, link.group(1), link.group(2)


def _without_code(line: str) -> str:
    return re.sub(r"(`+).+?\1", lambda found: " " * len(found.group(0)), line)


def _missing(page: Page, root: Path, target: str) -> str | None:
    name, _, anchor = target.partition("#")
    folder = root if name.startswith("/") else (root / page.path).parent
    path = (folder / name.lstrip("/")).resolve() if name else root / page.path
    if not path.exists():
        return f"There is no {target!r}, seen from this page."
    if anchor and path.suffix == ".md" and anchor not in _anchors(page, root, path):
        return f"{Path(path).name} has no heading for #{anchor}."
    return None


def _anchors(page: Page, root: Path, path: Path) -> set[str]:
    there = page if path == root / page.path else read_page(root.resolve(), path.resolve())
    named = re.findall(r"^\(([\w-]+)\)=$", there.text, re.MULTILINE)
    return {slug(text) for _, _, text in there.headings} | set(named)


def slug(text: str) -> str:
    """The anchor that a heading gets."""
    kept = re.sub(r"[^\w\- ]", "", text.strip().lower())
    return kept.replace(" ", "-")

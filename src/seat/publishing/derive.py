"""Deriving: from the Markdown sources to what instructors and learners open.

``solutions/NN/NN.md`` gives ``NN.ipynb`` and ``checks.json`` beside it, and
``exercises/NN/``; ``notebooks/NN.md`` gives ``NN.ipynb`` and its checks.
Everything is worked out first and written last, so that a fault leaves the
old files as they were.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from seat.checks.card import make_card, write_cards
from seat.checks.question import QuestionError
from seat.checks.session import CARDS
from seat.checks.source import cells_of, questions_of
from seat.course import COURSE_VARIABLE, RELEASE, SOURCE, configure, failure_reason
from seat.naming import UnknownName
from seat.publishing.dress import dressed, for_learners, read_text, write_text

# The files that one source gives, by their path in the course.
Files = dict[Path, bytes]


class UnknownAssignment(UnknownName):
    """A name that is not one of the course's assignments."""

    WHAT, ALL = "assignment", "Assignments"


def assignments(root: Path) -> list[str]:
    """The ids of the course's assignments."""
    return sorted(path.parent.name for path in (root / SOURCE).glob("*/*.md"))


def known(root: Path, name: str) -> str:
    """Return ``name`` if it is an assignment of the course.

    Raises
    ------
    UnknownAssignment
        When it is not.
    """
    if name not in assignments(root):
        raise UnknownAssignment(name, assignments(root))
    return name


def derive_all(root: Path, only: Iterable[str] = ()) -> Iterator[tuple[str, Files]]:
    """Work out, source by source, what all files should hold."""
    chosen = [known(root, name) for name in only] or assignments(root)
    for name in chosen:
        yield f"{SOURCE}/{name}", assignment_files(root, name)
    if not only:
        for path in sorted((root / "notebooks").glob("*.md")):
            yield f"notebooks/{path.stem}", practice_files(root, path)


def assignment_files(root: Path, name: str) -> Files:
    """What the source of one assignment gives."""
    folder = Path(SOURCE) / name
    text = read_text(root / folder / f"{name}.md")
    questions = questions_of(cells_of(text), f"{name}.md")
    if not questions:
        raise QuestionError(f"{name}.md", "It holds no question.", "Write one, with its tags.")
    cards = write_cards([make_card(written) for written in questions.values()], name)
    files = {
        folder / f"{name}.ipynb": write_text(dressed(text, questions)).encode(),
        folder / CARDS: cards.encode(),
    }
    return files | released(name, files)


def released(name: str, source: Mapping[Path, bytes]) -> Files:
    """What nbgrader's own *Generate* makes of a source, in a course of its own."""
    with tempfile.TemporaryDirectory(prefix="seat-derive-") as folder:
        course = Path(folder)
        write(course, source)
        generate(course, name)
        made = sorted((course / RELEASE / name).rglob("*"))
        return {path.relative_to(course): path.read_bytes() for path in made if path.is_file()}


def generate(course: Path, name: str) -> None:
    """Run nbgrader's *Generate* in a course.

    Raises
    ------
    QuestionError
        With the last lines of nbgrader's log, when it fails.
    """
    config = Config()
    before = os.environ.get(COURSE_VARIABLE)
    configure(config, course)
    try:
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        logging.getLogger("traitlets").setLevel(logging.ERROR)
        result = api.generate_assignment(name, force=True)
    finally:
        _restore(before)
    if not result["success"]:
        raise QuestionError(name, f"nbgrader cannot release it: {failure_reason(result)}", "")


def _restore(before: str | None) -> None:
    if before is None:
        os.environ.pop(COURSE_VARIABLE, None)
    else:
        os.environ[COURSE_VARIABLE] = before


def practice_files(root: Path, path: Path) -> Files:
    """What the source of one practice notebook gives."""
    text = read_text(path)
    questions = questions_of(cells_of(text), path.name)
    cards = [make_card(written, practice=True) for written in questions.values()]
    notebook = write_text(for_learners(text, questions, practice=True))
    target = path.relative_to(root)
    return {
        target.with_suffix(".ipynb"): notebook.encode(),
        target.with_name(f"{path.stem}.{CARDS}"): write_cards(cards, path.stem).encode(),
    }


def stale(root: Path, files: Mapping[Path, bytes]) -> list[Path]:
    """The files that differ from what they should hold."""
    return [path for path, content in files.items() if _content(root / path) != content]


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def write(root: Path, files: Mapping[Path, bytes]) -> None:
    """Write the files, each whole or not at all."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        part.write_bytes(content)
        os.replace(part, target)

"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from seat.checks.source import WrittenQuestion, cells_of, questions_of
from seat.publishing.dress import read_text

# A busy machine is no fault of a property. CI tries the same examples each time; a desk tries others.
settings.register_profile("seat", deadline=None, derandomize=bool(os.environ.get("SEAT_CI")))
settings.load_profile("seat")

ROOT = Path(__file__).resolve().parents[1]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """In CI nothing is skipped: a missing browser there is a fault."""
    report = (yield).get_result()
    if os.environ.get("SEAT_CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where everything must run: {report.longrepr}"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


def sources() -> list[Path]:
    """The Markdown files in which questions are written."""
    return [
        *sorted((ROOT / "solutions").glob("*/*.md")),
        *sorted((ROOT / "notebooks").glob("*.md")),
    ]


def all_questions() -> list[WrittenQuestion]:
    """Every question of the course."""
    found: list[WrittenQuestion] = []
    for path in sources():
        found += questions_of(cells_of(read_text(path)), path.name).values()
    return found


@pytest.fixture(scope="session")
def chapter_5() -> dict[str, WrittenQuestion]:
    """The graded questions of chapter 5."""
    path = ROOT / "solutions" / "05-read-a-pl" / "05-read-a-pl.md"
    return questions_of(cells_of(read_text(path)), path.name)

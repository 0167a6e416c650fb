"""nbgrader's configuration for this course; see src/seat/course.py."""

from pathlib import Path

from seat.course import configure

configure(get_config(), Path(__file__).parent)  # noqa: F821

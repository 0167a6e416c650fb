"""Collecting, marking and giving back, through nbgrader."""

from seat.grading.mark import mark

__all__ = ["mark"]

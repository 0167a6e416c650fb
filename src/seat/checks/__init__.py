"""What a right and a wrong answer look like, and what to say to each."""

from seat.checks.session import check, hint, solution

__all__ = ["check", "hint", "solution"]

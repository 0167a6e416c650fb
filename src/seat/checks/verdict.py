"""What a check says: an outcome, a score, and one message for the learner."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from enum import Enum


class Outcome(Enum):
    """The four things that a check can find."""

    RIGHT = "right"
    NOT_YET = "not yet"
    NOT_ATTEMPTED = "not attempted"
    COULD_NOT_CHECK = "we could not check"


MIME = "application/vnd.seat.verdict+json"

# A sign and a word beside the colour, for those who do not see the colour.
_LOOK = {
    Outcome.RIGHT: ("✓", "Right", "#1a7f37"),
    Outcome.NOT_YET: ("→", "Not yet", "#9a6700"),
    Outcome.NOT_ATTEMPTED: ("○", "Not attempted", "#57606a"),
    Outcome.COULD_NOT_CHECK: ("!", "We could not check this", "#8250df"),
}


@dataclass(frozen=True)
class Verdict:
    """The result of a check or of marking.

    ``repr`` is the score alone, since nbgrader reads the points and the
    Validate button reads success from the plain text; people see the HTML.
    """

    question: str
    outcome: Outcome
    points: float
    score: float = 0.0
    message: str = ""
    details: tuple[str, ...] = ()
    # Names, for the author and the instructor; never shown to the learner.
    misconceptions: tuple[str, ...] = field(default=())
    # A form check knows that an answer is permitted, not whether it is right.
    form_only: bool = False

    def __repr__(self) -> str:
        return f"{self.score:g}"

    def _repr_html_(self) -> str:
        sign, title, colour = _LOOK[self.outcome]
        if self.form_only and self.outcome is Outcome.RIGHT:
            sign, title = "✓", "Answered"
        details = "".join(f"<li>{html.escape(text)}</li>" for text in self.details)
        listed = f'<ul style="margin:.4em 0 0 1.2em;padding:0">{details}</ul>' if details else ""
        return (
            f'<div class="seat-verdict" role="status" style="border-left:.3em solid {colour};'
            'padding:.5em .8em;margin:.3em 0">'
            f"<strong>{sign} {title}</strong>"
            f'<span style="opacity:.85"> · {html.escape(self.question)}</span>'
            f"<div>{html.escape(self.message)}</div>{listed}</div>"
        )

    def as_data(self) -> dict:
        """The verdict as JSON data, for the gradebook and the item statistics."""
        return {
            "question": self.question,
            "outcome": self.outcome.value,
            "score": self.score,
            "points": self.points,
            "message": self.message,
            "misconceptions": list(self.misconceptions),
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        return {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
            MIME: self.as_data(),
        }

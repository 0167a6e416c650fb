"""What a learner calls in a notebook: ``check``, ``hint`` and ``solution``.

None of them raises: a fault of ours is said to be ours, and *Run all* goes on.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from seat.checks.card import UnreadableCards, check_card, read_cards
from seat.checks.verdict import Outcome, Verdict
from seat.naming import did_you_mean

CARDS = "checks.json"

# Which questions were tried in this session: a solution is shown after that.
_tried: set[str] = set()


class Note:
    """A short text for the learner: a hint, a solution, or why there is none."""

    def __init__(self, title: str, text: str, is_code: bool = False) -> None:
        self.title, self.text, self.is_code = title, text, is_code

    def __repr__(self) -> str:
        return f"{self.title}\n{self.text}"

    def _repr_html_(self) -> str:
        text, title = html.escape(self.text), html.escape(self.title)
        body = f"<pre><code>{text}</code></pre>" if self.is_code else f"<div>{text}</div>"
        return (
            '<div class="seat-note" role="note" style="border-left:.3em solid #0969da;'
            f'padding:.5em .8em;margin:.3em 0"><strong>{title}</strong>{body}</div>'
        )


def check(question: str) -> Verdict:
    """Check the answer to a question, as far as it may be told before marking."""
    namespace = sys._getframe(1).f_globals
    card, problem = _card(question)
    if card is None:
        return Verdict(question, Outcome.COULD_NOT_CHECK, 0, message=problem)
    try:
        verdict = check_card(card, namespace)
        if verdict.outcome is not Outcome.NOT_ATTEMPTED:
            _tried.add(question)
        return verdict
    except (RecursionError, MemoryError) as error:
        return Verdict(
            question,
            Outcome.NOT_YET,
            card["points"],
            message=f"The answer is too large or too deep to be read ({type(error).__name__}).",
        )
    except Exception as error:
        return Verdict(
            question,
            Outcome.COULD_NOT_CHECK,
            card["points"],
            message="The fault is in the check, not in your answer. Submit as you are, and tell "
            f"your instructor: {type(error).__name__} in {question}.",
        )


def hint(question: str, number: int = 1) -> Note:
    """Show hint 1 or, stronger, hint 2."""
    card, problem = _card(question)
    if card is None:
        return Note("No hint", problem)
    hints = card["hints"]
    if number not in range(1, len(hints) + 1):
        return Note("No hint", f"There is no hint {number!r}. Ask for hint 1 or hint 2.")
    more = f' For a stronger one: hint("{question}", 2)' if number == 1 else ""
    return Note(f"Hint {number} of {len(hints)}", hints[number - 1] + more)


def solution(question: str) -> Note:
    """Show the solution of a practice question, once it was tried."""
    card, problem = _card(question)
    if card is None:
        return Note("No solution", problem)
    if "solution" not in card:
        return Note(
            "No solution", "This question is marked, so its solution is not shown. Try a hint."
        )
    if question not in _tried:
        return Note("Not yet", f'Try it first: write an answer, then check("{question}").')
    return Note("One solution", card["solution"], is_code=True)


def _card(question: str) -> tuple[Mapping[str, Any] | None, str]:
    """The card of a question, or None and what to do about it."""
    files = [path for path in (Path(CARDS), *sorted(Path().glob(f"*.{CARDS}"))) if path.exists()]
    if not files:
        return None, (
            f"There is no {CARDS} beside this notebook, so nothing can be checked. Keep the "
            "notebook in the folder in which you got it, or fetch the assignment again."
        )
    known: list[str] = []
    try:
        for path in files:
            cards = read_cards(path)
            if question in cards:
                return cards[question], ""
            known += cards
    except UnreadableCards as error:
        return None, str(error)
    return None, f"There is no question {question!r} here.{did_you_mean(question, known)}"

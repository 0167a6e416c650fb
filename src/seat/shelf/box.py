"""For pages and notebooks: the table, or one box that says why it is not there."""

from __future__ import annotations

import html

import pandas as pd

from seat.shelf.errors import DataUnavailable
from seat.shelf.reading import load_dataset


class UnavailableBox:
    """A friendly note in place of a table, as HTML and as plain text."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason

    def __repr__(self) -> str:
        return f"{self._title()}\n{self.reason}\n{self._comfort()}"

    def _repr_html_(self) -> str:
        return (
            '<div class="seat-note" role="note" style="border-left:.3em solid #9a6700;'
            'padding:.5em .8em;margin:.3em 0">'
            f"<strong>{html.escape(self._title())}</strong>"
            f"<div>{html.escape(self.reason)}</div>"
            f"<div>{html.escape(self._comfort())}</div></div>"
        )

    def _title(self) -> str:
        return f"The data set {self.name} is not available here."

    def _comfort(self) -> str:
        return "The page goes on without it; figures in the text were computed from it before."


def dataset_or_box(name: str) -> pd.DataFrame | None:
    """The table, or ``None`` after showing one box that says why and what to do.

    A misspelt name still raises: that is the author's to mend.
    """
    try:
        return load_dataset(name)
    except DataUnavailable as error:
        _show(UnavailableBox(name, str(error)))
        return None


def _show(box: UnavailableBox) -> None:
    try:
        from IPython.display import display
    except ModuleNotFoundError:
        print(box)
        return
    display(box)

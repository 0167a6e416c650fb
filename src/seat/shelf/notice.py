"""``data/NOTICE``, written from the catalogue: whose data these are, and what was changed."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

from seat.shelf.catalogue import DataSet

WIDTH = 96

HEAD = """\
Open data sets that A Seat at the Table reads

None of these files is part of this repository. They are downloaded by whoever runs the course,
from public copies named in data/catalogue.yml, under the licences below. This file is written
from that catalogue by `seat data notice`.

The small tables beside this file (*.csv) hold public facts; each of their rows names its source.
"""


def notice(data_sets: Iterable[DataSet]) -> str:
    """The text of ``data/NOTICE``."""
    return "\n".join([HEAD, *(section(one) for one in data_sets)])


def section(data_set: DataSet) -> str:
    """Attribution, licence and changes of one data set."""
    simulated = " Simulated data." if data_set.simulated else ""
    lines = [
        f"{data_set.title} ({data_set.file})",
        _indented(data_set.attribution),
        _indented(f"Licence: {data_set.licence}, {data_set.licence_url}{simulated}"),
        _indented(f"Changed: {' '.join(data_set.changes) or 'no.'}"),
    ]
    return "\n".join(lines) + "\n"


def _indented(text: str) -> str:
    return fill(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )

"""What a Matplotlib figure shows, as plain data.

    figure  title, text for those who cannot see it, axes
    axes    title, labels, scales, limits, legend, series
    series  kind of marks, label, points [x, y] in the order drawn

Matplotlib is imported only when a figure is described.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from seat.checks.structures import is_date

MOST_POINTS = 20_000
LINE, BAR, SCATTER, HIST = "line", "bar", "scatter", "hist"

Described = dict[str, Any]


class NotDrawn(ValueError):
    """An answer that is no figure, and leads to none."""


@contextlib.contextmanager
def clean_canvas() -> Iterator[None]:
    """Draw on a new figure, show nothing, and leave no figure open."""
    if "matplotlib.pyplot" not in sys.modules:
        # No window where nobody has chosen how figures appear.
        os.environ.setdefault("MPLBACKEND", "Agg")
    import matplotlib.pyplot as plt

    before, shown = set(plt.get_fignums()), plt.show
    with plt.rc_context():
        if before:
            # plt.bar() would draw on what an earlier cell has left open.
            plt.figure()
        # Some ways of showing a figure also close it.
        plt.show = lambda *_, **__: None
        try:
            yield
        finally:
            plt.show = shown
            for number in set(plt.get_fignums()) - before:
                plt.close(number)


def figure_of(value: Any) -> Any:
    """The figure that a value is, belongs to or holds.

    Raises
    ------
    NotDrawn
        When there is none.
    """
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    if isinstance(value, Figure):
        return value
    if isinstance(value, Artist) and isinstance(getattr(value, "figure", None), Figure):
        return value.figure
    if isinstance(value, np.ndarray | list | tuple):
        for item in np.ravel(value) if isinstance(value, np.ndarray) else value:
            with contextlib.suppress(NotDrawn):
                return figure_of(item)
    raise NotDrawn(f"a {type(value).__name__} is no figure")


def describe(figure: Any) -> Described:
    """What a figure shows, as plain data.

    Raises
    ------
    NotDrawn
        When there is no figure.
    """
    figure = figure_of(figure)
    return {
        "title": figure.get_suptitle().strip(),
        "alt": str(figure.get_label() or "").strip(),
        "axes": [_axes(axes) for axes in figure.axes],
    }


def _axes(axes: Any) -> Described:
    legend = axes.get_legend()
    return {
        # A title may stand at the left or at the right.
        "title": next(
            filter(None, (axes.get_title(loc=at) for at in ("center", "left", "right"))), ""
        ),
        "x_label": axes.get_xlabel().strip(),
        "y_label": axes.get_ylabel().strip(),
        "x_scale": axes.get_xscale(),
        "y_scale": axes.get_yscale(),
        "x_limits": [float(limit) for limit in axes.get_xlim()],
        "y_limits": [float(limit) for limit in axes.get_ylim()],
        "legend": [text.get_text().strip() for text in legend.get_texts()] if legend else [],
        "series": [*_lines(axes), *_bars(axes), *_scatters(axes)],
    }


def _lines(axes: Any) -> Iterator[Described]:
    for line in axes.get_lines():
        # Lines across the whole axes mark a level; they hold no data.
        if line.get_transform() is not axes.transData or not line.get_visible():
            continue
        x, y = line.get_xdata(orig=True), line.get_ydata(orig=True)
        kind = LINE if line.get_linestyle() not in ("None", "", " ") else SCATTER
        names = [_on_axis(value, axes.xaxis) for value in _values(x)]
        yield _series(kind, line.get_label(), names, _values(y))


def _bars(axes: Any) -> Iterator[Described]:
    from matplotlib.container import BarContainer

    for bars in axes.containers:
        if not isinstance(bars, BarContainer) or not len(bars):
            continue
        upright = bars.orientation != "horizontal"
        boxes = [bar.get_bbox() for bar in bars]
        centres = [(b.x0 + b.x1) / 2 if upright else (b.y0 + b.y1) / 2 for b in boxes]
        starts = [float(b.y0 if upright else b.x0) for b in boxes]
        ends = [float(b.y1 if upright else b.x1) for b in boxes]
        axis = axes.xaxis if upright else axes.yaxis
        named = _ticks(axis)
        kind = HIST if not named and _touch(boxes, upright) else BAR
        names = [_near(centre, named, axis) for centre in centres]
        series = _series(kind, bars.get_label(), names, np.subtract(ends, starts).tolist())
        yield {**series, "starts": starts, "upright": upright}


def _scatters(axes: Any) -> Iterator[Described]:
    from matplotlib.collections import PathCollection

    for dots in axes.collections:
        if isinstance(dots, PathCollection):
            points = np.asarray(dots.get_offsets())
            named = _ticks(axes.xaxis)
            names = [_near(x, named, axes.xaxis) for x in points[:, 0].tolist()]
            yield _series(SCATTER, dots.get_label(), names, points[:, 1].tolist())


def _series(kind: str, label: Any, names: list[Any], heights: list[Any]) -> Described:
    if len(names) > MOST_POINTS:
        raise NotDrawn("a series holds too many points")
    label = str(label or "").strip()
    points = [[x, _number(y)] for x, y in zip(names, heights, strict=True)]
    # Matplotlib's own names for what has none.
    return {"kind": kind, "label": "" if label.startswith("_") else label, "points": points}


def _values(data: Any) -> list[Any]:
    return list(data) if not isinstance(data, np.ndarray) else list(data.ravel())


def _number(value: Any) -> float:
    return float("nan") if value is None or value is np.ma.masked else float(value)


def _touch(boxes: list[Any], upright: bool) -> bool:
    """Do bars stand side by side without gaps, as in a histogram?"""
    ends = [(b.x0, b.x1) if upright else (b.y0, b.y1) for b in boxes]
    gaps = [abs(b[0] - a[1]) for a, b in itertools.pairwise(ends)]
    return bool(gaps) and max(gaps) < 1e-6 * max(abs(ends[0][1] - ends[0][0]), 1e-12)


def _ticks(axis: Any) -> dict[float, str]:
    """The names at an axis of categories, by place; none at an axis of numbers."""
    from matplotlib.category import StrCategoryFormatter
    from matplotlib.ticker import FixedFormatter, FuncFormatter, NullFormatter

    formatter = axis.get_major_formatter()
    if not isinstance(formatter, StrCategoryFormatter | FixedFormatter | FuncFormatter):
        return {}
    if isinstance(formatter, FuncFormatter | NullFormatter) and not _is_fixed(axis):
        return {}
    places = axis.get_majorticklocs()
    texts = formatter.format_ticks(places)
    return {float(place): text for place, text in zip(places, texts, strict=True) if text}


def _is_fixed(axis: Any) -> bool:
    from matplotlib.ticker import FixedLocator

    # set_xticklabels keeps its texts in a function over fixed places.
    return isinstance(axis.get_major_locator(), FixedLocator) and isinstance(
        getattr(axis.get_major_formatter().func, "keywords", None), dict
    )


def _near(place: float, named: dict[float, str], axis: Any) -> Any:
    """The name of a place on an axis: of its category, its date, or the number itself."""
    if named:
        closest = min(named, key=lambda tick: abs(tick - place))
        if abs(closest - place) <= 0.5:
            return _name(named[closest])
    return _on_axis(place, axis)


def _on_axis(value: Any, axis: Any) -> Any:
    from matplotlib.dates import num2date

    if not isinstance(value, int | float | np.integer | np.floating):
        return _name(value)
    frequency = getattr(axis, "freq", None)
    if frequency is not None:
        return _name(pd.Period(ordinal=round(value), freq=frequency))
    converter = axis.get_converter()
    if converter is not None and "Date" in type(converter).__name__:
        return _name(num2date(value).replace(tzinfo=None))
    return _name(value)


def _name(value: Any) -> Any:
    """An x value as a number, as a day (2026-09-30), or as text."""
    if isinstance(value, pd.Period):
        # pandas draws periods: of a week it keeps the last day, else the first.
        is_week = value.freqstr.startswith("W")
        value = value.end_time.normalize() if is_week else value.start_time
    if isinstance(value, np.datetime64 | pd.Timestamp) or hasattr(value, "isoformat"):
        return pd.Timestamp(value).isoformat().removesuffix("T00:00:00")
    if isinstance(value, str):
        text = value.strip()
        return text.replace(" 00:00:00", "") if is_date(text) else text
    return float(value)

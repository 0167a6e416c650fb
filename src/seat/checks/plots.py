"""Rules for what a figure shows, and how a figure becomes an answer to compare.

The rules read what ``figures.describe`` gives. They see data, not pixels: a
label may still cover a bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from seat.checks.answers import Answer, Call
from seat.checks.figures import BAR, LINE, Described, NotDrawn, clean_canvas, describe
from seat.checks.rules import Problem, Rule

BROKEN, DRAWN = "broken", "drawn"
DATA_NOT_PIXELS = (
    "This looks at the data that is drawn, its axes and labels, not at the picture: whether it can "
    "be read at a glance, your own eyes must say."
)
NO_FIGURE = "no figure came back. End the function with a line such as: return ax."


class PlotRule(Rule):
    """A rule for figures; spoiling one takes a drawing, so authors give those."""


def _all_axes(figure: Described) -> list[tuple[str, Described]]:
    many = len(figure["axes"]) > 1
    return [
        (f"chart {number}" if many else "", axes)
        for number, axes in enumerate(figure["axes"], start=1)
        if axes["series"]
    ]


def _all_series(figure: Described) -> list[tuple[str, Described]]:
    return [
        (", ".join(filter(None, (where, series["label"]))), series)
        for where, axes in _all_axes(figure)
        for series in axes["series"]
    ]


@dataclass(frozen=True)
class Marks(PlotRule):
    """All series are drawn with one of these kinds of marks: line, bar, scatter, hist."""

    kinds: tuple[str, ...]
    help: ClassVar[str] = "Another kind of chart is asked for."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, series in _all_series(data):
            if series["kind"] not in self.kinds:
                wanted = " or ".join(self.kinds)
                yield Problem(where, f"this is drawn as {series['kind']}; {wanted} is asked for")


@dataclass(frozen=True)
class BarsFromZero(PlotRule):
    """Bars stand on zero, and the axis shows zero."""

    help: ClassVar[str] = (
        "The bars do not start at zero. People read the length of a bar, so cutting its foot off "
        "makes differences look larger than they are."
    )

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, axes in _all_axes(data):
            for series in axes["series"]:
                if series["kind"] == BAR and not _from_zero(axes, series):
                    yield Problem(where, "the bars do not start at zero")
                    break


def _from_zero(axes: Described, series: Described) -> bool:
    low, high = sorted(axes["y_limits" if series["upright"] else "x_limits"])
    linear = axes["y_scale" if series["upright"] else "x_scale"] == "linear"
    heights = [height for _, height in series["points"]]
    # Stacked bars stand on other bars; the lowest one stands on zero.
    lowest = min(abs(start) for each in axes["series"] for start in each.get("starts", []))
    span = (high - low) or 1.0
    return linear and low <= 0.01 * span and high >= -0.01 * span and lowest == 0 and bool(heights)


@dataclass(frozen=True)
class Titled(PlotRule):
    """There is a title of so many words, holding one of ``any_of`` where given."""

    words: int = 1
    any_of: tuple[str, ...] = ()
    help: ClassVar[str] = "The figure has no title that says what to see in it."

    def problems(self, data: Any) -> Iterator[Problem]:
        titles = " ".join([data["title"], *(axes["title"] for _, axes in _all_axes(data))])
        if len(re.findall(r"\w+", titles)) < self.words:
            yield Problem("title", f"write at least {self.words} word(s)")
        elif not _holds(titles, self.any_of):
            yield Problem("title", f"it names none of: {', '.join(self.any_of)}")


@dataclass(frozen=True)
class Labelled(PlotRule):
    """An axis, ``"x"`` or ``"y"``, has a label; it holds one of ``any_of``, such as its unit."""

    axis: str
    any_of: tuple[str, ...] = ()
    help: ClassVar[str] = "An axis does not say what it shows, or in which unit."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, axes in _all_axes(data):
            # Bars that lie down have their categories on the other axis.
            lying = any(series.get("upright") is False for series in axes["series"])
            axis = {"x": "y", "y": "x"}[self.axis] if lying else self.axis
            label = axes[f"{axis}_label"]
            place = ", ".join(filter(None, (where, f"{axis} axis")))
            if not label:
                yield Problem(place, "it has no label")
            elif not _holds(label, self.any_of):
                yield Problem(place, f"its label names none of: {', '.join(self.any_of)}")


@dataclass(frozen=True)
class Legend(PlotRule):
    """Where there is more than one series, each is named in a legend."""

    help: ClassVar[str] = "There are several series, and no legend says which is which."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, axes in _all_axes(data):
            labels = [series["label"] for series in axes["series"]]
            if len(labels) > 1 and not set(labels) <= set(axes["legend"]) | {""}:
                yield Problem(where, "a series is missing from the legend")
            elif len(labels) > 1 and (not axes["legend"] or "" in labels):
                yield Problem(where, "the series are not named")


@dataclass(frozen=True)
class InOrder(PlotRule):
    """Along the x axis, lines run one way: they never turn back in time."""

    help: ClassVar[str] = "The line runs back and forth: sort the rows before you draw them."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, series in _all_series(data):
            places = [x for x, _ in series["points"]]
            if series["kind"] == LINE and not _one_way(places):
                yield Problem(where, "the points are not in order")


def _one_way(places: Sequence[Any]) -> bool:
    comparable = len({type(place) for place in places}) <= 1
    return comparable and list(places) in (sorted(places), sorted(places, reverse=True))


@dataclass(frozen=True)
class Scaled(PlotRule):
    """An axis has this scale: linear or log."""

    axis: str
    scale: str
    help: ClassVar[str] = "An axis has another scale than the one asked for."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, axes in _all_axes(data):
            if axes[f"{self.axis}_scale"] != self.scale:
                yield Problem(where, f"the {self.axis} axis is not {self.scale}")


@dataclass(frozen=True)
class Told(PlotRule):
    """The figure carries a text for those who cannot see it: ``fig.set_label("…")``."""

    words: int = 6
    help: ClassVar[str] = "Say in words what the figure shows: fig.set_label(…)."

    def problems(self, data: Any) -> Iterator[Problem]:
        if len(re.findall(r"\w+", data["alt"])) < self.words:
            yield Problem("label", f"write at least {self.words} words")


def _holds(text: str, words: Sequence[str]) -> bool:
    return not words or any(word.casefold() in text.casefold() for word in words)


def drawing(rules: Sequence[Rule], ordered: bool) -> Call:
    """Call an answer that draws, and read what it has drawn."""

    def draw(answer: Answer, given: dict[str, Any]) -> Any:
        with clean_canvas():
            value = answer(**given)
            # A stub or a function without a return line is not a wrong figure.
            return value if value is None or value is ... else seen(value, rules, ordered)

    return draw


def seen(value: Any, rules: Sequence[Rule], ordered: bool) -> Any:
    """What counts of a figure: the rules that it breaks, and its data."""
    try:
        described = describe(value)
    except NotDrawn as error:
        # Text, so that no dictionary can pass for a figure.
        return f"no figure: {error}"
    broken = [place for place, rule in enumerate(rules) if not rule.is_kept(described)]
    return {BROKEN: broken, DRAWN: _data(described, ordered)}


def _data(figure: Described, ordered: bool) -> Any:
    charts = [_chart(axes, ordered) for _, axes in _all_axes(figure)]
    return charts[0] if len(charts) == 1 else charts


def _chart(axes: Described, ordered: bool) -> Mapping[str, Any]:
    """The points of each series; a series that stands alone needs no name."""
    series = axes["series"]
    if len(series) == 1:
        return {"points": _points(series[0], ordered)}
    names = [each["label"] or f"series {n}" for n, each in enumerate(series, start=1)]
    return {name: _points(each, ordered) for name, each in zip(names, series, strict=True)}


def _points(series: Described, ordered: bool) -> list[list[Any]]:
    points = series["points"]
    if series["kind"] == LINE:
        # A line drawn from right to left looks the same.
        return points[::-1] if points and _order(points[0]) > _order(points[-1]) else points
    keeps_order = ordered and series["kind"] == BAR
    return points if keeps_order else sorted(points, key=_order)


def _order(point: Sequence[Any]) -> tuple[bool, float, str, str]:
    x, y = point
    is_text = type(x) is str
    return (is_text, 0.0 if is_text else x, x if is_text else "", repr(y))


def objection_to(value: Any, rules: Sequence[Rule]) -> str | None:
    """What to tell about a figure that breaks rules, or about no figure."""
    if type(value) is not dict:
        return NO_FIGURE
    for place in value[BROKEN]:
        return rules[place].sentence
    return None

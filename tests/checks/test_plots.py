"""What a figure shows is read as data; different styles that show the same are the same."""

import json
import subprocess
import sys

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from seat.checks.author import (
    BarsFromZero,
    InOrder,
    Labelled,
    Legend,
    Marks,
    Scaled,
    Titled,
    Told,
)
from seat.checks.card import check_card, make_card
from seat.checks.figures import NotDrawn, clean_canvas, describe
from seat.checks.marking import mark_written
from seat.checks.plots import DATA_NOT_PIXELS
from seat.checks.rules import rule_from
from seat.checks.verdict import Outcome
from tests.checks.test_sample_assignment import QUESTIONS

CHART = QUESTIONS["spend_chart"]
CARD = json.loads(json.dumps(make_card(CHART)))
SPEND = pd.DataFrame({"channel": ["search", "social", "email"], "spend": [4200.0, 1800.0, 900.0]})
DATED = pd.DataFrame(
    {"week": pd.to_datetime(["2026-01-05", "2026-01-12", "2026-01-19"]), "leads": [40, 55, 48]}
)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def decorated(ax):
    ax.set_title("Search takes most of the money")
    ax.set_ylabel("Spend ($)")
    return ax


def by_pyplot(spending):
    plt.bar(spending["channel"], spending["spend"])
    plt.title("Where the money goes")
    plt.ylabel("US dollars")
    return plt.gcf()


def by_axes(spending):
    fig, ax = plt.subplots()
    decorated(ax).bar(spending["channel"].tolist(), spending["spend"].tolist())
    return fig, ax


def by_pandas(spending):
    return decorated(spending.plot.bar(x="channel", y="spend", legend=False))


def by_series(spending):
    return decorated(spending.set_index("channel")["spend"].plot(kind="bar"))


def sorted_bars(spending):
    return decorated(spending.sort_values("spend").plot.bar(x="channel", y="spend"))


def lying_down(spending):
    _fig, ax = plt.subplots()
    ax.barh(spending["channel"], spending["spend"])
    ax.set_title("Where the money goes")
    ax.set_xlabel("dollars")
    return ax.containers[0]


def by_seats(spending):
    _fig, axes = plt.subplots(1, 1, squeeze=False)
    decorated(axes[0, 0]).bar(range(len(spending)), spending["spend"])
    axes[0, 0].set_xticks(range(len(spending)), spending["channel"])
    plt.show()
    return axes


STYLES = [by_pyplot, by_axes, by_pandas, by_series, sorted_bars, lying_down, by_seats]
each_style = pytest.mark.parametrize("style", STYLES)


def check(answer):
    return check_card(CARD, {"spend_chart": answer})


def mark(answer):
    return mark_written(CHART, {"spend_chart": answer}, b"any")


@each_style
def test_the_same_data_is_right_in_whatever_style_it_is_drawn(style):
    for verdict in (check(style), mark(style)):
        assert verdict.outcome is Outcome.RIGHT, verdict
        assert DATA_NOT_PIXELS in verdict.message


@each_style
def test_no_figure_stays_open_and_open_ones_stay_as_they_are(style):
    fig, ax = plt.subplots()
    assert check(style).outcome is Outcome.RIGHT
    assert plt.get_fignums() == [fig.number]
    assert plt.gcf() is fig
    assert not ax.containers


def test_settings_and_show_are_put_back():
    before, show = plt.rcParams["font.size"], plt.show
    with clean_canvas():
        plt.rcParams["font.size"] = 40
        assert plt.show is not show
    assert plt.rcParams["font.size"] == before
    assert plt.show is show


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda ax: ax.set_title(""), "no title that says what to see"),
        (lambda ax: ax.set_ylabel("spend"), "in which unit"),
        (lambda ax: ax.set_ylim(100, None), "smallest bar"),
        (lambda ax: ax.set_yscale("log"), "smallest bar"),
        (lambda ax: ax.containers[0][0].set_height(1), "is lower than it should be"),
        (lambda ax: ax.bar(["more"], [3]), "is missing"),
    ],
)
def test_a_figure_is_told_what_is_wrong_with_it(change, said):
    def answer(spending):
        ax = by_axes(spending)[1]
        change(ax)
        return ax

    verdict = check(answer)
    assert verdict.outcome is Outcome.NOT_YET
    assert said in verdict.message + " ".join(verdict.details)


@pytest.mark.parametrize("value", [3, "chart", [], {}, {"broken": [], "drawn": {}}, [3], print])
def test_what_is_no_figure_is_said_to_be_none(value):
    verdict = check(lambda spending: value)
    assert verdict.outcome is Outcome.NOT_YET
    assert "return ax" in " ".join(verdict.details)
    assert mark(lambda spending: value).outcome is Outcome.NOT_YET


def test_a_drawing_that_returns_nothing_is_asked_for_its_return_line():
    assert "gives nothing back" in check(lambda spending: None).message


def test_the_data_of_another_figure_cannot_be_handed_in():
    first = CHART.question.kind.cases[0]

    def by_heart(spending):
        return by_axes(**first)

    assert mark(by_heart).outcome is Outcome.NOT_YET


def only(ax):
    return describe(ax)["axes"][0]["series"]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plt.plot(DATED["week"], DATED["leads"]),
        lambda: DATED.plot(x="week", y="leads"),
        lambda: DATED.set_index("week").plot(),
        lambda: DATED.set_index("week")["leads"].plot(),
        lambda: DATED.set_index("week").asfreq("7D").plot(),
        lambda: plt.plot(DATED["week"].dt.strftime("%Y-%m-%d"), DATED["leads"]),
        lambda: plt.scatter(DATED["week"], DATED["leads"]),
        lambda: plt.bar(DATED["week"], DATED["leads"]),
        lambda: DATED.plot.bar(x="week", y="leads"),
    ],
)
def test_dates_read_the_same_however_they_are_drawn(draw):
    draw()
    (series,) = only(plt.gcf())
    assert series["points"] == [["2026-01-05", 40], ["2026-01-12", 55], ["2026-01-19", 48]]


def test_a_histogram_a_scatter_and_a_line_are_told_apart():
    fig, axes = plt.subplots(1, 4)
    axes[0].hist([1, 1, 2, 5], bins=4)
    axes[1].scatter([1, 2], [3, 4])
    axes[2].plot([1, 2], [3, 4], "o")
    axes[3].plot([1, 2], [3, 4])
    axes[3].axhline(2)
    described = describe(fig)["axes"]
    assert [[s["kind"] for s in axes["series"]] for axes in described] == [
        ["hist"],
        ["scatter"],
        ["scatter"],
        ["line"],
    ]
    assert described[0]["series"][0]["points"] == [[1.5, 2], [2.5, 1], [3.5, 0], [4.5, 1]]


def test_groups_of_bars_keep_their_labels_and_categories():
    SPEND.assign(plan=[4000, 2000, 1000]).plot.bar(x="channel")
    first, second = only(plt.gcf())
    assert (first["label"], second["label"]) == ("spend", "plan")
    assert first["points"][0] == ["search", 4200]
    assert second["points"][2] == ["email", 1000]


def test_an_artist_without_a_figure_is_none():
    from matplotlib.lines import Line2D

    for value in (Line2D([], []), None, "x", [], [None]):
        with pytest.raises(NotDrawn):
            describe(value)


def drawing(change=None, kind="bar"):
    plt.close("all")
    fig, ax = plt.subplots()
    (ax.bar if kind == "bar" else ax.plot)([1, 2, 3], [4, 5, 6], label="a")
    if change:
        change(ax)
    return describe(fig)


@pytest.mark.parametrize(
    ("rule", "good", "bad", "kind"),
    [
        (Marks(("bar",)), None, lambda ax: ax.plot([1], [1]), "bar"),
        (BarsFromZero(), None, lambda ax: ax.set_ylim(3, 7), "bar"),
        (BarsFromZero(), None, lambda ax: ax.bar([9], [1], bottom=3).remove() or ax.set_yscale("log"), "bar"),
        (BarsFromZero(), lambda ax: ax.bar([1, 2, 3], [1, 1, 1], bottom=[4, 5, 6]), lambda ax: ax.set_ylim(-9, -1), "bar"),
        (Titled(words=2), lambda ax: ax.set_title("Two words", loc="left"), lambda ax: ax.set_title("one"), "bar"),
        (Titled(), lambda ax: ax.figure.suptitle("Above all"), None, "bar"),
        (Labelled("y", ("percent", "%")), lambda ax: ax.set_ylabel("Share (%)"), lambda ax: ax.set_ylabel("Share"), "bar"),
        (Legend(), lambda ax: (ax.bar([1], [1], label="b"), ax.legend()), lambda ax: ax.bar([1], [1], label="b"), "bar"),
        (InOrder(), None, lambda ax: ax.plot([1, 3, 2], [1, 1, 1]), "line"),
        (Scaled("y", "log"), lambda ax: ax.set_yscale("log"), None, "line"),
        (Told(words=3), lambda ax: ax.figure.set_label("Leads rise each week"), None, "line"),
    ],
)  # fmt: skip
def test_each_rule_tells_a_good_figure_from_a_bad_one(rule, good, bad, kind):
    again = rule_from(json.loads(json.dumps(rule.as_data())))
    assert again.is_kept(drawing(good, kind))
    assert not again.is_kept(drawing(bad, kind))


def test_the_package_loads_without_matplotlib():
    code = "import sys, seat.checks, seat.checks.author; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

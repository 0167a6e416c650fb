"""A quoted figure is read by name, and verified wherever its data are."""

import datetime

import pytest

from seat.shelf import quoted, result, verify_results
from seat.shelf.catalogue import CatalogueError
from seat.shelf.quoted import Holds, Result, UnknownResult, results, verify
from tests.shelf.conftest import PAGE, POSTS


def all_likes(posts, without=None):
    return posts.loc[posts["post"] != without, "likes"].sum()


def figure(value, decimals=0, how="all_likes", **arguments):
    return Result(
        name="likes",
        what="likes of all posts",
        value=value,
        decimals=decimals,
        unit="likes",
        data=("posts",),
        how=f"{__name__}.{how}",
        computed_on=datetime.date(2026, 11, 21),
        arguments=arguments,
    )


@pytest.fixture
def here(posts, seat_data):
    (seat_data / "posts.csv").write_bytes(POSTS)
    return seat_data / "posts.csv"


def test_a_figure_is_read_without_its_data(monkeypatch):
    monkeypatch.setattr(quoted, "_results_file", lambda: {"likes": figure(12)})
    assert result("likes") == 12


def test_a_figure_without_decimals_is_a_whole_number(monkeypatch):
    monkeypatch.setattr(quoted, "_results_file", lambda: {"likes": figure(12.0)})
    assert isinstance(result("likes"), int)


def test_an_unknown_figure_gets_the_nearest_name(monkeypatch):
    monkeypatch.setattr(quoted, "_results_file", lambda: {"likes": figure(12)})
    with pytest.raises(UnknownResult, match="Did you mean 'likes'"):
        result("like")


def test_a_figure_that_its_data_still_give_holds(here):
    assert verify(figure(12)).holds is Holds.YES


def test_a_figure_is_compared_as_it_is_rounded(here):
    assert verify(figure(12.04, decimals=1)).holds is Holds.YES
    assert verify(figure(12.06, decimals=1)).holds is Holds.STALE


def test_a_changed_figure_is_stale_and_says_what_was_found(here):
    done = verify(figure(13))
    assert (done.holds, done.found) == (Holds.STALE, 12)


def test_arguments_reach_the_function(here):
    assert verify(figure(3, without="b")).holds is Holds.YES


def test_a_figure_without_data_is_left_alone(posts, mirror):
    assert verify(figure(12)).holds is Holds.NO_DATA
    assert mirror.asked == 0


def test_spoilt_data_verify_nothing(here):
    here.write_bytes(PAGE)
    done = verify(figure(12))
    assert done.holds is Holds.BROKEN
    assert "HTML page" in done.reason


def test_a_function_that_is_not_there_is_named(here):
    done = verify(figure(12, how="no_likes"))
    assert done.holds is Holds.BROKEN
    assert f"{__name__}.no_likes: AttributeError" in done.reason


def test_all_figures_are_verified(here, monkeypatch):
    both = {"likes": figure(12), "more": figure(13)}
    monkeypatch.setattr(quoted, "_results_file", lambda: both)
    assert [done.holds for done in verify_results()] == [Holds.YES, Holds.STALE]


def test_an_entry_with_a_misspelt_field_is_refused_by_name():
    with pytest.raises(CatalogueError, match=r"likes: .*units"):
        quoted._result("likes", {"data": ["posts"], "units": "likes"})


def test_each_figure_says_what_it_is_and_when_it_was_computed():
    for one in results().values():
        assert one.what
        assert one.unit
        assert isinstance(one.computed_on, datetime.date), one.name
        assert one.how.startswith("seat.shelf.results."), one.name

"""What ``seat data`` prints, and when it fails."""

import datetime
from dataclasses import replace

import pytest
from click.testing import CliRunner

from seat import commands_data
from seat.commands_data import data
from seat.shelf import catalogue, quoted
from tests.shelf.conftest import PAGE, POSTS


@pytest.fixture
def run(posts, monkeypatch):
    monkeypatch.setattr(commands_data.console, "width", 200, raising=False)
    monkeypatch.setattr(commands_data.console, "_width", 200)

    def invoke(*arguments):
        with commands_data.console.capture() as captured:
            done = CliRunner().invoke(data, arguments)
        # What went wrong inside a command is not to be mistaken for its refusal.
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done.exit_code, captured.get() + done.output

    return invoke


@pytest.fixture
def likes(monkeypatch):
    """The only figure of the results file."""
    one = quoted.Result(
        name="likes",
        what="likes of all posts",
        value=12,
        decimals=0,
        unit="likes",
        data=("posts",),
        how="tests.shelf.test_quoted.all_likes",
        computed_on=datetime.date(2026, 11, 21),
    )
    monkeypatch.setattr(quoted, "_results_file", lambda: {"likes": one})
    return one


def test_the_list_names_each_set_and_whether_it_is_here(run, seat_data):
    assert "yes" not in run("list")[1]
    (seat_data / "posts.csv").write_bytes(POSTS)
    assert "yes" in run("list")[1]


def test_show_prints_whose_data_it_is_and_what_is_wrong_with_it(run):
    code, text = run("show", "posts")
    assert code == 0
    for part in (
        "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
        "Lovelace, A. (2026). Posts and likes.",
        "https://example.org/posts",
        "3 rows and 2 columns",
        "12 likes",
        "Post b is there twice.",
    ):
        assert part in text


def test_show_warns_of_a_licence_still_to_be_confirmed(run, posts, monkeypatch):
    unsure = replace(posts, licence_grade="B")
    monkeypatch.setattr(catalogue, "_catalogue", lambda: {"posts": unsure})
    assert "confirm at the source before a release" in run("show", "posts")[1]


def test_show_offers_the_nearest_name(run):
    code, text = run("show", "post")
    assert code == 1
    assert "Did you mean 'posts'" in text


def test_fetch_downloads_with_a_bar_to_the_end(run, cache):
    code, text = run("fetch", "posts")
    assert code == 0
    assert f"{len(POSTS)}/{len(POSTS)} bytes" in text
    assert (cache / "posts.csv").read_bytes() == POSTS


def test_fetch_refuses_a_page_and_fails(run, mirror, cache):
    mirror.body = PAGE
    code, text = run("fetch")
    assert code == 1
    assert "found an HTML page" in text
    assert list(cache.iterdir()) == []


def test_verify_calls_a_copy_missing_ok_or_corrupted(run, seat_data):
    code, text = run("verify")
    assert (code, "missing" in text) == (0, True)
    (seat_data / "posts.csv").write_bytes(POSTS)
    code, text = run("verify", "posts")
    assert (code, "ok" in text) == (0, True)
    (seat_data / "posts.csv").write_bytes(PAGE)
    code, text = run("verify")
    assert (code, "corrupted" in text) == (1, True)
    assert "found an HTML page" in text


def test_verify_downloads_nothing(run, mirror):
    run("verify")
    assert mirror.asked == 0


def test_verify_fails_where_the_bytes_are_right_and_the_table_is_not(
    run, posts, seat_data, monkeypatch
):
    (seat_data / "posts.csv").write_bytes(POSTS)
    wider = replace(posts, columns=3)
    monkeypatch.setattr(catalogue, "_catalogue", lambda: {"posts": wider})
    code, text = run("verify")
    assert (code, "unreadable" in text) == (1, True)


def test_results_are_listed_without_their_data(run, likes):
    code, text = run("results")
    assert (code, "likes of all posts" in text) == (0, True)


def test_results_without_data_are_no_fault(run, likes):
    code, text = run("results", "--check")
    assert (code, "no data here" in text) == (0, True)


def test_a_stale_result_fails_and_shows_both_figures(run, likes, seat_data, monkeypatch):
    (seat_data / "posts.csv").write_bytes(POSTS)
    assert run("results", "--check")[0] == 0
    monkeypatch.setattr(quoted, "_results_file", lambda: {"likes": replace(likes, value=13)})
    code, text = run("results", "--check")
    assert code == 1
    assert "stale" in text
    assert "13" in text
    assert "12" in text


def test_the_notice_is_written_once_and_then_checked(run, tmp_path):
    path = tmp_path / "NOTICE"
    assert run("notice", "--check", str(path))[0] == 1
    assert "written" in run("notice", str(path))[1]
    assert run("notice", "--check", str(path))[0] == 0
    assert "Lovelace, A. (2026). Posts and likes." in path.read_text(encoding="utf-8")

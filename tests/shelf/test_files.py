"""A file is found, downloaded and believed only if its bytes are the catalogue's."""

import sys
from dataclasses import replace

import pytest

from seat.shelf.errors import (
    ChecksumDiffers,
    CutShort,
    DataUnavailable,
    NoDataFolder,
    NotKept,
    NotReached,
    PackageMissing,
    PageInsteadOfData,
    PointerInsteadOfData,
    Refused,
)
from seat.shelf.files import located, obtain
from tests.shelf.conftest import PAGE, POINTER, POSTS

SPOILT = {
    PageInsteadOfData: PAGE,
    PointerInsteadOfData: POINTER,
    CutShort: POSTS[:-4],
    ChecksumDiffers: POSTS.replace(b"5", b"6"),
}


def kept(cache):
    return list(cache.iterdir()) if cache.exists() else []


def test_a_file_is_downloaded_once_and_kept(posts, mirror, cache):
    assert obtain(posts).read_bytes() == POSTS
    assert obtain(posts) == cache / "posts.csv"
    assert mirror.asked == 1


def test_a_file_in_seat_data_wins_over_cache_and_mirror(posts, mirror, seat_data):
    (seat_data / "posts.csv").write_bytes(POSTS)
    assert obtain(posts) == seat_data / "posts.csv"
    assert mirror.asked == 0


def test_what_seat_data_lacks_is_downloaded(posts, mirror, seat_data, cache):
    assert obtain(posts) == cache / "posts.csv"
    assert not list(seat_data.iterdir())


@pytest.mark.parametrize(("error", "body"), SPOILT.items())
def test_a_spoilt_file_in_seat_data_is_refused_and_not_replaced(
    error, body, posts, mirror, seat_data
):
    (seat_data / "posts.csv").write_bytes(body)
    with pytest.raises(error, match="Remove that copy from SEAT_DATA"):
        obtain(posts)
    assert (seat_data / "posts.csv").read_bytes() == body
    assert mirror.asked == 0


@pytest.mark.parametrize(("error", "body"), SPOILT.items())
def test_a_spoilt_download_is_refused_and_leaves_nothing_behind(error, body, posts, mirror, cache):
    mirror.body = body
    with pytest.raises(error, match="Nothing was kept"):
        obtain(posts)
    assert kept(cache) == []


def test_a_spoilt_copy_in_the_cache_is_downloaded_again(posts, cache):
    cache.mkdir()
    (cache / "posts.csv").write_bytes(POINTER)
    assert obtain(posts).read_bytes() == POSTS


def test_a_spoilt_copy_in_the_cache_does_not_outlive_a_failing_download(posts, mirror, cache):
    cache.mkdir()
    (cache / "posts.csv").write_bytes(POINTER)
    mirror.status = 503
    with pytest.raises(Refused):
        obtain(posts)
    assert kept(cache) == []


def test_a_refusal_names_the_status_and_another_way(posts, mirror, cache):
    mirror.status = 404
    with pytest.raises(Refused, match=r"status 404.*point SEAT_DATA to a folder that holds posts"):
        obtain(posts)
    assert kept(cache) == []


def test_a_connection_that_breaks_off_leaves_nothing_behind(posts, mirror, cache):
    mirror.body, mirror.promised = POSTS[:5], len(POSTS)
    with pytest.raises(NotReached, match="nothing was kept"):
        obtain(posts)
    assert kept(cache) == []


def test_without_a_network_the_error_says_what_to_do(posts, cache):
    # Port 9 on this machine answers nobody.
    away = replace(posts, url="http://127.0.0.1:9/posts.csv")
    with pytest.raises(NotReached, match="Connect to the network and run seat data fetch posts"):
        obtain(away)
    assert kept(cache) == []


def test_a_cache_that_cannot_be_a_folder_is_named(posts, cache):
    cache.write_text("a file where the folder should be")
    with pytest.raises(NotKept, match=str(cache)):
        obtain(posts)


def test_a_page_under_a_good_name_is_told_apart_from_a_changed_file(posts, seat_data):
    (seat_data / "posts.csv").write_bytes(b"\xef\xbb\xbf\r\n <HTML lang=en>" + b" " * 100)
    with pytest.raises(PageInsteadOfData, match="found an HTML page of 120 bytes"):
        obtain(posts)


def test_a_spreadsheet_under_a_good_name_is_called_one(posts, seat_data):
    (seat_data / "posts.csv").write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(ChecksumDiffers, match="a zip archive or spreadsheet"):
        obtain(posts)


def test_a_truncated_file_says_how_much_is_missing(posts, seat_data):
    (seat_data / "posts.csv").write_bytes(POSTS[:-4])
    with pytest.raises(CutShort, match="19 bytes, 4 too few"):
        obtain(posts)


def test_seat_data_must_name_a_folder(posts, monkeypatch):
    monkeypatch.setenv("SEAT_DATA", "/no/such/folder")
    with pytest.raises(NoDataFolder, match="'/no/such/folder', which is not a folder"):
        located(posts)


def test_without_pooch_the_error_says_what_to_install(posts, monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(PackageMissing, match="pip install pooch"):
        obtain(posts)


def test_without_pooch_a_file_in_seat_data_is_read_all_the_same(posts, seat_data, monkeypatch):
    (seat_data / "posts.csv").write_bytes(POSTS)
    monkeypatch.setitem(sys.modules, "pooch", None)
    assert obtain(posts).read_bytes() == POSTS


def test_every_reason_is_an_unavailable_data_set():
    reasons = [*SPOILT, NoDataFolder, NotKept, NotReached, PackageMissing, Refused]
    assert all(issubclass(reason, DataUnavailable) for reason in reasons)

"""Find the file of a data set, download it if need be, and never trust it unverified."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from seat.shelf.catalogue import DataSet
from seat.shelf.errors import (
    ChecksumDiffers,
    CutShort,
    NoDataFolder,
    NotKept,
    NotReached,
    NotTheFile,
    PackageMissing,
    PageInsteadOfData,
    Place,
    PointerInsteadOfData,
    Refused,
)

TIMEOUT_S = 30
CHUNK_BYTES = 64 * 1024
# Long enough for the tell-tale beginnings of pages and pointers.
BEGINNING_BYTES = 512
PAGE_BEGINNINGS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<!--")
# Spreadsheets are archives too.
ARCHIVE_BEGINNING = b"PK\x03\x04"
POINTER_BEGINNING = b"version https://git-lfs.github.com/"

Downloader = Callable[[str, str, Any], None]


def obtain(data_set: DataSet, progress: Any = False) -> Path:
    """The verified file: from ``SEAT_DATA``, else from the cache, else downloaded.

    Raises
    ------
    DataUnavailable
        When none of them has it. A copy in ``SEAT_DATA`` that is not the
        catalogue's is an error, not a reason to look elsewhere.
    """
    found = located(data_set)
    if found and found[1] is Place.FOLDER:
        verify(data_set, *found)
        return found[0]
    if found:
        try:
            verify(data_set, *found)
            return found[0]
        except NotTheFile:
            # A spoilt copy must not outlive a download that fails.
            found[0].unlink(missing_ok=True)
    return download(data_set, progress)


def located(data_set: DataSet) -> tuple[Path, Place] | None:
    """Where a copy lies on this machine, not yet verified; nothing is downloaded."""
    given = data_folder()
    if given and (given / data_set.file).is_file():
        return given / data_set.file, Place.FOLDER
    cached = cache_folder() / data_set.file
    return (cached, Place.CACHE) if cached.is_file() else None


def data_folder() -> Path | None:
    """The folder that ``SEAT_DATA`` names, if it is set."""
    named = os.environ.get("SEAT_DATA")
    if not named:
        return None
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise NoDataFolder(named)
    return folder


def cache_folder() -> Path:
    """Where downloads are kept."""
    return Path(_pooch().os_cache("seat"))


def verify(data_set: DataSet, path: Path, place: Place) -> None:
    """Refuse a file whose bytes are not those of the catalogue.

    Raises
    ------
    NotTheFile
        With what was expected and what the file looks like.
    """
    size = path.stat().st_size
    if size == data_set.bytes and sha256_of(path) == data_set.sha256:
        return
    with path.open("rb") as stream:
        beginning = stream.read(BEGINNING_BYTES)
    kind, found = _what_it_is(beginning, size, data_set, path)
    expected = f"{data_set.bytes:,} bytes with sha256 {data_set.sha256[:12]}…"
    # The temporary name of a download tells nobody anything.
    where = data_set.url if place is Place.MIRROR else str(path)
    raise kind(data_set.name, str(place), where, expected, found)


def sha256_of(path: Path) -> str:
    """The checksum of a file, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def download(data_set: DataSet, progress: Any = False) -> Path:
    """Download a file into the cache, under its name only once it is verified."""
    pooch = _pooch()
    import requests

    try:
        return Path(
            pooch.retrieve(
                data_set.url,
                known_hash=data_set.sha256,
                fname=data_set.file,
                path=cache_folder(),
                downloader=_verifying_downloader(data_set, progress),
            )
        )
    except requests.HTTPError as error:
        status = 0 if error.response is None else error.response.status_code
        raise Refused(data_set.name, data_set.url, status, by_hand(data_set)) from error
    except requests.RequestException as error:
        reason = type(error).__name__
        raise NotReached(data_set.name, data_set.url, reason, by_hand(data_set)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotKept(data_set.name, str(cache_folder()), reason) from error


def by_hand(data_set: DataSet) -> str:
    """What to do without the mirror."""
    return f"point SEAT_DATA to a folder that holds {data_set.file} (source: {data_set.source})"


def _verifying_downloader(data_set: DataSet, progress: Any) -> Downloader:
    """A downloader that names what arrived instead of a bare wrong checksum."""
    over_http = _pooch().HTTPDownloader(
        progressbar=progress, chunk_size=CHUNK_BYTES, timeout=TIMEOUT_S
    )

    def fetch(url: str, output_file: str, pooch: Any) -> None:
        over_http(url, output_file, pooch)
        verify(data_set, Path(output_file), Place.MIRROR)

    return fetch


def _what_it_is(
    beginning: bytes, size: int, data_set: DataSet, path: Path
) -> tuple[type[NotTheFile], str]:
    if beginning.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(PAGE_BEGINNINGS):
        return PageInsteadOfData, f"an HTML page of {size:,} bytes"
    if beginning.startswith(POINTER_BEGINNING):
        return PointerInsteadOfData, f"a Git LFS pointer of {size:,} bytes"
    if beginning.startswith(ARCHIVE_BEGINNING):
        return ChecksumDiffers, f"a zip archive or spreadsheet of {size:,} bytes"
    if size < data_set.bytes:
        return CutShort, f"{size:,} bytes, {data_set.bytes - size:,} too few"
    return ChecksumDiffers, f"{size:,} bytes with sha256 {sha256_of(path)[:12]}…"


def _pooch() -> Any:
    try:
        import pooch
    except ModuleNotFoundError as error:
        raise PackageMissing("pooch", "download open data sets") from error
    # Its notes on where files go would stand on the book's pages.
    pooch.get_logger().setLevel("WARNING")
    return pooch

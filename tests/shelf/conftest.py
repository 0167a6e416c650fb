"""A shelf with one small data set, its mirror on this machine, and an empty cache."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pooch
import pytest

from seat.shelf import catalogue
from seat.shelf.catalogue import DataSet, entry

POSTS = b"post,likes\na,3\nb,4\nb,5\n"

PAGE = b"<!DOCTYPE html>\n<html><body>Sign in to see this file</body></html>\n"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 24\n"

WRITTEN = {
    "title": "Posts and likes",
    "authors": "Ada Lovelace",
    "year": 2026,
    "landing": "https://example.org/posts",
    "licence": "CC BY 4.0",
    "licence_grade": "A",
    "attribution": "Lovelace, A. (2026). Posts and likes.",
    "simulated": False,
    "chapters": [13],
    "file": "posts.csv",
    "mirror": {"repository": "ada/posts", "commit": "0" * 40, "path": "posts.csv"},
    "sha256": hashlib.sha256(POSTS).hexdigest(),
    "bytes": len(POSTS),
    "rows": 3,
    "columns": 2,
    "totals": [{"what": "likes", "kind": "sum", "column": "likes", "expected": 12}],
    "problems": ["Post b is there twice."],
}
LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}


class Mirror:
    """What a server on this machine answers, and how often it was asked."""

    def __init__(self) -> None:
        self.status, self.body, self.promised = 200, POSTS, None
        self.asked = 0
        self.url = ""

    def handler(mirror) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror.asked += 1
                self.send_response(mirror.status)
                self.send_header("Content-Length", str(mirror.promised or len(mirror.body)))
                self.end_headers()
                self.wfile.write(mirror.body)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    served = Mirror()
    server = ThreadingHTTPServer(("127.0.0.1", 0), served.handler())
    served.url = f"http://127.0.0.1:{server.server_port}/posts.csv"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(pooch, "os_cache", lambda _: folder)
    return folder


@pytest.fixture
def posts(mirror: Mirror, cache: Path, monkeypatch: pytest.MonkeyPatch) -> DataSet:
    """The only data set of the shelf; nothing of it is on this machine yet."""
    monkeypatch.delenv("SEAT_DATA", raising=False)
    data_set = replace(entry("posts", WRITTEN, LICENCES), url=mirror.url)
    monkeypatch.setattr(catalogue, "_catalogue", lambda: {"posts": data_set})
    return data_set


@pytest.fixture
def seat_data(tmp_path: Path, posts: DataSet, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that ``SEAT_DATA`` names, still empty."""
    folder = tmp_path / "given"
    folder.mkdir()
    monkeypatch.setenv("SEAT_DATA", str(folder))
    return folder

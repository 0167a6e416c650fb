"""Serving the built book on this machine alone."""

from __future__ import annotations

import errno
import mimetypes
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
PORTS = range(8000, 8020)

# Some systems do not know these, and browsers refuse scripts of another type.
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("application/wasm", ".wasm")


class NotBuilt(FileNotFoundError):
    """The book has not been built yet."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(folder)

    def __str__(self) -> str:
        return f"There is no book in {self.folder}. Run make book first."


class NoFreePort(OSError):
    """All the ports that were tried are taken."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        super().__init__(first, last)

    def __str__(self) -> str:
        return f"Ports {self.first} to {self.last} are taken. Choose another: seat serve --port N."


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def make_server(folder: Path, port: int | None = None) -> ThreadingHTTPServer:
    """A server for the built book, on loopback, at ``port`` or the first free one.

    Raises
    ------
    NotBuilt
        When the folder holds no book.
    NoFreePort
        When no port is free.
    """
    if not (folder / "index.html").exists():
        raise NotBuilt(str(folder))
    handler = partial(QuietHandler, directory=str(folder))
    ports = [port] if port is not None else list(PORTS)
    for each in ports:
        try:
            return ThreadingHTTPServer((LOOPBACK, each), handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise NoFreePort(ports[0], ports[-1])


def open_browser(address: str) -> bool:
    """Open the address in a browser, if this machine has one."""
    try:
        return webbrowser.get().open(address)
    except webbrowser.Error:
        return False

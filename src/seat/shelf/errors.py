"""Why an open data set cannot be had.

DataUnavailable
├── PackageMissing      a package outside the minimal install is needed
├── NoDataFolder        SEAT_DATA names no folder
├── NotReached          the mirror did not answer, or the connection broke
├── Refused             the mirror answered with an error
├── NotKept             the cache cannot be written
├── NotTheFile          the bytes are not the catalogue's
│   ├── PageInsteadOfData      an HTML page
│   ├── PointerInsteadOfData   a Git LFS pointer
│   ├── CutShort               fewer bytes than the catalogue says
│   └── ChecksumDiffers        as long or longer, but other bytes
└── WrongTable          the right bytes, read into another table
"""

from __future__ import annotations

from enum import StrEnum

from seat.naming import UnknownName


class Place(StrEnum):
    """Where a copy of a file lies, or came from."""

    FOLDER = "SEAT_DATA"
    CACHE = "the cache"
    MIRROR = "the mirror"


class UnknownDataSet(UnknownName):
    """A name that is not on the shelf."""

    WHAT, ALL = "data set", "Data sets"


class DataUnavailable(Exception):
    """An open data set cannot be had; the text says why, and what to do."""


class PackageMissing(DataUnavailable):
    """A package is needed that a minimal install does not bring."""

    def __init__(self, package: str, purpose: str) -> None:
        self.package, self.purpose = package, purpose
        super().__init__(package, purpose)

    def __str__(self) -> str:
        return (
            f"{self.package} is needed to {self.purpose}, and is not installed. "
            f"Install it: pip install {self.package}, or all of the teaching part: "
            "pip install 'seat[teach]'."
        )


class NoDataFolder(DataUnavailable):
    """``SEAT_DATA`` names something that is not a folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        super().__init__(folder)

    def __str__(self) -> str:
        return (
            f"SEAT_DATA is {self.folder!r}, which is not a folder. Name the folder that holds "
            "the data files, or unset SEAT_DATA to download them."
        )


class NotReached(DataUnavailable):
    """The mirror did not answer, or the connection broke off."""

    def __init__(self, name: str, url: str, reason: str, by_hand: str) -> None:
        self.name, self.url, self.reason, self.by_hand = name, url, reason, by_hand
        super().__init__(name, url, reason, by_hand)

    def __str__(self) -> str:
        return (
            f"{self.name}: no answer from {self.url} ({self.reason}); nothing was kept. "
            f"Connect to the network and run seat data fetch {self.name}, or {self.by_hand}."
        )


class Refused(DataUnavailable):
    """The mirror answered that it will not give the file."""

    def __init__(self, name: str, url: str, status: int, by_hand: str) -> None:
        self.name, self.url, self.status, self.by_hand = name, url, status, by_hand
        super().__init__(name, url, status, by_hand)

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.url} answered with status {self.status} where a file was "
            f"expected; nothing was kept. Try again later, or {self.by_hand}."
        )


class NotKept(DataUnavailable):
    """The cache cannot be read or written."""

    def __init__(self, name: str, folder: str, reason: str) -> None:
        self.name, self.folder, self.reason = name, folder, reason
        super().__init__(name, folder, reason)

    def __str__(self) -> str:
        return (
            f"{self.name}: the cache {self.folder} cannot be used ({self.reason}); nothing was "
            "kept. Make room or give yourself the right to write there, or point SEAT_DATA to "
            "a folder that holds the file."
        )


class NotTheFile(DataUnavailable):
    """The bytes found are not those of the catalogue."""

    def __init__(self, name: str, place: str, path: str, expected: str, found: str) -> None:
        self.name, self.place, self.path = name, place, path
        self.expected, self.found = expected, found
        super().__init__(name, place, path, expected, found)

    def __str__(self) -> str:
        return (
            f"{self.name}: expected {self.expected}, found {self.found}, "
            f"in {self.place} ({self.path}). {self._next_step()}"
        )

    def _next_step(self) -> str:
        again = f"seat data fetch {self.name}"
        if self.place == Place.FOLDER:
            return f"Nothing was read. Remove that copy from SEAT_DATA and run {again}."
        if self.place == Place.CACHE:
            return f"Nothing was read. Run {again} to replace it."
        return (
            f"Nothing was kept. Try {again} later; if it fails again, the mirror has changed: "
            "get the file from the source that seat data show names and point SEAT_DATA to "
            "its folder."
        )


class PageInsteadOfData(NotTheFile):
    """An HTML page under the name of a data file."""


class PointerInsteadOfData(NotTheFile):
    """A Git LFS pointer, which only says where the data lie."""


class CutShort(NotTheFile):
    """A copy that ends too early."""


class ChecksumDiffers(NotTheFile):
    """A file of at least the right length with other bytes."""


class WrongTable(DataUnavailable):
    """The bytes are right, and yet the table read from them is not the catalogue's."""

    def __init__(self, name: str, what: str, expected: str, found: str) -> None:
        self.name, self.what, self.expected, self.found = name, what, expected, found
        super().__init__(name, what, expected, found)

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.what}: expected {self.expected}, found {self.found}. "
            "The file is the right one, so it was read in another way: compare the versions of "
            "pandas and pyarrow with requirements.txt."
        )

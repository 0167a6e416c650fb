"""The catalogue of open data sets: what each is, where it lies, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from seat.shelf.errors import PackageMissing, UnknownDataSet
from seat.tables import packed_data


class CatalogueError(ValueError):
    """An entry of the catalogue that cannot be used."""

    def __init__(self, name: str, fault: str) -> None:
        self.name, self.fault = name, fault
        super().__init__(name, fault)

    def __str__(self) -> str:
        return f"data/catalogue.yml: {self.name}: {self.fault}"


@dataclass(frozen=True)
class Total:
    """A number that shows at a glance that the right table was read."""

    what: str
    # How it is measured: rows with a value, distinct values, a sum, missing values.
    kind: str
    column: str
    expected: int
    value: str | None = None


@dataclass(frozen=True)
class Mirror:
    """A pinned copy in a public repository."""

    repository: str
    commit: str
    path: str

    @property
    def url(self) -> str:
        """The address of these bytes, which do not change with the repository."""
        return f"https://raw.githubusercontent.com/{self.repository}/{self.commit}/{self.path}"


@dataclass(frozen=True)
class DataSet:
    """One open data set."""

    name: str
    title: str
    authors: str
    year: int
    landing: str
    licence: str
    licence_url: str
    # A: read or quoted by independent sources. B: confirm at the landing page before a release.
    licence_grade: str
    attribution: str
    simulated: bool
    chapters: tuple[int, ...]
    file: str
    sha256: str
    bytes: int
    rows: int
    columns: int
    url: str
    mirror: Mirror
    totals: tuple[Total, ...]
    problems: tuple[str, ...]
    # What this copy differs in from the published file, and what we change on reading.
    mirror_changes: tuple[str, ...] = ()
    our_changes: tuple[str, ...] = ()
    doi: str | None = None
    read: Mapping[str, Any] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The published address: the DOI where there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.landing

    @property
    def changes(self) -> tuple[str, ...]:
        """All that differs from the published file; licences ask to say so."""
        return (*self.mirror_changes, *self.our_changes)


def data_sets() -> dict[str, DataSet]:
    """The data sets of the catalogue, by name."""
    return dict(_catalogue())


def find(name: str) -> DataSet:
    """The data set of that name.

    Raises
    ------
    UnknownDataSet
        When the shelf has none.
    """
    known = data_sets()
    if name not in known:
        raise UnknownDataSet(name, known)
    return known[name]


def read_yaml(file: str) -> Any:
    """A YAML file that travels with the course."""
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise PackageMissing("PyYAML", f"read the course's {file}") from error
    return yaml.safe_load((packed_data() / file).read_text(encoding="utf-8"))


@cache
def _catalogue() -> dict[str, DataSet]:
    written = read_yaml("catalogue.yml")
    licences = written["licences"]
    return {name: entry(name, values, licences) for name, values in written["data_sets"].items()}


def entry(name: str, written: Mapping[str, Any], licences: Mapping[str, str]) -> DataSet:
    """One entry, with what is missing or unknown in it said by name."""
    allowed = {one.name for one in fields(DataSet)} - {"name", "url", "licence_url"}
    if unknown := sorted(set(written) - allowed):
        raise CatalogueError(name, f"no field {unknown[0]!r}. Fields: {', '.join(sorted(allowed))}")
    if written.get("licence") not in licences:
        raise CatalogueError(name, f"licence is none of {', '.join(sorted(licences))}")
    tuples = ("chapters", "problems", "mirror_changes", "our_changes")
    values = {**written, **{key: tuple(written.get(key, ())) for key in tuples}}
    try:
        values["mirror"] = Mirror(**written["mirror"])
        values["totals"] = tuple(Total(**one) for one in written["totals"])
        values["url"] = values["mirror"].url
        return DataSet(name=name, licence_url=licences[written["licence"]], **values)
    except (KeyError, TypeError) as error:
        raise CatalogueError(name, f"a field is missing or misspelt ({error})") from error

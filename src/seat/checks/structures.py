"""Rules for structures that a learner writes: a positioning statement, an SLA, a goal.

The rules are public. Each judges one thing; ``trees`` adds those for nodes
that have parents.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import pandas as pd

from seat.checks.compare import PAIRS, is_number, kind_of, plain
from seat.checks.rules import Problem, Rule

DEEPEST, LARGEST = 12, 5_000
_PLACEHOLDERS = frozenset({"", "...", "…", "tbd", "todo", "xxx", "n/a", "none", "-", "?"})
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

Part = tuple[str, Any]


class NotStructured(ValueError):
    """An answer that is no plain dictionary or list."""


def structured(value: Any) -> Any:
    """``value`` in plain dictionaries, lists, numbers and text; ``...`` stays.

    Raises
    ------
    NotStructured
        When it holds something else, is too deep or too large.
    """
    left = [LARGEST]

    def walk(item: Any, depth: int) -> Any:
        left[0] -= 1
        if depth > DEEPEST or left[0] < 0:
            raise NotStructured("It is too deep or too large to be read.")
        if type(item) is dict:
            return {str(name): walk(each, depth + 1) for name, each in item.items()}
        if type(item) in (list, tuple):
            return [walk(each, depth + 1) for each in item]
        return _leaf(item)

    return walk(value, 0)


def _leaf(item: Any) -> Any:
    item = plain(item)
    if type(item) in (date, datetime) or isinstance(item, pd.Timestamp):
        return item.isoformat()[:10]
    if item is None or item is ... or type(item) in (bool, int, float, str):
        return item
    raise NotStructured(
        f"It holds a {type(item).__name__}. Use dictionaries, lists, text and numbers."
    )


def leaves(value: Any, where: str = "") -> Iterator[Part]:
    """All that is no dictionary or list, with its place."""
    if type(value) not in (dict, list):
        yield where, value
        return
    for place, item in _items(value):
        yield from leaves(item, _joined(where, place))


def parts(data: Any, at: str) -> list[Part]:
    """What stands at a path, with its place; what is missing is left out."""
    found: list[Part] = [("", data)]
    for step in filter(None, at.split(".")):
        found = [
            (_joined(where, place), item)
            for where, value in found
            for place, item in _items(value)
            if step in ("*", place)
        ]
    return found


def _items(value: Any) -> list[Part]:
    if type(value) is dict:
        return list(value.items())
    if type(value) is not list:
        return []
    return [(_item_name(number, item), item) for number, item in enumerate(value, start=1)]


def _item_name(number: int, item: Any) -> str:
    name = item.get("name") if type(item) is dict else None
    return name if type(name) is str and name.strip() else f"item {number}"


def _joined(where: str, place: str) -> str:
    return f"{where}, {place}" if where else place


def is_blank(value: Any) -> bool:
    """Is this still to be written?"""
    if type(value) is str:
        return value.strip().casefold() in _PLACEHOLDERS
    return value is None or value is ... or value == [] or value == {}


def values(data: Any, at: str, names: Sequence[str]) -> Iterator[Part]:
    """The fields of these names that are there and filled in."""
    for where, part in parts(data, at):
        for name in names:
            if type(part) is dict and not is_blank(part.get(name)):
                yield _joined(where, name), part[name]


def changed(data: Any, at: str, change: Callable[[dict], None]) -> Iterator[Any]:
    """Copies of ``data`` in each of which one part at ``at`` is changed."""
    for place in range(len(parts(data, at))):
        spoiled = copy.deepcopy(data)
        part = parts(spoiled, at)[place][1]
        if type(part) is dict:
            change(part)
            yield spoiled


def put(data: Any, at: str, names: Sequence[str], value: Any) -> Iterator[Any]:
    """Copies of ``data`` in each of which one field holds ``value``."""
    for name in names:
        yield from changed(data, at, _setting(name, value))


def _setting(name: str, value: Any) -> Callable[[dict], None]:
    return lambda part: part.update({name: value})


def _dropping(name: str) -> Callable[[dict], None]:
    return lambda part: part.pop(name, None)


def _adding(name: str, word: str) -> Callable[[dict], None]:
    return lambda part: part.update({name: f"{part.get(name, '')} {word}".strip()})


@dataclass(frozen=True)
class Fields(Rule):
    """Each part has these fields."""

    names: tuple[str, ...]
    gate: ClassVar[bool] = True
    help: ClassVar[str] = "A field is missing. Compare your fields with the list in the question."

    def problems(self, data: Any) -> Iterator[Problem]:
        found = parts(data, self.at)
        if not found:
            yield Problem(self.at, "there is nothing here yet")
        for where, part in found:
            if type(part) is not dict:
                yield Problem(where, f"this is {kind_of(part)}; {PAIRS} is asked for")
                continue
            for name in self.names:
                if name not in part:
                    yield Problem(where, f"the field {name!r} is missing")

    def spoiled(self, data: Any) -> Iterator[Any]:
        for name in reversed(self.names):
            yield from changed(data, self.at, _dropping(name))


@dataclass(frozen=True)
class Filled(Rule):
    """These fields hold text of so many words, or a list that is not empty.

    A number is the business of ``Between``.
    """

    names: tuple[str, ...]
    words: int = 1
    gate: ClassVar[bool] = True
    help: ClassVar[str] = "A field is empty or too short to say anything. Write it out."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, part in parts(data, self.at):
            for name in self.names:
                if type(part) is dict and name in part and self._is_thin(part[name]):
                    yield Problem(_joined(where, name), self._wanted())

    def _is_thin(self, value: Any) -> bool:
        if is_blank(value) or type(value) not in (str, list):
            return True
        return type(value) is str and len(re.findall(r"\w+", value)) < self.words

    def _wanted(self) -> str:
        return "write it in words" if self.words == 1 else f"write at least {self.words} words"

    def spoiled(self, data: Any) -> Iterator[Any]:
        return put(data, self.at, self.names, "")


@dataclass(frozen=True)
class Permitted(Rule):
    """A field holds a value of a closed list."""

    name: str
    options: tuple[Any, ...]
    help: ClassVar[str] = "A field holds a value that is not on its list."

    def problems(self, data: Any) -> Iterator[Problem]:
        allowed = {_folded(option) for option in self.options}
        for where, value in values(data, self.at, [self.name]):
            for item in value if type(value) is list else [value]:
                if _folded(item) not in allowed:
                    yield Problem(where, f"{item!r} is not on the list: {_listed(self.options)}")

    def spoiled(self, data: Any) -> Iterator[Any]:
        return put(data, self.at, [self.name], "something else")


@dataclass(frozen=True)
class Between(Rule):
    """A field holds a number between two bounds."""

    name: str
    low: float
    high: float
    help: ClassVar[str] = "A figure is no number, or lies outside what is possible."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, value in values(data, self.at, [self.name]):
            if not is_number(value):
                yield Problem(where, "this is no number that can be read", "type")
            elif not self.low <= value <= self.high:
                side = "low" if value < self.low else "high"
                what = f"{value:g} is not between {self.low:g} and {self.high:g}"
                yield Problem(where, what, side)

    def spoiled(self, data: Any) -> Iterator[Any]:
        for value in (self.high + abs(self.high) + 1, self.low - abs(self.low) - 1, "some"):
            yield from put(data, self.at, [self.name], value)


@dataclass(frozen=True)
class SumsTo(Rule):
    """The numbers in a field add up to a total."""

    name: str
    total: float
    within: float = 1e-6
    help: ClassVar[str] = "The parts do not add up to the whole."

    def problems(self, data: Any) -> Iterator[Problem]:
        found = [v for _, v in values(data, self.at, [self.name]) if is_number(v)]
        if found and abs(sum(found) - self.total) > self.within:
            side = "more" if sum(found) > self.total else "less"
            what = f"the parts add up to {sum(found):g}, not {self.total:g}"
            yield Problem(self.name, what, side)

    def spoiled(self, data: Any) -> Iterator[Any]:
        def shift(share: float) -> Callable[[dict], None]:
            return lambda part: part.update({self.name: part.get(self.name, 0) + share})

        for share in (0.05, -0.05, 0.3):
            yield from changed(data, self.at, shift(share * self.total))


@dataclass(frozen=True)
class Count(Rule):
    """A list or dictionary holds from ``least`` to ``most`` entries; ``at`` names it."""

    least: int = 1
    most: int = 1_000
    help: ClassVar[str] = "There are too few or too many entries."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, value in parts(data, self.at):
            if type(value) in (list, dict) and not self.least <= len(value) <= self.most:
                side = "few" if len(value) < self.least else "many"
                yield Problem(where, f"there are {len(value)} entries; {self._wanted()}", side)

    def _wanted(self) -> str:
        return f"at least {self.least}" if self.most >= 1_000 else f"{self.least} to {self.most}"

    def spoiled(self, data: Any) -> Iterator[Any]:
        for place in range(len(parts(data, self.at))):
            for last in (True, False):
                spoiled = copy.deepcopy(data)
                _shorten(parts(spoiled, self.at)[place][1], self.least - 1, last)
                yield spoiled


@dataclass(frozen=True)
class NoWords(Rule):
    """None of these words stands in these fields."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    help: ClassVar[str] = "A word here says nothing that could be wrong. Name what you mean."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, value in values(data, self.at, self.names):
            for word in self.words:
                if re.search(rf"\b{re.escape(word)}\b", str(value), re.IGNORECASE):
                    yield Problem(where, f"it says {word!r}", "word")

    def spoiled(self, data: Any) -> Iterator[Any]:
        for name in self.names:
            for word in self.words:
                yield from changed(data, self.at, _adding(name, word))


@dataclass(frozen=True)
class Says(Rule):
    """A field holds at least one of these words."""

    name: str
    words: tuple[str, ...]
    help: ClassVar[str] = "A field does not say what it has to say."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, value in values(data, self.at, [self.name]):
            found = [w for w in self.words if re.search(re.escape(w), str(value), re.IGNORECASE)]
            if not found:
                yield Problem(where, f"none of these is in it: {_listed(self.words)}")

    def spoiled(self, data: Any) -> Iterator[Any]:
        return put(data, self.at, [self.name], "other matters stand here")


@dataclass(frozen=True)
class Dated(Rule):
    """A field holds a date, written 2026-09-30, from ``first`` to ``last``."""

    name: str
    first: str = "1900-01-01"
    last: str = "2200-01-01"
    help: ClassVar[str] = "A goal without a date cannot be missed. Write one as 2026-09-30."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, value in values(data, self.at, [self.name]):
            if not is_date(value):
                yield Problem(where, f"{value!r} is no date; write it as 2026-09-30", "none")
            elif not self.first <= value[:10] <= self.last:
                yield Problem(where, f"{value} is not from {self.first} to {self.last}", "outside")

    def spoiled(self, data: Any) -> Iterator[Any]:
        return put(data, self.at, [self.name], "soon")


@dataclass(frozen=True)
class Differ(Rule):
    """Two fields of a part hold different values, such as a goal and its baseline."""

    name: str
    other: str
    help: ClassVar[str] = "Two fields say the same. A goal moves away from where it began."

    def problems(self, data: Any) -> Iterator[Problem]:
        for where, part in parts(data, self.at):
            if type(part) is not dict or is_blank(part.get(self.name)):
                continue
            if _folded(part[self.name]) == _folded(part.get(self.other)):
                yield Problem(where, f"{self.name!r} and {self.other!r} say the same")

    def spoiled(self, data: Any) -> Iterator[Any]:
        yield from changed(data, self.at, lambda p: p.update({self.name: p.get(self.other)}))
        yield from changed(data, self.at, lambda p: p.update({self.other: p.get(self.name)}))


def is_date(value: Any) -> bool:
    """Is this a day of the calendar, as 2026-09-30?"""
    try:
        return bool(_ISO_DATE.match(value)) and bool(date.fromisoformat(value[:10]))
    except (TypeError, ValueError):
        return False


def _shorten(value: Any, length: int, last: bool) -> None:
    while type(value) in (list, dict) and len(value) > max(length, 0):
        if type(value) is list:
            value.pop(-1 if last else 0)
        else:
            del value[list(value)[-1 if last else 0]]


def _folded(value: Any) -> Any:
    return value.strip().casefold() if type(value) is str else repr(plain(value))


def _listed(options: Sequence[Any]) -> str:
    return ", ".join(map(repr, options))

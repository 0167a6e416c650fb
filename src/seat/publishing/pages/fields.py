"""Reading YAML that people write: every fault names its file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import yaml

T = TypeVar("T")


class FieldFault(ValueError):
    """A field that holds something else than is allowed."""

    def __init__(self, path: str, line: int, field: str, problem: str, allowed: str) -> None:
        self.path, self.line, self.field = path, line, field
        self.problem, self.allowed = problem, allowed
        # The arguments themselves, so that the error crosses to another process.
        super().__init__(path, line, field, problem, allowed)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} {self.allowed}"

    @property
    def what(self) -> str:
        return f"The field {self.field!r} {self.problem}." if self.field else f"It {self.problem}."


@dataclass(frozen=True)
class Field:
    """A piece of YAML with its place."""

    node: yaml.Node
    path: str
    name: str
    # Lines of the file that stand above the YAML.
    above: int = 0

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1 + self.above

    @property
    def column(self) -> int:
        return int(self.node.start_mark.column) + 1

    def fault(self, problem: str, allowed: str) -> FieldFault:
        return FieldFault(self.path, self.line, self.name, problem, allowed)

    def text(self) -> str:
        """The field as a piece of text that is not empty."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.fault("holds no text", "Write a text on this line.")
        return str(self.node.value).strip()

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """The field as one word of a closed list."""
        if (found := self.text()) in allowed:
            return found
        raise self.fault(f"is {found!r}", f"Allowed: {', '.join(allowed)}.")

    def number(self, low: int, high: int) -> int:
        """The field as a whole number between two bounds."""
        allowed = f"Allowed: a whole number from {low} to {high}."
        text = self.text()
        if not text.lstrip("-").isdecimal() or not low <= int(text) <= high:
            raise self.fault(f"is {text!r}", allowed)
        return int(text)

    def day(self) -> date:
        """The field as a date."""
        text = self.text()
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.fault(f"is {text!r}", "Allowed: a date such as 2026-11-01.") from None

    def each(self, read: Callable[[Field], T]) -> list[T]:
        """The field as a list, each entry read by ``read``."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault("is no list", "Write one entry a line, each after a dash.")
        return [
            read(Field(node, self.path, f"{self.name}[{number}]", self.above))
            for number, node in enumerate(self.node.value, start=1)
        ]

    def entries(self) -> Iterator[tuple[str, Field]]:
        """Yield the keys of a mapping and what stands under them, each key once."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault("is no mapping", "Write 'name: value' lines, indented.")
        seen: set[str] = set()
        for key, node in self.node.value:
            inside = Field(node, self.path, f"{self.name}.{key.value}".lstrip("."), self.above)
            if key.value in seen:
                raise inside.fault("stands twice", "Keep one.")
            seen.add(key.value)
            yield str(key.value), inside

    def record(self, needed: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Field]:
        """The fields of a mapping, all that are needed and none that is unknown."""
        found = dict(self.entries())
        for name, inside in found.items():
            if name not in needed + optional:
                raise inside.fault(
                    "is unknown", f"Allowed: {', '.join(sorted(needed + optional))}."
                )
        missing = [name for name in needed if name not in found]
        if missing:
            raise self.fault(f"lacks {missing[0]!r}", f"Needed: {', '.join(needed)}.")
        return found


def parse(text: str, path: str, name: str = "", above: int = 0) -> Field:
    """The YAML in ``text`` as a field.

    Raises
    ------
    FieldFault
        When it is no YAML, or empty.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 1 + above
        raise FieldFault(
            path, line, name, f"cannot be read as YAML: {error.problem}", "Mend the line."
        ) from None
    if node is None:
        raise FieldFault(path, 1 + above, name, "is empty", "Write its fields.")
    return Field(node, path, name, above)

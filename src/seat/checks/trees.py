"""Rules for nodes that have parents: driver trees and goal trees.

A tree is a list of nodes, each a dictionary with a name and the name of its
parent; the root's parent is None.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from seat.checks.rules import Problem, Rule
from seat.checks.structures import changed, is_blank, parts, put, values

OPERATIONS: dict[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "product": math.prod,
    "difference": lambda figures: figures[0] - math.fsum(figures[1:]),
    "ratio": lambda figures: figures[0] / math.prod(figures[1:]),
}


def _nodes(data: Any, at: str) -> list[tuple[str, dict]]:
    return [(where, part) for where, part in parts(data, at) if type(part) is dict]


@dataclass(frozen=True)
class Unique(Rule):
    """No two parts have the same value in a field."""

    name: str = "name"
    gate: ClassVar[bool] = True
    help: ClassVar[str] = "Two entries have the same name, so a reference to it means nothing."

    def problems(self, data: Any) -> Iterator[Problem]:
        seen: set[str] = set()
        for where, value in values(data, self.at, [self.name]):
            if str(value).casefold() in seen:
                yield Problem(where, f"{value!r} stands twice", "twice")
            seen.add(str(value).casefold())

    def spoiled(self, data: Any) -> Iterator[Any]:
        for _, value in values(data, self.at, [self.name]):
            yield from put(data, self.at, [self.name], value)


@dataclass(frozen=True)
class Known(Rule):
    """What a field refers to exists: one of ``names``, or a value at the path ``among``."""

    name: str
    names: tuple[str, ...] = ()
    among: str = ""
    help: ClassVar[str] = "Something is referred to that does not exist."

    def problems(self, data: Any) -> Iterator[Problem]:
        known = {name.casefold() for name in self.names}
        if self.among:
            known |= {str(value).casefold() for _, value in parts(data, self.among)}
        for where, value in values(data, self.at, [self.name]):
            for item in value if type(value) is list else [value]:
                if str(item).casefold() not in known:
                    yield Problem(where, f"{item!r} is not defined anywhere", "unknown")

    def spoiled(self, data: Any) -> Iterator[Any]:
        return put(data, self.at, [self.name], "nothing of this name")


@dataclass(frozen=True)
class OneRoot(Rule):
    """Exactly one node has no parent."""

    parent: str = "parent"
    gate: ClassVar[bool] = True
    help: ClassVar[str] = "A tree has one root: one outcome that all the others serve."

    def problems(self, data: Any) -> Iterator[Problem]:
        roots = [where for where, node in _nodes(data, self.at) if is_blank(node.get(self.parent))]
        if len(roots) != 1:
            named = f": {', '.join(roots)}" if roots else ""
            sign = "many" if roots else "none"
            yield Problem("", f"{len(roots)} nodes have no parent{named}", sign)

    def spoiled(self, data: Any) -> Iterator[Any]:
        return put(data, self.at, [self.parent], None)


@dataclass(frozen=True)
class Acyclic(Rule):
    """No node is its own parent, grandparent or further up."""

    name: str = "name"
    parent: str = "parent"
    gate: ClassVar[bool] = True
    help: ClassVar[str] = "Going up from a node leads back to it. A cause cannot be its own cause."

    def problems(self, data: Any) -> Iterator[Problem]:
        above = {
            str(node.get(self.name)).casefold(): str(node.get(self.parent)).casefold()
            for _, node in _nodes(data, self.at)
            if not is_blank(node.get(self.parent))
        }
        for where, node in _nodes(data, self.at):
            start = str(node.get(self.name)).casefold()
            if _returns(start, above):
                yield Problem(where, "going up from here leads back here")
                return

    def spoiled(self, data: Any) -> Iterator[Any]:
        yield from changed(data, self.at, self._own_parent)

    def _own_parent(self, node: dict) -> None:
        if not is_blank(node.get(self.parent)):
            node[self.parent] = node.get(self.name)


def _returns(start: str, above: Mapping[str, str]) -> bool:
    here, steps = above.get(start), 0
    while here is not None and here != start and steps <= len(above):
        here, steps = above.get(here), steps + 1
    return here == start


@dataclass(frozen=True)
class Computes(Rule):
    """The tree gives the right figure at its root, from figures at its leaves.

    Each node with children says in ``how`` what it does with them, in their
    order: 'sum', 'product', 'difference' or 'ratio'. An instance holds
    ``leaves`` (figures by name) and the ``root`` that they lead to.
    """

    instances: tuple[Mapping[str, Any], ...]
    how: str = "how"
    within: float = 1e-6
    help: ClassVar[str] = (
        "Worked out from its leaves, the tree does not give the figure at its root. Go through it "
        "with a small example."
    )

    def problems(self, data: Any) -> Iterator[Problem]:
        if not _is_tree(data, self.at):
            # The business of the other rules for trees.
            return
        for instance in self.instances:
            found = tree_value(data, self.at, self.how, instance["leaves"])
            if found is None:
                yield Problem("", "with the leaves given, the root cannot be worked out")
            elif abs(found - instance["root"]) > self.within * max(abs(instance["root"]), 1.0):
                side = "more" if found > instance["root"] else "less"
                yield Problem("", f"the root comes to {found:g}, {side} than it should")

    def spoiled(self, data: Any) -> Iterator[Any]:
        for _, node in _nodes(data, self.at):
            if is_blank(node.get(self.how)):
                continue
            for operation in OPERATIONS:
                yield from changed(data, self.at, self._turning(operation))

    def _turning(self, operation: str) -> Callable[[dict], None]:
        def turn(node: dict) -> None:
            if not is_blank(node.get(self.how)):
                node[self.how] = operation

        return turn


def _is_tree(data: Any, at: str) -> bool:
    """One root, names that differ, parents that exist: no way up can be endless then."""
    nodes = [node for _, node in _nodes(data, at)]
    names = [str(node.get("name")).casefold() for node in nodes]
    above = [str(n["parent"]).casefold() for n in nodes if not is_blank(n.get("parent"))]
    return (
        len(set(names)) == len(names) == len(above) + 1
        and set(above) <= set(names)
        and Acyclic(at=at).is_kept(data)
    )


def tree_value(data: Any, at: str, how: str, figures: Mapping[str, float]) -> float | None:
    """The figure at the root of a tree, or None where it cannot be worked out."""
    if not _is_tree(data, at):
        return None
    nodes = [node for _, node in _nodes(data, at)]
    known = {name.casefold(): value for name, value in figures.items()}
    roots = [node for node in nodes if is_blank(node.get("parent"))]

    def value(node: dict) -> float:
        name = str(node.get("name")).casefold()
        below = [n for n in nodes if str(n.get("parent")).casefold() == name]
        if not below:
            return known[name]
        return OPERATIONS[str(node.get(how)).casefold()]([value(n) for n in below])

    try:
        return value(roots[0])
    except (KeyError, IndexError, ZeroDivisionError, OverflowError):
        return None

"""Which names a solution cell reads from elsewhere.

A solution may read what locked cells give, Python's own names, and what it
defines itself. Then no answer depends on another answer, and a question can
be solved, checked and marked alone.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator, Set
from dataclasses import dataclass

# What a notebook's kernel gives beside Python's own names.
KERNEL_NAMES = frozenset({"display", "get_ipython", "__name__", "__doc__", "__file__"})
PYTHONS_OWN = frozenset(dir(builtins)) | KERNEL_NAMES


@dataclass(frozen=True, order=True)
class Foreign:
    """A name that a cell reads and neither defines nor is given."""

    line: int
    name: str


def foreign_names(source: str, given: Set[str]) -> list[Foreign]:
    """The names that ``source`` reads from elsewhere than ``given`` and itself.

    A star import defines names that cannot be known here; then nothing is found.
    """
    tree = ast.parse(source)
    if any(_is_star_import(node) for node in ast.walk(tree)):
        return []
    scopes = list(_scopes(symtable.symtable(source, "<cell>", "exec")))
    known = given | PYTHONS_OWN | set(_defined(scopes))
    wanted = {
        name: table.get_lineno() for table in scopes for name in _read(table) if name not in known
    }
    return sorted(Foreign(_line_of(name, tree, first), name) for name, first in wanted.items())


def _is_star_import(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _scopes(child)


def _defined(scopes: list[symtable.SymbolTable]) -> Iterator[str]:
    """The names that the cell binds for all of it: at its top, or by ``global``."""
    for table in scopes:
        for symbol in table.get_symbols():
            binds = symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
            if binds and (table.get_type() == "module" or symbol.is_declared_global()):
                yield symbol.get_name()


def _read(table: symtable.SymbolTable) -> Iterator[str]:
    """The names that a scope looks up outside all functions and classes."""
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            yield symbol.get_name()


def _line_of(name: str, tree: ast.AST, first: int) -> int:
    """The first line, from the scope's own on, on which the name is read."""
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    return min((line for line in lines if line >= first), default=min(lines, default=first))

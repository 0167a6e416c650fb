"""A rule about plain data: a name, a few parameters, one sentence of help.

Rules are public. A card carries them by name and parameters, so that a check
says at once which rule is broken, and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from seat.naming import UnknownName

RULES: dict[str, type[Rule]] = {}


class UnknownRule(UnknownName):
    """A card names a rule that this version does not have."""

    WHAT, ALL = "rule", "Rules"


@dataclass(frozen=True)
class Problem:
    """A place that breaks a rule.

    ``sign`` is what all such faults have in common, wherever they stand; wrong
    ideas are known by it.
    """

    where: str
    what: str
    sign: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a piece of plain data has to keep.

    A rule judges only what it is about: a field that is missing or empty is
    the business of ``Fields`` and ``Filled``, so that one fault breaks one
    rule. ``at`` names the parts it looks at: ``""`` is the whole,
    ``"nodes.*"`` each item of ``nodes``. ``says`` replaces its sentence.
    """

    at: str = ""
    says: str = ""
    help: ClassVar[str] = ""
    # Nothing else counts while this rule is broken.
    gate: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        RULES[cls.__name__] = cls

    @property
    def sentence(self) -> str:
        """What to tell somebody who breaks it."""
        return self.says or self.help

    def problems(self, data: Any) -> Iterator[Problem]:
        """Each place that breaks the rule."""
        raise NotImplementedError

    def spoiled(self, data: Any) -> Iterator[Any]:
        """Copies of ``data`` that break the rule, the likeliest first."""
        return iter(())

    def is_kept(self, data: Any) -> bool:
        """Does the data break it nowhere?"""
        return next(self.problems(data), None) is None

    def as_data(self) -> dict[str, Any]:
        """Its name and the parameters that are not as usual."""
        given = {
            each.name: _lists(getattr(self, each.name))
            for each in fields(self)
            if getattr(self, each.name) != each.default
        }
        return {"rule": type(self).__name__, **given}

    def __str__(self) -> str:
        return f"{type(self).__name__}{f' at {self.at!r}' if self.at else ''}"


def rule_from(data: Mapping[str, Any]) -> Rule:
    """The rule that ``as_data`` was asked for.

    Raises
    ------
    UnknownRule
        When there is no rule of that name.
    """
    given = {name: _tuples(value) for name, value in data.items() if name != "rule"}
    if data["rule"] not in RULES:
        raise UnknownRule(str(data["rule"]), RULES)
    return RULES[data["rule"]](**given)


def flags(rules: Iterable[Rule], data: Any) -> list[bool]:
    """Rule by rule: is it kept?"""
    return [rule.is_kept(data) for rule in rules]


def signs(rules: Iterable[Rule], data: Any) -> list[list[str]]:
    """Rule by rule: in which ways is it broken?"""
    return [sorted({each.sign or each.what for each in rule.problems(data)}) for rule in rules]


def _lists(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_lists(item) for item in value]
    return {name: _lists(item) for name, item in value.items()} if type(value) is dict else value


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    return {name: _tuples(item) for name, item in value.items()} if type(value) is dict else value

"""What a question is: its kind, its cases, its misconceptions, its hints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from seat.checks.compare import EXACT, NUMBER, TableShape, Tolerance, kind_of, plain
from seat.checks.rules import Rule
from seat.checks.scores import SYMPTOMS, Score

# A case: the named arguments with which an answer is called.
Case = Mapping[str, Any]
FreshCase = Callable[[np.random.Generator], Case]

CORE, STRETCH = "core", "stretch"


class QuestionError(ValueError):
    """A question that cannot do its work; the author has to change it."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        self.place, self.problem, self.remedy = place, problem, remedy
        super().__init__(place, problem, remedy)

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.remedy}"


@dataclass(frozen=True)
class OneOf:
    """The form of a choice: a closed list of permitted answers."""

    options: tuple[str, ...]

    def __init__(self, *options: str) -> None:
        object.__setattr__(self, "options", options)

    def objection(self, value: Any) -> str | None:
        """Why ``value`` is not permitted, or None."""
        value = plain(value)
        if type(value) is str and value.strip().casefold() in map(str.casefold, self.options):
            return None
        return f"{value!r} is not on the list. Choose one of: {', '.join(map(repr, self.options))}."

    def as_data(self) -> dict:
        return {"one_of": list(self.options)}


@dataclass(frozen=True)
class Number:
    """The form of a single figure: a number between two bounds, in a unit.

    ``within`` is a tolerance of its own, where the question's does not fit.
    """

    low: float
    high: float
    within: Tolerance | None = None

    def objection(self, value: Any) -> str | None:
        """Why ``value`` is not permitted, or None."""
        value = plain(value)
        if kind_of(value) != NUMBER:
            return f"{value!r} is {kind_of(value)}; a number is asked for."
        if not self.low <= value <= self.high:
            return (
                f"{value:,g} cannot be: a number from {self.low:,g} to {self.high:,g} is asked for."
            )
        return None

    def as_data(self) -> dict:
        data: dict = {"low": self.low, "high": self.high}
        if self.within:
            data["within"] = {"absolute": self.within.absolute, "relative": self.within.relative}
        return data


@dataclass(frozen=True)
class Labels:
    """The form of a dictionary that gives each item one label of a closed list."""

    items: tuple[str, ...]
    labels: tuple[str, ...]

    def objection(self, value: Any) -> str | None:
        """Why ``value`` is not permitted, or None."""
        if type(value) is not dict:
            return f"this is {kind_of(plain(value))}; a dictionary of item and label is asked for."
        for item in self.items:
            if value.get(item) in (None, ...):
                return f"{item!r} has no label yet."
            objection = OneOf(*self.labels).objection(value[item])
            if objection:
                return f"{item!r}: {objection}"
        return None

    def as_data(self) -> dict:
        return {"items": list(self.items), "labels": list(self.labels)}


Form = OneOf | Number | Labels


@dataclass(frozen=True)
class Function:
    """A function of plain values and tables, asked on cases."""

    cases: Sequence[Case]
    fresh: FreshCase
    fresh_count: int = 6
    name: str = field(default="function", init=False)


@dataclass(frozen=True)
class Policy:
    """A decision with a reason code, over vignettes.

    The answer is a function that returns ``(decision, reason)``. ``vignettes``
    are shown. Marking uses all of ``bank``, so that no rule passes by luck of
    the draw, and what ``fresh`` draws, which nobody has seen.
    """

    decisions: tuple[str, ...]
    reasons: tuple[str, ...]
    vignettes: Sequence[Case]
    fresh: FreshCase
    bank: Sequence[Case] = ()
    fresh_count: int = 12
    name: str = field(default="policy", init=False)

    @property
    def cases(self) -> Sequence[Case]:
        return self.vignettes


@dataclass(frozen=True)
class Table:
    """A function that returns a table; index and storage type do not count."""

    cases: Sequence[Case]
    fresh: FreshCase
    shape: TableShape
    fresh_count: int = 4
    name: str = field(default="table", init=False)


@dataclass(frozen=True)
class Fact:
    """Single facts or choices, one form for each name; only marking says more."""

    forms: Mapping[str, Form]
    name: str = field(default="fact", init=False)

    @property
    def cases(self) -> Sequence[Case]:
        return ()


@dataclass(frozen=True)
class Structure:
    """A dictionary or list that keeps public rules: a statement, an SLA, a tree.

    ``hidden`` draws more rules for marking: the same ones with parameters that
    nobody has seen. With ``per_rule`` each rule that is kept earns its share,
    unless a gate is broken; otherwise all must be kept.
    """

    rules: Sequence[Rule]
    hidden: Callable[[np.random.Generator], Sequence[Rule]] | None = None
    per_rule: bool = False
    name: str = field(default="structure", init=False)

    @property
    def cases(self) -> Sequence[Case]:
        return ()


@dataclass(frozen=True)
class Random:
    """A function whose answer is judged by a score, since chance has a part in it.

    Where ``rng`` names an argument, cases give an integer for it, and answers
    get a random generator made from that.
    """

    cases: Sequence[Case]
    fresh: FreshCase
    score: Score
    rng: str | None = None
    fresh_count: int = 6
    name: str = field(default="random", init=False)


@dataclass(frozen=True)
class Plot:
    """A function that draws its arguments and returns a figure or axes.

    What is drawn is described as plain data: the series are compared with the
    reference, the rules are kept or not. The order of points counts in lines;
    with ``ordered`` it counts in bars too.
    """

    cases: Sequence[Case]
    fresh: FreshCase
    rules: Sequence[Rule]
    ordered: bool = False
    fresh_count: int = 3
    name: str = field(default="plot", init=False)


Kind = Function | Policy | Table | Fact | Structure | Random | Plot


@dataclass(frozen=True)
class Misconception:
    """A wrong idea: a computation that holds it, and one sentence of help."""

    name: str
    sentence: str
    # What the idea answers: a function, or for facts a value for each name.
    answers: Mapping[str, Any] | Callable[..., Any]
    # What answers that hold the idea have in common, where they are random.
    symptom: str | None = None


def misconception(
    sentence: str, symptom: str | None = None
) -> Callable[[Callable[..., Any]], Misconception]:
    """Mark the function below as one that holds a wrong idea.

    In a random question, ``symptom`` names what all who hold it have in common.
    """
    if symptom is not None and symptom not in SYMPTOMS:
        raise QuestionError(
            f"symptom {symptom!r}", "There is none of this name.", f"Choose of: {SYMPTOMS}."
        )

    def mark_as_wrong(function: Callable[..., Any]) -> Misconception:
        return Misconception(function.__name__, sentence, function, symptom)

    return mark_as_wrong


def wrong(name: str, sentence: str, **answers: Any) -> Misconception:
    """A wrong idea about facts: the values that it leads to, by name."""
    return Misconception(name, sentence, answers)


@dataclass(frozen=True)
class Question:
    """A question as its author writes it, without its solution.

    Raises
    ------
    QuestionError
        When a part is missing or contradicts another.
    """

    id: str
    kind: Kind
    answers: tuple[str, ...]
    objective: str
    points: float
    minutes: int
    returns: str
    hints: tuple[str, str]
    within: Tolerance = EXACT
    tier: str = CORE

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", tuple(self.answers))
        object.__setattr__(self, "hints", tuple(self.hints))
        for problem, remedy in self._problems():
            raise QuestionError(f"question {self.id!r}", problem, remedy)

    def _problems(self) -> Sequence[tuple[str, str]]:
        found = []
        if not self.answers:
            found.append(("It names no answer.", "List the names that learners define."))
        if len(self.hints) != 2 or not all(self.hints):
            found.append((f"It has {len(self.hints)} hints.", "Write two, the second stronger."))
        if self.points <= 0 or self.minutes <= 0:
            found.append(("Points and minutes must be positive.", "Give both."))
        if self.tier not in (CORE, STRETCH):
            found.append((f"Its tier is {self.tier!r}.", "Choose 'core' or 'stretch'."))
        if isinstance(self.kind, Fact):
            if set(self.kind.forms) != set(self.answers):
                found.append(("Forms and answers differ.", "Give one form for each answer."))
            return found
        if len(self.answers) != 1:
            what = "structures" if isinstance(self.kind, Structure) else "functions"
            found.append((f"It asks for {len(self.answers)} {what}.", "Ask for one."))
        if isinstance(self.kind, Structure):
            if not self.kind.rules:
                found.append(("It has no rule.", "Give the rules that the structure keeps."))
        elif not self.kind.cases:
            found.append(("It has no visible case.", "Give at least one."))
        return found

    @property
    def shape(self) -> TableShape | None:
        return self.kind.shape if isinstance(self.kind, Table) else None

    def facts_line(self, with_points: bool = True) -> str:
        """The line of small print under the prompt, for the learner."""
        points = f"{self.points:g} point" + ("" if self.points == 1 else "s")
        parts = [points] if with_points else []
        parts += [f"about {self.minutes} minutes", self.tier]
        parts.append(f"give back {self.returns} ({self.within})")
        return f"*{' · '.join(parts)}*"

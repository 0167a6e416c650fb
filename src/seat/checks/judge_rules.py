"""Judging a structure by its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seat.checks.answers import unattempted
from seat.checks.compare import kind_of, plain
from seat.checks.judge import Diagnose, not_attempted
from seat.checks.rules import Rule, signs
from seat.checks.structures import NotStructured, leaves, structured
from seat.checks.verdict import Outcome, Verdict

# What to say where all rules are kept: at the desk, when marked, in practice.
SHOWN_KEPT = "It keeps all {} rules shown. Marking may ask for more of the same."
ALL_KEPT = "It keeps all {} rules, shown and new."
PRACTICE_KEPT = "It keeps all {} rules."
PLACES_SHOWN = 5


@dataclass(frozen=True)
class RuleSheet:
    """What judging needs to know: the rules, how many are shown, how they score."""

    question: str
    answer: str
    points: float
    wanted: str
    rules: Sequence[Rule]
    # Rules from this place on are hidden: only their sentence is told.
    shown: int
    per_rule: bool
    praise: str = SHOWN_KEPT


def judge_structure(namespace: Mapping[str, Any], sheet: RuleSheet, diagnose: Diagnose) -> Verdict:
    """Say which rule a structure breaks, and where."""
    if unattempted(namespace, [sheet.answer]):
        return not_attempted(sheet.question, sheet.points, [sheet.answer])
    try:
        data = structured(namespace[sheet.answer])
    except NotStructured as error:
        return _not_yet(sheet, str(error))
    unwritten = [where for where, leaf in leaves(data) if leaf is ...]
    if unwritten and all(leaf is ... or leaf is None for _, leaf in leaves(data)):
        return not_attempted(sheet.question, sheet.points, [sheet.answer])
    if kind_of(data) != sheet.wanted:
        given = kind_of(plain(namespace[sheet.answer]))
        return _not_yet(sheet, f"{sheet.answer} is {given}; {sheet.wanted} is asked for.")
    if unwritten:
        places = tuple(f"{where} is still to be written." for where in unwritten[:PLACES_SHOWN])
        return _not_yet(sheet, "Some of it is still to be written.", places)
    return _by_rules(data, sheet, diagnose)


def _by_rules(data: Any, sheet: RuleSheet, diagnose: Diagnose) -> Verdict:
    broken_in = signs(sheet.rules, data)
    kept = [not each for each in broken_in]
    if all(kept):
        praise = sheet.praise.format(len(kept))
        return Verdict(sheet.question, Outcome.RIGHT, sheet.points, sheet.points, praise)
    broken = [place for place, is_kept in enumerate(kept) if not is_kept]
    found = diagnose(list(broken_in))
    message = found[1] if found else _first_of(broken, sheet).sentence
    names = (found[0],) if found else ()
    return _not_yet(sheet, message, _details(data, broken, sheet), names, _score(kept, sheet))


def _first_of(broken: Sequence[int], sheet: RuleSheet) -> Rule:
    """A gate, if one is broken: what else is broken may follow from it."""
    rules = [sheet.rules[place] for place in broken]
    return next((rule for rule in rules if rule.gate), rules[0])


def _score(kept: Sequence[bool], sheet: RuleSheet) -> float:
    gates = [is_kept for is_kept, rule in zip(kept, sheet.rules, strict=True) if rule.gate]
    if not sheet.per_rule or not all(gates):
        return 0.0
    return round(sheet.points * sum(kept) / len(kept), 2)


def _details(data: Any, broken: Sequence[int], sheet: RuleSheet) -> tuple[str, ...]:
    shown = [sheet.rules[place] for place in broken if place < sheet.shown]
    found = [f"{problem}." for rule in shown for problem in rule.problems(data)]
    found += [sheet.rules[place].sentence for place in broken if place >= sheet.shown]
    more = len(found) - PLACES_SHOWN
    return tuple(found[:PLACES_SHOWN]) + ((f"And {more} more.",) if more > 0 else ())


def _not_yet(
    sheet: RuleSheet,
    message: str,
    details: tuple[str, ...] = (),
    misconceptions: tuple[str, ...] = (),
    score: float = 0.0,
) -> Verdict:
    return Verdict(
        sheet.question,
        Outcome.NOT_YET,
        sheet.points,
        score=score,
        message=message,
        details=details,
        misconceptions=misconceptions,
    )

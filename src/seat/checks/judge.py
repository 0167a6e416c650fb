"""From an answer vector to a verdict: right, not yet, not attempted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seat.checks.answers import Call, Raised, ask_all, call, unattempted
from seat.checks.compare import TableShape, Tolerance, differences, kind_of, plain, same
from seat.checks.seal import tokens
from seat.checks.verdict import Outcome, Verdict

# Finds the sentence for an answer vector: (the misconception's name, its sentence).
Diagnose = Callable[[list[Any]], tuple[str, str] | None]

# Slips of unit and sign, the same in every question: the answer is so many
# times what it should be, on every case.
SLIPS = {
    100.0: "Every answer is 100 times too large. Is a share asked for, and a percentage given?",
    0.01: "Every answer is 100 times too small. Is a percentage asked for, and a share given?",
    -1.0: "Every answer has the wrong sign. Which of the two figures is taken away from the other?",
    1e3: "Every answer is 1,000 times too large. In which unit do the figures stand?",
    1e-3: "Every answer is 1,000 times too small. In which unit do the figures stand?",
    1e6: "Every answer is a million times too large. In which unit do the figures stand?",
    1e-6: "Every answer is a million times too small. In which unit do the figures stand?",
}
ROUNDED = "The figures are right but rounded too early. Leave them unrounded; round when you print."
NAMES_SUBTRACTED = "A column of names cannot be subtracted: make it the index first."
NO_RETURN = "The function gives nothing back. Does every path end in a return line?"


@dataclass(frozen=True)
class Sheet:
    """What a check needs to know of a question: cases, expected answers, limits."""

    question: str
    answer: str
    points: float
    cases: Sequence[Mapping[str, Any]]
    expected: Sequence[Any]
    within: Tolerance
    shape: TableShape | None = None
    # Closed lists of what each part of the answer may be: a policy's
    # decisions and reasons.
    permitted: tuple[tuple[str, ...], ...] = ()
    # Say which case differs and show what was given: only for visible cases.
    shows_cases: bool = True
    # Practice is never marked.
    practice: bool = False
    # How the answer is called and read: a figure becomes a description.
    how: Call = call
    # Why an answer cannot be right whatever the right one is, and a word of
    # caution beside the praise.
    objects: Callable[[Any], str | None] | None = None
    caution: str = ""


def judge_function(namespace: Mapping[str, Any], sheet: Sheet, diagnose: Diagnose) -> Verdict:
    """Ask the answer on each case and say what was found."""
    name = sheet.answer
    if unattempted(namespace, [name]):
        return not_attempted(sheet.question, sheet.points, [name])
    if not callable(namespace[name]):
        kind = kind_of(plain(namespace[name]))
        return _not_yet(
            sheet, f"{name} is {kind}; a function is asked for. Keep the line with def."
        )
    vector = ask_all(namespace[name], sheet.cases, sheet.how)
    if all(value is ... for value in vector):
        return not_attempted(sheet.question, sheet.points, [name])
    return judge_vector(vector, sheet, diagnose)


def judge_vector(vector: list[Any], sheet: Sheet, diagnose: Diagnose) -> Verdict:
    """Compare an answer vector with what is expected on the same cases."""
    if all(value is None for value in vector):
        return _not_yet(sheet, NO_RETURN)
    wrong = [place for place, value in enumerate(vector) if not _right(value, place, sheet)]
    if not wrong:
        return Verdict(
            sheet.question, Outcome.RIGHT, sheet.points, sheet.points, _praise(sheet, len(vector))
        )
    found = diagnose(vector)
    if found:
        name, sentence = found
        return _not_yet(sheet, sentence, misconceptions=(name,))
    slip = _slip(vector, sheet)
    if slip:
        return _not_yet(sheet, slip)
    return _not_yet(sheet, _tally(len(wrong), sheet), details=_details(vector, wrong, sheet))


def not_attempted(question: str, points: float, names: Sequence[str]) -> Verdict:
    """The verdict on an answer cell that still holds the stub."""
    listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    verb = "is" if len(names) == 1 else "are"
    return Verdict(
        question,
        Outcome.NOT_ATTEMPTED,
        points,
        message=f"{listed} {verb} still to be written. Replace the ... in the cell above, run that "
        "cell, then run this one.",
    )


def _right(value: Any, place: int, sheet: Sheet) -> bool:
    if isinstance(value, Raised):
        return False
    return same(value, sheet.expected[place], sheet.within, sheet.shape)


def _not_yet(
    sheet: Sheet, message: str, details: tuple[str, ...] = (), misconceptions: tuple[str, ...] = ()
) -> Verdict:
    return Verdict(
        sheet.question,
        Outcome.NOT_YET,
        sheet.points,
        message=message,
        details=details,
        misconceptions=misconceptions,
    )


def _praise(sheet: Sheet, count: int) -> str:
    cases = "the case shown" if count == 1 else f"all {count} cases"
    caution = f" {sheet.caution}" if sheet.caution else ""
    if sheet.practice:
        return f"Right on {cases}.{caution}"
    if sheet.shows_cases:
        return f"Right on {cases}. Marking will use other figures.{caution}"
    return f"Right on {cases}, shown and new.{caution}"


def _tally(wrong: int, sheet: Sheet) -> str:
    total = len(sheet.cases)
    if sheet.shows_cases:
        return f"{total - wrong} of {total} cases are right."
    return (
        f"{total - wrong} of {total} cases, shown and new, are right. Does the answer work for "
        "figures other than those shown?"
    )


def _details(vector: list[Any], wrong: list[int], sheet: Sheet) -> tuple[str, ...]:
    """What differs and where, never the answer; hidden cases show nothing."""
    if not sheet.shows_cases:
        errors = dict.fromkeys(str(vector[p]) for p in wrong if isinstance(vector[p], Raised))
        found = [f"On a new case your code stopped with {error}." for error in errors]
        if sheet.objects:
            found += filter(
                None, {sheet.objects(vector[p]): 0 for p in wrong if _was_given(vector[p])}
            )
        return tuple(found[:2])
    return tuple(
        f"Case {place + 1} ({_case_text(sheet.cases[place])}): "
        f"{_difference_text(vector[place], place, sheet)}"
        for place in wrong[:3]
    )


def _was_given(value: Any) -> bool:
    return value is not None and not isinstance(value, Raised)


def _difference_text(value: Any, place: int, sheet: Sheet) -> str:
    if isinstance(value, Raised):
        text = f"your code stopped with {value}" + (f": {value.text}" if value.text else "")
        return f"{text}. {NAMES_SUBTRACTED}" if _subtracts_names(value) else f"{text}."
    if value is None:
        return "nothing came back. Does every path end in a return line?"
    objection = _not_permitted(value, sheet.permitted) or (
        sheet.objects(value) if sheet.objects else None
    )
    if objection:
        return objection
    first = next(differences(value, sheet.expected[place], sheet.within, sheet.shape))
    return f"{first}."


def _subtracts_names(raised: Raised) -> bool:
    # pandas says it in one way with pyarrow and in another without.
    subtraction = "-:" in raised.text or "'sub'" in raised.text
    return raised.error == "TypeError" and subtraction and "'str'" in raised.text


def _not_permitted(value: Any, permitted: tuple[tuple[str, ...], ...]) -> str | None:
    """Why a decision cannot be what is asked for, whatever the right one is."""
    value = plain(value)
    if not permitted:
        return None
    if kind_of(value) != "a list" or len(value) != len(permitted):
        return f"{len(permitted)} parts are asked for, as in: return {_example(permitted)}."
    for part, options in zip(value, permitted, strict=True):
        if not (type(part) is str and part.strip().casefold() in map(str.casefold, options)):
            return f"{part!r} is not on the list: {', '.join(map(repr, options))}."
    return None


def _example(permitted: tuple[tuple[str, ...], ...]) -> str:
    return ", ".join(repr(options[0]) for options in permitted)


def _case_text(case: Mapping[str, Any]) -> str:
    parts = []
    for name, value in case.items():
        text = f"{value:,}" if type(value) in (int, float) else repr(value)
        tall = hasattr(value, "shape")
        parts.append(f"{name}: a table of {len(value)} rows" if tall else f"{name}={text}")
    text = ", ".join(parts)
    return text if len(text) <= 300 else text[:297] + "..."


def _slip(vector: list[Any], sheet: Sheet) -> str | None:
    """A slip of unit, sign or rounding that explains every wrong case, or None."""
    mine, right = tokens(vector, sheet.shape), tokens(sheet.expected, sheet.shape)
    pairs = list(zip(mine, right, strict=False))
    numbers = [(a, e) for a, e in pairs if isinstance(a, float) and isinstance(e, float)]
    words = [(a, e) for a, e in pairs if not (isinstance(a, float) and isinstance(e, float))]
    if len(mine) != len(right) or not numbers or any(a != e for a, e in words):
        return None
    for factor, sentence in SLIPS.items():
        if all(same(a, e * factor, Tolerance(relative=1e-3)) and e for a, e in numbers):
            return sentence
    for decimals in range(4):
        if all(a == round(e, decimals) for a, e in numbers) and len({a for a, _ in numbers}) > 1:
            return ROUNDED
    return None

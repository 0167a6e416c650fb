"""Taking a learner's answers out of a notebook, and asking them on cases."""

from __future__ import annotations

import builtins
import contextlib
import copy
import io
import signal
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TIME_LIMIT_S = 10.0

Answer = Callable[..., Any]
# How an answer is called with the arguments of a case, and its result read.
Call = Callable[[Answer, dict[str, Any]], Any]


def call(answer: Answer, given: dict[str, Any]) -> Any:
    """What the answer gives, as it gives it."""
    return answer(**given)


@dataclass(frozen=True)
class Raised:
    """What stands in an answer vector where an answer stopped with an error."""

    error: str
    line: int | None = None
    text: str = ""

    def __str__(self) -> str:
        at = f" on line {self.line} of your cell" if self.line else ""
        return f"{self.error}{at}"


def unattempted(namespace: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """The names that are unbound or still hold ``...`` or ``None``."""
    return [name for name in names if namespace.get(name) is None or namespace[name] is ...]


def ask(answer: Answer, case: Mapping[str, Any], how: Call = call) -> Any:
    """What ``answer`` gives for a copy of ``case``; an error becomes ``Raised``."""
    given = copy.deepcopy(dict(case))
    try:
        with _silence(), _time_limit(TIME_LIMIT_S):
            return how(answer, given)
    except KeyboardInterrupt:
        # The learner pressed stop, or the grader's clock ran out.
        raise
    except BaseException as error:
        return Raised(_built_in_name(error), _line_in_answer(error, answer), _first_line(error))


def ask_all(answer: Answer, cases: Sequence[Mapping[str, Any]], how: Call = call) -> list[Any]:
    """The answer vector over the cases."""
    return [ask(answer, case, how) for case in cases]


def _built_in_name(error: BaseException) -> str:
    for kind in type(error).__mro__:
        if getattr(builtins, kind.__name__, None) is kind:
            return kind.__name__
    return "an error"


def _first_line(error: BaseException) -> str:
    try:
        return str(error).strip().split("\n")[0][:200]
    except Exception:
        return ""


def _line_in_answer(error: BaseException, answer: Callable[..., Any]) -> int | None:
    code = getattr(answer, "__code__", None)
    if code is None:
        return None
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == code.co_filename]
    return lines[-1] if lines else None


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep prints and warnings out: nbgrader takes any of them for a failure."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Stop an endless loop, where this system and thread can be interrupted."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(*_: Any) -> None:
        raise TimeoutError(f"more than {seconds:g} seconds. Is there a loop that never ends?")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

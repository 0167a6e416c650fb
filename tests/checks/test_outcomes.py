"""The four outcomes, and what is said with each."""

import time

import numpy as np
import pandas as pd
import pytest

from seat.checks import answers
from seat.checks.card import check_card, make_card
from seat.checks.marking import mark_written
from seat.checks.verdict import MIME, Outcome
from tests.checks import samples

WRITTEN = samples.written()
CARD = make_card(WRITTEN)
KEY = b"a key of sixteen"


def check(answer):
    return check_card(CARD, {"break_even_roas": answer})


def mark(answer):
    return mark_written(WRITTEN, {"break_even_roas": answer}, KEY)


both = pytest.mark.parametrize("ask", [check, mark], ids=["check", "mark"])


@both
@pytest.mark.parametrize(
    "right",
    [
        lambda margin: 1 / margin,
        lambda margin: np.float64(1 / margin),
        lambda margin: pd.Series([1 / margin]),
        lambda margin: pd.DataFrame({"roas": [1 / margin]}),
        lambda margin: round(1 / margin, 3),
        lambda *, margin, more=2: margin**-1,
        lambda **given: 1 / given["margin"],
    ],
)
def test_a_right_answer_scores_full_in_whatever_style(ask, right):
    verdict = ask(right)
    assert verdict.outcome is Outcome.RIGHT
    assert repr(verdict) == "2"


@both
@pytest.mark.parametrize("stub", [..., None, lambda margin: ...])
def test_a_stub_is_not_attempted_and_scores_nothing(ask, stub):
    verdict = ask(stub)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert repr(verdict) == "0"
    assert "Replace the ..." in verdict.message


def test_a_name_that_was_never_bound_is_not_attempted():
    assert check_card(CARD, {}).outcome is Outcome.NOT_ATTEMPTED
    assert mark_written(WRITTEN, {}, KEY).outcome is Outcome.NOT_ATTEMPTED


@both
def test_each_misconception_gets_its_own_sentence(ask):
    for idea in WRITTEN.misconceptions:
        verdict = ask(idea.answers)
        assert verdict.outcome is Outcome.NOT_YET
        assert verdict.message == idea.sentence
        assert repr(verdict) == "0"


@both
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda margin: None, "gives nothing back"),
        (lambda margin: print(1 / margin), "gives nothing back"),
        (lambda margin: 100 / margin, "100 times too large"),
        (lambda margin: -1 / margin, "wrong sign"),
        (lambda margin: round(1 / margin, 1), "rounded too early"),
        (3.57, "a function is asked for"),
        (lambda margin: undefined_name, "NameError"),  # noqa: F821
        (lambda: 3.57, "TypeError"),
        (lambda margin: exec("raise SystemExit"), "SystemExit"),
        (lambda margin: "3.57", ""),
        (lambda margin: [1 / margin] * 2, ""),
        (lambda margin: pd.DataFrame({"a": [1, 2]}), ""),
        (lambda margin: {"roas": 1 / margin}, ""),
    ],
)
def test_a_wrong_answer_is_not_yet_and_told_what_may_have_happened(ask, wrong, said):
    verdict = ask(wrong)
    assert verdict.outcome is Outcome.NOT_YET
    assert verdict.score == 0
    assert said in " ".join([verdict.message, *verdict.details])


def test_a_check_says_what_was_given_and_where_it_differs_but_not_the_answer():
    verdict = check(lambda margin: 1 / margin + (margin > 0.4))
    text = " ".join(verdict.details)
    assert "margin=0.5" in text
    assert "3 is higher than it should be" in text
    assert verdict.message == "1 of 2 cases are right."


def test_marking_shows_nothing_of_the_hidden_cases():
    seen = []

    def spy(margin):
        seen.append(margin)
        raise ValueError(f"margin={margin}")

    verdict = mark(spy)
    hidden = [margin for margin in seen if margin not in (0.28, 0.5)]
    assert len(hidden) == 6
    shown = verdict.message + "".join(verdict.details)
    assert all(str(margin)[:6] not in shown for margin in hidden)
    assert "ValueError on line" in shown


def test_a_hard_coded_answer_passes_the_check_and_fails_the_marking():
    def by_heart(margin):
        return {0.28: 1 / 0.28, 0.5: 2.0}.get(margin, 2.0)

    assert check(by_heart).outcome is Outcome.RIGHT
    assert mark(by_heart).outcome is Outcome.NOT_YET


def test_an_answer_that_changes_its_arguments_harms_only_itself():
    def greedy(**given):
        margin = given.pop("margin")
        given.clear()
        return 1 / margin

    assert check(greedy).outcome is Outcome.RIGHT


def test_an_endless_loop_is_stopped_and_said_so(monkeypatch):
    monkeypatch.setattr(answers, "TIME_LIMIT_S", 0.2)

    def endless(margin):
        while True:
            time.sleep(0.01)

    verdict = check(endless)
    assert verdict.outcome is Outcome.NOT_YET
    assert "Is there a loop that never ends?" in " ".join(verdict.details)


def test_prints_and_warnings_of_an_answer_are_kept_off_the_page(capsys):
    import sys
    import warnings

    def noisy(margin):
        print("hello")
        print("trouble", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return 1 / margin

    assert check(noisy).outcome is Outcome.RIGHT
    assert capsys.readouterr() == ("", "")


def test_where_the_reference_fails_too_nobody_loses_points_to_it():
    broken = samples.written(
        question=samples.QUESTION.replace(
            'lambda rng: {"margin": float(rng.uniform(0.1, 0.8))}', "lambda rng: {'margin': 0.0}"
        )
    )
    verdict = mark_written(broken, {"break_even_roas": lambda margin: 1 / margin}, KEY)
    assert verdict.outcome is Outcome.COULD_NOT_CHECK
    assert "by hand" in verdict.message


def test_an_answer_that_cannot_be_read_is_the_answers_fault():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    assert mark(lambda margin: deep).outcome is Outcome.NOT_YET


def test_the_same_key_draws_the_same_cases_and_another_key_others():
    from seat.checks.cases import fresh

    assert fresh(WRITTEN, KEY).cases == fresh(WRITTEN, KEY).cases
    assert fresh(WRITTEN, KEY).cases != fresh(WRITTEN, b"another key, too").cases


def test_a_message_cannot_carry_markup_from_an_answer():
    verdict = check(lambda margin: "<script>alert(1)</script>")
    assert "<script>" not in verdict._repr_html_()
    assert "&lt;script&gt;" in verdict._repr_html_()


def test_a_verdict_is_a_number_to_nbgrader_and_a_message_to_people():
    bundle = check(lambda margin: 1 / margin)._repr_mimebundle_()
    assert float(bundle["text/plain"]) == 2
    assert "✓ Right" in bundle["text/html"]
    assert bundle[MIME]["outcome"] == "right"


MARGINS = samples.written(
    solution="def break_even_roas(margin):\n    return {'a': 1 / margin, 'b': [2 / margin]}",
    misconceptions=samples.MISCONCEPTIONS.replace("return margin\n", "return {'a': 0}\n").replace(
        "return 1 / margin - 1", "return {'b': 0}"
    ),
)


@pytest.mark.parametrize(
    ("factor", "said"),
    [(100, "100 times too large"), (-1, "wrong sign"), (1e-6, "a million times too small")],
)
def test_a_slip_of_unit_is_found_inside_dictionaries_and_lists(factor, said):
    def slipped(margin):
        return {"a": factor / margin, "b": [2 * factor / margin]}

    verdict = check_card(make_card(MARGINS), {"break_even_roas": slipped})
    assert said in verdict.message


@pytest.mark.parametrize("storage", ["python", "pyarrow"])
def test_a_subtracted_column_of_names_gets_its_remedy(storage):
    if storage == "pyarrow":
        pytest.importorskip("pyarrow")
    names = pd.Series(["a"], dtype=pd.StringDtype(storage, na_value=float("nan")))
    assert "make it the index first" in " ".join(check(lambda margin: names - names).details)

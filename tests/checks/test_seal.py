"""A sealed sentence opens to those who made the mistake, and to nobody else."""

import json

import pandas as pd
import pytest

from seat.checks.compare import TableShape
from seat.checks.seal import seal, unseal

SENTENCE = "That is mark-up, not margin. Which line stands below the line?"
WRONG = [{"gross": 0.746221, "net": 0.0799}, {"gross": 3.0811, "net": 0.6}]


def test_the_same_wrong_answers_open_it():
    assert unseal(seal(SENTENCE, WRONG, "q"), WRONG, "q") == SENTENCE


@pytest.mark.parametrize("decimals", [4, 3])
def test_the_same_wrong_answers_open_it_when_rounded(decimals):
    rounded = [{name: round(value, decimals) for name, value in each.items()} for each in WRONG]
    assert unseal(seal(SENTENCE, WRONG, "q"), rounded, "q") == SENTENCE


@pytest.mark.parametrize(
    "others",
    [
        [{"gross": 0.427, "net": 0.0799}, {"gross": 3.0811, "net": 0.6}],
        [WRONG[0]],
        [None, None],
        [0.746221, 3.0811],
        ["...", "..."],
    ],
)
def test_other_answers_do_not_open_it(others):
    assert unseal(seal(SENTENCE, WRONG, "q"), others, "q") is None


def test_nothing_of_the_sentence_or_the_answers_can_be_read():
    text = json.dumps(seal(SENTENCE, WRONG, "q"))
    assert "mark-up" not in text
    assert "0.746" not in text


def test_a_seal_of_one_question_does_not_open_another():
    assert unseal(seal(SENTENCE, WRONG, "q"), WRONG, "other") is None


def test_coarse_rounding_does_not_make_different_shares_alike():
    sealed = seal(SENTENCE, [0.34, 0.21], "q")
    assert unseal(sealed, [0.3, 0.2], "q") is None
    assert unseal(sealed, [0, 0], "q") is None


def test_a_table_opens_it_in_any_order_of_rows():
    shape = TableShape(key=("segment",), columns=("ebit",))
    table = pd.DataFrame({"segment": ["A", "B"], "ebit": [10.0, -20.0]})
    sealed = seal(SENTENCE, [table], "q", shape)
    assert unseal(sealed, [table[::-1].set_index("segment")], "q", shape) == SENTENCE
    assert unseal(sealed, [table.assign(ebit=[-20.0, 10.0])], "q", shape) is None
    assert unseal(sealed, [None], "q", shape) is None

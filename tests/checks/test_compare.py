"""An answer counts when it says the same thing, however it is held."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seat.checks.compare import TableShape, Tolerance, differences, same

NEAR = Tolerance(absolute=0.01)
finite = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@pytest.mark.parametrize(
    "answer",
    [
        42.0,
        42,
        np.float64(42),
        np.int32(42),
        np.array([42.0]),
        np.array(42.0),
        pd.Series([42.0]),
        pd.DataFrame({"x": [42.0]}),
        Decimal(42),
        Fraction(42),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_number_is_accepted_in_whatever_it_is_held(answer):
    assert same(answer, 42)
    assert same(answer, 42.0)


@pytest.mark.parametrize("answer", ["42", [42, 42], {"x": 42}, True, None, ..., object(), 42j])
def test_what_is_not_a_number_is_not_taken_for_one(answer):
    assert not same(answer, 42)


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


class EqualFloat(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    "expected", [1, "yes", True, [1, 2], {"a": 1}, pd.DataFrame({"a": [1, 2]})]
)
@pytest.mark.parametrize("answer", [AlwaysEqual(), EqualFloat(99)])
def test_an_object_that_claims_to_equal_everything_gains_nothing(answer, expected):
    assert not same(answer, expected, NEAR)


@given(finite, st.floats(0, 1), st.sampled_from([1e-6, 0.5, 100.0]))
def test_within_the_tolerance_is_right_and_beyond_it_is_wrong(expected, part, allowed):
    within = Tolerance(absolute=allowed, relative=0)
    # Far from zero, a step of the size of the tolerance is lost in rounding.
    if abs(expected) * 1e-12 < allowed:
        assert same(expected + part * allowed * 0.99, expected, within)
        assert not same(expected + 1.5 * allowed, expected, within)
        assert not same(expected - 1.5 * allowed, expected, within)


@given(finite)
def test_a_number_is_the_same_as_itself_without_any_tolerance(number):
    assert same(number, number)
    assert same(np.float64(number), number)


@given(st.recursive(st.one_of(st.integers(), st.text(), st.booleans()), st.lists, max_leaves=8))
def test_any_plain_value_is_the_same_as_itself(value):
    assert same(value, value)


def test_a_missing_value_matches_only_a_missing_value():
    assert same(math.nan, math.nan)
    assert not same(0.0, math.nan)
    assert not same(math.nan, 0.0)
    assert not same(math.inf, 1e300)


def test_choices_are_compared_without_regard_to_capitals_and_spaces():
    assert same(" North America ", "north america")
    assert not same("North", "North America")


def test_lists_and_tuples_are_alike_but_their_order_counts():
    assert same((1, 2), [1, 2])
    assert same(pd.Series([1, 2]), [1, 2])
    assert not same([2, 1], [1, 2])
    assert not same([1], [1, 2])


def test_a_missing_and_an_extra_key_are_both_named():
    found = [str(each) for each in differences({"b": 1, "c": 2}, {"a": 1, "b": 1})]
    assert any("'a' is missing" in text for text in found)
    assert any("'c' is not asked for" in text for text in found)


def test_a_difference_says_the_direction_and_never_the_answer():
    (found,) = differences(0.5, 0.25, NEAR)
    assert "higher" in str(found)
    assert "0.25" not in str(found)


SHAPE = TableShape(key=("name",), columns=("value",))
TABLE = pd.DataFrame({"name": ["a", "b", "c"], "value": [1.0, 2.0, 3.0]})


@pytest.mark.parametrize(
    "answer",
    [
        TABLE.sample(frac=1, random_state=3),
        TABLE.set_index("name"),
        TABLE.set_index("name").rename_axis(None),
        TABLE.assign(note="extra columns do no harm"),
        TABLE.astype({"value": int, "name": object}),
        TABLE.assign(value=["1", "2", "3"]).astype({"value": float}),
    ],
)
def test_row_order_index_and_storage_type_of_a_table_do_not_count(answer):
    assert same(answer, TABLE, NEAR, SHAPE)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (TABLE.drop(columns="value"), "lacks the column 'value'"),
        (TABLE.head(2), "2 rows; 3 are asked for"),
        (TABLE.assign(value=[1, 2, 9]), "row c, column 'value'"),
        (TABLE.assign(name=["a", "b", "b"]), "is missing or stands twice"),
        (TABLE["value"].tolist(), "a table is asked for"),
        (None, "a table is asked for"),
    ],
)
def test_a_wrong_table_is_told_where_it_differs(answer, said):
    assert said in " ".join(str(each) for each in differences(answer, TABLE, NEAR, SHAPE))


def test_an_ordered_table_must_keep_its_order():
    ordered = TableShape(key=("name",), columns=("value",), ordered=True)
    assert same(TABLE, TABLE, NEAR, ordered)
    assert not same(TABLE[::-1], TABLE, NEAR, ordered)


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf])
def test_a_tolerance_that_is_no_distance_is_refused(value):
    with pytest.raises(ValueError, match="must be a finite number, 0 or more"):
        Tolerance(absolute=value)


def test_a_labelled_series_says_the_same_as_a_dictionary():
    assert same(pd.Series({"gross": 0.4, "net": 0.1}), {"gross": 0.4, "net": 0.1}, NEAR)
    assert not same(pd.Series({"gross": 0.4}), {"gross": 0.4, "net": 0.1}, NEAR)


def test_a_column_given_for_a_number_is_called_a_column():
    (found,) = differences(pd.Series([1.0, 2.0, 3.0]), 2.0)
    assert "a column of 3 values; a number is asked for. Pick one, as in .loc[2025]" in str(found)


def test_numpys_spelling_of_a_number_is_kept_from_learners():
    (found,) = differences([np.float64(1.5), np.float64(2.5)], 2.0)
    assert "np.float64" not in str(found)

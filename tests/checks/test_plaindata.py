"""Cases travel as JSON and come back as they were."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seat.checks.compare import same
from seat.checks.plaindata import NotPlain, from_json, to_json

leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.text(), st.floats(width=32)
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner), st.dictionaries(st.text(), inner), st.tuples(inner, inner)
    ),
    max_leaves=10,
)


@given(values)
def test_a_plain_value_survives_the_journey(value):
    there_and_back = from_json(json.loads(json.dumps(to_json(value))))
    # The first journey rounds to ten digits; after that nothing changes.
    assert json.dumps(to_json(there_and_back)) == json.dumps(to_json(value))


def test_a_table_survives_the_journey():
    table = pd.DataFrame(
        {"day": pd.to_datetime(["2025-05-31"]), "usd": [1.5], "n": [3], "who": ["Nike"]}
    )
    back = from_json(json.loads(json.dumps(to_json(table))))
    assert list(back.columns) == list(table.columns)
    assert back.iloc[0].tolist() == table.iloc[0].tolist()


def test_floats_keep_ten_digits_so_that_every_machine_writes_the_same():
    assert to_json(0.1 + 0.2) == 0.3
    assert to_json(np.float64(1) / 3) == 0.3333333333
    assert math.isnan(from_json(to_json(math.nan)))
    assert same(from_json(to_json(-math.inf)), -math.inf)


def test_a_case_that_holds_more_than_data_is_refused():
    with pytest.raises(NotPlain, match=r"holds a function\. Cases may hold numbers"):
        to_json({"f": lambda: 1})

"""The same seed is the same firm on every machine.

Rounded tables of three seeds have the hashes written here, with and without
the processor's vector instructions. A change of them is a change of every
world: make it on purpose, in one commit, and say so. To see the new hashes:
``python tests/company/test_golden.py``.
"""

import hashlib
import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from seat.company import Company
from seat.company.tables import TABLES

GOLDEN = {"7": "ea63e01d83b85e51", "21": "5d36d19c12fc8343", "1234": "57c64155088bc50f"}


def fingerprint(seed: int) -> str:
    company = Company(seed=seed, size=0.25)
    digest = hashlib.sha256()
    for name in TABLES:
        shown = pd.DataFrame(
            {column: plain(values) for column, values in company.table(name).items()}
        )
        digest.update(pd.util.hash_pandas_object(shown, index=False).to_numpy().tobytes())
    return digest.hexdigest()[:16]


def plain(values: pd.Series) -> pd.Series:
    """Categories as text, so that only what is shown counts; floats without their last bits."""
    if values.dtype == "category":
        return values.astype(str)
    if values.dtype.kind == "f":
        return values.astype("float64").round(3) + 0.0
    return values


def test_three_firms_are_what_they_were():
    assert {seed: fingerprint(int(seed)) for seed in GOLDEN} == GOLDEN


def test_the_firms_do_not_depend_on_the_processor():
    there = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    if not there:
        pytest.skip("this processor has no vector instructions to switch off")
    without = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(there)}
    done = subprocess.run(
        [sys.executable, __file__], capture_output=True, text=True, env=without, check=True
    )
    assert json.loads(done.stdout) == GOLDEN


if __name__ == "__main__":
    print(json.dumps({seed: fingerprint(int(seed)) for seed in GOLDEN}))

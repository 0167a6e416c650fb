"""Quillmere's figures lie within published ranges, and the page says what was measured."""

import subprocess
import sys
from pathlib import Path

import pytest

from seat.company import calibration
from seat.company.parameters import Parameters

PAGE = Path(__file__).parents[2] / "docs" / "company" / "calibration.md"


@pytest.fixture(scope="module")
def measured():
    return calibration.table()


@pytest.mark.parametrize("row", calibration.ROWS, ids=lambda row: row.name)
def test_each_quantity_lies_in_its_published_range(measured, row):
    found = measured.loc[row.name, "mean"]
    assert row.low <= found <= row.high


def test_the_page_shows_what_is_measured(measured):
    assert calibration.page(measured) == PAGE.read_text(encoding="utf-8")


def test_every_row_names_a_source():
    assert all(len(row.source) > 8 for row in calibration.ROWS)


@pytest.mark.parametrize("name", Parameters.names())
def test_every_parameter_has_a_unit_a_source_and_a_confidence(name):
    about = Parameters.about(name)
    assert about["unit"]
    assert about["source"]
    assert about["confidence"] in {"low", "medium", "high"}


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_company_loads_little_beyond_numpy_and_pandas():
    ours = loaded_after("import seat.company") - loaded_after("import numpy, pandas")
    assert not {"matplotlib", "scipy", "pyarrow", "threading", "subprocess"} & ours
    others = {name.split(".")[0] for name in ours} - set(sys.stdlib_module_names)
    assert others == {"seat"}

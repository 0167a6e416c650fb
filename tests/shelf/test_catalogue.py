"""The committed catalogue says of each set all that its use needs."""

import csv
import os
import re
from pathlib import Path

import pytest

from seat.shelf import data_sets
from seat.shelf.cleaning import STEPS
from seat.shelf.notice import notice
from seat.shelf.quoted import results
from tests.shelf.shelf_data import needs_data

every_set = pytest.mark.parametrize("one", data_sets().values(), ids=lambda one: one.name)


@every_set
def test_a_set_is_pinned_at_a_commit_and_by_checksum(one):
    assert re.fullmatch(r"[0-9a-f]{40}", one.mirror.commit)
    assert re.fullmatch(r"[0-9a-f]{64}", one.sha256)
    assert one.url.endswith(one.mirror.path)


@every_set
def test_a_set_has_an_open_licence_and_someone_to_thank(one):
    assert one.licence_grade in "AB"
    assert one.attribution
    assert one.landing.startswith("https://")
    assert one.doi is None or one.doi in one.attribution or one.doi.startswith("10.17605/")


@every_set
def test_a_set_has_a_known_problem_a_total_and_a_chapter(one):
    assert one.problems
    assert one.totals
    assert set(one.chapters) <= set(range(1, 17))


@every_set
def test_a_simulated_set_says_so_in_its_problems(one):
    said = any("simulated" in problem.lower() for problem in one.problems)
    assert said == one.simulated


def test_each_step_that_changes_a_table_is_stated():
    changed = {one.name for one in data_sets().values() if one.our_changes}
    parsed = {one.name for one in data_sets().values() if one.dates}
    assert set(STEPS) | parsed == changed


def test_no_two_sets_share_a_file():
    names = [one.file for one in data_sets().values()]
    assert len(set(names)) == len(names)


def test_figures_are_computed_from_sets_of_the_catalogue():
    used = {name for one in results().values() for name in one.data}
    assert used <= set(data_sets())


def test_no_data_set_is_committed(root):
    files = {one.file for one in data_sets().values()}
    assert not files & {path.name for path in (root / "data").rglob("*")}


def test_the_notice_follows_from_the_catalogue(root):
    assert (root / "data" / "NOTICE").read_text(encoding="utf-8") == notice(data_sets().values())


def test_the_notice_names_what_was_changed_in_each_file():
    text = " ".join(notice(data_sets().values()).split())
    for one in data_sets().values():
        assert one.file in text
        assert all(" ".join(change.split()) in text for change in one.changes)


@needs_data
def test_the_catalogue_agrees_with_the_list_beside_the_files():
    listed = Path(os.environ["SEAT_DATA"]) / "CATALOG.csv"
    if not listed.exists():
        pytest.skip("SEAT_DATA holds no CATALOG.csv")
    with listed.open(encoding="utf-8") as lines:
        rows = {row["file"]: row for row in csv.DictReader(lines)}
    assert set(rows) == {one.file for one in data_sets().values()}
    for one in data_sets().values():
        row = rows[one.file]
        assert (row["repository"], row["commit"]) == (one.mirror.repository, one.mirror.commit)
        assert (row["path"], int(row["bytes"])) == (one.mirror.path, one.bytes)
        assert row["sha256"] == one.sha256
        assert row["licence"].startswith(one.licence)

"""The table read is the catalogue's, or it is refused."""

import hashlib
import sys
from dataclasses import replace

import pandas as pd
import pytest

from seat.shelf import load_dataset
from seat.shelf.catalogue import CatalogueError, Total, entry, find, read_yaml
from seat.shelf.cleaning import (
    FACEBOOK_HEADINGS,
    clean,
    hidden_pages,
    single_spaces,
    suspect_weeks_marked,
    whole_customer_ids,
)
from seat.shelf.errors import CutShort, PackageMissing, UnknownDataSet, WrongTable
from seat.shelf.reading import measure, table_from
from tests.shelf.conftest import LICENCES, POSTS, WRITTEN


@pytest.fixture
def posts_file(tmp_path):
    path = tmp_path / "posts.csv"
    path.write_bytes(POSTS)
    return path


def test_a_downloaded_table_is_read(posts):
    assert load_dataset("posts")["likes"].tolist() == [3, 4, 5]


def test_a_truncated_copy_is_refused_before_it_is_read(posts, seat_data):
    (seat_data / "posts.csv").write_bytes(POSTS[:-4])
    with pytest.raises(CutShort):
        load_dataset("posts")


def test_a_misspelt_name_gets_the_nearest(posts):
    with pytest.raises(UnknownDataSet, match="Did you mean 'posts'"):
        load_dataset("post")


@pytest.mark.parametrize("shape", [{"columns": 3}, {"rows": 2}])
def test_another_shape_is_refused(shape, posts, posts_file):
    with pytest.raises(WrongTable, match="found 3 rows and 2 columns"):
        table_from(replace(posts, **shape), posts_file)


def test_another_total_is_refused(posts, posts_file):
    total = replace(posts.totals[0], expected=1900)
    with pytest.raises(WrongTable, match="likes: expected 1,900, found 12"):
        table_from(replace(posts, totals=(total,)), posts_file)


def test_a_missing_column_is_refused_by_name(posts, posts_file):
    total = replace(posts.totals[0], column="reach")
    with pytest.raises(WrongTable, match="a column 'reach', found post, likes"):
        table_from(replace(posts, totals=(total,)), posts_file)


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [("rows with", "b", 2), ("distinct", None, 2), ("missing", None, 1)],
)
def test_a_total_counts_what_it_says(kind, value, found):
    table = pd.DataFrame({"post": ["a", "b", "b", None]})
    assert measure(Total("posts", kind, "post", found, value), table) == found


def test_a_total_of_no_known_kind_names_the_kinds():
    with pytest.raises(CatalogueError, match="Kinds: rows with, distinct, missing, sum"):
        measure(Total("posts", "mean", "post", 1), pd.DataFrame({"post": [1]}))


def test_without_pyarrow_the_error_says_what_to_install(posts, tmp_path, monkeypatch):
    path = tmp_path / "posts.parquet"
    pd.DataFrame({"post": ["a"], "likes": [3]}).to_parquet(path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(PackageMissing, match="pip install pyarrow"):
        table_from(posts, path)


def test_without_pyyaml_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(PackageMissing, match="pip install PyYAML"):
        read_yaml("catalogue.yml")


def test_an_entry_with_a_misspelt_field_is_refused_by_name():
    with pytest.raises(CatalogueError, match="posts: no field 'heading'"):
        entry("posts", {**WRITTEN, "heading": "Posts"}, LICENCES)


def test_an_entry_without_a_field_is_refused_by_name():
    short = {key: value for key, value in WRITTEN.items() if key != "sha256"}
    with pytest.raises(CatalogueError, match="sha256"):
        entry("posts", short, LICENCES)


def test_an_entry_under_an_unknown_licence_is_refused():
    with pytest.raises(CatalogueError, match="licence is none of CC BY"):
        entry("posts", {**WRITTEN, "licence": "CC BY-NC 4.0"}, LICENCES)


def test_a_pinned_address_holds_the_commit():
    address = entry("posts", WRITTEN, LICENCES).url
    assert address == f"https://raw.githubusercontent.com/ada/posts/{'0' * 40}/posts.csv"


def test_times_are_read_day_first_where_the_catalogue_says_so():
    table = clean("posts", pd.DataFrame({"at": ["03-02-2016 10:00"]}), {"at": "%d-%m-%Y %H:%M"})
    assert table["at"][0] == pd.Timestamp(2016, 2, 3, 10)


def test_page_ids_are_hidden_and_still_tell_pages_apart():
    hidden = hidden_pages(pd.DataFrame({"status_id": ["7_1", "7_2", "8_1"]}))
    assert hidden["page"].tolist()[0] == hashlib.sha256(b"7").hexdigest()[:12]
    assert hidden["page"].nunique() == 2
    assert hidden["status_id"].nunique() == 3
    assert not hidden["status_id"].str.contains("_").any()


def test_double_spaces_in_headings_become_single():
    assert list(single_spaces(pd.DataFrame(columns=["Call  Failure"]))) == ["Call Failure"]


def test_customer_ids_are_whole_numbers_and_missing_ones_stay_missing():
    ids = whole_customer_ids(pd.DataFrame({"CustomerID": [17850.0, None]}))["CustomerID"]
    assert ids[0] == 17850
    assert ids.isna().tolist() == [False, True]


def test_suspect_weeks_include_their_borders():
    weeks = pd.DataFrame({"test_week": [201324, 201325, 201402, 201403]})
    assert suspect_weeks_marked(weeks)["srm_risk_window"].tolist() == [False, True, True, False]


def test_spanish_headings_become_the_published_ones():
    spanish = pd.DataFrame(columns=list(FACEBOOK_HEADINGS))
    assert "Lifetime Post Consumers" in clean("facebook_metrics", spanish, {})


def test_the_catalogue_finds_each_of_its_sets():
    assert find("bank_marketing").title == "Bank Marketing"

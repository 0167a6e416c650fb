"""A page without its data shows one box and goes on."""

import sys

import pytest

from seat.shelf import UnknownDataSet, dataset_or_box
from seat.shelf.box import UnavailableBox


@pytest.fixture
def shown(monkeypatch):
    boxes = []
    monkeypatch.setattr("IPython.display.display", boxes.append)
    return boxes


def test_a_page_with_its_data_gets_the_table(posts, shown):
    assert len(dataset_or_box("posts")) == 3
    assert shown == []


def test_a_page_without_its_data_shows_one_box(posts, mirror, shown):
    mirror.status = 404
    assert dataset_or_box("posts") is None
    (box,) = shown
    assert "status 404" in repr(box)
    assert "The data set posts is not available here." in box._repr_html_()


def test_the_box_is_printed_where_nothing_can_display_it(posts, mirror, monkeypatch, capsys):
    mirror.status = 404
    monkeypatch.setitem(sys.modules, "IPython.display", None)
    assert dataset_or_box("posts") is None
    assert "status 404" in capsys.readouterr().out


def test_a_misspelt_name_is_the_authors_to_mend(posts, shown):
    with pytest.raises(UnknownDataSet):
        dataset_or_box("post")


def test_the_box_shows_a_reason_as_text_and_not_as_markup():
    assert "<script>" not in UnavailableBox("posts", "<script>")._repr_html_()

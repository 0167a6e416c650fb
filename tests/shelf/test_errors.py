"""Errors cross to another process with their text."""

import pickle

import pytest

from seat.shelf import errors
from seat.shelf.catalogue import CatalogueError
from seat.shelf.quoted import UnknownResult

SAMPLES = [
    errors.UnknownDataSet("post", ["posts"]),
    errors.PackageMissing("pooch", "download"),
    errors.NoDataFolder("nowhere"),
    errors.NotReached("posts", "http://x", "ConnectTimeout", "do it by hand"),
    errors.Refused("posts", "http://x", 404, "do it by hand"),
    errors.NotKept("posts", "cache", "No space left on device"),
    errors.PageInsteadOfData("posts", "the cache", "posts.csv", "24 bytes", "a page"),
    errors.PointerInsteadOfData("posts", "the mirror", "posts.csv", "24 bytes", "a pointer"),
    errors.CutShort("posts", "SEAT_DATA", "posts.csv", "24 bytes", "20 bytes"),
    errors.ChecksumDiffers("posts", "the cache", "posts.csv", "24 bytes", "25 bytes"),
    errors.WrongTable("posts", "shape", "3 rows", "2 rows"),
    CatalogueError("posts", "no field 'heading'"),
    UnknownResult("like", ["likes"]),
]


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_keeps_its_text_in_another_process(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)


def test_an_unknown_name_gets_the_nearest():
    assert str(SAMPLES[0]) == "No data set 'post'. Did you mean 'posts'? Data sets: posts."

"""The data shelf: open data sets that are read, never committed."""

from seat.shelf.box import dataset_or_box
from seat.shelf.catalogue import DataSet, data_sets
from seat.shelf.errors import DataUnavailable, UnknownDataSet
from seat.shelf.quoted import result, verify_results
from seat.shelf.reading import load_dataset

__all__ = [
    "DataSet",
    "DataUnavailable",
    "UnknownDataSet",
    "data_sets",
    "dataset_or_box",
    "load_dataset",
    "result",
    "verify_results",
]

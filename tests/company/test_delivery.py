"""What is handed over can be read again, and holds no truth."""

import json
import pickle

import numpy as np
import pandas as pd
import pytest

from seat.company import Company, NotAllowed, TruthIsSealed, UnknownName, delivery
from seat.company.company import RESEARCH
from seat.company.observation import OBSERVED


@pytest.fixture(scope="module")
def small():
    return Company(seed=11, size=0.2)


@pytest.fixture(scope="module")
def folder(small, tmp_path_factory):
    return small.save(tmp_path_factory.mktemp("delivered"))


@pytest.fixture(scope="module")
def delivered(folder):
    return Company.load(folder)


def test_every_table_comes_back_as_it_was(small, delivered):
    assert set(delivered.tables) == {*OBSERVED, *RESEARCH}
    for name in OBSERVED:
        pd.testing.assert_frame_equal(delivered.table(name), small.observed.table(name))


def test_csv_serves_where_parquet_is_missing(small, tmp_path, monkeypatch):
    monkeypatch.setattr(delivery, "find_spec", lambda name: None)
    again = Company.load(small.save(tmp_path, ["leads", "customers", "tickets"]))
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv", ".json"}
    for name in again.tables:
        pd.testing.assert_frame_equal(again.table(name), small.observed.table(name))


def test_delivered_books_are_the_books(small, delivered):
    pd.testing.assert_frame_equal(delivered.income_statement("M"), small.income_statement("M"))
    pd.testing.assert_frame_equal(delivered.balance_sheet("Q"), small.balance_sheet("Q"))
    pd.testing.assert_frame_equal(delivered.budget("Q"), small.budget("Q"))
    assert delivered.plan == small.plan


def test_changing_a_table_in_hand_changes_no_books(small, folder):
    for books in (small, Company.load(folder), small.observed):
        ledger = books.ledger
        was = ledger["amount"].sum(), ledger["amount"].abs().sum()
        ledger["amount"] *= 0
        ledger.loc[ledger.index[0], "account"] = "cash"
        del ledger["entry"]
        assert (books.ledger["amount"].sum(), books.ledger["amount"].abs().sum()) == was
        assert "entry" in books.table("ledger")
    fresh = Company.load(folder)
    for name, column in (("ledger", "amount"), ("budget_lines", "actual")):
        table = fresh.table(name)
        table[column] = 0.0
    pd.testing.assert_frame_equal(fresh.income_statement("Q"), small.income_statement("Q"))
    pd.testing.assert_frame_equal(fresh.budget("Q"), small.budget("Q"))


def test_delivered_data_can_be_planned_with(delivered):
    outlook = delivered.simulate(delivered.plan.change(price=31.0), quarters=1, runs=2)
    assert outlook.income_statement("Q")["revenue"].iloc[0] > 0


def test_delivered_data_hold_no_truth(folder, delivered, small):
    with pytest.raises(TruthIsSealed, match="they hold no truth") as caught:
        _ = delivered.truth
    assert "Company(seed=7)" in str(pickle.loads(pickle.dumps(caught.value)))
    with pytest.raises(TruthIsSealed, match="world to run an experiment in"):
        delivered.run_experiment("display", ["Isles"])
    with pytest.raises(TruthIsSealed, match="world to run an experiment in"):
        delivered.run_visitor_test("price", 0.1)
    about = json.loads((folder / "about.json").read_text())
    assert set(about) == {"layout", "firm", "size", "plan", "tables", "kind"}
    kept = pickle.dumps(delivered)
    assert small._world.master not in kept


def test_numbers_of_people_do_not_tell_their_channel(small):
    """Inside, a visit's number begins with its day and arrival; outside it is shuffled."""
    shown, true = small.observed.customers, small.customers
    assert set(shown["customer_id"]).isdisjoint(true["customer_id"])
    assert shown["customer_id"].is_unique
    rank = shown["customer_id"].rank().corr(shown["start"].astype("int64"))
    assert abs(rank) < 4 / np.sqrt(len(shown))


def test_the_order_of_visits_does_not_tell_their_channel(small):
    """Untagged visits must not stand where the tagged ones of their channel stand."""
    shown = small.observed.sessions
    assert shown.equals(shown.sort_values(["date", "session_id"]))
    neighbours = (shown["channel"].cat.codes.diff() == 0).mean()
    shares = shown["channel"].value_counts(normalize=True)
    assert neighbours == pytest.approx((shares**2).sum(), abs=0.01)
    journeys = small.observed.journeys
    assert journeys["visitor_id"].is_monotonic_increasing


def test_numbers_still_link_the_tables(small):
    seen = small.observed
    assert seen.invoices["customer_id"].isin(seen.customers["customer_id"]).all()
    assert seen.opportunities["lead_id"].isin(seen.leads["lead_id"]).all()
    assert seen.payments["invoice_id"].isin(seen.invoices["invoice_id"]).all()


def test_a_folder_without_data_is_refused(tmp_path):
    with pytest.raises(NotAllowed, match=r"a folder with about\.json"):
        Company.load(tmp_path)


def test_a_folder_that_cannot_be_is_refused(small, tmp_path):
    (tmp_path / "file").write_text("")
    for ask in (small.save, Company.load):
        with pytest.raises(NotAllowed, match=r"folder = 3 is not allowed. Give the path"):
            ask(3)
    with pytest.raises(NotAllowed, match="a folder that can be written to"):
        small.save(tmp_path / "file" / "below", ["reps"])


def test_one_table_can_be_saved_by_its_name(small, tmp_path):
    assert Company.load(small.save(tmp_path, "leads")).tables == ["leads"]
    with pytest.raises(NotAllowed, match=r"tables = 3 is not allowed. Give a list of names"):
        small.save(tmp_path, 3)


def test_only_tables_there_are_can_be_saved(small, tmp_path):
    with pytest.raises(UnknownName, match="Did you mean 'leads'"):
        small.save(tmp_path, ["lead"])


def test_every_column_has_a_meaning(small, delivered):
    for name in small.tables:
        assert small.data_dictionary(name)["meaning"].str.len().gt(2).all()
    for name in delivered.tables:
        assert list(delivered.data_dictionary(name).index) == list(delivered.table(name).columns)


def test_the_dictionary_of_what_tools_show_promises_no_truth(small, delivered):
    for books in (delivered, small.observed):
        assert "tagged" in books.data_dictionary("sessions").loc["channel", "meaning"]
        assert "tagged" in books.data_dictionary("customers").loc["last_channel", "meaning"]
        for name in books.tables:
            assert not books.data_dictionary(name)["meaning"].str.contains("truly").any()
    assert "truly" in small.data_dictionary("sessions").loc["channel", "meaning"]


def test_what_is_delivered_beside_the_tables_has_meanings_too(small):
    for name in ("ad_reports", *RESEARCH):
        assert len(small.data_dictionary(name))
    with pytest.raises(UnknownName, match="Did you mean 'survey_market'"):
        small.data_dictionary("survey_markt")


def test_a_company_travels_to_another_process(small):
    again = pickle.loads(pickle.dumps(small))
    pd.testing.assert_frame_equal(again.leads, small.leads)

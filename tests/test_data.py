"""The small tables of public facts tie out, and each row names its source."""

import os
from pathlib import Path

import pandas as pd
import pytest

from seat.tables import UnknownTable, load_table, table_names


@pytest.fixture(scope="module")
def statements():
    return load_table("income_statements").pivot(
        index=["company", "fiscal_year"], columns="line", values="usd_m"
    )


@pytest.fixture(scope="module")
def segments():
    return load_table("nike_segments")


@pytest.mark.parametrize("name", table_names())
def test_every_row_names_the_filing_it_was_taken_from(name):
    source = load_table(name)["source"]
    assert source.str.contains(r"Form 10-K filed \d{4}-\d{2}-\d{2}").all()


def test_nikes_figures_are_the_published_ones(statements):
    nike = statements.loc[("Nike", 2025)]
    assert nike["revenue"] == 46_309
    assert nike["demand_creation"] == 4_689
    assert round(nike["demand_creation"] / nike["revenue"], 3) == 0.101
    assert round(nike["gross_profit"] / nike["revenue"], 3) == 0.427
    before = statements.loc[("Nike", 2024)]
    assert round(before["demand_creation"] / before["revenue"], 3) == 0.083


def test_gross_profit_is_revenue_less_cost_of_sales_wherever_it_is_given(statements):
    given = statements.dropna(subset="gross_profit")
    assert (given["revenue"] - given["cost_of_sales"] == given["gross_profit"]).all()
    assert len(given) == 9


def test_net_income_is_pretax_income_less_tax(statements):
    rest = statements["pretax_income"] - statements["income_tax"] - statements["net_income"]
    # Procter & Gamble's last lines also hold what belongs to minority owners.
    others = rest.drop("Procter & Gamble")
    assert (others == 0).all()
    assert rest["Procter & Gamble"].between(0, 120).all()


def test_nikes_marketing_and_overhead_make_its_selling_and_administrative_expense(statements):
    nike = statements.loc["Nike"]
    parts = nike["demand_creation"] + nike["operating_overhead"]
    assert (parts == nike["selling_and_administrative"]).all()


def test_every_line_of_the_segments_adds_up(segments):
    gross = segments["revenue"] - segments["cost_of_sales"] - segments["gross_profit"]
    selling = (
        segments["demand_creation"]
        + segments["operating_overhead"]
        - segments["total_selling_admin"]
    )
    ebit = (
        segments["gross_profit"]
        - segments["total_selling_admin"]
        - segments["other_segment_items"]
        - segments["ebit"]
    )
    assert (gross == 0).all()
    assert (selling == 0).all()
    assert (ebit == 0).all()


def test_the_parts_of_the_brand_add_up_to_the_brand(segments):
    figures = segments.drop(columns=["source"]).set_index(["fiscal_year", "segment"])
    for _, year in figures.groupby("fiscal_year"):
        year = year.droplevel("fiscal_year")
        parts = year.drop(["Total NIKE Brand", "Converse"]).sum()
        assert (parts == year.loc["Total NIKE Brand"]).all()


def test_home_depots_long_year_is_a_week_longer():
    days = load_table("income_statements").groupby(["company", "fiscal_year"])["days"].first()
    assert days["Home Depot", 2024] - days["Home Depot", 2023] == 7


def test_an_unknown_table_gets_the_nearest_name():
    with pytest.raises(UnknownTable, match="Did you mean 'nike_segments'"):
        load_table("nike_segment")


def test_the_tables_agree_with_the_filings_they_were_taken_from(statements):
    folder = os.environ.get("SEAT_DATA")
    if not folder:
        pytest.skip("SEAT_DATA names no folder with the parsed filings")
    filed = pd.read_csv(Path(folder) / "sec_company_financials.csv")
    ours = load_table("income_statements")
    ours["xbrl_tag"] = ours["source"].str.extract(r"\((.*)\)$")
    ours["period_end"] = ours["period_end"].dt.strftime("%Y-%m-%d")
    joined = ours.merge(filed, on=["company", "xbrl_tag", "period_end"], how="left")
    assert len(joined) == len(ours)
    assert (joined["usd_m"] * 1_000_000 == joined["value_usd"]).all()

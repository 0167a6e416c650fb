"""The books reconcile, for the firm as it is and for absurd plans."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seat.company import Plan, UnknownName, engine
from seat.company.audit import faults
from seat.company.draws import Draws, master_key
from seat.company.parameters import PAID, Parameters
from seat.company.plan import CONTENT, Schedule


def amounts(low, high):
    return st.one_of(st.just(low), st.floats(low, high, allow_nan=False))


levers = st.fixed_dictionaries(
    {},
    optional={
        "ad_spend": st.dictionaries(st.sampled_from(PAID), amounts(0.0, 9000.0)),
        "ad_calendar": st.sampled_from(["seasonal", "flat"]),
        "content_mix": amounts(0.0, 1.0).map(lambda x: dict(zip(CONTENT, (x, 1 - x), strict=True))),
        "posts_per_week": amounts(0.0, 60.0),
        "emails_per_month": amounts(0.0, 30.0),
        "page_load_s": amounts(0.2, 12.0),
        "checkout_error_rate": amounts(0.0, 1.0),
        "lead_form": st.booleans(),
        "checkout": st.booleans(),
        "price": amounts(1.0, 400.0).map(lambda dollars: round(dollars, 2)),
        "sales_reps": st.integers(0, 20),
        "support_agents": st.integers(0, 20),
    },
)
dates = st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2025-12-31").date())


def some(levers):
    return levers or {"sales_reps": 3}


@st.composite
def plans(draw):
    plan = Plan()
    for _ in range(draw(st.integers(1, 3))):
        plan = plan.change(start=draw(dates), **some(draw(levers)))
    return plan.change(start="2024-01-01", **some(draw(levers)))


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 2**31),
    plans(),
    st.sampled_from([0.03, 0.1, 0.3]),
    st.sampled_from([40, 200, 731]),
)
@pytest.mark.filterwarnings("error")
def test_every_promise_of_the_books_holds_under_any_plan(seed, plan, size, days):
    run = engine.simulate(Draws(master_key(seed)), Parameters(), Schedule(plan, days, size))
    assert faults(run) == []


def test_a_broken_book_is_found(company):
    run = engine.simulate(Draws(master_key(7)), Parameters(), Schedule(Plan(), 200, 0.1))
    run.invoices["cents"][3] += 1
    run.tickets["moment"][0] -= 10**9
    assert "every ticket falls in its customer's time" in faults(run)


def test_statements_agree_with_the_ledger(company):
    ledger = company.ledger
    assert (ledger.groupby("date")["amount"].sum().abs() < 1e-6).all()
    by_account = ledger.groupby("account", observed=True)["amount"].sum()
    assert company.income_statement("Q")["revenue"].sum() == pytest.approx(-by_account["revenue"])
    assert company.balance_sheet("Q")["cash"].iloc[-1] == pytest.approx(by_account["cash"])


@pytest.mark.parametrize("every", ["M", "Q"])
def test_the_three_statements_tie(company, every):
    profit, sheet, cash = (
        company.income_statement(every),
        company.balance_sheet(every),
        company.cash_flow(every),
    )
    tied = sheet["total_liabilities"] + sheet["total_equity"]
    np.testing.assert_allclose(sheet["total_assets"], tied, atol=0.001)
    np.testing.assert_allclose(cash["closing_cash"], sheet["cash"], atol=0.001)
    moved = cash["operating_cash_flow"] + cash["financing_cash_flow"]
    np.testing.assert_allclose(moved, cash["change_in_cash"], atol=0.001)
    np.testing.assert_allclose(
        profit["operating_profit"].cumsum(), sheet["retained_earnings"], atol=0.001
    )


def test_months_add_up_to_quarters(company):
    months, quarters = company.income_statement("M"), company.income_statement("Q")
    np.testing.assert_allclose(months.groupby(months.index.asfreq("Q")).sum(), quarters, atol=0.001)


def test_payments_settle_invoices_in_full(company):
    paid = company.payments.set_index("invoice_id")["amount"]
    billed = company.invoices.set_index("invoice_id")["amount"]
    assert (billed.loc[paid.index] == paid).all()


def test_a_period_nobody_reports_is_refused(company):
    with pytest.raises(UnknownName, match="No period 'week'"):
        company.income_statement("week")

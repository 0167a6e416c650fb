"""Quillmere against published figures: what we measure, and the range it must lie in.

``python -m seat.company.calibration`` prints the page of the book. Ranges are
published ones; where only a single average was published, we accept values
near it and say so. Vendor samples are ranges, not laws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import calendar, finance
from .company import Company
from .engine import Run
from .marketing_tables import emails, social_posts
from .sales import Columns
from .web import CART, CHECKOUT, LEAD, ORDER

# The second year: the firm is past its first months.
YEAR_START = calendar.day_number("2025-01-01")


@dataclass(frozen=True)
class Row:
    """One published figure and how the company measures up to it."""

    name: str
    low: float
    high: float
    unit: str
    source: str
    measure: Callable[[Company], float]


def _run(company: Company) -> Run:
    return company._run


def cart_abandonment(company: Company) -> float:
    stage = _run(company).visits["stage"]
    return 1 - (stage == ORDER).sum() / np.isin(stage, (CART, CHECKOUT, ORDER)).sum()


def visit_to_lead(company: Company) -> float:
    return float((_run(company).visits["stage"] == LEAD).mean())


def mql_to_sql(company: Company) -> float:
    leads = company.leads
    return float(leads.loc[leads["is_mql"], "is_sql"].mean())


def win_rate(company: Company) -> float:
    deals = company.opportunities
    return float(deals.loc[deals["closed"].notna(), "is_won"].mean())


def sales_cycle(company: Company) -> float:
    won = company.opportunities.query("is_won")
    created = company.leads.set_index("lead_id")["created"].loc[won["lead_id"]].to_numpy()
    return float(np.median((won["closed"].to_numpy() - created) / np.timedelta64(1, "D")))


def monthly_churn(company: Company) -> float:
    """Customers lost in the second year over customer-months."""
    run = _run(company)
    lost = ((run.customers["end"] >= YEAR_START) & (run.customers["end"] < run.days)).sum()
    return float(lost / (finance.active(run.customers, run.days)[YEAR_START:].sum() / (365 / 12)))


def gross_margin(company: Company) -> float:
    year = company.income_statement("Q").iloc[-4:].sum()
    return float(year["gross_profit"] / year["revenue"])


def software_margin(company: Company) -> float:
    """Before support pay: hosting, licences and payment fees only."""
    year = company.income_statement("Q").iloc[-4:].sum()
    return float(1 - (year["direct_costs"] + year["payment_fees"]) / year["revenue"])


def new_customers(customers: Columns, first: int, last: int) -> np.ndarray:
    return (customers["start"] >= first) & (customers["start"] < last)


def cac_payback(company: Company) -> float:
    """Months of gross margin that repay all of sales and marketing, second year."""
    year = company.income_statement("Q").iloc[-4:].sum()
    cost = sum(year[name] for name in ("advertising", "marketing_pay", "sales_pay", "commissions"))
    who = _run(company).customers
    new = new_customers(who, YEAR_START, calendar.HISTORY_DAYS)
    arpa = (who["seats"] * who["seat_cents"])[new].mean() / 100
    return float(cost / new.sum() / (arpa * gross_margin(company)))


def _customers_when(company: Company, **levers: object) -> int:
    plan = company.plan.change(start="2024-01-01", **levers)
    return len(company._world.run(plan).customers["customer"])


def _response(company: Company, change: float, **levers: object) -> float:
    """Relative change of all customers won, per relative change of the lever."""
    base = len(_run(company).customers["customer"])
    return (_customers_when(company, **levers) / base - 1) / change


def advertising_elasticity(company: Company) -> float:
    """All paid channels up by a tenth for two years."""
    spend = company.plan.levers.ad_spend
    return _response(company, 0.1, ad_spend={c: 1.1 * v for c, v in spend.items()})


def price_elasticity(company: Company) -> float:
    return _response(company, 0.1, price=1.1 * company.plan.levers.price)


def tenth_second(company: Company) -> float:
    return _response(company, 1.0, page_load_s=company.plan.levers.page_load_s - 0.1)


def satisfied(company: Company) -> float:
    return float((company.tickets["csat"].dropna() >= 4).mean())


def email_clicks(company: Company) -> float:
    mail = emails(_run(company))
    return float(mail["clicks"].sum() / mail["recipients"].sum())


def email_opens(company: Company) -> float:
    mail = emails(_run(company))
    return float(mail["opens"].sum() / mail["recipients"].sum())


def engagement(platform: str) -> Callable[[Company], float]:
    def measure(company: Company) -> float:
        posts = social_posts(_run(company))
        mine = posts[(posts["platform"] == platform) & (posts["content"] == "promotion")]
        # The median of a small account is lumpy: take the mean of the middle fifth.
        rate = (mine["engagements"] / mine["followers"]).sort_values()
        edge = 2 * len(rate) // 5
        return float(rate.iloc[edge : len(rate) - edge].mean())

    return measure


_GETALEPH = "getaleph.com 2026, KeyBanc 2024 by productmetrics.org (vendor samples)"
_SETHURAMAN = "Sethuraman, Tellis & Briesch 2011: 0.12 short run, 0.24 long run"
_RIVAL = "Rival IQ median per follower and post, within a fifth"

ROWS = (
    Row(
        "cart abandonment",
        0.68,
        0.72,
        "share",
        "Baymard: 70.22 % mean of 50 studies; within 2 points",
        cart_abandonment,
    ),
    Row("visit to lead", 0.01, 0.05, "share", "b2blead.io 2026 (vendor)", visit_to_lead),
    Row(
        "MQL to SQL",
        0.13,
        0.30,
        "share",
        "cactusmarketing.io, tag.prooflytics.io (vendors)",
        mql_to_sql,
    ),
    Row(
        "won of closed deals",
        0.20,
        0.30,
        "share",
        "altiorco.com, b2blead.io; salesmotion.io 2026 (vendors)",
        win_rate,
    ),
    Row(
        "sales cycle of won deals, median",
        30,
        60,
        "days",
        "small-business range of vendors, not checked at source",
        sales_cycle,
    ),
    Row(
        "monthly churn of customers",
        0.03,
        0.07,
        "share",
        "candidcreative.ca, small firms (vendor)",
        monthly_churn,
    ),
    Row("software gross margin", 0.79, 0.80, "share", _GETALEPH, software_margin),
    Row("total gross margin", 0.71, 0.77, "share", _GETALEPH, gross_margin),
    Row(
        "CAC payback",
        14,
        18,
        "months",
        "getaleph.com 2026 (16), siliconcent.com (14, 18) (vendors)",
        cac_payback,
    ),
    Row("advertising elasticity", 0.12, 0.24, "ratio", _SETHURAMAN, advertising_elasticity),
    Row(
        "price elasticity",
        -2.62,
        -1.76,
        "ratio",
        "Bijmolt et al. 2005 (-2.62), Tellis 1988 (-1.76)",
        price_elasticity,
    ),
    Row(
        "customers won by a site 0.1 s faster",
        0.024,
        0.084,
        "share",
        "Akamai 2017 (2.4 %, not checked at source), Deloitte 2020 (8.4 %): vendors, observational",
        tenth_second,
    ),
    Row("satisfied of those answered", 0.82, 0.86, "share", "Zendesk 2012-2013 (dated)", satisfied),
    Row(
        "e-mails opened",
        0.20,
        0.25,
        "share",
        "Mailchimp 2019: 22.7 %, within a tenth; not checked at source",
        email_opens,
    ),
    Row(
        "e-mails clicked",
        0.026,
        0.032,
        "share",
        "Mailchimp 2019: 2.9 %, within a tenth; not checked at source",
        email_clicks,
    ),
    Row(
        "engagement, Facebook",
        0.00050,
        0.00076,
        "share",
        f"{_RIVAL}: 0.063 % (2024)",
        engagement("Facebook"),
    ),
    Row(
        "engagement, Instagram",
        0.0038,
        0.0056,
        "share",
        f"{_RIVAL}: 0.47 % (2022)",
        engagement("Instagram"),
    ),
    Row(
        "engagement, TikTok",
        0.0210,
        0.0316,
        "share",
        f"{_RIVAL}: 2.63 % (2024)",
        engagement("TikTok"),
    ),
    Row("engagement, X", 0.00028, 0.00042, "share", f"{_RIVAL}: 0.035 % (2022)", engagement("X")),
)


SEEDS = range(1, 21)


def table(seeds: Iterable[int] = SEEDS) -> pd.DataFrame:
    """Mean and range of each row over some seeds, beside the published range."""
    measured: dict[str, list[float]] = {row.name: [] for row in ROWS}
    for seed in seeds:
        company = Company(seed=seed)
        for row in ROWS:
            measured[row.name].append(row.measure(company))
    return pd.DataFrame([_summary(row, measured[row.name]) for row in ROWS]).set_index("quantity")


def _summary(row: Row, values: list[float]) -> dict[str, object]:
    mean = float(np.mean(values))
    return {
        "quantity": row.name,
        "mean": mean,
        "lowest": min(values),
        "highest": max(values),
        "published low": row.low,
        "published high": row.high,
        "unit": row.unit,
        "inside": row.low <= mean <= row.high,
        "source": row.source,
    }


PAGE = """# Quillmere against published figures

Computed by `python -m seat.company.calibration` over the seeds {first} to {last}; a test
fails when this page and the company disagree. The **mean** over seeds must lie in the
published range; single worlds differ, as firms do.

{table}
How to read it:

- Ranges come from vendor samples, meta-analyses and dated surveys, as named. They are
  ranges, not laws. Where only one average was published we accept values near it and say
  how near.
- *Second year* is 2025. Gross margin and CAC payback are those of 2025: software margin is
  before support pay, total margin after it; payback counts advertising, commissions and the
  pay of marketing and sales, over the gross margin of new customers' revenue.
- Elasticities and the effect of a faster site are exact: two runs of two years with the same
  chance, one lever moved. The advertising elasticity raises all four paid channels by a
  tenth for two years, so it lies between the published short and long run.
- Engagement is the typical (middle fifth) promotional post, per follower.
- Every parameter has a unit, a source and a confidence: `Parameters.about("price_slope")`.
  What no published figure fixes is our choice, made so that this table holds.
"""


def page(measured: pd.DataFrame, seeds: range = SEEDS) -> str:
    """The page of the book, in Markdown."""
    return PAGE.format(first=seeds[0], last=seeds[-1], table=as_markdown(measured))


def as_markdown(measured: pd.DataFrame) -> str:
    head = (
        "| quantity | mean | over seeds | published | unit | source |\n|---|---|---|---|---|---|\n"
    )
    lines = [
        f"| {name} | {row['mean']:.3g} | {row['lowest']:.3g} to {row['highest']:.3g} "
        f"| {row['published low']:.3g} to {row['published high']:.3g} "
        f"| {row['unit']} | {row['source']} |"
        for name, row in measured.iterrows()
    ]
    return head + "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(table()), end="")

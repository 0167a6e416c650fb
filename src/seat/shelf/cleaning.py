"""What is changed in a table on reading; the catalogue states each step in words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import pandas as pd

FACEBOOK_HEADINGS = {
    "Me gusta totales de la página": "Page total likes",
    "Tipo": "Type",
    "Categoría": "Category",
    "Publicar Mes": "Post Month",
    "Consumidores de publicaciones de por vida": "Lifetime Post Consumers",
    "Consumos de publicación de por vida": "Lifetime Post Consumptions",
    "Impresiones de publicaciones de por vida de personas a las que les ha gustado tu página": (
        "Lifetime Post Impressions by people who have liked your Page"
    ),
    "Alcance de la publicación de por vida de las personas a las que les gusta tu página": (
        "Lifetime Post reach by people who like your Page"
    ),
    "Personas de por vida a las que les ha gustado tu página y se han comprometido con "
    "tu publicación": "Lifetime People who have liked your Page and engaged with your post",
    "compartir": "share",
}

# The archive's own warning: 25 June 2013 to 10 January 2014, here in whole weeks.
SUSPECT_WEEKS = (201325, 201402)


def clean(name: str, table: pd.DataFrame, dates: Mapping[str, str]) -> pd.DataFrame:
    """The table as the course uses it; rows are neither dropped nor reordered."""
    parsed = {column: pd.to_datetime(table[column], format=form) for column, form in dates.items()}
    step = STEPS.get(name)
    dated = table.assign(**parsed)
    return step(dated) if step else dated


def english_headings(table: pd.DataFrame) -> pd.DataFrame:
    """The Facebook metrics under the English headings of the published file."""
    return table.rename(columns=FACEBOOK_HEADINGS)


def single_spaces(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with one space where a heading had two."""
    return table.rename(columns=lambda heading: " ".join(heading.split()))


def hidden_pages(table: pd.DataFrame) -> pd.DataFrame:
    """The posts with hashes in place of the ids that lead to a seller's page.

    The hash keeps pages apart. It is no anonymity: who holds a list of page
    ids can hash that too.
    """
    page = table["status_id"].str.split("_").str[0]
    hashed = table.assign(status_id=_hashes(table["status_id"]))
    hashed.insert(0, "page", _hashes(page))
    return hashed


def whole_customer_ids(table: pd.DataFrame) -> pd.DataFrame:
    """Customer ids as whole numbers, missing ones still missing."""
    return table.assign(CustomerID=table["CustomerID"].astype("Int64"))


def suspect_weeks_marked(table: pd.DataFrame) -> pd.DataFrame:
    """A column that says which packages ran while assignment was suspect."""
    return table.assign(srm_risk_window=table["test_week"].between(*SUSPECT_WEEKS))


def _hashes(ids: pd.Series) -> pd.Series:
    short = {one: hashlib.sha256(one.encode()).hexdigest()[:12] for one in ids.unique()}
    return ids.map(short)


STEPS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "facebook_metrics": english_headings,
    "facebook_live_sellers": hidden_pages,
    "iranian_churn": single_spaces,
    "online_retail": whole_customer_ids,
    "online_retail_france": whole_customer_ids,
    "online_retail_germany": whole_customer_ids,
    "upworthy": suspect_weeks_marked,
}

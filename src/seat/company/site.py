"""The site as IT sees it: which events it records, and each request it served."""

from __future__ import annotations

import numpy as np
import pandas as pd

from . import calendar
from .calendar import NEVER
from .draws import weibull
from .engine import Run
from .marketing_tables import words
from .sales import moment_of_visit
from .web import BROWSE, CART, CHECKOUT, LEAD, ORDER

EVENT_DAYS = 28
# Each step of the two paths: event, path it belongs to, lowest stage that fires it.
EVENTS = (
    ("page_view", "both", 0),
    ("pricing_view", "both", BROWSE),
    ("form_submit", "sales", LEAD),
    ("cart_add", "self_serve", CART),
    ("checkout_start", "self_serve", CHECKOUT),
    ("purchase", "self_serve", ORDER),
)
# Share of those at the checkout whose bank refuses.
REFUSED = 0.01
PATHS = ("/", "/pricing", "/contact/sent", "/cart", "/checkout", "/checkout/paid")
PAGE, PRICING, SENT, BASKET, PAYING, PAID = range(len(PATHS))


def event_map(run: Run, day: int) -> pd.DataFrame:
    """Steps from a visit to the goal, whether the site has them, and how often they fired."""
    levers = run.schedule.plan.on(calendar.dates(np.array([day]))[0])
    stage = run.visits["stage"]
    recent = stage[(run.visits["day"] > day - EVENT_DAYS) & (run.visits["day"] <= day)]
    exists = {"both": True, "sales": levers.lead_form, "self_serve": levers.checkout}
    rows = [
        (event, path, exists[path], _fired(recent, path, least) if exists[path] else 0)
        for event, path, least in EVENTS
    ]
    columns = ["event", "path", "exists", f"fired_last_{EVENT_DAYS}_days"]
    return pd.DataFrame(rows, columns=columns)


def _fired(stage: np.ndarray, path: str, least: int) -> int:
    if path == "sales":
        return int((stage == LEAD).sum())
    if path == "self_serve":
        return int(((stage >= least) & (stage <= ORDER)).sum())
    return int((stage >= least).sum())


def site_log(run: Run, day: int) -> pd.DataFrame:
    """Requests of one day: moment, visit, path, status and time taken.

    A failed payment is a 500 when the checkout broke and a 402 when the
    customer's bank refused. Who gives up at the checkout asks for no payment.
    """
    today = run.visits["day"] == day
    visits = {name: values[today] for name, values in run.visits.items()}
    _, pay = run.draws.parts("checkout", visits["visit"], 2)
    row, page = _requests(visits["stage"], pay < run.parameters.payment_made + REFUSED)
    visit = visits["visit"][row]
    key = visit << 3 | page
    gap, luck = run.draws.uniforms("request_gap request_time", key)
    first = moment_of_visit(run.draws, visits["visit"], visits["day"])[row]
    second = first + np.where(page > PAGE, (page * 20 + 60 * gap), 0).astype(np.int64)
    taken = np.where(page == PAGE, visits["load_s"][row], visits["load_s"][row] * 0.4)
    table = pd.DataFrame(
        {
            "moment": calendar.moments(second, NEVER),
            "session_id": visit,
            "path": words(page, PATHS),
            "status": _status(run, pay[row], page, day),
            "duration_ms": np.round(1000 * taken * (0.9 + 0.2 * weibull(luck, 1.0, 2.0))),
            "device": words(visits["mobile"][row].view(np.int8), ("desktop", "mobile")),
        }
    )
    return table.sort_values(["moment", "session_id"], kind="stable").reset_index(drop=True)


def _requests(stage: np.ndarray, willing: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row of the visit and page of each request."""
    asked = np.zeros((len(stage), len(PATHS)), dtype=bool)
    asked[:, PAGE] = True
    asked[:, PRICING] = stage >= BROWSE
    asked[:, SENT] = stage == LEAD
    bought = stage <= ORDER
    for page, least in ((BASKET, CART), (PAYING, CHECKOUT)):
        asked[:, page] = bought & (stage >= least)
    asked[:, PAID] = asked[:, PAYING] & willing
    rows, pages = np.nonzero(asked)
    return rows, pages


def _status(run: Run, pay: np.ndarray, page: np.ndarray, day: int) -> np.ndarray:
    broke = (pay >= run.site.pays[day]) & (pay < run.parameters.payment_made)
    failed = np.where(broke, 500, np.where(pay >= run.parameters.payment_made, 402, 200))
    return np.where(page == PAID, failed, 200)

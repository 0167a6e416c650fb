"""The list of the firm's tables and how each is made from a run."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from . import marketing_tables as marketing
from . import operations_tables as operations
from .engine import Run

TABLES: dict[str, Callable[[Run], pd.DataFrame]] = {
    "ad_spend": marketing.ad_spend,
    "social_posts": marketing.social_posts,
    "emails": marketing.emails,
    "sessions": marketing.sessions,
    "journeys": marketing.journeys,
    "site_performance": marketing.site_performance,
    "leads": operations.leads,
    "opportunities": operations.opportunities,
    "reps": operations.reps,
    "customers": operations.customers,
    "subscriptions": operations.subscriptions,
    "invoices": operations.invoices,
    "payments": operations.payments,
    "tickets": operations.tickets,
    "agents": operations.agents,
    "ledger": operations.ledger,
}

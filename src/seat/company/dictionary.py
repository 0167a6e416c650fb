"""What each column of each table means, in what unit."""

from __future__ import annotations

import pandas as pd

from .errors import known_name

_WHO = {
    "visitor_id": ("a person's number, the same for all their visits", "number"),
    "lead_id": ("the lead: the visitor who left a form", "number"),
    "customer_id": ("the customer: the visitor who signed up", "number"),
    "channel": ("how the visit came, as it truly came", "name"),
    "region": ("sales region", "name"),
    "segment": ("kind of customer", "name"),
    "company_name": ("the visitor's firm", "name"),
    "start": ("first day as a customer", "date"),
    "end": ("day of leaving; empty for those who stay", "date"),
    "rep_id": ("sales rep who answered; -1 if nobody has", "number"),
}

MEANING: dict[str, dict[str, tuple[str, str]]] = {
    "ad_spend": {
        "date": ("day", "date"),
        "channel": ("paid channel", "name"),
        "region": _WHO["region"],
        "spend": ("what the firm spent", "dollars"),
        "impressions": ("times an ad was shown", "count"),
        "clicks": ("clicks that reached the site", "count"),
    },
    "social_posts": {
        "post_id": ("a post's number", "number"),
        "date": ("day", "date"),
        "platform": ("where it was posted", "name"),
        "content": ("how-to or promotion", "name"),
        "followers": ("followers on that platform that day", "count"),
        "impressions": ("times the post was shown", "count"),
        "engagements": ("likes, comments and shares", "count"),
    },
    "emails": {
        "mailing_id": ("a mailing's number", "number"),
        "date": ("day it was sent", "date"),
        "recipients": ("people on the list", "count"),
        "opens": ("people who opened it", "count"),
        "clicks": ("visits it brought", "count"),
        "unsubscribes": ("people who left the list", "count"),
        "complaints": ("people who marked it as spam", "count"),
    },
    "sessions": {
        "session_id": ("a visit's number", "number"),
        "visitor_id": _WHO["visitor_id"],
        "date": ("day", "date"),
        "channel": _WHO["channel"],
        "region": _WHO["region"],
        "segment": _WHO["segment"],
        "device": ("desktop or mobile", "name"),
        "page_load_s": ("time until the page was usable", "seconds"),
        "last_stage": ("furthest step: bounce, browse, cart, checkout, order or lead", "name"),
    },
    "journeys": {
        "visitor_id": _WHO["visitor_id"],
        "first_visit": ("day of the first visit", "date"),
        "last_visit": ("day of the last visit", "date"),
        "visits": ("number of visits", "count"),
        "path": ("channels of the visits in order", "name"),
        "outcome": ("none, order or lead", "name"),
    },
    "site_performance": {
        "date": ("day", "date"),
        "device": ("desktop or mobile", "name"),
        "page_load_p50_s": ("median load time", "seconds"),
        "page_load_p75_s": ("load time that three visits in four beat", "seconds"),
        "sessions": ("visits", "count"),
        "bounces": ("visits that left at once", "count"),
        "carts": ("visits that filled a cart", "count"),
        "checkouts": ("visits that reached payment", "count"),
        "orders": ("visits that paid", "count"),
    },
    "leads": {
        "lead_id": _WHO["lead_id"],
        "session_id": ("the visit that left the form", "number"),
        "created": ("when the form came in", "moment"),
        "company_name": _WHO["company_name"],
        "channel": ("channel of that visit", "name"),
        "region": _WHO["region"],
        "segment": _WHO["segment"],
        "lead_score": ("marketing's score", "points, 0-100"),
        "is_mql": ("is it qualified by marketing's score?", "yes or no"),
        "first_response": ("when a rep first answered; empty if nobody has", "moment"),
        "response_h": ("calendar hours until the first answer", "hours"),
        "rep_id": _WHO["rep_id"],
        "is_sql": ("did sales accept it?", "yes or no"),
        "has_consent": ("did they agree to marketing mail?", "yes or no"),
    },
    "opportunities": {
        "opportunity_id": ("a deal's number", "number"),
        "lead_id": _WHO["lead_id"],
        "rep_id": _WHO["rep_id"],
        "opened": ("day the deal was opened", "date"),
        "closed": ("day it was won or lost; empty while it is open", "date"),
        "stage": ("discovery, proposal, lost or won", "name"),
        "segment": _WHO["segment"],
        "amount": ("first year's value", "dollars"),
        "is_won": ("was it won?", "yes or no"),
    },
    "customers": {
        "customer_id": _WHO["customer_id"],
        "company_name": _WHO["company_name"],
        "start": _WHO["start"],
        "end": _WHO["end"],
        "segment": _WHO["segment"],
        "region": _WHO["region"],
        "last_channel": ("channel of the visit that ordered or left the form", "name"),
        "route": ("self-serve or sales-assisted", "name"),
    },
    "subscriptions": {
        "customer_id": _WHO["customer_id"],
        "term": ("monthly or annual", "name"),
        "seats": ("people who use the product", "count"),
        "price_per_seat": ("after discounts", "dollars a month"),
        "mrr": ("monthly recurring revenue", "dollars a month"),
        "start": _WHO["start"],
        "end": _WHO["end"],
        "is_active": ("is it running on the last day?", "yes or no"),
    },
    "invoices": {
        "invoice_id": ("an invoice's number", "number"),
        "customer_id": _WHO["customer_id"],
        "date": ("day of the invoice", "date"),
        "due": ("day payment is due", "date"),
        "amount": ("amount billed", "dollars"),
        "term_start": ("first day of the service billed", "date"),
        "term_end": ("day after the last day of it", "date"),
    },
    "payments": {
        "invoice_id": ("the invoice paid", "number"),
        "customer_id": _WHO["customer_id"],
        "date": ("day the money came", "date"),
        "amount": ("amount received", "dollars"),
        "method": ("card or bank transfer", "name"),
    },
    "tickets": {
        "ticket_id": ("a request's number", "number"),
        "customer_id": _WHO["customer_id"],
        "created": ("when it was written", "moment"),
        "topic": ("what it was about", "name"),
        "first_response": ("when it was answered; empty if it has not been", "moment"),
        "first_response_h": ("opening hours until the answer", "hours"),
        "resolved": ("when it was closed", "moment"),
        "resolution_h": ("calendar hours from writing to closing", "hours"),
        "agent_id": ("support agent who answered; -1 if nobody has", "number"),
        "csat": ("satisfaction, 1 to 5", "points"),
    },
    "ledger": {
        "date": ("day", "date"),
        "entry": ("kind of event", "name"),
        "account": ("account", "name"),
        "amount": ("debit if positive, credit if negative", "dollars"),
    },
}
for _team, _number in (("reps", "rep_id"), ("agents", "agent_id")):
    MEANING[_team] = {
        _number: ("a colleague's number", "number"),
        "name": ("first name", "name"),
        "hired": ("first day on the payroll", "date"),
        "ready": ("first day of full work", "date"),
        "left": ("last day; empty for those who stay", "date"),
    }


# Columns and tables that only the firm's tools show.
MEANING["ad_reports"] = {
    "date": ("day", "date"),
    "channel": ("paid channel", "name"),
    "spend": ("what the firm spent", "dollars"),
    "impressions": ("times an ad was shown", "count"),
    "clicks": ("clicks that reached the site", "count"),
    "reported_conversions": ("orders and leads the platform claims", "count"),
}
MEANING["ledger"]["posted"] = ("day the line was entered in the books", "date")

_JOBS = ("send_quotes", "get_paid", "plan_work", "answer_customers", "see_profit")
_ASKED = {
    "respondent_id": ("a respondent's number", "number"),
    "segment": _WHO["segment"],
    "region": _WHO["region"],
    "knows_us": ("do they know the firm's name?", "yes or no"),
    **{f"importance_{job}": (f"importance of the job: {job}", "points, 1-10") for job in _JOBS},
    **{
        f"satisfaction_{job}": (f"satisfaction with what they use for: {job}", "points, 1-10")
        for job in _JOBS
    },
}
MEANING["survey_market"] = MEANING["survey_followers"] = _ASKED
MEANING["survey_customers"] = {
    "respondent_id": _ASKED["respondent_id"],
    "customer_id": _WHO["customer_id"],
    "segment": _WHO["segment"],
    "region": _WHO["region"],
    "months_as_customer": ("time since the start", "months"),
    "would_be": ("how they would feel without the product", "name"),
    "nps_score": ("would they recommend it?", "points, 0-10"),
}
MEANING["perceptions"] = {
    "respondent_id": _ASKED["respondent_id"],
    "brand": ("the brand rated", "name"),
    **{
        attribute: (f"does '{attribute.replace('_', ' ')}' fit the brand?", "points, 1-7")
        for attribute in (
            *("easy", "quick_to_set_up", "friendly", "fair_price"),
            *("powerful", "trusted", "well_connected", "for_larger_firms"),
        )
    },
}
MEANING["staff_perceptions"] = MEANING["perceptions"]
MEANING["budget_lines"] = {
    "period": ("month", "date"),
    "line": ("line of the income statement, or a count", "name"),
    "budget": ("what was budgeted", "dollars or count"),
    "actual": ("what came", "dollars or count"),
}
MEANING["choices"] = {
    "respondent_id": _ASKED["respondent_id"],
    "task": ("number of the question", "number"),
    "alternative": ("number of the offer in it", "number"),
    "price": ("price of the offer", "dollars a seat and month"),
    "phone_support": ("does the offer have it?", "yes or no"),
    "bank_link": ("does the offer have it?", "yes or no"),
    "mobile_app": ("does the offer have it?", "yes or no"),
    "is_chosen": ("was it chosen?", "yes or no"),
}
MEANING["event_map"] = {
    "event": ("step on the way to the goal", "name"),
    "path": ("self-serve, sales or both", "name"),
    "exists": ("does the site have the step?", "yes or no"),
    "fired_last_28_days": ("visits that reached it in 28 days", "count"),
}


# What the firm's tools show in columns that, as it truly was, mean something else.
_TAGGED = "as its link was tagged; untagged links and machines show as direct"
SHOWN: dict[str, dict[str, tuple[str, str]]] = {
    "sessions": {
        "visitor_id": ("a browser's number; whoever loses the cookie gets a new one", "number"),
        "channel": (f"how the visit came, {_TAGGED}", "name"),
    },
    "journeys": {
        "visitor_id": ("a browser's number; whoever loses the cookie gets a new one", "number"),
        "path": (f"channels of the visits in order, each {_TAGGED}", "name"),
    },
    "leads": {
        "lead_id": ("an entry in the CRM; some people are entered twice", "number"),
        "session_id": ("the visit that left the form, where a tool saw it", "number"),
        "company_name": ("the visitor's firm, as somebody typed it", "name"),
        "channel": (
            "channel of that visit as its link was tagged, direct if untagged; "
            "empty where nobody filled it in",
            "name",
        ),
        "segment": ("kind of customer; empty where nobody filled it in", "name"),
    },
    "customers": {
        "last_channel": (
            "channel of the visit that ordered or left the form, as its link was tagged; "
            "direct if untagged",
            "name",
        ),
    },
}


def data_dictionary(table: str, columns: list[str], shown: bool = False) -> pd.DataFrame:
    """Meaning and unit of some columns of a table, as it was or as the tools show it."""
    known_name("table", table, MEANING)
    meaning = MEANING[table] | (SHOWN.get(table, {}) if shown else {})
    rows = [(column, *meaning[column]) for column in columns]
    return pd.DataFrame(rows, columns=["column", "meaning", "unit"]).set_index("column")

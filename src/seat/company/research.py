"""Market research: whom we asked, what they said, what they chose.

Answers come from people who exist in the world: a market with known shares of
segments, customers with the service they had, followers who are not the market.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from . import finance
from .arrays import numbers, repeated
from .draws import Draws, FloatArray, IntArray, logistic, normal
from .engine import Run
from .errors import NotAllowed, known_name
from .marketing_tables import words
from .parameters import REGIONS, Parameters

FRAMES = ("market", "customers", "followers")
MOST_PEOPLE = 20_000
DISAPPOINTED = ("not disappointed", "somewhat disappointed", "very disappointed")

# Jobs people want done: importance and satisfaction with what they use now (1-10).
JOBS = ("send_quotes", "get_paid", "plan_work", "answer_customers", "see_profit")
IMPORTANCE = (7.2, 8.8, 7.9, 6.5, 6.9)
SATISFACTION = (6.6, 5.1, 6.2, 6.4, 3.9)

RIVALS = ("Ledgerly Nook", "Jobwren", "Slate & Quill", "a spreadsheet")
ATTRIBUTES = (
    *("easy", "quick_to_set_up", "friendly", "fair_price"),
    *("powerful", "trusted", "well_connected", "for_larger_firms"),
)
# Where brands and attributes lie on two axes: simple-capable and near-distant.
_BRANDS = ((0.9, 0.5), (-0.8, 0.7), (0.1, -1.0), (-1.0, -0.4), (1.1, -0.2))
_LOADINGS = (
    *((1.0, 0.1), (0.9, 0.2), (0.6, 0.7), (0.7, -0.5)),
    *((-0.9, 0.4), (-0.1, 1.0), (-0.6, 0.8), (-1.0, 0.2)),
)
# Who rates brands, and how far staff lean towards their own.
RATERS = ("market", "staff")
_OWN_VIEW = (-0.7, 0.6)
FEATURES = ("phone_support", "bank_link", "mobile_app")
PRICES = (19.0, 24.0, 29.0, 34.0, 39.0)
ALTERNATIVES = 3


def people(frame: str, n: object) -> int:
    """Check a request for respondents."""
    known_name("sampling frame", frame, FRAMES)
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or not 1 <= n <= MOST_PEOPLE:
        raise NotAllowed("n", n, f"a whole number from 1 to {MOST_PEOPLE:,}")
    return int(n)


def survey(run: Run, of: str = "market", n: int = 400) -> pd.DataFrame:
    """Answers of n respondents of a sampling frame."""
    n = people(of, n)
    if of == "customers":
        if n > (there := int(np.count_nonzero(finance.present(run.customers)))):
            raise NotAllowed(
                "n", n, f"a whole number from 1 to {there:,}: so many customers there are"
            )
        return customer_survey(run, n)
    who = numbers(n) + FRAMES.index(of) * 2**24
    segment = respondents(run.draws, run.parameters, of, who)
    place, heard = run.draws.uniforms("survey_region survey_heard", who)
    region = np.searchsorted(np.cumsum(run.parameters.region_share)[:-1], place)
    knows = (heard < run.market.awareness[-1][region]) | (of == "followers")
    columns = {
        "respondent_id": numbers(n),
        "segment": words(segment, run.parameters.segments),
        "region": words(region, REGIONS),
        "knows_us": knows,
    }
    return pd.DataFrame({**columns, **jobs(run.draws, who, segment)})


def respondents(draws: Draws, parameters: Parameters, of: str, who: IntArray) -> np.ndarray:
    """Segments of those who answered: the frame's shares times who replies."""
    shares = parameters.segment_share if of == "market" else parameters.follower_share
    answers = np.array(shares) * np.array(parameters.survey_response)
    edges = np.cumsum(answers / answers.sum())[:-1]
    return np.searchsorted(edges, draws.uniform("survey_segment", who)).astype(np.int8)


def jobs(draws: Draws, who: IntArray, segment: np.ndarray) -> dict[str, IntArray]:
    """Importance of and satisfaction with each job, whole points from 1 to 10."""
    out = {}
    # Larger firms care more about seeing profit, single owners about quotes.
    lean = np.array([(0.8, 0.2, -0.5, 0.3, -0.6), (0, 0, 0.3, 0, 0.3), (-1, 0, 0.8, 0.2, 1.2)])
    for number, job in enumerate(JOBS):
        want, have = draws.uniforms(f"importance_{job} satisfaction_{job}", who)
        wanted = IMPORTANCE[number] + lean[segment, number] + 1.4 * normal(want)
        out[f"importance_{job}"] = _points(wanted)
        out[f"satisfaction_{job}"] = _points(SATISFACTION[number] + 1.8 * normal(have))
    return out


def _points(felt: FloatArray) -> IntArray:
    return np.clip(np.round(felt), 1, 10).astype(np.int64)


def customer_survey(run: Run, n: int) -> pd.DataFrame:
    """Up to n present customers drawn by lot: how they would miss the product, and recommend it."""
    here = np.flatnonzero(finance.present(run.customers))
    number = run.customers["customer"][here]
    asked = here[np.argsort(run.draws.uniform("survey_asked", number))[:n]]
    who = {name: values[asked] for name, values in run.customers.items()}
    miss, score = run.draws.uniforms("survey_miss survey_nps", who["customer"])
    # Small firms that use it often would miss it; poor service wears that off.
    lean = np.array([-0.1, 0.3, -0.7])[who["segment"]] + 3 * (who["quality"] - 0.75)
    level = (miss < logistic(lean + 1.6)).astype(int) + (miss < logistic(lean - 0.45))
    points = 7.3 + 5 * (who["quality"] - who["expected"]) + 0.5 * lean + 1.9 * normal(score)
    return pd.DataFrame(
        {
            "respondent_id": numbers(len(asked)),
            "customer_id": who["customer"],
            "segment": words(who["segment"], run.parameters.segments),
            "region": words(who["region"], REGIONS),
            "months_as_customer": ((run.days - who["start"]) / 30.44).round(1),
            "would_be": words(level, DISAPPOINTED),
            "nps_score": np.clip(np.round(points), 0, 10).astype(np.int64),
        }
    )


def perceptions(run: Run, brand: str, n: int = 300, of: str = "market") -> pd.DataFrame:
    """Ratings (1-7) of five brands on eight attributes; one row a respondent and brand.

    The firm's own staff see their brand nearer to what it would like to be.
    """
    known_name("group", of, RATERS)
    n = people("market", n)
    brands = (brand, *RIVALS)
    who, which = (v.ravel() for v in np.indices((n, len(brands))))
    key = (who + RATERS.index(of) * 2**16) * 8 + which
    # Some people love a brand and some cannot stand it; means hide both.
    mood = normal(run.draws.uniform("perceived_mood", key))
    position = np.array(_BRANDS)[which]
    if of == "staff":
        position = position + np.where(which == 0, 1.0, 0.0)[:, None] * np.array(_OWN_VIEW)
    columns: dict[str, object] = {"respondent_id": who, "brand": words(which, brands)}
    for number, attribute in enumerate(ATTRIBUTES):
        noise = normal(run.draws.uniform(f"perceived_{attribute}", key))
        rated = 4 + 1.1 * position @ np.array(_LOADINGS[number]) + 0.8 * mood + 0.9 * noise
        columns[attribute] = np.clip(np.round(rated), 1, 7).astype(np.int64)
    return pd.DataFrame(columns)


def choices(run: Run, n: int = 300, tasks: int = 8) -> pd.DataFrame:
    """A choice experiment: one row an alternative, three a task, one of them chosen."""
    n = people("market", n)
    if isinstance(tasks, bool) or not isinstance(tasks, (int, np.integer)) or not 1 <= tasks <= 20:
        raise NotAllowed("tasks", tasks, "a whole number from 1 to 20")
    who, task, option = (v.ravel() for v in np.indices((n, int(tasks), ALTERNATIVES)))
    key = (who * 32 + task) * 4 + option
    level = run.draws.uniform("choice_price", key)
    price = np.array(PRICES)[(level * len(PRICES)).astype(int)]
    shown = run.draws.uniforms(" ".join(f"choice_{feature}" for feature in FEATURES), key)
    has = (np.array(shown) < 0.5).astype(float)
    p = run.parameters
    utility = p.choice_price * price + np.array(p.choice_worth) @ has
    # Gumbel noise makes the choice a multinomial logit (McFadden 1974).
    utility = utility - np.log(-np.log(run.draws.uniform("choice_luck", key)))
    best = utility.reshape(-1, ALTERNATIVES).argmax(axis=1)
    features = {feature: has[number].astype(bool) for number, feature in enumerate(FEATURES)}
    chosen = option == repeated(best, ALTERNATIVES)
    columns = {"respondent_id": who, "task": task, "alternative": option, "price": price}
    return pd.DataFrame({**columns, **features, "is_chosen": chosen})

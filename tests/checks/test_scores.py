"""Answers in which chance has a part: scores that cannot be gamed, and what is said."""

import json
import math

import numpy as np
import pytest

from seat.checks.card import check_card, make_card
from seat.checks.marking import mark_written
from seat.checks.proofs import prove
from seat.checks.question import QuestionError
from seat.checks.scores import Limits, interval_losses, loss, objection, symptoms, total
from seat.checks.verdict import Outcome
from tests.checks import samples

EIGHTY = Limits("interval", level=0.8, slack=0.25)
RNG = np.random.default_rng(3)
OUTCOMES = RNG.normal(100, 10, 20_000)
BEST = (100 - 12.816, 100 + 12.816)


def score(low, high):
    return interval_losses(low, high, 0.8, OUTCOMES).mean()


def test_the_interval_score_is_width_and_a_fine_for_each_miss():
    losses = interval_losses(10, 20, 0.8, [15, 8, 23])
    assert losses.tolist() == pytest.approx([10, 10 + 10 * 2, 10 + 10 * 3])


@pytest.mark.parametrize("shift", [-20, -5, 5, 20])
@pytest.mark.parametrize("stretch", [0, 0.3, 0.6, 1.7, 3, 1e6])
def test_no_other_interval_scores_better_than_the_true_quantiles(shift, stretch):
    half = 12.816 * stretch
    assert score(100 + shift - half, 100 + shift + half) > score(*BEST)


@pytest.mark.parametrize("stretch", [0.0, 1e-9, 1e3, 1e9])
def test_neither_no_width_nor_huge_width_is_ever_within_the_slack(stretch):
    key = {"outcomes": OUTCOMES, "best": score(*BEST)}
    half = 12.816 * stretch
    assert total([(100 - half, 100 + half)], [key], EIGHTY) > 1.5


@pytest.mark.parametrize("chance", [0.0, 0.1, 0.25, 0.35, 0.5, 1.0])
def test_no_other_probability_has_a_better_brier_score_than_the_true_one(chance):
    key = {"outcomes": [1, 0, 0, 0, 0, 1, 0, 0, 1, 0]}
    brier = Limits("brier")
    assert loss(chance, key, brier) >= loss(0.3, key, brier)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        3,
        (1, 2, 3),
        (2, 1),
        (math.nan, 1),
        (-math.inf, math.inf),
        ("a", "b"),
        {1, 2},
        (0, 10**400),
        {"low": 1, "high": 2},
    ],
)
def test_what_is_no_interval_is_objected_to(answer):
    assert objection(answer, EIGHTY)


@pytest.mark.parametrize("answer", [(1, 2), [1, 1], np.array([1.0, 2.0]), (np.float64(1), 2)])
def test_an_interval_may_come_as_tuple_list_or_array(answer):
    assert objection(answer, EIGHTY) is None


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ((100, 100), {"no_width", "covers_less_than_half"}),
        ((99, 101), {"covers_less_than_half"}),
        ((-1e9, 1e9), {"covers_everything"}),
        ((130, 160), {"too_high", "covers_less_than_half"}),
        ((40, 70), {"too_low", "covers_less_than_half"}),
        (BEST, set()),
    ],
)
def test_symptoms_are_what_can_be_seen_of_intervals(answer, seen):
    assert set(symptoms([answer], [{"outcomes": OUTCOMES}], EIGHTY)) == seen


def question(kind):
    return (
        f"question = Question(id='break_even_roas', kind={kind}, answers=['break_even_roas'],\n"
        "    objective='o', points=2, minutes=5, returns='r', hints=('a', 'b'))\n"
    )


# The mean order value of a bootstrap sample: random by the generator handed in.
NUMBER = samples.written(
    setup="import numpy as np",
    solution=(
        "def break_even_roas(rate, rng):\n"
        "    ### BEGIN SOLUTION\n"
        "    return (rng.random(4000) < rate).mean() * 50\n"
        "    ### END SOLUTION\n"
    ),
    misconceptions=(
        "@misconception('You counted each visit. Only those who buy bring an order.')\n"
        "def every_visit(rate, rng):\n"
        "    return (rng.random(4000) < 1 - rate).mean() * 50\n\n\n"
        "@misconception('You stopped at the rate. How many dollars does an order bring?')\n"
        "def the_rate(rate, rng):\n"
        "    return (rng.random(4000) < rate).mean()\n"
    ),
    question=question(
        "Random(cases=[{'rate': 0.1, 'rng': 5}, {'rate': 0.3, 'rng': 6}], rng='rng',\n"
        "    fresh=lambda g: {'rate': float(g.uniform(0.05, 0.4)), 'rng': int(g.integers(2**31))},\n"
        "    score=WithinErrors(truth=lambda rate: rate * 50,\n"
        "        se=lambda rate: 50 * (rate * (1 - rate) / 4000) ** 0.5))"
    ),
)  # fmt: skip
CHANCE = samples.written(
    setup="import math",
    solution=(
        "def break_even_roas(calls):\n"
        "    ### BEGIN SOLUTION\n"
        "    return 0.9 * math.exp(-0.5 * calls)\n"
        "    ### END SOLUTION\n"
    ),
    misconceptions=(
        "@misconception('You are sure of every deal. Some are lost: which share?', symptom='always_sure')\n"
        "def certain(calls):\n"
        "    return 1.0 if calls < 2 else 0.0\n\n\n"
        "@misconception('You took the chance that it is lost.')\n"
        "def lost(calls):\n"
        "    return 1 - 0.9 * math.exp(-0.5 * calls)\n"
    ),
    question=question(
        "Random(cases=[{'calls': 0}, {'calls': 2}, {'calls': 5}], fresh_count=8,\n"
        "    fresh=lambda g: {'calls': float(g.uniform(0, 6))},\n"
        "    score=BrierScore(slack=0.1,\n"
        "        outcomes=lambda g, calls: (g.random(400) < 0.9 * math.exp(-0.5 * calls)).astype(int)))"
    ),
)  # fmt: skip
QUESTIONS = {"number": NUMBER, "chance": CHANCE}
each = pytest.mark.parametrize("written", QUESTIONS.values(), ids=QUESTIONS)


@each
def test_the_proofs_hold(written):
    assert [str(finding) for finding in prove(written, seeds=5)] == []


@each
def test_a_graded_card_holds_no_sentence_and_no_code(written):
    text = json.dumps(make_card(written))
    for idea in written.misconceptions:
        assert idea.sentence not in text
        assert idea.name not in text


def check(written, answer):
    card = json.loads(json.dumps(make_card(written)))
    return check_card(card, {"break_even_roas": answer})


def mark(written, answer, key=b"any"):
    return mark_written(written, {"break_even_roas": answer}, key)


def another_way(rate, rng):
    return rng.binomial(4000, rate) / 4000 * 50


def test_an_estimate_drawn_in_another_way_is_right_on_nearly_all_seeds():
    right = [
        mark(NUMBER, another_way, seed.to_bytes(4, "big")).outcome is Outcome.RIGHT
        for seed in range(200)
    ]
    assert np.mean(right) >= 0.99
    assert check(NUMBER, another_way).outcome is Outcome.RIGHT


def test_a_wrong_idea_drawn_in_another_way_still_gets_its_sentence():
    def every_visit(rate, rng):
        return rng.binomial(4000, 1 - rate) / 4000 * 50

    for verdict in (check(NUMBER, every_visit), mark(NUMBER, every_visit)):
        assert verdict.message == "You counted each visit. Only those who buy bring an order."


def test_an_estimate_that_is_off_is_told_by_how_many_errors_not_by_the_truth():
    verdict = check(NUMBER, lambda rate, rng: rate * 50 + 9)
    assert verdict.outcome is Outcome.NOT_YET
    assert "2 of 2 answers lie further from the truth than 4 standard errors" in verdict.message


def test_all_who_share_a_symptom_get_the_sentence():
    for verdict in (check(CHANCE, lambda calls: 1), mark(CHANCE, lambda calls: 0.0)):
        assert "You are sure of every deal" in verdict.message


def test_an_unknown_way_to_be_wrong_is_told_by_its_score():
    verdict = check(CHANCE, lambda calls: 0.5)
    assert "Brier score of 0.250" in verdict.message


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda calls: 40, "Case 1: this is no probability; those lie between 0 and 1."),
        (lambda calls: "0.4", "Case 1: this is text; a number is asked for."),
        (lambda calls: 1 / 0, "Case 1: your code stopped with ZeroDivisionError"),
        (lambda calls: None if calls else 0.9, "Case 2: nothing came back."),
        (lambda: 1, "Case 1: your code stopped with TypeError"),
    ],
)
def test_answers_that_cannot_be_scored_are_told_why(answer, said):
    assert said in " ".join(check(CHANCE, answer).details)


@pytest.mark.parametrize("stub", [..., None, lambda calls: ...])
def test_a_stub_is_not_attempted(stub):
    assert check(CHANCE, stub).outcome is mark(CHANCE, stub).outcome is Outcome.NOT_ATTEMPTED


def test_marking_shows_nothing_of_the_hidden_cases():
    def spy(calls):
        raise ValueError(f"calls={calls}")

    verdict = mark(CHANCE, spy)
    assert "calls=" not in verdict.message + "".join(verdict.details)
    echo = mark(CHANCE, lambda calls: calls * 1000 + 2)
    assert not any(
        character.isdigit() and character not in "01" for character in "".join(echo.details)
    )


def spoiled(written, old, new):
    source = written.group.question.source
    assert old in source
    return samples.written(
        setup="import math\nimport numpy as np",
        solution=written.group.solution.source,
        misconceptions=written.group.misconceptions[0].source,
        question=source.replace(old, new),
    )


def test_a_standard_error_that_is_stated_too_large_is_found():
    vague = spoiled(NUMBER, "se=lambda rate: 50", "se=lambda rate: 150")
    assert "varies 0.3" in " ".join(map(str, prove(vague, seeds=1)))


def test_a_standard_error_that_is_stated_too_small_is_found():
    narrow = spoiled(NUMBER, "se=lambda rate: 50", "se=lambda rate: 10")
    found = " ".join(map(str, prove(narrow, seeds=1)))
    assert "99% are asked" in found
    assert "the reference" in found


def test_a_slack_that_lets_a_wrong_idea_pass_is_refused():
    with pytest.raises(QuestionError, match="certain is as good as right"):
        make_card(spoiled(CHANCE, "slack=0.1", "slack=9"))


def test_a_symptom_that_does_not_exist_is_refused():
    with pytest.raises(QuestionError, match="symptom 'too_wide': There is none"):
        samples.written(
            misconceptions="@misconception('Some sentence.', symptom='too_wide')\ndef f(): ..."
        )

"""Rules for structures: each finds its own fault, says where, and finds no other."""

import copy
import datetime
import json

import numpy as np
import pytest

from seat.checks.author import (
    Acyclic,
    Between,
    Computes,
    Count,
    Dated,
    Differ,
    Fields,
    Filled,
    Known,
    NoWords,
    OneRoot,
    Permitted,
    Says,
    SumsTo,
    Unique,
)
from seat.checks.card import check_card, make_card
from seat.checks.marking import mark_written
from seat.checks.proofs import prove
from seat.checks.question import QuestionError
from seat.checks.rules import RULES, UnknownRule, flags, rule_from
from seat.checks.structures import NotStructured, structured
from seat.checks.verdict import Outcome
from tests.checks import samples
from tests.checks.test_sample_assignment import QUESTIONS

TREE = QUESTIONS["drivers"]

GOALS = {
    "segment": "salons with two to five chairs",
    "category": "booking software",
    "budget": [{"line": "ads", "share": 0.6}, {"line": "events", "share": 0.4}],
    "goals": [
        {
            "name": "leads",
            "parent": None,
            "outcome": "qualified leads a month",
            "baseline": 120,
            "number": 180,
            "date": "2026-09-30",
            "owner": "head of marketing",
            "how": "product",
        },
        {
            "name": "visits",
            "parent": "leads",
            "outcome": "visits from posts",
            "baseline": 4000,
            "number": 5000,
            "date": "2026-06-30",
            "owner": "social lead",
            "how": None,
        },
        {
            "name": "form rate",
            "parent": "leads",
            "outcome": "share of visits that leave a form",
            "baseline": 0.03,
            "number": 0.036,
            "date": "2026-06-30",
            "owner": "head of product",
            "how": None,
        },
    ],
}
RULES_OF_GOALS = [
    Fields(("segment", "category", "budget", "goals")),
    Fields(("name", "parent", "outcome", "baseline", "number", "date", "owner"), at="goals.*"),
    Filled(("segment",), words=3),
    Filled(("outcome", "owner"), at="goals.*"),
    Permitted("category", ("booking software", "salon software")),
    Says("segment", ("salon", "barber")),
    NoWords(("segment",), ("everyone", "all")),
    SumsTo("share", 1.0, at="budget.*"),
    Count(at="goals", least=3, most=6),
    Unique("name", at="goals.*"),
    Known("parent", among="goals.*.name", at="goals.*"),
    OneRoot("parent", at="goals.*"),
    Acyclic(at="goals.*"),
    Between("number", 0, 1e6, at="goals.*"),
    Dated("date", "2026-01-01", "2026-12-31", at="goals.*"),
    Differ("number", "baseline", at="goals.*"),
    Computes(at="goals.*", instances=({"leaves": {"visits": 10, "form rate": 0.5}, "root": 5},)),
]


def test_a_structure_that_keeps_all_rules_is_accepted():
    assert [str(p) for rule in RULES_OF_GOALS for p in rule.problems(GOALS)] == []


@pytest.mark.parametrize(
    ("number", "rule"), list(enumerate(RULES_OF_GOALS)), ids=[str(rule) for rule in RULES_OF_GOALS]
)
def test_each_rule_has_a_spoiled_structure_that_breaks_only_it(number, rule):
    if isinstance(rule, Count):
        # To drop a goal also changes what the tree computes.
        spoiled = [{**GOALS, "goals": []}]
        rules = [r for r in RULES_OF_GOALS if "goals.*" not in r.at]
        number = rules.index(rule)
    else:
        spoiled, rules = list(rule.spoiled(GOALS)), RULES_OF_GOALS
    wanted = [place != number for place in range(len(rules))]
    assert wanted in [flags(rules, structured(each)) for each in spoiled]


def test_spoiling_leaves_the_original_as_it_was():
    before = copy.deepcopy(GOALS)
    for rule in RULES_OF_GOALS:
        list(rule.spoiled(GOALS))
    assert before == GOALS


@pytest.mark.parametrize("rule", RULES_OF_GOALS, ids=str)
def test_a_rule_comes_back_from_json_as_it_was(rule):
    again = rule_from(json.loads(json.dumps(rule.as_data())))
    assert again == rule
    assert again.problems.__func__ is rule.problems.__func__


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_is_documented_and_has_a_sentence(name):
    if name != "PlotRule":
        assert RULES[name].__doc__
        assert RULES[name].help.endswith((".", ")"))


def test_an_unknown_rule_is_named_with_a_near_miss():
    with pytest.raises(UnknownRule, match="Did you mean 'Filled'"):
        rule_from({"rule": "Fillled"})


@pytest.mark.parametrize(
    ("rule", "change", "said"),
    [
        (Fields(("owner",), at="goals.*"), lambda d: d["goals"][1].pop("owner"), "goals, visits: the field 'owner' is missing"),
        (NoWords(("segment",), ("everyone",)), lambda d: d.update(segment="Everyone with hair"), "segment: it says 'everyone'"),
        (Dated("date", at="goals.*"), lambda d: d["goals"][0].update(date="2026-02-30"), "goals, leads, date: '2026-02-30' is no date; write it as 2026-09-30"),
        (SumsTo("share", 1.0, at="budget.*"), lambda d: d["budget"][0].update(share=0.7), "share: the parts add up to 1.1, not 1"),
        (OneRoot(at="goals.*"), lambda d: d["goals"][1].update(parent=None), "2 nodes have no parent: goals, leads, goals, visits"),
    ],
)  # fmt: skip
def test_a_broken_rule_says_where(rule, change, said):
    data = copy.deepcopy(GOALS)
    change(data)
    assert [str(problem) for problem in rule.problems(data)] == [said]


def test_a_forbidden_word_inside_another_word_is_not_meant():
    assert NoWords(("segment",), ("all",)).is_kept({"segment": "small salons"})


def test_a_ring_of_goals_is_found_and_ends():
    ring = [{"name": n, "parent": p} for n, p in (("a", "b"), ("b", "c"), ("c", "a"))]
    assert not Acyclic(at="*").is_kept(ring)
    assert not OneRoot(at="*").is_kept(ring)
    endless = [{"name": "a", "parent": "a"} for _ in range(40)]
    assert not Acyclic(at="*").is_kept(endless)
    assert Computes(at="*", instances=({"leaves": {"a": 1}, "root": 1},)).is_kept(endless)


def test_dates_and_numbers_of_numpy_are_read_as_plain_ones():
    given = {"date": datetime.date(2026, 9, 30), "number": np.float64(3), "names": ("a", "b")}
    assert structured(given) == {"date": "2026-09-30", "number": 3.0, "names": ["a", "b"]}


def deep():
    nested: list = []
    for _ in range(10_000):
        nested = [nested]
    return nested


@pytest.mark.parametrize("value", [deep(), list(range(100_000)), {"a": print}, {"a": {1, 2}}])
def test_what_is_too_deep_too_large_or_no_plain_data_is_refused(value):
    with pytest.raises(NotStructured):
        structured(value)


POSITIONING = samples.written(
    solution=(
        "statement = ...\n### BEGIN SOLUTION\n"
        "statement = {'for': 'salons with two to five chairs', 'unlike': 'paper diaries',\n"
        "             'proof': 'no-shows fell by 18 percent in a test of 40 salons'}\n"
        "### END SOLUTION"
    ),
    misconceptions=(
        "everyone = wrong('everyone', 'A position for everyone is none. Who would miss it most?',\n"
        "    statement={'for': 'everyone who cuts hair'})\n"
        "nobody = wrong('nobody', 'Name what people use today instead; it is seldom a rival.',\n"
        "    statement={'unlike': 'no competitor'})\n"
    ),
    question=(
        "question = Question(id='break_even_roas', answers=['statement'], objective='position',\n"
        "    points=4, minutes=9, returns='a dictionary', hints=('a', 'b'),\n"
        "    kind=Structure(per_rule=True, rules=[\n"
        "        Fields(('for', 'unlike', 'proof')), Filled(('for', 'unlike', 'proof'), words=2),\n"
        "        NoWords(('for',), ('everyone', 'anybody')),\n"
        "        NoWords(('unlike',), ('no competitor',))],\n"
        "        hidden=lambda rng: [NoWords(('proof',), ('best', 'leading'))]))\n"
    ),
)
RIGHT = POSITIONING.reference["statement"]
CARD = json.loads(json.dumps(make_card(POSITIONING)))


def check(statement):
    return check_card(CARD, {"statement": statement})


def mark(statement):
    return mark_written(POSITIONING, {"statement": statement}, b"any")


def test_the_proofs_of_a_positioning_statement_hold():
    assert [str(finding) for finding in prove(POSITIONING, seeds=2)] == []


@pytest.mark.parametrize("stub", [..., None, {"for": ..., "unlike": ...}, [..., ...]])
def test_a_structure_that_still_holds_only_stubs_is_not_attempted(stub):
    assert check(stub).outcome is mark(stub).outcome is Outcome.NOT_ATTEMPTED


def test_a_half_written_structure_names_what_is_left():
    verdict = check({**RIGHT, "proof": ...})
    assert verdict.outcome is Outcome.NOT_YET
    assert verdict.details == ("proof is still to be written.",)


def test_other_words_for_a_wrong_idea_get_its_sentence():
    verdict = check({**RIGHT, "for": "anybody with scissors"})
    assert "Who would miss it most?" in verdict.message
    assert verdict.details == ("for: it says 'anybody'.",)
    assert "Who would miss it most?" in mark({**RIGHT, "for": "anybody at all"}).message


def test_another_fault_against_the_same_rule_is_not_taken_for_the_idea():
    def lag(weeks):
        nodes = [{**node, "lag_weeks": weeks} for node in TREE.reference["drivers"]]
        return check_card(json.loads(json.dumps(make_card(TREE))), {"drivers": nodes}).message

    assert "the result comes before its cause" in lag(-3)
    assert lag(200) == Between.help


def test_each_kept_rule_earns_its_share_but_a_missing_field_earns_nothing():
    assert check({**RIGHT, "for": "anybody with scissors"}).score == 3
    assert check({"for": "salons with chairs"}).score == 0
    assert check({**RIGHT, "proof": "best"}).score == 0


def test_a_hidden_rule_is_told_by_its_sentence_only():
    praise = {**RIGHT, "proof": "the best tool there is"}
    assert check(praise).outcome is Outcome.RIGHT
    verdict = mark(praise)
    assert verdict.outcome is Outcome.NOT_YET
    assert verdict.score == 3.2
    assert "'best'" not in verdict.message + "".join(verdict.details)


@pytest.mark.parametrize("value", [3, "text", [], [RIGHT], {}, print, True, deep()])
def test_another_type_than_asked_for_scores_nothing(value):
    for verdict in (check(value), mark(value)):
        assert verdict.outcome is Outcome.NOT_YET
        assert verdict.score == 0


def test_a_reference_that_breaks_a_rule_is_refused():
    with pytest.raises(QuestionError, match="Its own answer breaks NoWords"):
        make_card(
            samples.written(
                solution="statement = {'for': 'everyone'}",
                misconceptions="a = wrong('a', 'A.', statement={'for': 'all'})\nb = wrong('b', 'B.', statement={'for': 1})",
                question="question = Question(id='break_even_roas', answers=['statement'], objective='o', points=1, minutes=1, returns='r', hints=('a', 'b'), kind=Structure(rules=[NoWords(('for',), ('everyone', 'all'))]))",
            )
        )


@pytest.mark.parametrize(
    ("ideas", "said"),
    [
        ("{'for': 'nobody'}, {'for': 'all'}", "'a' breaks no rule"),
        ("{'for': 'all'}, {'for': 'all of them'}", "'a' and 'b' break the same rules alike"),
    ],
)
def test_ideas_that_break_no_rule_or_the_same_ones_are_refused(ideas, said):
    first, second = ideas.split("}, {")
    with pytest.raises(QuestionError, match=said):
        make_card(
            samples.written(
                solution="statement = {'for': 'salons'}",
                misconceptions=f"a = wrong('a', 'A.', statement={first}}})\nb = wrong('b', 'B.', statement={{{second})",
                question="question = Question(id='break_even_roas', answers=['statement'], objective='o', points=1, minutes=1, returns='r', hints=('a', 'b'), kind=Structure(rules=[NoWords(('for',), ('all',))]))",
            )
        )

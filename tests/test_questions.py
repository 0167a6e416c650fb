"""Every question of the course does its work: proved on fresh cases."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from seat import commands_questions
from seat.checks import proofs
from seat.checks.marking import all_cases, mark_written
from seat.checks.proofs import attempts, prove
from seat.checks.question import QuestionError
from seat.checks.verdict import Outcome, Verdict
from tests.checks import samples
from tests.conftest import all_questions

QUESTIONS = all_questions()
SEEDS = 10


@pytest.mark.parametrize("written", QUESTIONS, ids=lambda written: written.question.id)
def test_right_untouched_wrong_and_lazy_answers_get_what_they_deserve(written):
    assert [str(finding) for finding in prove(written, SEEDS)] == []


@pytest.mark.parametrize("written", QUESTIONS, ids=lambda written: written.question.id)
def test_every_wrong_idea_has_a_sentence_of_its_own(written):
    sentences = [idea.sentence for idea in written.misconceptions]
    assert len(sentences) >= 2
    assert len(set(sentences)) == len(sentences)
    assert all(len(sentence) > 30 and sentence.endswith((".", "?")) for sentence in sentences)


def test_the_proofs_try_what_they_promise(chapter_5):
    names = [attempt.name for attempt in attempts(chapter_5["may_rank"])]
    for promised in ("the reference", "the untouched copy", "None", "hard-coded"):
        assert promised in names
    assert sum(name.startswith("always") for name in names) > 12
    assert sum(name.startswith("misconception") for name in names) == 4


def test_chapter_5_asks_at_least_six_questions_two_of_them_of_judgement(chapter_5):
    assert len(chapter_5) >= 6
    kinds = [written.question.kind.name for written in chapter_5.values()]
    assert kinds.count("policy") >= 2


@pytest.mark.parametrize("written", QUESTIONS, ids=lambda written: written.question.id)
def test_a_solution_reads_only_the_setup_and_its_own_names(written):
    # It was run on the setup alone; a name from another cell would have stopped it.
    assert set(written.question.answers) <= set(written.reference)


def test_a_marker_that_praises_everything_is_found_out(monkeypatch):
    written = samples.written()
    praise = Verdict("break_even_roas", Outcome.RIGHT, points=2, score=2)
    monkeypatch.setattr(proofs, "mark_on", lambda *_: praise)
    blamed = {finding.answer for finding in prove(written, seeds=1)}
    assert "the untouched copy" in blamed
    assert "misconception 'margin_itself'" in blamed
    assert "hard-coded" in blamed


def test_cases_that_a_memory_of_the_visible_ones_answers_are_refused():
    always_shown = samples.QUESTION.replace("float(rng.uniform(0.1, 0.8))", "0.28")
    with pytest.raises(QuestionError, match="knows the visible cases by heart"):
        prove(samples.written(question=always_shown))


def may_rank(first, second, third):
    """A rule for question 7 that asks its three objections in its own way."""

    def rule(
        compares, line_a, line_b, promotion_off_revenue_a, promotion_off_revenue_b, days_a, days_b
    ):
        given = (
            compares,
            line_a,
            line_b,
            promotion_off_revenue_a,
            promotion_off_revenue_b,
            days_a,
            days_b,
        )
        for objection in (first, second, third):
            found = objection(*given)
            if found:
                return found
        return "rank", "like with like"

    return rule


LINES = ("do not rank", "different lines")
PROMOTION = ("do not rank", "promotion booked differently")
LENGTH = ("adjust first", "years of different length")


def lines(c, la, lb, pa, pb, da, db):
    return LINES if la != lb else None


def promotion(c, la, lb, pa, pb, da, db):
    return PROMOTION if pa != pb else None


def length(c, la, lb, pa, pb, da, db):
    return LENGTH if c == "dollars" and abs(da - db) > 3 else None


@pytest.mark.parametrize(
    "rule",
    [
        may_rank(length, lines, promotion),
        may_rank(lines, length, promotion),
        may_rank(lines, lambda c, *g: promotion(c, *g) if c == "ratio" else None, length),
        may_rank(lines, lambda c, la, lb, pa, pb, *d: PROMOTION if pa and not pb else None, length),
        may_rank(lines, lambda c, la, lb, pa, pb, *d: PROMOTION if pa or pb else None, length),
        may_rank(
            lines, promotion, lambda c, *g: LENGTH if c == "dollars" and g[-2] != g[-1] else None
        ),
        may_rank(
            lines,
            promotion,
            lambda c, *g: LENGTH if c == "dollars" and abs(g[-2] - g[-1]) >= 3 else None,
        ),
        may_rank(
            lines,
            promotion,
            lambda c, *g: LENGTH if c == "dollars" and abs(g[-2] - g[-1]) > 4 else None,
        ),
        may_rank(
            lines, promotion, lambda c, *g: LENGTH if c == "dollars" and 371 in g[-2:] else None
        ),
        may_rank(
            lines, promotion, lambda c, *g: LENGTH if c == "dollars" and g[-2] - g[-1] > 3 else None
        ),
    ],
)
def test_a_wrong_rule_passes_with_no_students_cases(chapter_5, rule):
    """Rules that a first reader tried: each once scored full for some students."""
    written = chapter_5["may_rank"]
    for key in proofs.keys(SEEDS):
        verdict = mark_written(written, {"may_rank": rule}, key)
        assert verdict.outcome is Outcome.NOT_YET


def test_the_rule_put_together_rightly_passes(chapter_5):
    right = {"may_rank": may_rank(lines, promotion, length)}
    assert mark_written(chapter_5["may_rank"], right, b"any").outcome is Outcome.RIGHT


def test_every_kind_of_sentence_is_marked_in_question_8(chapter_5):
    asked = all_cases(chapter_5["answer_claim"], b"any")
    assert len({tuple(sorted(case.items())) for case in asked.cases}) == 12


SAMPLE = Path(__file__).parent / "sample_assignment" / "sample.md"


@pytest.fixture
def course(tmp_path):
    """A course that holds one assignment, the sample."""
    folder = tmp_path / "solutions" / "sample"
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "sample.md")
    return tmp_path


@pytest.fixture
def run(course, monkeypatch):
    """The command on that course; gives its exit code and what it prints."""
    monkeypatch.setenv("COLUMNS", "100")

    def asked(*arguments):
        command = commands_questions.test_questions
        done = CliRunner().invoke(command, [*arguments, "--course", str(course)])
        return done.exit_code, done.output

    return asked


def change(course, old, new):
    path = course / "solutions" / "sample" / "sample.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_command_lists_each_question_with_what_was_tried(run):
    code, text = run("sample", "--seeds", "1")
    assert code == 0
    for written in ("extra_volume", "structure", "random", "plot", "✓ proved"):
        assert written in text
    assert "7 questions, no findings" in text


def test_an_unknown_name_gets_the_nearest_one(run):
    code, text = run("sampel")
    assert code == 1
    assert "Did you mean 'sample'?" in text
    assert "Nothing was tried." in text


def test_a_question_that_breaks_a_promise_is_listed_and_fails_the_command(run, course):
    change(
        course,
        "### BEGIN SOLUTION\nfinding =",
        "finding = 'five of eight will leave'\n### BEGIN SOLUTION\nfinding =",
    )
    code, text = run("sample", "--seeds", "1")
    assert code == 1
    assert "finding: the untouched copy, check: is right, not not attempted" in text
    assert "✗ 2 findings" in text


def test_a_question_that_cannot_be_asked_is_a_finding_and_the_others_are_proved(run, course):
    change(course, "return discount\n", "return discount / (margin - discount)\n")
    code, text = run("sample", "--seeds", "1")
    assert code == 1
    assert "cannot tell the reference from the_discount_itself" in text
    assert "drivers" in text


def test_a_notebook_that_cannot_be_read_is_a_finding(run, course):
    change(course, "return discount / margin", "return discount / margin)")
    code, text = run()
    assert code == 1
    assert "sample.md, cell" in text

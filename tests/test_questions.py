"""Every question of the course does its work: proved on fresh cases."""

import pytest

from seat.checks import proofs
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

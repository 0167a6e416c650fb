"""Pages follow from the sources, and a figure that changed never stays as it was."""

import itertools
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from seat.publishing.chapters import read_chapters
from seat.publishing.lint.course import read_course
from seat.publishing.pages import schedule, tables
from seat.publishing.pages.asked import read_asked
from seat.publishing.pages.facts import facts_of, read_facts
from seat.publishing.pages.fields import FieldFault
from seat.publishing.pages.stale import drop_stale
from tests.conftest import all_questions
from tests.publishing.test_lint import SAMPLES

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def course(root):
    return read_course(root, TODAY)


@pytest.fixture(scope="module")
def chapter(root):
    return read_chapters(root)[0]


def text(lines) -> str:
    return "\n".join(lines)


def test_questions_that_are_read_are_the_questions_that_run(root):
    read = {each.id: each for each in read_asked(root)}
    assert set(read) == {each.question.id for each in all_questions()}
    for written in all_questions():
        each, question = read[written.question.id], written.question
        assert (each.objective, each.points, each.minutes, each.tier, each.kind) == (
            question.objective,
            question.points,
            question.minutes,
            question.tier,
            question.kind.name,
        )
        assert each.misconceptions == len(written.misconceptions)


def test_the_syllabus_adds_up(course, chapter):
    page = text(tables.syllabus(course))
    assert "[5. Read a P&L](/book/2-money/05-read-a-pl.md)" in page
    assert "Reading 40 minutes, notebook 60, assignment 90 (8 questions, 25 points)." in page


def test_each_objective_leads_to_its_questions(course):
    page = text(tables.objectives_map(course))
    assert "*practice:* [try line](/notebooks/05-read-a-pl.ipynb)" in page
    assert "*assignment:* [line of](/exercises/05-read-a-pl/05-read-a-pl.ipynb)" in page


def test_rows_not_yet_taught_are_shown_as_planned(course):
    page = text(tables.brief_rows(course))
    assert "7 of 63 points are taught" in page
    assert "| A12 | Finance: what a P&L is | [5. Read a P&L]" in page
    assert "| A16 | Sales: their challenges | *planned:* 10 |" in page


def test_every_question_is_on_the_list_of_exercises(course):
    page = text(tables.exercise_list(course))
    for asked in course.asked:
        assert f"[{asked.id.replace('_', ' ')}]" in page
    assert "| table, core; 4 points, 20 min | read a segment |" in page


def test_every_term_of_the_glossary_names_its_first_use(course):
    page = text(tables.first_uses(course))
    assert "| {term}`gross margin` | [5. Read a P&L]" in page
    assert page.count("{term}") == len(course.glossary)


def test_ninety_minutes_hold_all_that_must_be_taught(chapter):
    slots = schedule.session(chapter, 90)
    assert sum(slot.minutes for slot in slots) <= 90
    taught = {slot.section for slot in slots}
    assert {section for section in chapter.sections if section.mark == "must"} <= taught


def test_less_time_takes_what_could_be_taught_first(chapter):
    could = [section for section in chapter.sections if section.mark == "could"]
    assert schedule.left_out(chapter, 80) == could


def test_more_time_gives_sections_their_full_minutes(chapter):
    given = schedule.fitted(chapter, 125)
    assert given == {section: section.teach for section in chapter.sections}


def test_what_must_be_taught_and_does_not_fit_is_named(chapter):
    with pytest.raises(schedule.TooShort, match="what must be taught takes 55 minutes"):
        schedule.fitted(chapter, 30)


def test_half_a_day_has_pauses_and_ends_in_the_notebook(chapter):
    slots = schedule.half_day(chapter)
    assert [slot.what for slot in slots][-2:] == ["Pause", "The notebook, in pairs"]
    assert slots[-1].start + slots[-1].minutes <= 210
    for before, after in itertools.pairwise(slots):
        assert before.start + before.minutes == after.start


def test_two_days_give_a_session_to_each_marked_chapter(chapter):
    assert schedule.two_days([chapter] * 9)[-1] == (2, 4, chapter)
    assert len(schedule.two_days([chapter] * 9)) == 8


def test_every_dated_fact_shows_its_source_and_both_dates(course):
    page = text(tables.dated_facts(course))
    for fact in course.facts.values():
        assert f"(fact-{fact.name})=" in page
        assert f"*Source:* {fact.source}. *Checked on* {fact.checked_on}" in page
    assert "Overdue" not in page


def test_an_overdue_fact_says_so_on_its_page(root):
    page = text(tables.dated_facts(read_course(root, date(2030, 1, 1))))
    assert page.count("**Overdue") == len(read_facts(root))


def test_a_fact_reviewed_before_it_was_checked_is_refused():
    fact = "x: {claim: a, value: b, source: c, checked_on: 2026-05-01, review_by: 2026-04-01}"
    with pytest.raises(FieldFault, match="Allowed: a day after 2026-05-01"):
        facts_of(fact)


def test_other_inputs_empty_the_cache_of_outputs(tmp_path):
    cache = tmp_path / "cache"
    assert drop_stale(cache, "first")
    (cache / "output").write_text("46,309")
    assert not drop_stale(cache, "first")
    assert (cache / "output").exists()
    assert drop_stale(cache, "second")
    assert not (cache / "output").exists()


# A small book of its own, built as strictly as the course.

CONFIG = """\
title: Sample
only_build_toc_files: true
execute: {execute_notebooks: cache, cache: build/jupyter_cache}
sphinx:
  extra_extensions: [seat.publishing.pages]
  config:
    myst_enable_extensions: [colon_fence, deflist]
    suppress_warnings: ["mystnb.unknown_mime_type"]
"""
TOC = """\
format: jb-book
root: book/1-sample/01-sample
chapters:
  - file: book/glossary
  - file: book/facts
"""
JUPYTEXT = "jupytext: {text_representation: {extension: .md, format_name: myst}}"
CELL = """
```{code-cell} ipython3
:tags: [remove-cell]

import csv
from myst_nb import glue

with open("FOLDER/data/sums.csv") as table:
    (row,) = csv.DictReader(table)
goods, rest = int(row["goods"]), int(row["rest"])
glue("goods", goods, display=False)
assert goods > rest, "the goods take more than the rest"
```

The goods took {glue:text}`goods`, more than the rest. Text contrasts by {fact}`contrast`.

```{chapter-objectives}
```
"""


@pytest.fixture
def small_book(tmp_path) -> Path:
    folder = tmp_path / "course"
    shutil.copytree(SAMPLES / "course", folder)
    page = folder / "book" / "1-sample" / "01-sample.md"
    text = page.read_text().replace("kernelspec:", f"{JUPYTEXT}\nkernelspec:", 1)
    page.write_text(text + CELL.replace("FOLDER", str(folder)))
    (folder / "book" / "facts.md").write_text("# Facts\n\n```{dated-facts}\n```\n")
    (folder / "_config.yml").write_text(CONFIG)
    (folder / "book" / "_toc.yml").write_text(TOC)
    (folder / "data" / "sums.csv").write_text("goods,rest,source\n571,429,made up\n")
    return folder


def build(folder: Path) -> subprocess.CompletedProcess:
    program = Path(sys.executable).with_name("jupyter-book")
    command = [str(program), "build", str(folder), "--path-output", "build", "-n", "-W"]
    command += ["--toc", "book/_toc.yml", "--config", "_config.yml", "--keep-going"]
    search = f"{program.parent}:{os.environ['PATH']}"
    source = str(Path(__file__).resolve().parents[2] / "src")
    environment = {**os.environ, "PATH": search, "PYTHONPATH": source}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder)


def shown(folder: Path) -> str:
    page = folder / "build" / "_build" / "html" / "book" / "1-sample" / "01-sample.html"
    return page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_changed_figure_changes_the_page_that_quotes_it_or_stops_the_build(small_book):
    done = build(small_book)
    assert done.returncode == 0, done.stdout + done.stderr
    page = shown(small_book)
    assert "571" in page
    assert "4.5 to 1" in page
    assert "Find a share of a whole." in page
    # Nothing of the front matter shows.
    assert "brief_rows" not in page
    (small_book / "data" / "sums.csv").write_text("goods,rest,source\n640,360,made up\n")
    assert build(small_book).returncode == 0
    assert "640" in shown(small_book)
    assert "571" not in shown(small_book)
    # Now the sentence "more than the rest" is no longer true.
    (small_book / "data" / "sums.csv").write_text("goods,rest,source\n300,700,made up\n")
    done = build(small_book)
    assert done.returncode != 0
    assert "01-sample" in done.stdout + done.stderr


@pytest.mark.slow
def test_a_figure_that_no_cell_defines_stops_the_build(small_book):
    page = small_book / "book" / "1-sample" / "01-sample.md"
    page.write_text(page.read_text().replace("{glue:text}`goods`", "{glue:text}`good`"))
    done = build(small_book)
    assert done.returncode != 0
    assert "No key 'good' found" in (done.stdout + done.stderr).replace("\n", " ")


@pytest.mark.slow
def test_an_objective_without_a_question_or_a_lost_row_stops_the_build(small_book):
    page = small_book / "book" / "1-sample" / "01-sample.md"
    spoilt = page.read_text().replace("[A1]", "[]")
    page.write_text(spoilt.replace("  brief_rows", "    say-why: Say why.\n  brief_rows"))
    done = build(small_book)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "SEAT071 No question assesses the objective 'say-why'." in said
    assert "SEAT073 No chapter teaches row A1" in said


@pytest.mark.slow
def test_a_fact_that_is_not_on_the_list_stops_the_build(small_book):
    page = small_book / "book" / "1-sample" / "01-sample.md"
    page.write_text(page.read_text().replace("{fact}`contrast`", "{fact}`loading`"))
    done = build(small_book)
    assert done.returncode != 0
    assert "There is no dated fact 'loading'." in done.stdout + done.stderr

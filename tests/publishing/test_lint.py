"""Each code finds its fault at its line, in a sample and in a copy of chapter 5."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from seat.commands_lint import lint as command
from seat.publishing.lint.codes import CODES
from seat.publishing.lint.figures import unsourced_figures
from seat.publishing.lint.page import page_of
from seat.publishing.lint.run import lint

SAMPLES = Path(__file__).resolve().parents[1] / "lint_samples"
TODAY = date(2026, 11, 21)
TRAILER = re.compile(r"[%#] at (\S+?)(?:, fault on line (\d+))?(?:, without (\S+))?\n$")
# Misspelt here, the word would be a fault of this file.
MISSPELT = "rec" + "ieve"


def placed(sample: Path, folder: Path) -> tuple[str, int | None]:
    """Put a sample into a small course of its own; returns its path and the faulty line."""
    text = sample.read_text(encoding="utf-8").replace("@misspelt@", MISSPELT)
    trailer = TRAILER.search(text)
    assert trailer, f"{sample.name} does not say where it belongs"
    shutil.copytree(SAMPLES / "course", folder)
    path, line, without = trailer.groups()
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text[: trailer.start()], encoding="utf-8")
    if without:
        (folder / without).unlink()
    return path, int(line) if line else None


def sample(code: str, kind: str) -> Path:
    (found,) = SAMPLES.glob(f"{code}-{kind}.*")
    return found


def seen(root: Path) -> list[tuple[str, str, int]]:
    return [(each.code, each.path, each.line) for each in lint(root, TODAY)]


@pytest.mark.parametrize("code", CODES)
def test_a_bad_sample_has_its_fault_at_its_line_and_no_other(code, tmp_path):
    path, line = placed(sample(code, "bad"), tmp_path / "course")
    assert seen(tmp_path / "course") == [(code, path, line)]


@pytest.mark.parametrize("code", CODES)
def test_a_good_sample_has_no_fault(code, tmp_path):
    placed(sample(code, "good"), tmp_path / "course")
    assert seen(tmp_path / "course") == []


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(code, root):
    page = (root / "docs" / "lint" / "CODES.md").read_text(encoding="utf-8")
    section = page.partition(f"## {code}: {CODES[code]}\n")[2].partition("\n## ")[0]
    assert len(section.split()) > 20


def test_no_sample_is_of_an_unknown_code():
    assert {path.name.partition("-")[0] for path in SAMPLES.glob("SEAT*")} == set(CODES)


def test_the_course_itself_has_no_fault(root):
    assert [str(each) for each in lint(root, date.today()) if not each.is_warning] == []


CHAPTER = "book/2-money/05-read-a-pl.md"
ASSIGNMENT = "solutions/05-read-a-pl/05-read-a-pl.md"
GLOSSARY = "book/glossary.md"
PLANNED = "book/curriculum/planned.yml"
# Code, file, what is replaced by what; the fault is on the line that holds the last text.
FAULTS = [
    ("SEAT001", CHAPTER, "Now look for marketing", "% seat: ignore SEAT050\nNow look for", "% seat"),
    ("SEAT010", CHAPTER, "Now look for", "![](../intro.md)\nNow look for", "![]"),
    ("SEAT011", CHAPTER, "    alt: \"Stacked bars", "    title: \"Stacked bars", "plt.subplots(figsize=(5.6, 4.6)"),
    ("SEAT012", CHAPTER, "alt: \"Two waterfall charts from", "alt: \"waterfalls.png\" # ", "waterfalls.png"),
    ("SEAT020", CHAPTER, "## Where marketing hides", "#### Deep\n\n## Where marketing hides", "#### Deep"),
    ("SEAT021", CHAPTER, "## Try it, then", "# Try it, then", "# Try it, then"),
    ("SEAT030", CHAPTER, "Would you send it?", "Read [here](../intro.md).", "[here]"),
    ("SEAT031", CHAPTER, "Would you send it?", "See https://www.sec.gov/edgar.", "www.sec.gov"),
    ("SEAT032", CHAPTER, "Would you send it?", "See [chapter 6](06-units.md).", "06-units"),
    ("SEAT040", CHAPTER, "{term}`contra-revenue`", "{term}`negative revenue`", "negative revenue"),
    ("SEAT041", CHAPTER, "Would you send it?", "Would your ROAS allow it?", "ROAS"),
    ("SEAT042", CHAPTER, "The face of the statement stays", "The gross margin stays", "The gross margin stays"),
    ("SEAT043", GLOSSARY, "**Numerator:** revenue less cost of sales.", "", "gross margin\n"),
    ("SEAT044", CHAPTER, "{term}`common cause`", "common cause", None),
    ("SEAT050", CHAPTER, "Would you send it?", "Revenue was 46,309 million.", "46,309 million"),
    ("SEAT060", "data/facts.yml", "review_by: 2027-04-18", "review_by: 2026-11-01", "A page is good"),
    ("SEAT061", CHAPTER, "Would you send it?", "It takes {fact}`loading`.", "{fact}"),
    ("SEAT062", "data/facts.yml", "checked_on: 2026-10-18", "checked_on: October", "October"),
    ("SEAT070", CHAPTER, "short: 20, mark: must", "short: 20, mark: may", "mark: may"),
    ("SEAT071", CHAPTER, "  brief_rows:", "    sell-more: Sell more.\n  brief_rows:", "sell-more"),
    ("SEAT072", ASSIGNMENT, 'objective="read-a-segment"', 'objective="read-it"', 'objective="read-it"'),
    ("SEAT073", CHAPTER, "A11, A12,", "A11,", None),
    ("SEAT074", PLANNED, "rows:\n", "rows:\n  - A12\n", "- A12"),
    ("SEAT075", CHAPTER, "A11, A12,", "A11, A12, C1,", "C1"),
    ("SEAT076", PLANNED, "at_most: ", "at_most: 1 # ", "at_most: 1"),
    ("SEAT077", CHAPTER, "heading: Where marketing hides", "heading: Where marketing is", "heading: Where marketing is"),
    ("SEAT078", CHAPTER, "  notebook: 05-read-a-pl", "  notebook: 05-read-it", "05-read-it"),
    ("SEAT080", ASSIGNMENT, "@misconception", "# @misconception", None),
    ("SEAT081", "book/instructors/05-read-a-pl.md", "25 points", "24 points", "24 points"),
    ("SEAT082", CHAPTER, "assignment: 90", "assignment: 60", "assignment: 60"),
    ("SEAT083", CHAPTER, "teach: 20, short: 15, mark: must", "teach: 60, mark: must", "heading: Read a P&L"),
    ("SEAT090", CHAPTER, "Would you send it?", f"Would you {MISSPELT} it?", MISSPELT),
    ("SEAT099", CHAPTER, "Would you send it?", "*Still to be written.*", "Still to be"),
]  # fmt: skip


def course_copy(root: Path, folder: Path) -> Path:
    """The sources that the linter reads, to be spoilt."""
    for name in ("book", "notebooks", "solutions", "exercises", "data"):
        shutil.copytree(root / name, folder / name)
    return folder


@pytest.mark.parametrize(("code", "path", "old", "new", "at"), FAULTS, ids=lambda text: text)
def test_a_fault_in_a_copy_of_chapter_5_is_caught_at_its_line(
    code, path, old, new, at, root, tmp_path
):
    course = course_copy(root, tmp_path)
    text = (course / path).read_text(encoding="utf-8")
    assert old in text
    # Where no line is named, every occurrence goes: the fault then shows in another file.
    spoilt = text.replace(old, new, 1 if at else -1)
    (course / path).write_text(spoilt, encoding="utf-8")
    found = seen(course)
    if at is None:
        assert code in {each[0] for each in found}
    else:
        line = spoilt[: spoilt.index(at)].count("\n") + 1
        assert (code, path, line) in found


def test_every_code_is_tried_on_chapter_5():
    assert {fault[0] for fault in FAULTS} == set(CODES)


FROM_NOWHERE = [
    ("It rose by 9.4 %.", "9.4 %"),
    ("It rose by 9 percent.", "9 percent"),
    ("It fell by 2 percentage points.", "2 percentage points"),
    ("A click costs $3.", "$3"),
    ("It sold 2.5 billion of them.", "2.5 billion"),
    ("It took in 46,309.", "46,309"),
    ("There were 4689 of them.", "4689"),
    ("It cost 300 (see the note). It grew (source: the note).", "300"),
    ("| Nike | 46,309 |", "46,309"),
]
NO_FIGURE = [
    "In 2025, on 31 May 2025, and in 2024-25.",
    "At 10:30 in chapter 12, step 3.",
    "ASC 606-10-32-25 and 32-26, 16 CFR 465.3, ASU 2024-03, WCAG 2.2, Form 10-K.",
    "The year had 371 days; a leap day is one day in 365.",
    "It takes 130 minutes, with 25 points in all.",
    "Revenue was {glue:text}`revenue:,.0f` million, by the rule of `round(1234)`.",
    "1. First\n2. Second",
    "It sold 2.5 billion dollars more (source: annual report for fiscal 2024), they say.",
    "See the [note](https://example.org/12345).",
    "Read $n = 16 s^2 / d^2$ and {math}`n = 1600`.",
    "Two firms, 3 captions and 40 people.",
]


@pytest.mark.parametrize(("line", "figure"), FROM_NOWHERE, ids=lambda text: text)
def test_a_figure_typed_by_hand_is_found(line, figure):
    page = page_of(f"# Title\n\n{line}\n", "book/page.md")
    (found,) = unsourced_figures(page, None)
    assert (found.line, found.what) == (3, f"The figure {figure!r} comes from nowhere.")


@pytest.mark.parametrize("lines", NO_FIGURE)
def test_dates_laws_times_and_sourced_figures_pass(lines):
    page = page_of(f"# Title\n\n{lines}\n", "book/page.md")
    assert [each.what for each in unsourced_figures(page, None)] == []


def test_an_exception_lifts_its_code_from_the_next_line_alone(root, tmp_path):
    course = course_copy(root, tmp_path)
    page = course / "book" / "intro.md"
    reason = "% seat: ignore SEAT050 an example of arithmetic\n"
    page.write_text(f"# Sums\n\n{reason}A tenth of 500 is 50.\nA fifth of 700 is more.\n")
    assert [each for each in seen(course) if each[1] == "book/intro.md"] == [
        ("SEAT050", "book/intro.md", 5)
    ]


def test_the_command_prints_findings_in_order_and_fails(tmp_path):
    placed(sample("SEAT030", "bad"), tmp_path / "course")
    done = CliRunner().invoke(command, ["--course", str(tmp_path / "course")])
    assert done.exit_code == 1
    assert done.output == (
        "book/reference/page.md:5:6: SEAT030 The link text 'here' does not say where it leads. "
        "Name what stands at the other end.\n1 fault, no warnings.\n"
    )


def test_a_warning_alone_fails_nothing(tmp_path, monkeypatch):
    placed(sample("SEAT060", "bad"), tmp_path / "course")
    done = CliRunner().invoke(command, ["--course", str(tmp_path / "course")])
    assert done.exit_code == 0
    assert "no faults, 1 warning." in done.output


def test_only_the_files_that_are_named_are_reported(tmp_path):
    placed(sample("SEAT030", "bad"), tmp_path / "course")
    course = tmp_path / "course"
    assert lint(course, TODAY, [course / "notebooks"]) == []
    assert len(lint(course, TODAY, [course / "book"])) == 1


def test_the_list_of_codes_is_complete():
    done = CliRunner().invoke(command, ["--list"])
    assert [line.split()[0] for line in done.output.splitlines()] == list(CODES)
    assert "a dated fact that is overdue (warning)" in done.output


def test_the_reading_report_fails_nothing(root):
    done = CliRunner().invoke(command, ["--reading", "--course", str(root)])
    assert done.exit_code == 0
    assert "05-read-a-pl.md" in done.output

"""Front matter says what a chapter is, and every fault in it is named with its place."""

import subprocess
from datetime import date

import pytest
from click.testing import CliRunner

from seat.commands_lint import new_chapter as command
from seat.publishing.chapters import chapter_of, read_chapters
from seat.publishing.derive import derive_all
from seat.publishing.derive import write as write_files
from seat.publishing.lint.run import lint
from seat.publishing.new_chapter import CannotBegin, listed, new_chapter, skeleton
from seat.publishing.pages.brief import PLANNED, planned_of, read_planned, read_rows, taught
from seat.publishing.pages.fields import FieldFault
from tests.publishing.test_lint import SAMPLES, course_copy

SAMPLE = SAMPLES / "course" / "book" / "1-sample" / "01-sample.md"
TODAY = date(2026, 11, 21)


def spoilt(old: str, new: str) -> str:
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def test_a_chapter_knows_its_minutes_and_its_marks():
    chapter = chapter_of(SAMPLE.read_text(encoding="utf-8"), "book/1-sample/01-sample.md")
    assert chapter.label == "1. What is left"
    assert chapter.reading_minutes == 7
    assert chapter.minutes == 67
    assert [section.mark for section in chapter.sections] == ["must", "should"]
    assert chapter.sections[1].short == 10


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("mark: should", "mark: maybe", ":18: The field 'seat.sections[2].mark' is 'maybe'. Allowed: must, should, could."),
        ("notebook: 30", "notebook: long", ":10: The field 'seat.minutes.notebook' is 'long'. Allowed: a whole number from 0 to 600."),
        ("  brief_rows: [A1]\n", "", ":7: The field 'seat' lacks 'brief_rows'."),
        ("  chapter: 1", "  chapter: 2", ":7: The field 'seat.chapter' is 2, and the page's name begins with 01. Use one number."),
        ("  prerequisites", "  requirements", "The field 'seat.requirements' is unknown. Allowed: assignment,"),
        ("    find-a-share", "    Find a share", "has the id 'Find a share'. Allowed: lower-case words with dashes."),
        ("key_points: [A share has two parts., ", "key_points: [", "has 2 entries. Allowed: 3 to 8."),
        ("seat:\n", "seats:\n", ":1: The field 'seat' is missing. Write it, with chapter,"),
        ("  brief_rows: [A1]", "  brief_rows: [A1", "cannot be read as YAML"),
    ],
    ids=lambda text: text[:20].strip(),
)  # fmt: skip
def test_a_fault_names_file_line_field_and_what_is_allowed(old, new, said):
    with pytest.raises(FieldFault) as caught:
        chapter_of(spoilt(old, new), "book/1-sample/01-sample.md")
    assert str(caught.value).startswith("book/1-sample/01-sample.md:")
    assert said in str(caught.value)


def test_a_fault_of_a_field_crosses_to_another_process():
    import pickle

    fault = FieldFault("a.md", 3, "seat", "is missing", "Write it.")
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)


def test_all_63_rows_of_the_brief_are_taught_or_planned_and_never_both(root):
    rows, planned = read_rows(root), {row.text for row in read_planned(root).rows}
    done = set(taught(read_chapters(root)))
    assert len(rows) == 63
    assert done | planned == set(rows)
    assert not done & planned


def test_a_brief_row_taken_from_chapter_5_is_missed(root, tmp_path):
    course = course_copy(root, tmp_path)
    page = course / "book" / "2-money" / "05-read-a-pl.md"
    page.write_text(page.read_text().replace("A23, ", ""))
    (found,) = lint(course, TODAY)
    assert str(found).startswith("book/curriculum/rows.yml:")
    assert "No chapter teaches row A23" in found.what


def test_a_row_that_was_taught_cannot_be_planned_again(root, tmp_path):
    course = course_copy(root, tmp_path)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=author", "-c", "user.email=author@example.org"]
        subprocess.run(
            ["git", "-C", str(course), *who, *arguments], check=True, capture_output=True
        )

    git("init", "-q")
    git("add", PLANNED)
    git("commit", "-qm", "plan")
    page = course / "book" / "2-money" / "05-read-a-pl.md"
    page.write_text(page.read_text().replace("A23, ", ""))
    planned = course / PLANNED
    text = planned.read_text().replace("rows:\n", "rows:\n  - A23\n")
    planned.write_text(text.replace("at_most: 56", "at_most: 57"))
    (found,) = lint(course, TODAY)
    assert found.code == "SEAT076"
    assert "Row A23 was not planned in an earlier version" in found.what


def test_the_committed_list_of_planned_rows_is_as_long_as_it_says(root):
    planned = planned_of((root / PLANNED).read_text(encoding="utf-8"))
    assert len(planned.rows) == planned.at_most


def test_a_skeleton_lacks_only_what_is_still_to_be_written(root, tmp_path):
    course = course_copy(root, tmp_path)
    new_chapter(course, 12, "Site and systems")
    found = lint(course, TODAY)
    assert {each.code for each in found} == {"SEAT099"}
    places = {each.path for each in found}
    assert places == {
        "book/3-front-line/12-site-and-systems.md",
        "book/instructors/12-site-and-systems.md",
        "notebooks/12-site-and-systems.md",
        "solutions/12-site-and-systems/12-site-and-systems.md",
    }


def test_a_skeleton_names_the_rows_that_the_plan_gives_it(root):
    files = skeleton(root, 12, "Site and systems")
    page = next(text for path, text in files.items() if path.parts[1] == "3-front-line")
    assert b"The plan gives it A11, A15, A23, B5, B9, B20, B29, B31, B32." in page


@pytest.mark.nbgrader
def test_a_skeleton_can_be_derived(root, tmp_path):
    course = course_copy(root, tmp_path)
    new_chapter(course, 12, "Site and systems")
    for _, files in derive_all(course, ["12-site-and-systems"]):
        write_files(course, files)
    released = course / "exercises" / "12-site-and-systems" / "12-site-and-systems.ipynb"
    assert "return part / whole" not in released.read_text(encoding="utf-8")


def test_a_title_with_quotes_gives_front_matter_that_can_be_read(root, tmp_path):
    course = course_copy(root, tmp_path)
    new_chapter(course, 14, 'Trial: what "works"')
    assert {each.code for each in lint(course, TODAY)} == {"SEAT099"}


def test_the_chapter_stands_in_its_part_and_in_order(root, tmp_path):
    toc = (root / "book" / "_toc.yml").read_text(encoding="utf-8")
    with_two = listed(listed(toc, 12, "12-site"), 9, "09-funnel")
    order = ["2-money/05", "3-front-line/09", "3-front-line/12", "book/glossary", "instructors/05"]
    order += ["instructors/09", "instructors/12"]
    places = [with_two.index(each) for each in order]
    assert places == sorted(places)
    assert with_two.count("Part III") == 1
    before = listed(toc, 1, "01-markets")
    assert before.index("1-marketing/01") < before.index("2-money/05")


def test_nothing_is_written_where_a_file_is_there_already(root, tmp_path):
    course = course_copy(root, tmp_path)
    (course / "notebooks" / "12-site.md").write_text("mine")
    before = sorted(path for path in course.rglob("*"))
    with pytest.raises(CannotBegin, match=r"notebooks/12-site\.md is already there"):
        new_chapter(course, 12, "Site")
    assert sorted(path for path in course.rglob("*")) == before
    assert (course / "notebooks" / "12-site.md").read_text() == "mine"


def test_a_failure_half_way_leaves_nothing_behind(root, tmp_path):
    course = course_copy(root, tmp_path)
    before = sorted(path for path in course.rglob("*"))
    toc = (course / "book" / "_toc.yml").read_text()
    # A file where a folder is needed.
    (course / "solutions" / "12-site").write_text("")
    with pytest.raises(CannotBegin, match="Nothing was written"):
        new_chapter(course, 12, "Site")
    (course / "solutions" / "12-site").unlink()
    left = [path for path in course.rglob("*") if path.is_file() and path not in before]
    assert left == []
    assert (course / "book" / "_toc.yml").read_text() == toc


@pytest.mark.parametrize(
    ("number", "title", "said"),
    [
        ("5", "Money", "Chapter 5 is 05-read-a-pl. Choose another number. Nothing was written."),
        ("40", "Money", "There is no chapter 40. Allowed: 0 to 16. Nothing was written."),
        ("6", "!?", "The title '!?' has no letter. Give it one. Nothing was written."),
    ],
)
def test_the_command_says_why_it_begins_nothing(number, title, said, root):
    done = CliRunner().invoke(command, [number, title, "--course", str(root)])
    assert done.exit_code == 1
    assert said in done.output

"""Everything follows from one source, or the build says what does not."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from seat.checks.question import QuestionError
from seat.checks.source import AUTHOR_TAGS, read_questions
from seat.commands import commands
from seat.publishing import derive as deriving
from seat.publishing.derive import (
    UnknownAssignment,
    assignment_files,
    assignments,
    derive_all,
    generate,
    practice_files,
    stale,
    write,
)

ASSIGNMENT = "05-read-a-pl"


@pytest.fixture
def course(tmp_path, root):
    """A copy of what deriving reads and writes."""
    for name in ("solutions", "exercises", "notebooks"):
        shutil.copytree(root / name, tmp_path / name)
    shutil.copy(root / "nbgrader_config.py", tmp_path)
    return tmp_path


def test_what_is_committed_is_what_the_sources_give(root):
    for _, files in derive_all(root):
        assert stale(root, files) == []


def test_deriving_twice_gives_the_same_bytes(root):
    assert assignment_files(root, ASSIGNMENT) == assignment_files(root, ASSIGNMENT)


def test_formgraders_generate_gives_the_same_bytes(course):
    expected = _contents(course / "exercises" / ASSIGNMENT)
    shutil.rmtree(course / "exercises")
    generate(course, ASSIGNMENT)
    assert _contents(course / "exercises" / ASSIGNMENT) == expected


def _contents(folder):
    """The files of a folder; an editor may have left hidden folders there."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_nbgraders_own_command_gives_the_same_bytes(course):
    released = course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    expected = released.read_bytes()
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT, "--force"]
    subprocess.run(command, cwd=course, check=True, capture_output=True)
    assert released.read_bytes() == expected


def test_nothing_of_the_author_reaches_a_student(root):
    """Neither solutions, misconceptions nor hidden cases, as code or as text."""
    for name in assignments(root):
        folder = root / "exercises" / name
        texts = {name: content.decode() for name, content in _contents(folder).items()}
        assert set(texts) == {f"{name}.ipynb", "checks.json"}
        everything = "\n".join(json.dumps(json.loads(text)) for text in texts.values())
        for marker in ("BEGIN SOLUTION", "BEGIN HIDDEN", "mark(", "misconception", "Question("):
            assert marker not in everything
        for written in read_questions(root / "solutions" / name / f"{name}.ipynb").values():
            for idea in written.misconceptions:
                assert idea.name not in everything
                assert idea.sentence not in everything
            for line in _solution_lines(written):
                # A second hint may show a line; nothing else may.
                assert json.dumps(line)[1:-1] not in _without_hints(texts), line


def _without_hints(texts):
    contents = {name: json.loads(text) for name, text in texts.items()}
    for card in contents["checks.json"]["questions"]:
        del card["hints"]
    return json.dumps(contents)


def _solution_lines(written):
    inside = written.solution.split("\n")
    shown = written.starter.split("\n")
    return [line.strip() for line in inside if line not in shown and len(line.strip()) > 25]


def test_a_released_notebook_carries_no_output_and_no_tools_version(root):
    for path in (root / "exercises").glob("*/*.ipynb"):
        notebook = json.loads(path.read_text())
        assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
        assert notebook["metadata"]["language_info"] == {"name": "python"}
        for cell in notebook["cells"]:
            assert not set(cell["metadata"].get("tags", ())) & AUTHOR_TAGS
            assert cell.get("outputs", []) == []
            assert cell.get("execution_count") is None


def test_cell_ids_are_the_same_after_a_change_elsewhere(course):
    source = course / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.md"
    before = _ids(assignment_files(course, ASSIGNMENT))
    source.write_text(source.read_text().replace("It is the Monday before", "It is the Friday of"))
    assert _ids(assignment_files(course, ASSIGNMENT)) == before


def _ids(files):
    (notebook,) = (
        c for p, c in files.items() if p.parts[0] == "exercises" and p.suffix == ".ipynb"
    )
    return [cell["id"] for cell in json.loads(notebook)["cells"]]


def test_every_prompt_states_points_minutes_tier_unit_and_tolerance(root):
    for path in (root / "exercises").glob("*/*.ipynb"):
        prompts = [c for c in json.loads(path.read_text())["cells"] if c["id"].endswith("-prompt")]
        assert prompts
        for prompt in prompts:
            last = "".join(prompt["source"]).split("\n")[-1]
            assert last.startswith("*")
            for part in ("point", "minutes", "core", "give back"):
                assert part in last.replace("stretch", "core")


def test_a_fault_in_the_source_leaves_the_old_files_as_they_were(course):
    source = course / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.md"
    source.write_text(
        source.read_text().replace("    return revenue / revenue_before - 1", "    (")
    )
    before = _everything(course)
    result = CliRunner().invoke(commands, ["derive", "--course", str(course)])
    assert result.exit_code != 0
    assert "SyntaxError" in result.output
    assert "Nothing was written" in result.output
    assert _everything(course) == before


def _everything(course):
    return {path: path.read_bytes() for path in sorted(course.rglob("*")) if path.is_file()}


def test_derive_check_fails_on_a_hand_edited_exercise_and_changes_nothing(course):
    released = course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    released.write_text(released.read_text().replace("quarterly", "yearly"))
    before = _everything(course)
    result = CliRunner().invoke(commands, ["derive", "--check", "--course", str(course)])
    assert result.exit_code != 0
    assert f"exercises/{ASSIGNMENT}/{ASSIGNMENT}.ipynb" in result.output.replace("\n", "")
    assert "Run make derive" in result.output
    assert _everything(course) == before


def test_derive_mends_a_hand_edited_exercise(course):
    released = course / "exercises" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    right = released.read_bytes()
    released.write_text("{}")
    assert CliRunner().invoke(commands, ["derive", "--course", str(course)]).exit_code == 0
    assert released.read_bytes() == right


def test_generate_refuses_checks_that_are_not_of_the_notebook(course):
    cards = course / "solutions" / ASSIGNMENT / "checks.json"
    cards.write_text(cards.read_text().replace('"points": 3', '"points": 30'))
    with pytest.raises(QuestionError, match=r"checks\.json is not of this notebook"):
        generate(course, ASSIGNMENT)


def test_an_unknown_assignment_gets_the_nearest_name(course):
    with pytest.raises(UnknownAssignment, match=f"Did you mean '{ASSIGNMENT}'"):
        list(derive_all(course, ["05-read-a-pnl"]))


def test_a_folder_that_is_no_course_is_named(tmp_path):
    result = CliRunner().invoke(commands, ["derive", "--course", str(tmp_path)])
    assert result.exit_code != 0
    assert "it has no nbgrader_config.py" in result.output


def test_deriving_leaves_the_course_variable_as_it_was(root, monkeypatch):
    monkeypatch.setenv(deriving.COURSE_VARIABLE, "elsewhere")
    assignment_files(root, ASSIGNMENT)
    assert os.environ[deriving.COURSE_VARIABLE] == "elsewhere"


def test_practice_travels_with_its_solutions_but_not_at_a_glance(root):
    for path in sorted((root / "notebooks").glob("*.md")):
        files = {p.suffix: c.decode() for p, c in practice_files(root, path).items()}
        cards = json.loads(files[".json"])["questions"]
        assert cards
        assert all("solution" in card for card in cards)
        assert "BEGIN SOLUTION" not in files[".ipynb"]
        assert "nbgrader" not in files[".ipynb"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    from pathlib import Path

    target = tmp_path / "a.txt"
    target.write_text("old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write(tmp_path, {Path("a.txt"): b"new"})
    assert target.read_text() == "old"

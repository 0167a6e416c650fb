"""What ``seat`` can do; each command prints, the work is done elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from traitlets.config import Config

from seat.checks.question import QuestionError
from seat.commands_data import data
from seat.commands_lint import lint, new_chapter
from seat.commands_questions import test_questions
from seat.course import configure
from seat.grading import demo
from seat.grading.run import (
    HAND,
    NOT_GRADED,
    Course,
    Graded,
    NothingToGrade,
    export,
    export_questions,
    grade_one,
    held_ideas,
    kernel_messages_to,
    submitters,
)
from seat.publishing import derive as deriving
from seat.publishing.serve import LOOPBACK, NoFreePort, NotBuilt, make_server, open_browser
from seat.publishing.workspace import WORKSPACE, fill_workspace

console = Console()


class CourseFolder(click.Path):
    """A folder that holds the course."""

    def convert(self, value: object, param: object, ctx: object) -> Path:
        folder = Path(str(value)).resolve()
        if not (folder / "nbgrader_config.py").exists():
            self.fail(f"{folder} is not the course's folder: it has no nbgrader_config.py.")
        return folder


root_option = click.option(
    "--course",
    "root",
    type=CourseFolder(),
    default=".",
    show_default="this folder",
    help="The course's folder.",
)


@click.group()
def commands() -> None:
    """A Seat at the Table: derive, grade and look."""


for command in (data, lint, new_chapter, test_questions):
    commands.add_command(command)


@commands.command()
@click.argument("assignments", nargs=-1)
@click.option("--check", is_flag=True, help="Change nothing; fail if a file is out of date.")
@root_option
def derive(assignments: tuple[str, ...], check: bool, root: Path) -> None:
    """Derive notebooks, checks and exercises from their sources."""
    try:
        # All is worked out before the first file is written.
        derived = list(deriving.derive_all(root, assignments))
    except (QuestionError, deriving.UnknownAssignment) as error:
        raise click.ClickException(f"{error} Nothing was written.") from error
    outdated = False
    for name, files in derived:
        old = deriving.stale(root, files)
        outdated |= bool(old)
        for path in old:
            console.print(f"{'differs' if check else 'written'}  {path}")
        if not old:
            console.print(f"as it was  {name}")
        if not check:
            deriving.write(root, {path: files[path] for path in old})
    if check and outdated:
        raise click.ClickException("Files differ from their sources. Run make derive, and commit.")


@commands.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Default: the first free from 8000.")
@click.option("--open/--no-open", "show", default=True, help="Open a browser, if there is one.")
@root_option
def serve(port: int | None, show: bool, root: Path) -> None:
    """Serve the built book on this machine."""
    try:
        server = make_server(root / "build" / "_build" / "html", port)
    except (NotBuilt, NoFreePort) as error:
        raise click.ClickException(str(error)) from error
    address = f"http://{LOOPBACK}:{server.server_port}/"
    # Flushed at once, for those who read it through a pipe.
    print(f"A Seat at the Table is open at {address}  (Ctrl+C ends it)", flush=True)
    if show:
        open_browser(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("Closed.")
    finally:
        server.server_close()


@commands.command()
@root_option
def workspace(root: Path) -> None:
    """Copy notebooks and exercises to my-work/, where they may be changed."""
    for path in fill_workspace(root):
        console.print(f"new  {path}")
    console.print(f"Work in {WORKSPACE}/; what is there already stays as it is.")


@commands.command()
@click.argument("assignment")
@root_option
def grade(assignment: str, root: Path) -> None:
    """Grade the collected submissions of an assignment and make feedback."""
    try:
        deriving.known(root, assignment)
        course = open_course(root)
        students = submitters(course, assignment)
    except (deriving.UnknownAssignment, NothingToGrade) as error:
        raise click.ClickException(str(error)) from error
    _grade_and_report(course, assignment, students, root / "grading")


@commands.command("grade-demo")
@click.argument("assignment", default="05-read-a-pl")
@click.option("--open/--no-open", "show", default=True, help="Open a feedback page.")
@root_option
def grade_demo(assignment: str, show: bool, root: Path) -> None:
    """Take a small class from release to feedback, in a folder of its own."""
    try:
        deriving.known(root, assignment)
    except deriving.UnknownAssignment as error:
        raise click.ClickException(str(error)) from error
    folder = root / "build" / "grade-demo"
    demo.prepare(root, assignment, folder)
    deriving.generate(folder, assignment)
    course = open_course(folder)
    console.print(f"Release  {assignment}")
    demo.run_exchange(course, assignment, "ReleaseAssignment")
    students = demo.make_class(
        folder / "solutions" / assignment / f"{assignment}.ipynb",
        folder / "exercises" / assignment / f"{assignment}.ipynb",
    )
    for student in students:
        demo.hand_in(course, assignment, student)
    demo.run_exchange(course, assignment, "Collect")
    console.print(f"Collect  {len(students)} submissions")
    names = [student.name for student in students]
    what = {student.name: student.what for student in students}
    _grade_and_report(course, assignment, names, folder / "grading", what)
    demo.run_exchange(course, assignment, "ReleaseFeedback")
    page = course.folder(course.feedback, "idea-1", assignment) / f"{assignment}.html"
    console.print(f"Feedback page  {page.relative_to(root)}")
    if show:
        open_browser(page.as_uri())


def open_course(root: Path) -> Course:
    """The course in this folder, with its own configuration."""
    config = Config()
    configure(config, root)
    return Course(config)


def _grade_and_report(
    course: Course,
    assignment: str,
    students: Sequence[str],
    folder: Path,
    what: dict[str, str] | None = None,
) -> None:
    results = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Grade", total=len(students))
        for student in students:
            progress.update(task, description=f"Grade  {student}")
            with kernel_messages_to(folder / "grade.log"):
                results.append(grade_one(course, assignment, student))
            progress.advance(task)
    _print_ideas(results)
    console.print(score_table(results, what or {}))
    _print_problems(results)
    export(course, folder / "grades.csv")
    export_questions(results, folder / f"{assignment}-questions.csv")
    console.print(f"Scores  {folder / 'grades.csv'}")
    console.print(f"By question  {folder / f'{assignment}-questions.csv'}")


SIGNS = {"right": "✓", "not yet": "✗", "not attempted": "○", "we could not check": "!"}


def score_table(results: Sequence[Graded], what: dict[str, str]) -> Table:
    """Scores by student; a column for each question, by number."""
    questions = list(next((r.verdicts for r in results if r.verdicts), {}))
    table = Table(title="Scores", caption="✓ right  ✗ not yet  ○ not attempted  ! could not check")
    table.add_column("student", no_wrap=True)
    if what:
        table.add_column("hands in")
    table.add_column("score", justify="right", no_wrap=True)
    for number, _ in enumerate(questions, start=1):
        table.add_column(str(number), justify="center")
    for result in results:
        graded = result.status != NOT_GRADED
        score = f"{result.score:g}/{result.max_score:g}" if graded else result.status
        found = [result.verdicts.get(question) for question in questions]
        table.add_row(
            result.student,
            *([what.get(result.student, "")] if what else []),
            score,
            *(SIGNS[verdict["outcome"]] if verdict else "" for verdict in found),
        )
    return table


def _print_problems(results: Sequence[Graded]) -> None:
    for result in results:
        if result.problem:
            console.print(f"{result.student}: not graded, the others were. {result.problem}")
        elif result.status == HAND:
            console.print(f"{result.student}: a question is left for hand marking in formgrader.")


def _print_ideas(results: Sequence[Graded]) -> None:
    ideas = held_ideas(results)
    if not ideas:
        return
    table = Table(title="What was not understood, and what feedback says", show_lines=True)
    table.add_column("question", no_wrap=True)
    table.add_column("sentence")
    table.add_column("students", justify="right")
    for (question, sentence), count in ideas.most_common():
        table.add_row(question, sentence, str(count))
    console.print(table)

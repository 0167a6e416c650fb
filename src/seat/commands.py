"""What ``seat`` can do; each command prints, the work is done elsewhere."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from seat.checks.question import QuestionError
from seat.publishing import derive as deriving

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

"""``seat lint`` and ``seat new-chapter``: they print; the work is done elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from seat.publishing.lint.codes import CODES, WARNINGS
from seat.publishing.lint.course import read_course
from seat.publishing.lint.language import reading_levels
from seat.publishing.lint.run import lint as find
from seat.publishing.new_chapter import CannotBegin
from seat.publishing.new_chapter import new_chapter as begin

console = Console()


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--list", "show_codes", is_flag=True, help="Show the codes and end.")
@click.option("--reading", is_flag=True, help="Report how hard each page is to read.")
@click.option("--course", "root", type=click.Path(file_okay=False, path_type=Path), default=".")
def lint(paths: tuple[Path, ...], show_codes: bool, reading: bool, root: Path) -> None:
    """Check what authors write; PATHS are files or folders, all by default."""
    if show_codes:
        for code, fault in CODES.items():
            click.echo(f"{code}  {fault}{' (warning)' if code in WARNINGS else ''}")
        return
    if reading:
        console.print(_reading_table(root))
        return
    found = find(root, date.today(), paths)
    for finding in found:
        click.echo(f"{finding}{' (warning)' if finding.is_warning else ''}")
    errors = sum(not finding.is_warning for finding in found)
    warnings = len(found) - errors
    click.echo(f"{_counted(errors, 'fault')}, {_counted(warnings, 'warning')}.")
    if errors:
        raise SystemExit(1)


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def _reading_table(root: Path) -> Table:
    caption = "School grades by two formulas; 8 to 10 is plain English. A report, not a rule."
    table = Table(title="Reading level", caption=caption)
    for name in ("page", "words", "readability index", "Coleman-Liau"):
        table.add_column(name, justify="left" if name == "page" else "right")
    for each in reading_levels(read_course(root.resolve(), date.today())):
        grades = (f"{each.readability_grade:.1f}", f"{each.coleman_liau_grade:.1f}")
        table.add_row(each.path, f"{each.words:,}", *grades)
    return table


@click.command("new-chapter")
@click.argument("number", type=int)
@click.argument("title")
@click.option("--course", "root", type=click.Path(file_okay=False, path_type=Path), default=".")
def new_chapter(number: int, title: str, root: Path) -> None:
    """Write a chapter's skeleton: page, notebook, assignment, instructor's page."""
    try:
        files = begin(root, number, title)
    except CannotBegin as error:
        raise click.ClickException(str(error)) from error
    for path in files:
        click.echo(f"written  {path}")
    click.echo("Run make derive, then seat lint: it lists what is still to be written.")

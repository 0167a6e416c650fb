"""``seat data``: what is on the shelf, whose it is, and whether the copies are good."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from seat.shelf.catalogue import DataSet, data_sets, find
from seat.shelf.errors import DataUnavailable, NotTheFile, Place, UnknownDataSet
from seat.shelf.files import located, obtain, verify
from seat.shelf.notice import notice
from seat.shelf.quoted import Holds, Verified, results, verify_results
from seat.shelf.reading import table_from

console = Console()


@click.group()
def data() -> None:
    """List, show, fetch and verify open data sets."""


@data.command("list")
def list_() -> None:
    """List the data sets of the shelf."""
    table = Table(title="Open data sets", caption="seat data show NAME tells whose each is.")
    table.add_column("name", no_wrap=True)
    table.add_column("title")
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("chapters", justify="right", no_wrap=True)
    table.add_column("here", no_wrap=True)
    for one in chosen(()):
        title = f"{one.title} (simulated)" if one.simulated else one.title
        chapters = ", ".join(map(str, one.chapters))
        here = "yes" if _located(one) else ""
        table.add_row(one.name, title, f"{one.rows:,}", chapters, here)
    console.print(table)


@data.command()
@click.argument("name")
def show(name: str) -> None:
    """Show licence, attribution, source, shape and known problems of a data set."""
    (one,) = chosen((name,))
    for heading, text in facts(one):
        # Addresses and names as they are: no markup, no colours inside them.
        console.print(f"{heading:<12}{text}", markup=False, highlight=False, soft_wrap=True)
    for heading, texts in (("Changed", one.changes), ("Known problems", one.problems)):
        console.print(heading if texts else f"{heading:<12}no")
        for text in texts:
            console.print(f"  - {text}", markup=False, highlight=False)


def facts(one: DataSet) -> list[tuple[str, str]]:
    """What the catalogue says of a data set, line by line."""
    grade = "" if one.licence_grade == "A" else " (confirm at the source before a release)"
    totals = "; ".join(f"{total.expected:,} {total.what}" for total in one.totals)
    simulated = [("Simulated", "yes; say so on the page")] if one.simulated else []
    return [
        ("Title", one.title),
        ("Authors", f"{one.authors} ({one.year})"),
        ("Source", one.source),
        ("Licence", f"{one.licence}{grade}, {one.licence_url}"),
        ("Attribution", one.attribution),
        *simulated,
        ("Chapters", ", ".join(map(str, one.chapters))),
        ("File", f"{one.file}, {one.bytes:,} bytes"),
        ("sha256", one.sha256),
        ("Mirror", one.url),
        ("Shape", f"{one.rows:,} rows and {one.columns} columns in the file"),
        ("Key totals", totals),
    ]


@data.command()
@click.argument("names", nargs=-1)
def fetch(names: tuple[str, ...]) -> None:
    """Download data sets that are not here yet; all of them, if none is named."""
    failed = False
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    wanted = chosen(names)
    with Progress(*columns, console=console) as progress:
        for one in wanted:
            task = progress.add_task(one.name, total=one.bytes)
            try:
                table_from(one, obtain(one, Bar(progress, task)))
                progress.update(task, completed=one.bytes)
            except DataUnavailable as error:
                failed = True
                progress.console.print(str(error), markup=False, highlight=False)
    if failed:
        raise click.ClickException("Not every data set could be had; see above.")


class Bar:
    """A progress bar as pooch wants one, drawn by rich."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task
        # Set by pooch from the mirror's answer; the catalogue knows it already.
        self.total = 0

    def update(self, count: int) -> None:
        self._progress.update(self._task, advance=count)

    def reset(self) -> None:
        self._progress.update(self._task, completed=0)

    def close(self) -> None:
        self._progress.refresh()


@data.command("verify")
@click.argument("names", nargs=-1)
def verify_command(names: tuple[str, ...]) -> None:
    """Verify the copies on this machine: checksum, shape and key totals."""
    table = Table(title="Copies on this machine")
    table.add_column("name", no_wrap=True)
    table.add_column("copy", no_wrap=True)
    table.add_column("what was found")
    states = []
    for one in chosen(names):
        state, what = state_of(one)
        states.append(state)
        table.add_row(one.name, state, what)
    console.print(table)
    if bad := sum(state not in ("ok", "missing") for state in states):
        raise click.ClickException(f"{bad} of {len(states)} not good. The table says what to do.")


def state_of(one: DataSet) -> tuple[str, str]:
    """Ok, missing, corrupted or unreadable, with where the copy lies or what is wrong with it."""
    found = _located(one)
    if found is None:
        return "missing", f"seat data fetch {one.name} downloads it"
    try:
        verify(one, *found)
        table_from(one, found[0])
    except NotTheFile as error:
        return "corrupted", str(error)
    except DataUnavailable as error:
        return "unreadable", str(error)
    return "ok", f"in {found[1]}"


@data.command("results")
@click.option("--check", is_flag=True, help="Compute each figure whose data are here.")
def results_command(check: bool) -> None:
    """List the figures that pages quote from open data."""
    if not check:
        console.print(results_table())
        return
    verified = verify_results()
    console.print(verified_table(verified))
    wrong = sum(one.holds in (Holds.STALE, Holds.BROKEN) for one in verified)
    if wrong:
        raise click.ClickException(
            f"{wrong} of {len(verified)} figures do not hold. If the new value is right, write it "
            "into data/results.yml with today's date, and read the pages that quote it."
        )


def results_table() -> Table:
    """Each figure as it is quoted."""
    table = Table(title="Figures quoted from open data")
    table.add_column("name", no_wrap=True)
    table.add_column("what")
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("unit")
    for one in results().values():
        table.add_row(one.name, one.what, f"{one.value:,.{one.decimals}f}", one.unit)
    return table


def verified_table(verified: Sequence[Verified]) -> Table:
    """Each figure as it is quoted beside what its data give now."""
    table = Table(title="Figures quoted from open data")
    table.add_column("name", no_wrap=True)
    table.add_column("quoted", justify="right", no_wrap=True)
    table.add_column("computed", justify="right", no_wrap=True)
    table.add_column("")
    for one in verified:
        digits = f",.{one.result.decimals}f"
        found = "" if one.found is None else format(one.found, digits)
        quoted = format(one.result.value, digits)
        table.add_row(one.result.name, quoted, found, one.reason or one.holds)
    return table


@data.command("notice")
@click.option("--check", is_flag=True, help="Change nothing; fail if the file is out of date.")
@click.argument("path", type=click.Path(path_type=Path), default="data/NOTICE")
def notice_command(path: Path, check: bool) -> None:
    """Write data/NOTICE from the catalogue."""
    text = notice(chosen(()))
    if path.exists() and path.read_text(encoding="utf-8") == text:
        console.print(f"as it was  {path}")
    elif check:
        raise click.ClickException(f"{path} differs from the catalogue. Run seat data notice.")
    else:
        path.write_text(text, encoding="utf-8")
        console.print(f"written  {path}")


def chosen(names: tuple[str, ...]) -> list[DataSet]:
    """The data sets of these names, or all; a misspelt name ends the command."""
    try:
        return [find(name) for name in names] or list(data_sets().values())
    except (UnknownDataSet, DataUnavailable) as error:
        raise click.ClickException(str(error)) from error


def _located(one: DataSet) -> tuple[Path, Place] | None:
    try:
        return located(one)
    except DataUnavailable as error:
        raise click.ClickException(str(error)) from error

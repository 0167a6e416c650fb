"""The command that proves questions: does each do its work?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from seat.checks.proofs import Finding, Proof, proof_of
from seat.checks.question import QuestionError
from seat.checks.source import WrittenQuestion, cells_of, questions_of
from seat.course import SOURCE
from seat.publishing.derive import UnknownAssignment
from seat.publishing.dress import read_text

console = Console()
NOTEBOOKS = "notebooks"
SEEDS = 10


@dataclass(frozen=True)
class Source:
    """A Markdown file in which questions are written."""

    name: str
    path: Path

    @property
    def title(self) -> str:
        """The file as people look for it in the course."""
        return f"{SOURCE if self.path.parent.name == self.name else NOTEBOOKS}/{self.path.name}"


def sources(root: Path, only: Sequence[str] = ()) -> list[Source]:
    """The sources of the course, or those of these names.

    Raises
    ------
    UnknownAssignment
        When there is none of a name.
    """
    paths = [*sorted((root / SOURCE).glob("*/*.md")), *sorted((root / NOTEBOOKS).glob("*.md"))]
    found = [Source(path.stem, path) for path in paths]
    known = {source.name for source in found}
    for name in only:
        if name not in known:
            raise UnknownAssignment(name, known)
    return [source for source in found if not only or source.name in only]


def read(found: Iterable[Source]) -> Iterator[tuple[Source, WrittenQuestion | QuestionError]]:
    """The questions of the sources; a source that cannot be read gives its error."""
    for source in found:
        try:
            cells = cells_of(read_text(source.path))
            for written in questions_of(cells, source.path.name).values():
                yield source, written
        except QuestionError as error:
            yield source, error


def proved(written: WrittenQuestion | QuestionError, seeds: int) -> Proof:
    """The proof of a question; one that cannot be asked is a finding."""
    if isinstance(written, QuestionError):
        return _refused("(all)", "", 0, seeds, written)
    try:
        return proof_of(written, seeds)
    except QuestionError as error:
        question = written.question
        ideas = len(written.misconceptions)
        return _refused(question.id, question.kind.name, ideas, seeds, error)


def _refused(question: str, kind: str, ideas: int, seeds: int, error: QuestionError) -> Proof:
    finding = Finding(question, "the question", error.place, f"{error.problem} {error.remedy}")
    return Proof(question, kind, ideas, 0, seeds, 0.0, (finding,))


class Course(click.Path):
    """A folder that holds questions."""

    def convert(self, value: object, param: object, ctx: object) -> Path:
        folder = Path(str(value)).resolve()
        if not (folder / SOURCE).is_dir():
            self.fail(f"{folder} is not the course's folder: it has no {SOURCE}/.")
        return folder


@click.command("test-questions")
@click.argument("assignments", nargs=-1)
@click.option(
    "--seeds",
    type=click.IntRange(1, 1000),
    default=SEEDS,
    show_default=True,
    help="How many sets of fresh cases each answer is tried on.",
)
@click.option(
    "--course",
    "root",
    type=Course(),
    default=".",
    show_default="this folder",
    help="The course's folder.",
)
def test_questions(assignments: tuple[str, ...], seeds: int, root: Path) -> None:
    """Prove that questions tell right answers from wrong ones.

    Takes all questions of solutions/ and notebooks/, or those of ASSIGNMENTS.
    """
    try:
        chosen = sources(root, assignments)
    except UnknownAssignment as error:
        raise click.ClickException(f"{error} Nothing was tried.") from error
    proofs = _prove_all(chosen, seeds)
    console.print(proof_table(proofs))
    findings = [finding for _, proof in proofs for finding in proof.findings]
    for finding in findings:
        console.print(f"✗ {finding}", markup=False, highlight=False, soft_wrap=True)
    seconds = sum(proof.seconds for _, proof in proofs)
    console.print(summary(len(proofs), len(findings), seconds))
    if findings or not proofs:
        raise SystemExit(1)


# Its name is a command's, not a test's.
test_questions.__test__ = False  # type: ignore[attr-defined]


def _prove_all(chosen: Sequence[Source], seeds: int) -> list[tuple[Source, Proof]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    proofs: list[tuple[Source, Proof]] = []
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Read", total=None)
        asked = list(read(chosen))
        progress.update(task, total=len(asked))
        for source, written in asked:
            name = "" if isinstance(written, QuestionError) else written.question.id
            progress.update(task, description=f"Prove  {name}")
            proofs.append((source, proved(written, seeds)))
            progress.advance(task)
    return proofs


def proof_table(proofs: Iterable[tuple[Source, Proof]]) -> Table:
    """One row for each question, under the name of its source."""
    table = Table(
        title="Questions",
        caption="ideas: misconceptions  tried: answers whose verdict is known beforehand",
        box=box.SIMPLE,
        padding=(0, 1, 0, 0),
    )
    table.add_column("question", overflow="fold")
    table.add_column("kind", no_wrap=True)
    for heading in ("ideas", "tried", "seeds", "seconds"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("result", no_wrap=True)
    previous = ""
    for source, proof in proofs:
        if source.title != previous:
            table.add_section()
            table.add_row(source.title, style="bold")
            previous = source.title
        table.add_row(*_row(proof), style="" if not proof.findings else "red")
    return table


def _row(proof: Proof) -> tuple[str, ...]:
    count = len(proof.findings)
    return (
        f"  {proof.question}",
        proof.kind,
        str(proof.misconceptions),
        str(proof.attempts),
        str(proof.seeds),
        f"{proof.seconds:.2f}",
        "✓ proved" if not count else f"✗ {count} finding{'s' if count > 1 else ''}",
    )


def summary(questions: int, findings: int, seconds: float) -> str:
    """The last line: how many questions, what was found, how long it took."""
    if not questions:
        return "No question was found. Write one in solutions/ or notebooks/."
    what = "no findings" if not findings else f"{findings} finding{'s' if findings > 1 else ''}"
    return f"{questions} questions, {what}, {seconds:.1f} seconds."

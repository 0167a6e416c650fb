"""A skeleton for a chapter: every file that one needs, with what is still to be written.

Everything is worked out first and written last; a file that exists already
stops it all.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

from seat.publishing.chapters import chapter_paths
from seat.publishing.derive import Files, write
from seat.publishing.pages.brief import ROWS, read_rows

# First chapter of each part, its folder, and its caption in the table of contents.
PARTS = [
    (0, "0-start", "Start"),
    (1, "1-marketing", "Part I: Marketing principles"),
    (5, "2-money", "Part II: The P&L and the money"),
    (9, "3-front-line", "Part III: Sales, support, systems"),
    (13, "4-strategy", "Part IV: Integrated social strategy"),
]
LAST = 16
TOC = "book/_toc.yml"
TODO = "Still to be written"

HEADER = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
"""


class CannotBegin(ValueError):
    """A chapter that cannot be begun as asked."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem, remedy)

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy} Nothing was written."


def new_chapter(root: Path, number: int, title: str) -> list[Path]:
    """Write the skeleton of a chapter; returns its files.

    Raises
    ------
    CannotBegin
        When the number is taken or not in the plan, the title gives no name,
        or a file is already there.
    """
    files = skeleton(root, number, title)
    there = [path.as_posix() for path in files if path.as_posix() != TOC and (root / path).exists()]
    if there:
        raise CannotBegin(f"{there[0]} is already there.", "Choose another number or title.")
    _write_all(root, files)
    return list(files)


def _write_all(root: Path, files: Files) -> None:
    """Write every file, or leave none of the new ones behind."""
    try:
        write(root, files)
    except OSError as error:
        for path in files:
            if path.as_posix() != TOC:
                _remove(root / path)
        raise CannotBegin(f"A file cannot be written: {error}.", "Free its place.") from error


def _remove(path: Path) -> None:
    """Take away a file and the folder that it leaves empty, if they are there."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()


def skeleton(root: Path, number: int, title: str) -> Files:
    """What the files of the new chapter hold, the table of contents included."""
    if not 0 <= number <= LAST:
        raise CannotBegin(f"There is no chapter {number}.", f"Allowed: 0 to {LAST}.")
    taken = [path.stem for path in chapter_paths(root) if path.name.startswith(f"{number:02}-")]
    if taken:
        raise CannotBegin(f"Chapter {number} is {taken[0]}.", "Choose another number.")
    name = f"{number:02}-{slug(title)}"
    folder = part_of(number)[1]
    toc = (root / TOC).read_text(encoding="utf-8")
    texts = {
        f"book/{folder}/{name}.md": chapter(root, number, name, title),
        f"notebooks/{name}.md": notebook(number, title),
        f"solutions/{name}/{name}.md": assignment(number, title),
        f"book/instructors/{name}.md": instructors(number, name, folder, title),
        TOC: listed(toc, number, name),
    }
    return {Path(path): text.encode() for path, text in texts.items()}


def slug(title: str) -> str:
    """The title as a file's name."""
    words = re.findall(r"[a-z0-9]+", title.lower().replace("&", ""))
    if not words:
        raise CannotBegin(f"The title {title!r} has no letter.", "Give it one.")
    return "-".join(words)


def part_of(number: int) -> tuple[int, str, str]:
    """The part that holds a chapter."""
    return [part for part in PARTS if part[0] <= number][-1]


def chapter(root: Path, number: int, name: str, title: str) -> str:
    """The chapter's page, with front matter that can be read."""
    return f"""{HEADER}seat:
  chapter: {number}
  notebook: {name}
  assignment: {name}
  minutes: {{notebook: 60, assignment: 90}}
  questions:
    - {TODO}, a question that the chapter answers.
    - {TODO}, another.
  prerequisites:
    - {TODO}, what a reader must bring.
  objectives:
    first-objective: {TODO}, a verb and what the reader can do with it.
  # The plan gives it {_planned_for(root, number)}. Name a row, and take it out of planned.yml.
  brief_rows: []
  sections:
    - {{heading: {json.dumps(title)}, read: 3, teach: 10, short: 5, mark: must}}
    - {{heading: First section, read: 10, teach: 30, short: 20, mark: must}}
  key_points:
    - {TODO}, a first point.
    - {TODO}, a second.
    - {TODO}, a third.
---

# {title}

*{TODO}: a scene that ends in a question somebody in the firm asks you.*

:::{{admonition}} What you will be able to do
:class: note

```{{chapter-objectives}}
```

```{{chapter-minutes}}
```
:::

## First section

*{TODO}: one idea, one figure for each claim, one source for each figure.*
"""


def _planned_for(root: Path, number: int) -> str:
    if not (root / ROWS).exists():
        return "nothing"
    rows = [row.id for row in read_rows(root).values() if str(number) in row.chapters]
    return ", ".join(rows) or "nothing"


def notebook(number: int, title: str) -> str:
    """The practice notebook, with one question that works."""
    return f"""{HEADER}---

# Try it: {title}

*{TODO}: what the reader has been sent, and by whom.*

```{{code-cell}} ipython3
:tags: [setup]

from seat.checks import check, hint, solution
```

{_question("try_first", 1, practice=True)}"""


def assignment(number: int, title: str) -> str:
    """The assignment, with one question that works."""
    return f"""{HEADER}---

# Assignment {number}: {title}

*{TODO}: who asks, and what for.*

```{{code-cell}} ipython3
:tags: [setup]

from seat.checks import check, hint
```

{_question("first", 2, practice=False)}"""


def _question(name: str, points: int, practice: bool) -> str:
    heading = "Practice: a first question" if practice else "1. A first question"
    function = "share_of_all" if practice else "share_of"
    text = QUESTION.replace("FUNCTION", function).replace("NAME", name)
    return f"## {heading}\n\n" + text.replace("POINTS", str(points))


QUESTION = f'''\
*{TODO}: a claim, a source, a unit, and someone to answer to.* Until then: write a function that
returns which share of `whole` is `part` (0.25 for a quarter).

```{{code-cell}} ipython3
:tags: [solution]

def FUNCTION(part, whole):
    """The share of the whole that the part is."""
    ### BEGIN SOLUTION
    return part / whole
    ### END SOLUTION
```

```{{code-cell}} ipython3
:tags: [misconceptions]

from seat.checks.author import *


@misconception("Your share is turned round: the whole stands over the part. Which is asked for?")
def turned_round(part, whole):
    return whole / part


@misconception("You set the part against the rest. A share stands over the whole, the part too.")
def over_the_rest(part, whole):
    return part / (whole - part)
```

```{{code-cell}} ipython3
:tags: [question]

def draw(rng):
    whole = int(rng.integers(200, 9_000))
    return {{"part": int(whole * rng.uniform(0.1, 0.8)), "whole": whole}}


question = Question(
    id="NAME",
    kind=Function(
        cases=[{{"part": 30, "whole": 120}}, {{"part": 45, "whole": 60}}],
        fresh=draw,
    ),
    answers=["FUNCTION"],
    objective="first-objective",
    points=POINTS,
    minutes=5,
    returns="a share",
    within=Tolerance(absolute=0.0005),
    hints=(
        "Of which of the two is it a share?",
        "Divide the part by the whole.",
    ),
)
```

```{{code-cell}} ipython3
:tags: [check]

check("NAME")
```
'''


def instructors(number: int, name: str, folder: str, title: str) -> str:
    """The instructor's page."""
    return f"""# Teaching chapter {number}: {title}

*{TODO}: who sits in the room, and what they must be able to do at the end of
[the chapter](../{folder}/{name}.md).*

## Notes by section

*{TODO}: what goes wrong, and what to ask.*

## Activity

*{TODO}: goal, materials, minutes.*
"""


def listed(toc: str, number: int, name: str) -> str:
    """The table of contents with the new chapter in its place."""
    _, folder, caption = part_of(number)
    parts = _toc_parts(toc)
    mine = next((part for part in parts if f"book/{folder}/" in part), None)
    entry = f"""\
      - file: book/{folder}/{name}
        sections:
          - file: notebooks/{name}
          - file: exercises/{name}/{name}
"""
    if mine:
        toc = toc.replace(
            mine, _inserted(mine, entry, rf"book/{re.escape(folder)}/(\d\d)-", number)
        )
    else:
        before = next(part for part in parts if _comes_after(part, number))
        new = f'  - caption: "{caption}"\n    chapters:\n{entry}'
        toc = toc.replace(before, new + before)
    teaching = next(part for part in _toc_parts(toc) if "book/instructors/" in part)
    page = f"      - file: book/instructors/{name}\n"
    return toc.replace(teaching, _inserted(teaching, page, r"book/instructors/(\d\d)-", number))


def _toc_parts(toc: str) -> list[str]:
    """The text of each part, from its caption to the next."""
    return re.split(r"(?=^  - caption:)", toc, flags=re.MULTILINE)[1:]


def _comes_after(part: str, number: int) -> bool:
    numbers = re.findall(r"file: book/\d-[\w-]+/(\d\d)-", part)
    later = bool(numbers) and int(numbers[0]) > number
    return later or "book/glossary" in part


def _inserted(part: str, entry: str, pattern: str, number: int) -> str:
    """The part with the entry before the first chapter of a higher number."""
    for line in re.finditer(rf"^ +- file: {pattern}.*\n", part, re.MULTILINE):
        if int(line.group(1)) > number:
            return part[: line.start()] + entry + part[line.start() :]
    return part.rstrip("\n") + "\n" + entry

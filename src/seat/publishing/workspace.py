"""A learner's own copies: what is derived and committed stays as it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

WORKSPACE = "my-work"
# A practice notebook reads its checks from beside it.
WANTED = ("notebooks/*.ipynb", "notebooks/*.checks.json", "exercises/*/*")


def fill_workspace(root: Path) -> Iterator[Path]:
    """Copy what is missing from the workspace and yield it; never overwrite."""
    for pattern in WANTED:
        for source in sorted(root.glob(pattern)):
            target = root / WORKSPACE / source.relative_to(root)
            if source.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
                yield target.relative_to(root)

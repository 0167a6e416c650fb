"""Outputs that no longer follow from the data.

The cache of executed pages knows a page's code and nothing of the tables that
the code reads, and Sphinx knows a page's own file only: without this, a figure
that changed in ``data/`` would stay as it was on the page.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import seat

STAMP = "seat-inputs.sha256"
# What the code of pages reads, besides itself.
PACKAGE = ("tables.py", "company/**/*.py", "checks/**/*.py", "shelf/**/*.py")
# Dated facts are read anew at each build and by no cell.
DATA = ("*.csv", "results.yml")


def digest(root: Path) -> str:
    """A fingerprint of all that executed pages depend on."""
    package = Path(seat.__file__).parent
    files = sorted(path for pattern in DATA for path in (root / "data").glob(pattern))
    files += sorted(path for pattern in PACKAGE for path in package.glob(pattern))
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.name}\n".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def drop_stale(cache: Path, fingerprint: str) -> bool:
    """Empty the cache of outputs if it was filled from other inputs; says whether it did."""
    stamp = cache / STAMP
    known = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    is_stale = known != fingerprint
    if is_stale:
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir(parents=True)
        stamp.write_text(fingerprint, encoding="utf-8")
    return is_stale

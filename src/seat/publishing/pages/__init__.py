"""Pages that are computed from the sources while the book is built."""

from __future__ import annotations

from typing import Any


def setup(app: Any) -> dict[str, Any]:
    # Imported here, so that reading a chapter's front matter needs no Sphinx.
    from seat.publishing.pages.extension import setup

    return setup(app)

"""Small repairs to the book's theme, as a Sphinx extension."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def without_thebe(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Drop sphinx-thebe's script, which Jupyter Book adds twice: every page would throw."""
    scripts = context.get("script_files", [])
    context["script_files"] = [script for script in scripts if "thebe" not in str(script).lower()]


def setup(app: Sphinx) -> dict[str, Any]:
    # After sphinx-thebe has added its script.
    app.connect("html-page-context", without_thebe, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

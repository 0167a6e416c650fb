"""The command ``seat``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command, or say which part of the package it needs."""
    try:
        from seat.commands import commands
    except ModuleNotFoundError as error:
        print(
            f"The command seat needs {error.name}. Install the teaching part: "
            "pip install 'seat[teach]'",
            file=sys.stderr,
        )
        raise SystemExit(1) from None
    commands()

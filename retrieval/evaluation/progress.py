"""A bar on stderr for what takes a while."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Tracked = TypeVar("Tracked")


def tracked(items: Iterable[Tracked], title: str, total: int | None = None) -> Iterable[Tracked]:
    """Yield the items, with a progress bar on stderr where that is a terminal.

    ``total`` is how many are expected, where they cannot be counted beforehand.
    """
    console = Console(stderr=True)
    return track(items, title, total, console=console, transient=True, disable=not console.is_terminal)

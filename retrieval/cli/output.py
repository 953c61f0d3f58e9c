"""What every verb prints: its result on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.ingest.synchronising import Progress


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_marked(lines: Iterable[tuple[str, str, str]]) -> None:
    """Print lines given before, in and after the words to mark: underlined where stdout is a terminal."""
    opened, closed = ("\x1b[4m", "\x1b[24m") if sys.stdout.isatty() else ("", "")
    for before, words, after in lines:
        print(f"{before}{opened}{words}{closed}{after}")


@contextmanager
def progress_bar(waiting: str | None = None) -> Iterator[Progress]:
    """Show a bar on stderr once there is something to index, if stderr is a terminal.

    ``waiting`` says what is done before that, and is shown meanwhile; None shows nothing.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(waiting or "", visible=waiting is not None, total=None)
        yield lambda done, total: bar.update(
            task, description="Indexing articles", completed=done, total=total, visible=True
        )

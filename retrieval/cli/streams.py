"""The standard streams of a process, which may be closed, or fail while they are used.

The command line and the bot both use this.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TextIO

from retrieval.errors import ClosedError, StreamError

_NEEDED = {
    "stdin": "Standard input is closed, so no question can be read: start the program in a terminal, or pipe"
    " questions to it, one a line.",
    "stdout": "Standard output is closed, so nothing can be written: start the program in a terminal, or send"
    " its output to a file.",
}


def replace_closed() -> frozenset[str]:
    """Open the null device in place of each standard stream that is closed; return their names.

    Python sets a stream that is closed to None. Its descriptor is free then, and the next file that the
    process opens would take it: what libraries write to standard error would end up in that file.
    """
    names = ("stdin", "stdout", "stderr")  # by descriptor: the lowest free one is taken first
    closed = frozenset(name for name in names if getattr(sys, name) is None)
    for name in names:
        if name in closed:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    return closed


def require(closed: Collection[str]) -> None:
    """Refuse to go on when standard input or output is among the ``closed`` streams.

    Raises:
        ClosedError: One of them is; the message says which.
    """
    for name, message in _NEEDED.items():
        if name in closed:
            raise ClosedError(message)


def set_encoding() -> None:
    """Make standard output accept any text: a terminal gets ``?`` for what it cannot show."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")


class GuardedOutput(io.TextIOWrapper):
    """Standard output that raises StreamError where it cannot be written, whoever prints to it."""

    def write(self, text: str) -> int:
        """Write a text; return the number of its characters."""
        with writing():
            return super().write(text)

    def flush(self) -> None:
        """Write what is left in the buffer."""
        with writing():
            super().flush()


def guard_output() -> None:
    """Make standard output UTF-8 and report its failures; one that a test captures stays as it is."""
    output = sys.stdout
    if type(output) is io.TextIOWrapper:
        errors, by_line, through = output.errors, output.line_buffering, output.write_through
        sys.stdout = GuardedOutput(
            output.detach(), "utf-8", errors, line_buffering=by_line, write_through=through
        )


def input_lines() -> Iterator[bytes]:
    """Yield the lines of standard input, as bytes.

    Raises:
        StreamError: Standard input cannot be read.
    """
    try:
        yield from sys.stdin.buffer
    except OSError as error:
        raise StreamError(
            f"Standard input cannot be read ({error.strerror or error}): pipe questions to it, one a line."
        ) from error


@contextmanager
def writing() -> Iterator[None]:
    """Turn a failure to write into a sentence; a reader who has left is no failure.

    Raises:
        BrokenPipeError: Nobody reads the other end of the pipe any more.
        StreamError: Standard output cannot be written.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StreamError(
            f"Standard output cannot be written ({error.strerror or error}): send it to a file or a terminal."
        ) from error


def flush_output() -> None:
    """Write what is left in the buffer of standard output.

    Raises:
        BrokenPipeError: Nobody reads the other end of the pipe any more.
        StreamError: Standard output cannot be written.
    """
    with writing():
        sys.stdout.flush()


def discard_output() -> None:
    """Send what is left in the buffer of standard output to the null device, so that Python can exit."""
    _discard(sys.stdout)


def print_note(text: str) -> None:
    """Print a sentence on standard error; one that cannot be written is lost."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def _discard(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

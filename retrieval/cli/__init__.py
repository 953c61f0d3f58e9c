"""The command line: the verbs of an archive. JSON goes to stdout, everything else to stderr.

Exit codes: 0 done, 1 nothing found, below the bar or output that cannot be written, 2 the caller's mistake,
130 interrupted.
"""

from __future__ import annotations

import logging
import sys
from io import TextIOWrapper

import typer

from retrieval.cli import asking, measuring, reading, streams
from retrieval.cli.arguments import decode_arguments, shown
from retrieval.cli.options import INTERRUPTED, MISTAKE, NOTHING
from retrieval.cli.streams import print_note
from retrieval.errors import StreamError, VerbatimError

app = typer.Typer(
    name="python -m retrieval",
    help="Ask a news archive a question; get the passage that answers, word for word, with its dates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(asking.app)
app.add_typer(measuring.app)
app.add_typer(reading.app)


def main() -> None:
    """Run the command line and exit; what goes wrong is one sentence on stderr."""
    closed = streams.replace_closed()
    streams.guard_output()
    if isinstance(sys.stderr, TextIOWrapper):  # articles are UTF-8, and what is said of them, in any locale
        sys.stderr.reconfigure(encoding="utf-8")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    sys.exit(_exit_code(closed))


def _exit_code(closed: frozenset[str]) -> int:
    try:
        try:
            streams.require(closed - {"stdin"})
            decode_arguments(app)
            return _run()
        finally:
            streams.flush_output()
    except BrokenPipeError:  # the program that read the output has ended: there is nobody to tell
        streams.discard_output()
        return NOTHING
    except StreamError as error:
        print_note(str(error))
        streams.discard_output()
        return NOTHING
    except VerbatimError as error:
        print_note(str(error))
    except UnicodeEncodeError as error:  # the name of the working directory, for instance
        print_note(f"{_name(error)} cannot be written in {error.encoding}: rename it, or use another place.")
    except OSError as error:  # a place to write that cannot be written to, a full disk
        print_note(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")
    except KeyboardInterrupt:
        return INTERRUPTED
    return MISTAKE


def _name(error: UnicodeEncodeError) -> str:
    """Return the text that could not be encoded, as far as it is one name."""
    return shown(error.object.partition("\0")[0][:200])


def _run() -> int:
    """Run the verb named on the command line; return its exit code."""
    try:
        app()
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            print_note("Interrupted; what was done is kept.")
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0

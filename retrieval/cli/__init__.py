"""The command line: the verbs of an archive. JSON goes to stdout, everything else to stderr.

Exit codes: 0 done, 1 nothing found or below the bar, 2 the caller's mistake.
"""

from __future__ import annotations

import logging
import sys
from io import TextIOWrapper

import typer

from retrieval.cli import asking, measuring
from retrieval.cli.options import INTERRUPTED, MISTAKE
from retrieval.errors import VerbatimError

app = typer.Typer(
    name="python -m retrieval",
    help="Ask a news archive a question; get the passage that answers, word for word, with its dates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(asking.app)
app.add_typer(measuring.app)


def main() -> None:
    """Run the command line; a mistake of the caller is one sentence on stderr and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # JSON is UTF-8 and so are articles, whatever the locale
            stream.reconfigure(encoding="utf-8")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        app()
    except VerbatimError as error:
        print(error, file=sys.stderr)
        sys.exit(MISTAKE)
    except OSError as error:  # a place to write that cannot be written to, a full disk
        print(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.", file=sys.stderr)
        sys.exit(MISTAKE)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            print("Interrupted; what was done is kept.", file=sys.stderr)
        raise

"""The words of a command line, which the system hands over as bytes in no certain encoding.

Python decodes them by the locale, and keeps bytes that the locale lacks as lone surrogates.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import typer

from retrieval.errors import ArgumentError


def decode_arguments(app: typer.Typer) -> None:
    """Make the arguments of this process the text that their bytes are as UTF-8, whatever the locale.

    Raises:
        ArgumentError: an argument is not UTF-8, or a variable that an option is read from.
    """
    sys.argv[1:] = [_decoded("The argument", value) for value in sys.argv[1:]]
    for name in _variables(app):
        _decoded(name, os.environ.get(name, ""))


def shown(text: str) -> str:
    r"""Return a text that can be printed, with bytes that are not UTF-8 as ``\xe9``."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _decoded(name: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        pass
    else:
        return value
    try:
        return os.fsencode(value).decode()
    except UnicodeError:
        raise ArgumentError(f"{name} {shown(value)} is not UTF-8: give it in UTF-8.") from None


def _variables(app: typer.Typer) -> Iterator[str]:
    """Yield the variables of the environment that options are read from."""
    group: Any = typer.main.get_command(app)
    for verb in group.commands.values():
        yield from (parameter.envvar for parameter in verb.params if parameter.envvar)

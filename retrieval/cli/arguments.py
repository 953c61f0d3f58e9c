"""The words of a command line, which the system hands over as bytes of no certain encoding."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import typer

from retrieval.errors import ArgumentError


def refuse_undecodable(app: typer.Typer) -> None:
    """Refuse arguments, and variables of the environment that options are read from, that are not UTF-8.

    Raises:
        ArgumentError: one of them is not; the message shows it.
    """
    for name, value in _given(app):
        if not is_unicode(value):
            raise ArgumentError(f"{name} {shown(value)} is not UTF-8: give it in UTF-8.")


def is_unicode(text: str) -> bool:
    """Tell whether a text can be written as UTF-8; Python gives bytes that are not as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(text: str) -> str:
    r"""Return a text that can be printed, with bytes that are not UTF-8 as ``\xe9``."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte, as os.fsdecode gives it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if 0xD800 <= code <= 0xDFFF else character


def _given(app: typer.Typer) -> Iterator[tuple[str, str]]:
    """Yield what is given to the program, and how to name it to a person."""
    for value in sys.argv[1:]:
        yield "The argument", value
    group: Any = typer.main.get_command(app)
    for verb in group.commands.values():
        for parameter in verb.params:
            if parameter.envvar and (value := os.environ.get(parameter.envvar)):
                yield f"{parameter.envvar}:", value

"""Reading a collection's files line by line, so that a fault is named with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import edtf

from retrieval.errors import CollectionError


def objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the JSON object of each line that is not blank, with its place in words.

    Raises:
        CollectionError: when a line is not a JSON object, or the file cannot be read.
    """
    for where, line in lines(path):
        try:
            fields = json.loads(line)
        except json.JSONDecodeError as error:
            raise CollectionError(f"{where} is not JSON ({error.msg}); write one object a line.") from error
        if not isinstance(fields, dict):
            raise CollectionError(f"{where} is not a JSON object; write one object a line.")
        yield where, fields


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each line that is not blank, with its place in words: ``file, line 3``.

    Raises:
        CollectionError: when the file is missing or not UTF-8.
    """
    try:
        # Split at line feeds alone: str.splitlines also cuts at U+2028, which JSON allows in a string.
        split = path.read_bytes().decode("utf-8").split("\n")
    except FileNotFoundError as error:
        raise CollectionError(f"{path} is missing: a collection needs it.") from error
    except UnicodeDecodeError as error:
        raise CollectionError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    for number, line in enumerate(split, start=1):
        if line.strip():
            yield f"{path}, line {number}", line.rstrip("\r")


def text_field(fields: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    """Return a string field; one without a default must be there and hold something.

    Raises:
        CollectionError: when it is not so.
    """
    value = fields.get(key, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise CollectionError(f'{where}: "{key}" is {value!r}; give it as a text.')
    return value


def text_list(fields: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return a field that is a list of strings.

    Raises:
        CollectionError: when it is not one.
    """
    values = fields.get(key)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise CollectionError(f'{where}: "{key}" is {values!r}; give a list of texts.')
    return tuple(values)


def edtf_date(value: str, where: str) -> str:
    """Return a date, checked.

    Raises:
        CollectionError: when it is not EDTF.
    """
    try:
        edtf.parse_edtf(value)
    except edtf.EDTFParseException as error:
        raise CollectionError(
            f"{where}: {value!r} is not an EDTF date, such as 2025-04 or 2025-01-29."
        ) from error
    return value

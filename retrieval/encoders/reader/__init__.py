"""Readers: models that read a question and a passage together and say whether and where it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.encoders.interface import Reader

__all__ = ["OFF", "load_reader"]

OFF = "off"
"""The name of no reader: the first stage alone orders passages."""


def load_reader(name: str | None = None) -> Reader | None:
    """Return the reader called ``name``; None is the bundled one, OFF is none.

    Where the wheel that the bundled one needs is not installed there is none either, which is logged.

    Raises:
        EncoderError: the reader cannot be loaded.
    """
    if name == OFF:
        return None
    from retrieval.encoders.reader import (
        loading,  # imported here so that the name of no reader loads no torch
    )

    return loading.load_named_reader(name) if name else loading.load_bundled_reader()

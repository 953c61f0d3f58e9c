"""Load a model from this machine first, and from the model hub only when that answers."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from retrieval.errors import EncoderError

HUB_TIMEOUT = 5.0
"""Seconds to wait for the model hub before saying that it cannot be reached."""

Model = TypeVar("Model")


def load_local_first(load: Callable[[str, bool], Model], name: str, what: str, remedy: str) -> Model:
    """Return the model called ``name``: offline, the hub's own client would retry for a minute.

    ``load`` takes the name and whether to keep to this machine. ``what`` the model is for and the
    ``remedy`` are words of the error.

    Raises:
        EncoderError: no such model is here, and it could not be downloaded.
    """
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # the command line has its own
    try:
        return _load(load, name)
    except Exception as error:  # the hub, the file system and torch each raise their own kinds
        raise EncoderError(
            f"The {what} {name!r} cannot be loaded ({_first_line(error)}): {remedy}."
        ) from error


def _load(load: Callable[[str, bool], Model], name: str) -> Model:
    from huggingface_hub import constants

    try:
        return load(name, True)
    except Exception:  # it is not here, which each library says in its own words: the hub is asked next
        if Path(name).exists():
            raise
        hub = urlsplit(constants.ENDPOINT)
        try:
            socket.create_connection((hub.hostname, hub.port or 443), timeout=HUB_TIMEOUT).close()
        except OSError:
            raise EncoderError(
                f"it is neither a folder nor in the local cache, and {hub.hostname} cannot be reached"
            ) from None
        return load(name, False)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")[:160]

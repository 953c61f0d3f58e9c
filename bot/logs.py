"""The log of the process: one line for each network failure, and never the token."""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import TypeAlias

_ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class _Formatter(logging.Formatter):
    """Formats a failure to reach Telegram as one line, and leaves the token out of every line.

    Without a network, or with the bot running twice, every poll fails until that is mended: a traceback each
    time would add nothing.
    """

    def __init__(self, secret: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, the token left out."""
        line = super().format(record)
        return line.replace(self._secret, "[token]") if self._secret else line

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        """Return a traceback, or one line when Telegram is out of reach."""
        # Imported here so that the conversation in the terminal starts without loading Telegram's library.
        from telegram.error import BadRequest, Conflict, NetworkError

        error = ei[1]
        if isinstance(error, NetworkError | Conflict) and not isinstance(error, BadRequest):
            return f"{type(error).__name__}: {error}"
        return super().formatException(ei)


def configure(level: str, secret: str | None) -> None:
    """Send the log of this process to stderr, at a level, the secret left out of every line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(secret))
    # A start that fails is reported in one sentence by bot.telegram.app; the library logs it as well.
    handler.addFilter(lambda record: "(Bootstrap" not in record.getMessage())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Their lines hold the address of every request, which holds the token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)

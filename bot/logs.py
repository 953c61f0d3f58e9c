"""What is logged, and what never is."""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import TypeAlias

_ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class _Formatter(logging.Formatter):
    """Writes what keeps the bot from Telegram in one line, and never the token.

    A laptop that loses its network, or runs the bot twice, fails at every poll until that is mended: a
    traceback each time says nothing more.
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
        # Imported here, for the terminal has no use for Telegram and starts without it.
        from telegram.error import BadRequest, Conflict, NetworkError

        error = ei[1]
        if isinstance(error, NetworkError | Conflict) and not isinstance(error, BadRequest):
            return f"{type(error).__name__}: {error}"
        return super().formatException(ei)


def configure(level: str, secret: str | None) -> None:
    """Send the log of this process to stderr, at a level, the secret left out of every line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(secret))
    # A start that fails is told to the person in one sentence (bot.telegram.app); the library logs it besides.
    handler.addFilter(lambda record: "(Bootstrap" not in record.getMessage())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # Their lines hold the address of every request, which holds the token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)

"""``python -m bot`` in a process of its own, with nothing set but what a test sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.settings import Settings

from .server import TOKEN, BotApi

ROOT = Path(__file__).parent.parent.parent

WITH_FAKE_ARCHIVE = (
    "import sys, retrieval; from bot_api.archive import FakeArchive;"
    "retrieval.open = lambda *_, **__: FakeArchive();"
    "from bot.__main__ import main; sys.argv[0] = 'bot'; sys.exit(main())"
)
"""The bot, with an archive that needs no model."""


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return the variables of a process whose cache is in a folder and whose settings are those given."""
    inherited = {
        name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields
    }
    paths = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "XDG_CACHE_HOME": str(folder / "cache")}
    return inherited | paths | variables


class BotProcess(subprocess.Popen[str]):
    """The bot, or Python running some code, its three standard streams being pipes."""

    def __init__(self, folder: Path, code: str | None = None, **variables: str) -> None:
        super().__init__(
            [sys.executable, *(["-c", code] if code else ["-m", "bot"])],
            cwd=folder,
            env=environment(folder, **variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def until(self, words: str) -> str:
        """Read stderr up to a line that holds some words."""
        assert self.stderr
        read = ""
        for line in self.stderr:
            read += line
            if words in line:
                return read
        raise AssertionError(f"{words!r} is not on stderr: {read}")


def on_telegram(
    folder: Path, telegram: BotApi, code: str | None = WITH_FAKE_ARCHIVE, **variables: str
) -> BotProcess:
    """Start the bot against a loopback Bot API server."""
    variables = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_BASE_URL": telegram.url} | variables
    return BotProcess(folder, code, **variables)

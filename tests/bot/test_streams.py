"""Standard streams that are closed, full or not what they should be: one sentence, and no traceback."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from bot_api.archive import SENTENCE
from bot_api.process import WITH_FAKE_ARCHIVE, environment, on_telegram
from bot_api.server import BotApi

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the redirections are those of a POSIX shell")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device is full here")

QUESTION = "la décision ?\n"


def run(
    folder: Path, redirections: str, arguments: str = "", code: str = WITH_FAKE_ARCHIVE, unbuffered: str = ""
) -> tuple[int, str, str]:
    """Run the bot in a shell, asked one question unless redirected; return exit code, stdout and stderr."""
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -c {shlex.quote(code)} {arguments} {redirections}"],
        cwd=folder,
        env=environment(folder, PYTHONUNBUFFERED=unbuffered),
        input=QUESTION,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("redirections", "code", "sentence"),
    [
        ("<&-", 2, r"Standard input is closed, so no question can be read: .+"),
        (">&-", 2, r"Standard output is closed, so nothing can be written: .+"),
        ("<&- >&-", 2, r"Standard input is closed, .+"),
        ("0>questions", 1, r"Standard input cannot be read \(.+\): .+"),
        pytest.param(
            ">/dev/full",
            1,
            r"Standard output cannot be written \(No space left on device\): .+",
            marks=needs_full,
        ),
    ],
)
def test_a_stream_that_cannot_be_used_is_reported_in_one_sentence(
    tmp_path: Path, redirections: str, code: int, sentence: str, unbuffered: str
):
    done = run(tmp_path, redirections, unbuffered=unbuffered)
    assert done[:2] == (code, "")
    assert re.fullmatch(rf"{sentence}\.\n", done[2])


@needs_full
def test_a_long_answer_to_a_full_device_is_reported_once_too(tmp_path: Path):
    code = WITH_FAKE_ARCHIVE.replace(
        "retrieval.open", "import bot_api.archive as a; a.PARAGRAPH *= 1_000; retrieval.open"
    )
    returned, _, err = run(tmp_path, ">/dev/full", code=code)
    assert (returned, err.count("\n"), "Traceback" in err) == (1, 1, False)


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_help_to_a_full_device_is_reported_in_one_sentence(tmp_path: Path, unbuffered: str):
    returned, _, err = run(tmp_path, ">/dev/full", "--help", unbuffered=unbuffered)
    assert (returned, err.count("\n")) == (1, 1)
    assert err.startswith("Standard output cannot be written")


@pytest.mark.parametrize(
    "redirections", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)], ids=["closed", "full"]
)
def test_questions_are_answered_without_standard_error(tmp_path: Path, redirections: str):
    returned, out, _ = run(tmp_path, redirections)
    assert returned == 0
    assert SENTENCE in out


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path):
    code = "from retrieval.cli import streams; closed = streams.replace_closed();"
    code += "number = open('file', 'w').fileno(); print(sorted(closed), number > 2)"
    assert run(tmp_path, "<&- 2>&-", code=code)[:2] == (0, "['stderr', 'stdin'] True\n")


def test_telegram_needs_neither_standard_input_nor_output(tmp_path: Path):
    code = (
        "import os; os.close(0); os.close(1); import sys; sys.stdin = sys.stdout = None;" + WITH_FAKE_ARCHIVE
    )
    with BotApi() as telegram, on_telegram(tmp_path, telegram, code) as bot:
        bot.until("@verbatim_test_bot")
        telegram.say(QUESTION)
        assert SENTENCE in telegram.message(1).text
        bot.terminate()
        err = bot.communicate(timeout=30)[1]
    assert (bot.returncode, err) == (0, "")

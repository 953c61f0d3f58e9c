"""Standard streams that are closed or full: one sentence on stderr, and an exit code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the redirections are those of a POSIX shell")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device is full here")

DATES = "dates 'Le 3 mai 2024.'"
FULL = r"Standard output cannot be written \(No space left on device\): .+\."
CLOSED = r"Standard output is closed, so nothing can be written: .+\."


def run(arguments: str, **variables: str) -> tuple[int, str, str]:
    """Run a verb in a shell, with redirections; return its exit code, stdout and stderr."""
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -m retrieval {arguments}"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "unbuffered", "code", "sentence"),
    [
        pytest.param(f"{DATES} >/dev/full", "", 1, FULL, marks=needs_full),
        pytest.param(f"{DATES} --json >/dev/full", "1", 1, FULL, marks=needs_full),
        pytest.param("--help >/dev/full", "", 1, FULL, marks=needs_full),
        (f"{DATES} >&-", "", 2, CLOSED),
    ],
)
def test_standard_output_that_cannot_be_used_is_one_sentence(
    arguments: str, unbuffered: str, code: int, sentence: str
) -> None:
    returned, out, err = run(arguments, PYTHONUNBUFFERED=unbuffered)
    assert (returned, out) == (code, "")
    assert re.fullmatch(rf"{sentence}\n", err)


@pytest.mark.parametrize(
    "redirections", ["<&- 2>&-", pytest.param("2>/dev/full", marks=needs_full)], ids=["closed", "full"]
)
def test_neither_standard_input_nor_standard_error_is_needed(redirections: str) -> None:
    assert run(f"{DATES} {redirections}")[:2] == (0, "Le 3 mai 2024\t2024-05-03\n")


@needs_full
def test_a_sentence_that_cannot_be_written_leaves_the_exit_code(tmp_path: Path) -> None:
    assert run(f"ask 'Où ?' --archive {tmp_path} 2>/dev/full")[0] == 2


def test_a_reader_who_leaves_early_is_told_nothing() -> None:
    # The pipe has no reader by the time that Python writes: `true` ends at once.
    returned, out, err = run(f"{DATES} | true")
    assert (returned, out, err) == (0, "", "")

"""The command line as a process of its own: help, encodings, interruption."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.running import Run
from conftest import ROOT
from fakes import write_articles
from typer.main import get_command

from retrieval.cli import app

Python = Callable[..., subprocess.CompletedProcess[str]]

COMMANDS: Any = get_command(app).commands  # type: ignore[attr-defined]
VERBS = sorted(COMMANDS)


def test_every_verb_has_help_with_a_sentence_for_each_option(run: Run) -> None:
    assert {"index", "ask", "search", "dates", "evaluate"} <= set(VERBS)
    overview = run("--help")
    assert overview.code == 0
    for verb in VERBS:
        assert verb in overview.out
        helped = run(verb, "--help")
        assert helped.code == 0
        assert f"{verb} [OPTIONS]" in helped.out


@pytest.mark.parametrize("verb", ["index", "ask", "search", "timeline", "dates"])
def test_the_help_of_a_verb_ends_in_an_example_that_can_be_typed(verb: str) -> None:
    command = COMMANDS[verb]
    words = shlex.split(command.epilog.removeprefix("Example: "))
    assert words[:4] == ["python", "-m", "retrieval", verb]
    command.make_context(verb, words[4:])


def test_json_is_utf_8_whatever_the_locale(python: Python) -> None:
    text = "Une réunion à Moscou le 3 février 2025 « 😀 »"
    for variables in ({"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        ran = python("-m", "retrieval", "dates", text, "--json", **variables)
        assert ran.returncode == 0, ran.stderr
        assert json.loads(ran.stdout)[0]["text"].endswith("3 février 2025")


def test_interrupted_it_says_so_and_keeps_what_was_done(tmp_path: Path) -> None:
    code = (
        "import sys, time, fakes;"
        "from retrieval import opening;"
        "from retrieval.cli import main;"
        "encoder = fakes.HashEncoder();"
        "opening.load_encoder = lambda name=None: encoder;"
        "opening.weights_for = lambda _: fakes.BY_WORDS;"
        "encoder.encode_passages = lambda texts: (print('encoding', flush=True), time.sleep(60));"
        f"sys.argv = ['retrieval', 'index', {str(write_articles(tmp_path / 'journal'))!r}];"
        "main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    assert process.stdout.readline() == "encoding\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "Interrupted; what was done is kept.\n"

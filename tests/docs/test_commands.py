"""The commands of the documents can be typed, and print what is shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from benchmarks import __main__ as benchmarks
from benchmarks import crash, growth
from conftest import ROOT
from docs.documents import LIKE_SHOWN, READMES, ReaderChecker, commands, commands_of, name_of, read
from typer.main import get_command

from retrieval import cli, opening
from retrieval.encoders import SentenceEncoder

COMMANDS: Any = get_command(cli.app)
VERBS: dict[str, Any] = COMMANDS.commands


def test_every_verb_is_shown_in_a_readme() -> None:
    shown = {command.arguments[0] for readme in READMES for command in commands_of("retrieval", read(readme))}
    assert VERBS.keys() <= shown


@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_every_command_can_be_typed(readme: Path) -> None:
    shown = commands_of("retrieval", read(readme))
    for (verb, *arguments), _ in shown:
        assert verb in VERBS
        if "--help" not in arguments:
            VERBS[verb].make_context(verb, arguments)
    for arguments, _ in commands_of("bot", read(readme)):
        assert arguments in ([], ["--help"])


def test_the_benchmarks_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(growth, "run", lambda folder, sizes: started.append("growth"))
    monkeypatch.setattr(crash, "run", lambda rounds: started.append("crash"))
    for arguments, _ in commands_of("tests.benchmarks", read(ROOT / "retrieval" / "README.md")):
        monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
        benchmarks.main()
    assert started == ["growth", "crash"]


def test_the_readme_runs_the_project_and_its_tests_in_one_command_each() -> None:
    text = read(ROOT / "README.md")
    last = [shown.arguments for shown in commands(text) if shown.arguments[0].startswith(".venv/bin/")]
    assert [".venv/bin/python", "-m", "bot"] in last
    assert [".venv/bin/pytest"] in last


@pytest.mark.model
@pytest.mark.parametrize("readme", READMES, ids=name_of)
def test_the_commands_print_what_is_shown(
    readme: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    real_encoder: SentenceEncoder,
) -> None:
    monkeypatch.setattr(opening, "load_encoder", lambda name=None: real_encoder)
    monkeypatch.chdir(ROOT)
    for arguments, output in commands_of("retrieval", read(readme)):
        if arguments[0] not in ("ask", "search", "timeline", "dates") or not output.strip():
            continue
        monkeypatch.setattr(sys, "argv", ["retrieval", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code in (0, 1)
        printed = capsys.readouterr().out
        assert ReaderChecker().check_output(output, printed, LIKE_SHOWN), printed

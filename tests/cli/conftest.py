"""Fixtures of the tests of the command line."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from cli.running import Outcome, Run
from conftest import ROOT

from retrieval import opening
from retrieval.cli import main

if TYPE_CHECKING:
    from retrieval.encoders import SentenceEncoder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``python -m retrieval …`` in this process, from the project's folder."""
    monkeypatch.chdir(ROOT)

    def command(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["retrieval", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Outcome(int(ended.value.code or 0), *capsys.readouterr())

    return command


@pytest.fixture(autouse=True)
def _warnings_on_stderr() -> Iterator[None]:
    """Warnings go where ``main`` sends them, though pytest has its own handlers."""
    root = logging.getLogger()

    class Stderr(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            sys.stderr.write(f"{record.getMessage()}\n")

    handler = Stderr(logging.WARNING)
    root.addHandler(handler)
    yield
    root.removeHandler(handler)


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch, real_encoder: SentenceEncoder) -> None:
    """The bundled model, loaded once for all tests."""
    monkeypatch.setattr(opening, "load_encoder", lambda name=None: real_encoder)

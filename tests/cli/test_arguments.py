"""Arguments that are not UTF-8: one sentence that shows their bytes, and exit code 2."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cli.running import Run
from fakes import HashEncoder, write_articles

BAD = os.fsdecode(b"caf\xe9")
SENTENCE = "The argument {} is not UTF-8: give it in UTF-8.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", BAD],
        ["ask", "Où ?", "--archive", BAD],
        ["ask", "Où ?", "--since", BAD],
        ["ask", "Où ?", "--weights", BAD, "--json"],
        ["search", "Où ?", "--until", BAD],
        ["timeline", "pont", "--plot", BAD],
        ["dates", "hier", "--published", BAD],
        ["index", BAD],
        ["index", "seeds", "--output", BAD],
        ["evaluate", BAD],
        ["fit", BAD, "--output", "weights.json"],
        [BAD],
    ],
)
def test_an_argument_that_is_not_utf_8_is_refused_in_one_sentence(arguments: list[str], run: Run) -> None:
    assert run(*arguments) == (2, "", SENTENCE.format(r"caf\xe9"))


def test_what_is_utf_8_in_it_is_shown_as_it_is(run: Run) -> None:
    assert run("ask", f"été {BAD}").err == SENTENCE.format(r"été caf\xe9")


@pytest.mark.parametrize("name", ["ARCHIVE", "EMBEDDING_MODEL", "WEIGHTS", "READER_MODEL"])
def test_a_variable_that_is_not_utf_8_is_refused_by_its_name(
    name: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, BAD)
    assert run("ask", "Où ?") == (2, "", f"{name} caf\\xe9 is not UTF-8: give it in UTF-8.\n")


def test_a_working_directory_that_is_not_utf_8_is_one_sentence(
    run: Run, encoder: HashEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / BAD / "journal")
    monkeypatch.chdir(tmp_path / BAD)
    for output in ([], ["--output", "index"]):
        ran = run("index", "journal", *output)
        assert (ran.code, ran.out) == (2, "")
        place = rf"{tmp_path}/caf\xe9/journal"
        assert ran.err == f"{place} cannot be written in utf-8: rename it, or use another place.\n"

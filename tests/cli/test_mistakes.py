"""The caller's mistakes: one sentence on stderr, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Run
from fakes import HashEncoder, write_articles

from retrieval import opening


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask", "Où ?", "--archive", "absent"], "There is no folder absent: give the path of a folder"),
        (["ask", "Où ?", "--archive", "{empty}"], "holds no article: put files ending in"),
        (["index", "{empty}"], "holds no article"),
        (["index", "{bad}"], "a.txt is not UTF-8 (see byte 0): save it as UTF-8."),
        (["ask", "Où ?", "--archive", "{folder}", "--since", "hier"], "is not a date"),
        (["search", "Où ?", "--archive", "{folder}", "--until", "2025-13"], "is not a date"),
        (["dates", "hier", "--published", "demain"], "is not a date"),
        (["dates", "hier", "--published", "2012-X1-0"], "is not a date"),
        (["index", "{folder}", "--output", "{folder}"], "is not empty and not an index"),
        (["ask", "Où ?", "--archive", "{index}", "--model", "autre"], "'hash' and this run uses 'autre'"),
        (["ask", "Où ?", "--archive", "{broken}"], "is incomplete (no readable manifest.json): delete it"),
        (["evaluate", "absent.jsonl", "--archive", "{folder}"], "absent.jsonl"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(
    arguments: list[str], complaint: str, run: Run, folder: Path, encoder: HashEncoder
) -> None:
    places = {name: folder.parent / name for name in ("empty", "bad", "index", "broken")}
    places["empty"].mkdir()
    write_articles(places["bad"], {"a.txt": b"\xff"})
    opening.build_index(folder, places["index"]).close()
    opening.build_index(folder, places["broken"]).close()
    (places["broken"] / "manifest.json").write_text("{")
    ran = run(*[argument.format(folder=folder, **places) for argument in arguments])
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["demander"], ["search", "x", "-k", "0"], ["search", "x", "-k", "dix"], ["ask", "x", "--jsno"]],
)
def test_a_call_that_cannot_be_understood_is_exit_code_2(arguments: list[str], run: Run) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage:" in ran.err


def test_a_bad_file_is_a_warning_on_stderr_and_json_stays_pure(
    run: Run, folder: Path, encoder: HashEncoder
) -> None:
    write_articles(folder, {"latin.txt": "Élu".encode("latin-1"), "date.txt": "date 2025-99 Le phare ferme."})
    ran = run("search", "phare", "-k", 1, "--archive", folder, "--json")
    assert ran.code == 0
    assert ran.json[0]["article"] == {
        "title": None,
        "published": None,
        "source": "date.txt",
        "path": str(folder / "date.txt"),
    }
    assert sorted(line.split()[0] for line in ran.err.splitlines()) == ["date.txt", "latin.txt"]

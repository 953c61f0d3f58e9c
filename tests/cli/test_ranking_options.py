"""Weights, a reader and a picture, from an option or from the environment."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import BY_WORDS, HashEncoder, Preferring, weighing
from typer.testing import CliRunner, Result

from retrieval import opening
from retrieval.cli import app, main
from retrieval.cli.output import print_marked
from retrieval.evaluation import running
from retrieval.ranking.bundled import write_weights

TRAMWAY = "Quelle ligne de tramway à Tours, et quels travaux ?"
BY_LENGTH = weighing({"log_length": -1.0}, {"coverage": 1.0})
"""Weights by which the shortest passage comes first."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)


def first(*arguments: object) -> str:
    """The text of the first passage that a search finds."""
    found = run("search", TRAMWAY, "-k", 1, "--json", *arguments)
    assert found.exit_code == 0
    return str(json.loads(found.stdout)[0]["text"])


def test_weights_are_taken_from_an_option_or_the_environment(
    folder: Path, encoder: HashEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.json"
    write_weights(BY_LENGTH, encoder, own)
    assert "seconde ligne" in first("--archive", folder)
    shortest = first("--archive", folder, "--weights", own)
    assert "seconde ligne" not in shortest
    monkeypatch.setenv("WEIGHTS", str(own))
    assert first("--archive", folder) == shortest
    monkeypatch.setenv("WEIGHTS", "")
    assert "seconde ligne" in first("--archive", folder)


@pytest.mark.parametrize("verb", ["ask", "search", "timeline", "evaluate"])
def test_weights_for_another_model_are_the_caller_s_mistake(
    verb: str,
    folder: Path,
    encoder: HashEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_weights(BY_WORDS, HashEncoder("autre", "1" * 64), tmp_path / "autre.json")
    questions = tmp_path / "questions.jsonl"
    fields = {"id": "a", "question": "Le tramway ?", "lang": "fr", "paragraphs": [1], "dates": []}
    questions.write_text(json.dumps(fields) + "\n", encoding="utf-8")
    monkeypatch.setattr(running, "load_encoder", lambda _: encoder)
    asked = questions if verb == "evaluate" else "Le tramway ?"
    command = [verb, asked, "--archive", folder, "--weights", tmp_path / "autre.json"]
    monkeypatch.setattr("sys.argv", ["retrieval", *map(str, command)])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert "was fitted for autre, not for hash" in told.err
    assert told.err.count("\n") == 1


def test_a_reader_is_taken_from_an_option_or_the_environment(
    folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_reader", lambda name: Preferring(name) if name else None)
    assert "seconde ligne" in first("--archive", folder, "--reader", "douze")
    assert "6 novembre" in first("--archive", folder, "--reader", "6 novembre")
    monkeypatch.setenv("READER_MODEL", "6 novembre")
    assert "6 novembre" in first("--archive", folder)
    assert "6 novembre" in run("ask", TRAMWAY, "--archive", folder).stdout


@pytest.mark.parametrize(
    ("variables", "options", "reader"),
    [
        ({}, (), None),
        ({"READER_MODEL": "a"}, (), "a"),
        ({"READER_MODEL": ""}, (), None),
        ({"READER_MODEL": "a"}, ("--reader", "b"), "b"),
        ({"READER_MODEL": "a"}, ("--reader", "off"), "off"),
        ({"READER_MODEL": "a", "READER": "on"}, (), "a"),
        ({"READER": ""}, (), None),
        ({"READER": "off"}, (), "off"),
        ({"READER_MODEL": "a", "READER": "off"}, (), "off"),
        ({"READER": "off"}, ("--reader", "b"), "b"),
    ],
)
@pytest.mark.parametrize("verb", ["ask", "search"])
def test_what_the_command_line_says_of_the_reader_goes_before_the_environment(
    verb: str,
    variables: dict[str, str],
    options: tuple[str, ...],
    reader: str | None,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class OpenedError(Exception):
        pass

    def opened(_: Path, **asked: object) -> None:
        raise OpenedError(asked["reader"])

    monkeypatch.setattr(opening, "open_archive", opened)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(OpenedError) as how:
        run(verb, TRAMWAY, "--archive", folder, *options)
    assert how.value.args == (reader,)


def test_a_switch_of_the_reader_that_is_neither_on_nor_off_is_the_caller_s_mistake(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER", "maybe")
    refused = run("ask", TRAMWAY, "--archive", folder)
    assert refused.exit_code == 2
    assert "READER is 'maybe'" in refused.stderr


def test_the_nearest_passage_is_printed_and_is_no_answer(
    folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure = replace(BY_WORDS, thresholds=((0.5, 0.4), (0.9, 0.6)))  # which BY_WORDS is half sure of
    monkeypatch.setattr(opening, "weights_for", lambda _: unsure)
    asked = run("ask", TRAMWAY, "--archive", folder)
    assert asked.exit_code == 1
    line, passage, *_ = asked.stdout.splitlines()
    assert line == "Je n’ai pas de réponse sûre. Le passage le plus proche\u00a0:"
    assert "seconde ligne" in passage
    told = run("ask", TRAMWAY, "--archive", folder, "--json")
    assert told.exit_code == 1
    answer = json.loads(told.stdout)
    assert (answer["answered"], answer["quotes"]) == (False, [])
    assert "seconde ligne" in answer["nearest"][0]["text"]
    assert answer["nearest"][0].keys() >= {"text", "highlight", "answer"}


def test_an_evaluation_asks_the_archive_with_its_reader(
    folder: Path, encoder: HashEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "load_encoder", lambda _: encoder)
    monkeypatch.setattr(opening, "load_reader", lambda name: Preferring(name) if name else None)
    questions = tmp_path / "questions.jsonl"
    fields = {"id": "a", "question": TRAMWAY, "lang": "fr", "paragraphs": [2], "dates": []}
    questions.write_text(json.dumps(fields, ensure_ascii=False) + "\n", encoding="utf-8")

    def hit(*more: object) -> float:
        ran = run("evaluate", questions, "--archive", folder, "--system", "default", "--json", *more)
        return float(json.loads(ran.stdout)["collections"]["questions"]["hit@1"]["value"])

    assert (hit(), hit("--reader", "6 novembre")) == (0.0, 1.0)


def test_a_timeline_is_written_as_json_and_drawn(folder: Path, encoder: HashEncoder, tmp_path: Path) -> None:
    picture = tmp_path / "story.png"
    done = run("timeline", "barrage de Kandadji", "--archive", folder, "--json", "--plot", picture)
    assert done.exit_code == 0
    assert [entry["date"]["value"] for entry in json.loads(done.stdout)["entries"]] == ["2026"]
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("is_terminal", [False, True])
def test_the_words_of_a_date_are_underlined_in_a_terminal(
    is_terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    print_marked([("fermé ", "le 4 mai", ", dit-il")])
    words = "\x1b[4mle 4 mai\x1b[24m" if is_terminal else "le 4 mai"
    assert capsys.readouterr().out == f"fermé {words}, dit-il\n"


def test_a_timeline_of_nothing_exits_with_1_and_draws_nothing(
    folder: Path, encoder: HashEncoder, tmp_path: Path
) -> None:
    picture = tmp_path / "story.png"
    done = run("timeline", "girafes", "--archive", folder, "--plot", picture)
    assert (done.exit_code, done.stdout) == (1, "")
    assert not picture.exists()

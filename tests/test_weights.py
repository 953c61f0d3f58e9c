"""Weights belong to an encoder: which are used, one's own, and those that cannot be."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import BY_WORDS, HashEncoder, weighing
from typer.testing import CliRunner, Result

import retrieval
from retrieval.cli import app, main
from retrieval.encoders import BUNDLED, use
from retrieval.errors import WeightsError
from retrieval.evaluation import running
from retrieval.evaluation.systems import ArchiveSystem
from retrieval.ranking.model import Weights, bundled_weights
from retrieval.ranking.stored import _weights_for, read_weights, weights_for, write_weights

BY_LENGTH = weighing({"log_length": -1.0}, {"coverage": 1.0})
"""Weights by which the shortest passage comes first."""


@pytest.fixture(autouse=True)
def _warned_of_nothing_yet() -> Iterator[None]:
    _weights_for.cache_clear()
    yield
    _weights_for.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file of weights fitted for the hash encoder."""
    write_weights(BY_LENGTH, HashEncoder(), tmp_path / "own.json")
    return tmp_path / "own.json"


def test_the_bundled_model_has_weights_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert weights_for(HashEncoder(BUNDLED, use.fingerprint())) == bundled_weights()
    assert bundled_weights().encoder == BUNDLED
    assert not caplog.text


def test_another_model_has_the_default_and_is_told_so_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert weights_for(HashEncoder("camembert")) == bundled_weights()
    [warning] = caplog.messages
    assert "No ranking weights were fitted for camembert" in warning
    assert "`python -m retrieval fit … --output FILE`, then set WEIGHTS to that file" in warning


def test_another_copy_of_a_model_has_that_model_s_weights(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert weights_for(HashEncoder(f"google/{BUNDLED}", "1" * 64)) == bundled_weights()
    assert caplog.messages == [f"The weights for google/{BUNDLED} were fitted on another copy of that model."]


def test_weights_come_back_with_the_encoder_they_are_for(own: Path) -> None:
    fitted = read_weights(own, HashEncoder())
    assert fitted == replace(BY_LENGTH, encoder="hash", fingerprint="0" * 64)


@pytest.mark.parametrize(
    ("encoder", "complaint"),
    [
        (HashEncoder("autre", "1" * 64), "was fitted for hash, not for autre: fit some for autre with"),
        (HashEncoder("hash", "1" * 64), "was fitted for another version of hash, not for hash"),
    ],
)
def test_weights_fitted_for_another_encoder_are_refused(
    own: Path, encoder: HashEncoder, complaint: str
) -> None:
    with pytest.raises(WeightsError, match=complaint) as refusal:
        read_weights(own, encoder)
    assert str(own) in str(refusal.value)


def damaged(change: Callable[[dict[str, object]], object]) -> bytes:
    fields = json.loads(replace(BY_LENGTH, encoder="hash", fingerprint="0" * 64).dump())
    return json.dumps(change(fields) or fields).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"passage": 3}',
        damaged(lambda fields: fields.pop("thresholds") and None),
        damaged(lambda fields: fields.update(surprise=1)),
        damaged(lambda fields: fields["passage"].update(bm25=float("nan"))),  # type: ignore[attr-defined]
        damaged(lambda fields: fields["confidence"].update(one="haut")),  # type: ignore[attr-defined]
        damaged(lambda fields: fields.update(thresholds={"0.9": ["bas", 1]})),
        damaged(lambda fields: fields.update(thresholds={})),
    ],
)
def test_a_damaged_file_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "own.json"
    file.write_bytes(content)
    with pytest.raises(WeightsError, match=r"own\.json, is damaged or of another version: fit some for hash"):
        read_weights(file, HashEncoder())


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"cannot be read from .*absent"):
        read_weights(tmp_path / "absent", HashEncoder())


def shortest_first(archive: retrieval.archive.Archive) -> bool:  # type: ignore[name-defined]
    lengths = [len(hit.text.split()) for hit in archive.search("Le tramway de Tours")]
    return lengths == sorted(lengths)


def test_an_archive_ranks_with_the_weights_it_is_given(
    folder: Path, encoder: HashEncoder, own: Path, tmp_path: Path
) -> None:
    assert not shortest_first(retrieval.open(folder))
    assert shortest_first(retrieval.open(folder, weights=own))
    built = CliRunner().invoke(app, ["index", str(folder), "-o", str(tmp_path / "index")])
    assert built.exit_code == 0
    assert shortest_first(retrieval.open(tmp_path / "index", weights=str(own)))


def found(*arguments: object) -> str:
    ran: Result = CliRunner().invoke(app, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert ran.exit_code == 0
    [first] = json.loads(ran.stdout)
    return str(first["article"]["source"])


def test_the_command_line_takes_them_from_an_option_or_the_environment(
    folder: Path, encoder: HashEncoder, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = ["search", "tramway de Tours", "-k", 1, "--archive", folder]
    assert found(*search) == "2023/tramway.txt"
    shortest = found(*search, "--weights", own)
    assert shortest != "2023/tramway.txt"
    monkeypatch.setenv("WEIGHTS", str(own))
    assert found(*search) == shortest
    monkeypatch.setenv("WEIGHTS", "")
    assert found(*search) == "2023/tramway.txt"


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
    questions.write_text(
        '{"id": "a", "question": "Le tramway ?", "lang": "fr", "paragraphs": [1], "dates": []}\n'
    )
    asked = questions if verb == "evaluate" else "Le tramway ?"
    command = [verb, asked, "--archive", folder, "--weights", tmp_path / "autre.json"]
    monkeypatch.setattr("sys.argv", ["retrieval", *map(str, command)])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert "was fitted for autre, not for hash" in said.err
    assert said.err.count("\n") == 1


def test_an_evaluation_ranks_with_them(
    folder: Path, encoder: HashEncoder, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "load_encoder", lambda _: encoder)
    given: list[Weights] = []
    respond = ArchiveSystem.respond
    monkeypatch.setattr(
        ArchiveSystem,
        "respond",
        lambda self, *asked: given.append(self.archive.weights) or respond(self, *asked),  # type: ignore[attr-defined,func-returns-value]
    )
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": "a", "question": "Le tramway ?", "lang": "fr", "paragraphs": [1], "dates": []}\n'
    )
    corpus = tmp_path / "corpus"
    (corpus / "qrels").mkdir(parents=True)
    (corpus / "corpus.jsonl").write_text('{"_id": "d", "title": "", "text": "Le tramway de Tours."}\n')
    (corpus / "queries.jsonl").write_text('{"_id": "q", "text": "Le tramway ?"}\n')
    (corpus / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t1\n")
    command = ["evaluate", questions, corpus, "--archive", folder, "--system", "default", "--weights", own]
    assert CliRunner().invoke(app, [*map(str, command)], catch_exceptions=False).exit_code == 0
    assert len(given) > 1
    assert {weights.passage for weights in given} == {BY_LENGTH.passage}

"""A cross-encoder rereads the first passages: it changes their order, not the scale of their scores."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import numpy.typing as npt
import pytest
from fakes import ARTICLES, BY_WORDS, HashEncoder, archive_of
from hypothesis import given
from hypothesis import strategies as st
from retrieval.ranking.rerank import RERANKED, rerank
from tiny import LONGEST, cross_encoder
from typer.testing import CliRunner

import retrieval
from retrieval import opening
from retrieval.archive import Archive
from retrieval.cli import app
from retrieval.encoders import SentenceReranker, load_reranker
from retrieval.errors import EncoderError
from retrieval.ranking.confidence import CONFIDENCE_FEATURES

WORDS = [*ARTICLES.values(), "beaucoup de mots"]


class Preferring:
    """A reranker to whom only a passage that holds a word answers. Remembers what it was given to read."""

    name = "preferring"

    def __init__(self, word: str, strength: float = 20.0) -> None:
        self.word, self.strength = word, strength
        self.read: list[tuple[str, list[str]]] = []

    def logits(self, question: str, passages: list[str]) -> npt.NDArray[np.float64]:
        self.read.append((question, passages))
        return np.array([self.strength * (self.word in passage) for passage in passages])


def reread(archive: Archive, reranker: Preferring) -> Archive:
    return Archive(archive.folder, archive.encoder, weights=BY_WORDS, reranker=reranker)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_of(ARTICLES, tmp_path)


QUESTION = "Quelle ligne de tramway à Tours, et quels travaux ?"


def test_what_the_reranker_prefers_comes_first(archive: Archive) -> None:
    before = archive.search(QUESTION)
    assert "seconde ligne" in before[0].text
    reranker = Preferring("6 novembre")
    with reread(archive, reranker) as judged:
        after = judged.search(QUESTION)
        answer = judged.ask(QUESTION)
    assert "6 novembre" in after[0].text == answer.quotes[0].text
    assert sorted(hit.id for hit in after) == sorted(hit.id for hit in before)
    assert [hit.score for hit in after] == [hit.score for hit in before], "scores stay on their scale"
    [(question, passages), _] = reranker.read
    assert question == QUESTION
    assert passages == [hit.text for hit in before][:RERANKED]


def test_a_slight_preference_does_not_outweigh_the_ranking(archive: Archive) -> None:
    with reread(archive, Preferring("6 novembre", 0.001)) as judged:
        assert "seconde ligne" in judged.search(QUESTION)[0].text


def test_confidence_is_that_of_the_passage_that_now_comes_first(archive: Archive) -> None:
    """A passage with the date that was asked for is surer than one without."""
    place = 1 + CONFIDENCE_FEATURES.index("date_lacking")
    lacking = tuple(-3.0 * (number == place) for number in range(1 + len(CONFIDENCE_FEATURES)))
    archive = Archive(archive.folder, archive.encoder, weights=replace(BY_WORDS, confidence=lacking))
    question = "Quand les travaux de la seconde ligne de tramway à Tours ont-ils commencé ?"
    sure = {}
    for word in ("seconde ligne", "6 novembre"):
        with Archive(
            archive.folder, archive.encoder, weights=archive.weights, reranker=Preferring(word)
        ) as judged:
            sure[word] = judged.ask(question).confidence
    assert sure == pytest.approx({"seconde ligne": 1 / (1 + np.exp(3)), "6 novembre": 0.5})


def test_nothing_is_reread_where_nothing_is_found(archive: Archive) -> None:
    reranker = Preferring("a")
    with reread(archive, reranker) as judged:
        assert not judged.ask("???").answered
        assert not judged.ask("Le tramway ?", since="2030").answered
    assert reranker.read == []


scores_of = st.lists(st.floats(-50, 50), min_size=1, max_size=15)


@given(scores_of, st.lists(st.floats(-50, 50), min_size=1, max_size=10))
def test_only_the_first_change_places_and_scores_keep_theirs(
    scores: Sequence[float], logits: Sequence[float]
) -> None:
    linear = np.array(scores)
    order = np.argsort(-linear, kind="stable")
    judged = np.array(logits[: len(order)])
    dealt, changed = rerank(linear, order, judged)
    n = len(judged)
    assert sorted(changed[:n]) == sorted(order[:n])
    assert (changed[n:] == order[n:]).all()
    assert (dealt[changed] == linear[order]).all()
    together = np.round(linear + np.append(judged, np.zeros(len(order) - n))[np.argsort(order)], 6)
    assert (np.diff(together[changed[:n]]) <= 0).all()


@pytest.fixture(scope="module")
def folder_of_reranker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cross_encoder(tmp_path_factory.mktemp("reranker") / "juge", WORDS, bias=5.0)


@pytest.fixture(scope="module")
def reranker(folder_of_reranker: Path) -> SentenceReranker:
    return load_reranker(str(folder_of_reranker))


@pytest.mark.model
def test_a_cross_encoder_gives_logits_not_probabilities(reranker: SentenceReranker) -> None:
    passages = ["Le tramway de Tours gagne une seconde ligne.", "Le cantal de la famille Vidal."]
    logits = reranker.logits("Le tramway ?", passages)
    assert (logits.dtype, logits.shape) == (np.float64, (2,))
    assert (logits > 1).any(), "a sigmoid would keep them below 1"
    assert logits[0] != logits[1]
    np.testing.assert_allclose(reranker.logits("Le tramway ?", passages[::-1]), logits[::-1], atol=1e-5)


@pytest.mark.model
def test_a_long_passage_is_cut_and_never_the_question(reranker: SentenceReranker) -> None:
    long = "ligne " * LONGEST
    [one] = reranker.logits("Le tramway de Tours ?", [long])
    [same] = reranker.logits("Le tramway de Tours ?", [long + "cantal " * LONGEST])
    [other] = reranker.logits("Le tramway de Dakar ?", [long])
    assert one == pytest.approx(same, abs=1e-6)
    assert one != pytest.approx(other, abs=1e-6)
    half = " ".join(["mots"] * (LONGEST // 2 - 4))
    [tours], [dakar] = (reranker.logits(f"{half} {town}", [long]) for town in ("Tours", "Dakar"))
    assert tours != pytest.approx(dakar, abs=1e-6), "a question of half the length is whole"
    assert np.isfinite(reranker.logits("mots " * 500, [long])).all()


@pytest.mark.model
def test_scores_that_are_not_numbers_are_refused(
    reranker: SentenceReranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranker.model, "predict", lambda pairs, **_: np.full(len(pairs), np.nan))
    with pytest.raises(EncoderError, match="returned scores that are not numbers: use another"):
        reranker.logits("Où ?", ["Ici."])


@pytest.mark.model
def test_a_classifier_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="tells 3 classes apart and is no reranker: set RERANKER_MODEL"):
        load_reranker(str(cross_encoder(tmp_path / "nli", WORDS, labels=3)))


@pytest.mark.model
@pytest.mark.parametrize("name", ["un-juge-inconnu", "personne/rien-de-tel", "./absent"])
def test_an_unknown_reranker_is_said_at_once_without_a_network(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("there is no network in tests")

    for function in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, function, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(EncoderError, match=r"cannot be loaded .*: check RERANKER_MODEL, or leave") as error:
        load_reranker(name)
    assert repr(name) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.model
def test_an_archive_is_opened_with_a_reranker_by_folder(
    folder: Path, encoder: HashEncoder, folder_of_reranker: Path
) -> None:
    with retrieval.open(folder, reranker=str(folder_of_reranker)) as archive:
        assert isinstance(archive.reranker, SentenceReranker)
        assert len(archive.search(QUESTION)) == 10


def test_the_command_line_takes_it_from_an_option_or_the_environment(
    folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_reranker", Preferring)

    def first(*more: str) -> str:
        command = ["search", QUESTION, "-k", "1", "--archive", str(folder), "--json", *more]
        ran = CliRunner().invoke(app, command, catch_exceptions=False)
        return str(json.loads(ran.stdout)[0]["text"])

    assert "seconde ligne" in first()
    assert "6 novembre" in first("--reranker", "6 novembre")
    monkeypatch.setenv("RERANKER_MODEL", "6 novembre")
    assert "6 novembre" in first()
    asked = CliRunner().invoke(app, ["ask", QUESTION, "--archive", str(folder)], catch_exceptions=False)
    assert "6 novembre" in asked.stdout


def test_an_evaluation_asks_the_archive_with_its_reranker(
    folder: Path, encoder: HashEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_reranker", Preferring)
    questions = tmp_path / "questions.jsonl"
    fields = {"id": "a", "question": QUESTION, "lang": "fr", "paragraphs": [2], "dates": []}
    questions.write_text(json.dumps(fields, ensure_ascii=False) + "\n", encoding="utf-8")

    def hit(*more: str) -> float:
        command = ["evaluate", str(questions), "--archive", str(folder), "--system", "default", "--json"]
        ran = CliRunner().invoke(app, [*command, *more], catch_exceptions=False)
        return float(json.loads(ran.stdout)["collections"]["questions"]["hit@1"]["value"])

    assert (hit(), hit("--reranker", "6 novembre")) == (0.0, 1.0)

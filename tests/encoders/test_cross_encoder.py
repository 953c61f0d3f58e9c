"""Cross-encoders: one of your own, one that is something else, one that does not exist."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from fakes import ARTICLES, HashEncoder
from tiny import LONGEST, cross_encoder

import retrieval
from retrieval.encoders import SentenceReranker, load_reranker
from retrieval.errors import EncoderError

WORDS = [*ARTICLES.values(), "beaucoup de mots"]


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
        assert isinstance(archive.ranker.second_stage, SentenceReranker)
        assert len(archive.search("Quelle ligne de tramway à Tours ?")) == 10

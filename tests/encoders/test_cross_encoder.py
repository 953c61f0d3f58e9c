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
from retrieval.encoders.interface import Reader
from retrieval.encoders.reader.cross_encoder import CrossEncoderReader, load_cross_encoder
from retrieval.errors import EncoderError

WORDS = [*ARTICLES.values(), "beaucoup de mots"]


@pytest.fixture(scope="module")
def folder_of_reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cross_encoder(tmp_path_factory.mktemp("reader") / "juge", WORDS, bias=5.0)


@pytest.fixture(scope="module")
def reader(folder_of_reader: Path) -> CrossEncoderReader:
    return load_cross_encoder(str(folder_of_reader))


def logits_of(reader: Reader, question: str, passages: list[str]) -> list[float]:
    return [reading.logit for reading in reader.read(question, passages)]


@pytest.mark.model
def test_a_cross_encoder_gives_logits_not_probabilities(reader: CrossEncoderReader) -> None:
    passages = ["Le tramway de Tours gagne une seconde ligne.", "Le cantal de la famille Vidal."]
    logits = logits_of(reader, "Le tramway ?", passages)
    assert max(logits) > 1, "a sigmoid would keep them below 1"
    assert logits[0] != logits[1]
    assert logits_of(reader, "Le tramway ?", passages[::-1]) == pytest.approx(logits[::-1], abs=1e-5)


@pytest.mark.model
def test_a_cross_encoder_finds_no_words_and_has_its_name(
    reader: CrossEncoderReader, folder_of_reader: Path
) -> None:
    [reading] = reader.read("Le tramway ?", ["Le tramway de Tours gagne une seconde ligne."])
    assert (reading.span, reading.span_score) == (None, 0.0)
    assert reader.name == str(folder_of_reader)


@pytest.mark.model
def test_a_long_passage_is_cut_and_never_the_question(reader: CrossEncoderReader) -> None:
    long = "ligne " * LONGEST
    [one] = logits_of(reader, "Le tramway de Tours ?", [long])
    [same] = logits_of(reader, "Le tramway de Tours ?", [long + "cantal " * LONGEST])
    [other] = logits_of(reader, "Le tramway de Dakar ?", [long])
    assert one == pytest.approx(same, abs=1e-6)
    assert one != pytest.approx(other, abs=1e-6)
    half = " ".join(["mots"] * (LONGEST // 2 - 4))
    [tours], [dakar] = (logits_of(reader, f"{half} {town}", [long]) for town in ("Tours", "Dakar"))
    assert tours != pytest.approx(dakar, abs=1e-6), "a question of half the length is whole"
    assert np.isfinite(logits_of(reader, "mots " * 500, [long])).all()


@pytest.mark.model
def test_scores_that_are_not_numbers_are_refused(
    reader: CrossEncoderReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader.model, "predict", lambda pairs, **_: np.full(len(pairs), np.nan))
    with pytest.raises(EncoderError, match="returned scores that are not numbers: use another"):
        reader.read("Où ?", ["Ici."])


@pytest.mark.model
def test_a_classifier_is_no_reader(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="tells 3 classes apart and is no reader: set READER_MODEL"):
        load_cross_encoder(str(cross_encoder(tmp_path / "nli", WORDS, labels=3)))


@pytest.mark.model
@pytest.mark.parametrize("name", ["un-juge-inconnu", "personne/rien-de-tel", "./absent"])
def test_an_unknown_reader_is_said_at_once_without_a_network(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("there is no network in tests")

    for function in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, function, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(
        EncoderError, match=r"cannot be loaded .*: check READER_MODEL, or set READER to off"
    ) as error:
        load_cross_encoder(name)
    assert repr(name) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.model
def test_an_archive_is_opened_with_a_reader_by_folder(
    folder: Path, encoder: HashEncoder, folder_of_reader: Path
) -> None:
    with retrieval.open(folder, reader=str(folder_of_reader)) as archive:
        assert isinstance(archive.ranker.reader, CrossEncoderReader)
        assert len(archive.search("Quelle ligne de tramway à Tours ?")) == 10

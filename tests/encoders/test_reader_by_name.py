"""Readers by name: an extractive reader finds spans, a cross-encoder finds none, another model is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import cross_encoder

from retrieval.encoders.reader import load_reader
from retrieval.encoders.reader.extractive import ExtractiveReader
from retrieval.errors import EncoderError

PASSAGES = ["Le tramway de Tours gagne une seconde ligne.", "Le cantal de la famille Vidal."]


@pytest.fixture(scope="module")
def extractive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model for question answering of one layer, with weights drawn at random."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, BertTokenizerFast

    folder = tmp_path_factory.mktemp("extractive") / "lecteur"
    folder.mkdir()
    words = sorted({word for text in PASSAGES for word in text.lower().strip(".").split()})
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "?", *words]
    (folder / "vocab.txt").write_text("\n".join(known), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=48).save_pretrained(str(folder))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(known),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=48,
        initializer_range=0.5,
    )
    BertForQuestionAnswering(config).save_pretrained(str(folder))
    return folder


@pytest.mark.model
def test_an_extractive_reader_finds_spans_in_each_passage(extractive: Path) -> None:
    reader = load_reader(str(extractive))
    assert isinstance(reader, ExtractiveReader)
    assert reader.name == str(extractive)
    long = " ".join([*PASSAGES] * 8)
    for passage, reading in zip(
        [*PASSAGES, long], reader.read("Le tramway ?", [*PASSAGES, long]), strict=True
    ):
        assert reading.span
        assert passage[slice(*reading.span)].strip()
        assert reading.logit == reading.span_score
    alone = reader.read("Le tramway ?", PASSAGES[1:])[0]
    assert alone.logit == pytest.approx(reader.read("Le tramway ?", PASSAGES)[1].logit, abs=1e-4)
    assert reader.read("Le tramway ?", []) == []


@pytest.mark.model
def test_a_cross_encoder_finds_none(tmp_path: Path) -> None:
    reader = load_reader(str(cross_encoder(tmp_path / "juge", PASSAGES, bias=5.0)))
    readings = reader.read("Le tramway ?", PASSAGES)
    assert [reading.span for reading in readings] == [None, None]
    assert max(reading.logit for reading in readings) > 1


def test_a_reader_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        EncoderError, match=r"absent' cannot be loaded .*: check READER_MODEL, or set READER=off"
    ):
        load_reader(str(tmp_path / "absent"))

"""Tiny models of the real kinds, with weights drawn at random, saved as a person's own model would be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from retrieval.language.analysis import words as words_of

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", "query", "passage"]
LONGEST = 48
"""Tokens that these models read."""


def sentence_model(
    folder: Path, texts: Iterable[str], prompts: Mapping[str, str] | None = None, seed: int = 0
) -> Path:
    """Save a sentence-transformers model that knows the words of ``texts``; return its folder."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    bert = _saved(BertModel, folder / "bert", texts, seed)
    modules = [Transformer(str(bert)), Pooling(32, pooling_mode="mean")]
    model: Any = SentenceTransformer(modules=modules, prompts=dict(prompts or {}), device="cpu")
    model.save(str(folder))
    return folder


def cross_encoder(folder: Path, texts: Iterable[str], labels: int = 1, bias: float = 0.0) -> Path:
    """Save a cross-encoder whose logits are about ``bias``; return its folder."""
    from sentence_transformers import CrossEncoder
    from transformers import BertForSequenceClassification

    bert = _saved(BertForSequenceClassification, folder / "bert", texts, 0, labels, bias)
    CrossEncoder(str(bert), device="cpu", max_length=LONGEST).save_pretrained(str(folder))
    return folder


def _saved(
    kind: Any, folder: Path, texts: Iterable[str], seed: int, labels: int = 1, bias: float = 0.0
) -> Path:
    import torch
    from transformers import BertConfig, BertTokenizerFast

    folder.mkdir(parents=True)
    known = [*SPECIAL, *sorted({word.lower() for text in texts for word in words_of(text)} - {*SPECIAL})]
    (folder / "vocab.txt").write_text("\n".join(known), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=LONGEST).save_pretrained(str(folder))
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(known),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=LONGEST,
        initializer_range=0.5,
        num_labels=labels,
    )
    model = kind(config)
    if hasattr(model, "classifier"):
        torch.nn.init.constant_(model.classifier.bias, bias)
    model.save_pretrained(str(folder))
    return folder

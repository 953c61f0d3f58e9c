"""A reader of the bundled one's kind, of two small layers with weights drawn at random."""

from __future__ import annotations

import torch
from torch import nn

from retrieval.encoders.reader.apart import ApartLayers
from retrieval.encoders.reader.base import joint_layers
from retrieval.encoders.reader.layers import LayerSizes
from retrieval.encoders.reader.reader import JointReader
from retrieval.encoders.reader.tokenizer import SPACE, UnigramTokenizer

SIZES = LayerSizes(hidden=16, heads=2, inner=32)


def character_tokenizer() -> UnigramTokenizer:
    """A token is a character, so that offsets are easy to tell."""
    tokens = ["<s>", "</s>", "<unk>", SPACE, *map(chr, range(33, 383))]
    return UnigramTokenizer([(token, -1.0) for token in tokens], begin=0, end=1, unknown=2)


def tiny_reader() -> JointReader:
    """A reader that answers at random, always the same."""
    torch.manual_seed(1)
    words = nn.Embedding(400, 16).requires_grad_(False)
    apart = ApartLayers(SIZES, 1, 512, character_tokenizer(), words)
    joint = joint_layers(SIZES, 1)
    nn.init.normal_(joint.relevance.weight)
    nn.init.normal_(joint.span.weight)
    return JointReader(apart, joint.requires_grad_(False), name="tiny")

"""A reader of the bundled one's kind, of two small layers with weights drawn at random."""

from __future__ import annotations

import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
from torch import nn

from retrieval.encoders.reader.apart import ApartLayers
from retrieval.encoders.reader.base import joint_layers
from retrieval.encoders.reader.layers import LayerSizes
from retrieval.encoders.reader.reader import JointReader

SIZES = LayerSizes(hidden=16, heads=2, inner=32)


def character_tokenizer() -> Tokenizer:
    """A token is a character, so that offsets are easy to tell."""
    tokens = ["<s>", "</s>", "<unk>", *map(chr, range(32, 383))]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    special = [(token, vocabulary[token]) for token in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=special)
    return tokenizer


def tiny_reader() -> JointReader:
    """A reader that answers at random, always the same."""
    torch.manual_seed(1)
    words = nn.Embedding(400, 16).requires_grad_(False)
    apart = ApartLayers(SIZES, 1, 512, character_tokenizer(), words)
    joint = joint_layers(SIZES, 1)
    nn.init.normal_(joint.relevance.weight)
    nn.init.normal_(joint.span.weight)
    return JointReader(apart, joint.requires_grad_(False), name="tiny")

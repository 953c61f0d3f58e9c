"""The part of the reader that is trained: layers that read a question and a passage together.

The relevance logit adds two things: how similar each word of the question is to its nearest word of the
passage (late interaction, Khattab & Zaharia 2020, https://arxiv.org/abs/2004.12832), which is the better
start, and a linear layer over pooled states. Answer spans are found as in SQuAD 2.0 (Devlin et al. 2019):
a start and an end logit a token, where the passage's first token, ``<s>``, stands for "no answer here".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from retrieval.encoders.reader.layers import LayerSizes, TransformerLayer, token_mask

QUESTION_PROMPT_TOKENS = 3
"""``<s>``, ``query`` and ``:``, which are no words of the question."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """What the network says of a batch of pairs.

    ``logits`` has shape (pairs,). ``spans`` has one tensor a pair, of shape (passage tokens, 2): the logits
    of each token to start and to end the answer, where token 0 stands for no answer.
    """

    logits: Tensor
    spans: list[Tensor]


class JointLayers(nn.Module):
    """The upper layers of the model and the heads on them."""

    def __init__(self, sizes: LayerSizes, layers: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.layers = nn.ModuleList(TransformerLayer(sizes, dropout) for _ in range(layers))
        self.segments = nn.Parameter(torch.zeros(2, sizes.hidden))
        self.word_weight = nn.Linear(sizes.hidden, 1)
        self.similarity_scale = nn.Parameter(torch.tensor(60.0))
        self.relevance = nn.Linear(3 * sizes.hidden, 1)
        self.span = nn.Linear(sizes.hidden, 2)

    @property
    def layer_dtype(self) -> torch.dtype:
        """The type of the layers; the heads stay in float32, for large values cancel out in the logit."""
        return next(self.layers.parameters()).dtype

    def with_layers(self, dtype: torch.dtype) -> JointLayers:
        """Turn the layers into a type, and return the model."""
        self.layers.to(dtype)
        return self

    def forward(self, pairs: Sequence[tuple[Tensor, Tensor]]) -> Judgements:
        """Return what is said of pairs of states, of question and passage, each of shape (tokens, hidden)."""
        questions = torch.tensor([len(question) for question, _ in pairs])
        lengths = questions + torch.tensor([len(passage) for _, passage in pairs])
        states = nn.utils.rnn.pad_sequence(
            [torch.cat(pair).float() + self._segments(*pair) for pair in pairs], batch_first=True
        ).to(self.layer_dtype)
        whole = token_mask(lengths, states.shape[1])
        for layer in self.layers:
            states = layer(states, whole[:, None, None, :])
        with torch.autocast("cpu", enabled=False):  # 16 bits are too few for cosines that are all near 1
            return self._judge(states.float(), questions, lengths)

    def _judge(self, states: Tensor, questions: Tensor, lengths: Tensor) -> Judgements:
        """Return what the heads say of the last layer's states."""
        asked = token_mask(questions, states.shape[1])
        begins = states[torch.arange(len(states)), questions]
        average = (states * asked[:, :, None]).sum(1) / questions[:, None]
        pooled = torch.cat([states[:, 0], begins, average], dim=1)
        logits = self.relevance(pooled)
        similarity = self._similarity(states, questions, lengths)
        spans = self.span(states)
        return Judgements(
            logits[:, 0] + self.similarity_scale * similarity,
            [row[a:b] for row, a, b in zip(spans, questions.tolist(), lengths.tolist(), strict=True)],
        )

    def _segments(self, question: Tensor, passage: Tensor) -> Tensor:
        """Return what marks each token as one of the question or of the passage."""
        counts = torch.tensor([len(question), len(passage)])
        return torch.repeat_interleave(self.segments, counts, dim=0)

    def _similarity(self, states: Tensor, questions: Tensor, lengths: Tensor) -> Tensor:
        """Return, for each pair, the weighted mean over the question's words of their best cosine."""
        tokens = states.shape[1]
        words = token_mask(questions - 1, tokens) & (torch.arange(tokens) >= QUESTION_PROMPT_TOKENS)
        words[:, QUESTION_PROMPT_TOKENS] |= ~words.any(1)  # an empty question has no word of its own
        in_passage = token_mask(lengths - 1, tokens) & ~token_mask(questions + 1, tokens)
        units = functional.normalize(states, dim=2)
        cosines = (units @ units.transpose(1, 2)).masked_fill(~in_passage[:, None, :], -1)
        weights = self.word_weight(states)[:, :, 0].masked_fill(~words, -torch.inf).softmax(1)
        similarity: Tensor = (weights * cosines.amax(2)).sum(1)
        return similarity

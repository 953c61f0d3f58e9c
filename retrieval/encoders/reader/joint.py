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

    def __init__(self, sizes: LayerSizes, layers: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(TransformerLayer(sizes) for _ in range(layers))
        self.segments = nn.Parameter(torch.zeros(2, sizes.hidden))
        self.word_weight = nn.Linear(sizes.hidden, 1)
        self.similarity_scale = nn.Parameter(torch.tensor(60.0))
        self.relevance = nn.Linear(3 * sizes.hidden, 1)
        self.span = nn.Linear(sizes.hidden, 2)

    def forward(self, pairs: Sequence[tuple[Tensor, Tensor]]) -> Judgements:
        """Return what is said of pairs of states, of question and passage, each of shape (tokens, hidden)."""
        questions = torch.tensor([len(question) for question, _ in pairs])
        lengths = questions + torch.tensor([len(passage) for _, passage in pairs])
        states = nn.utils.rnn.pad_sequence(
            [torch.cat(pair) + self._segments(*pair) for pair in pairs], batch_first=True
        )
        whole = token_mask(lengths, states.shape[1])
        for layer in self.layers:
            states = layer(states, whole[:, None, None, :])
        states = states.float()
        asked = token_mask(questions, states.shape[1])
        begins = states[torch.arange(len(pairs)), questions]
        average = (states * asked[:, :, None]).sum(1) / questions[:, None]
        pooled = torch.cat([states[:, 0], begins, average], dim=1)
        logits = functional.linear(pooled, self.relevance.weight.float(), self.relevance.bias.float())
        similarity = self._similarity(states, questions, lengths)
        spans = functional.linear(states, self.span.weight.float(), self.span.bias.float())
        return Judgements(
            logits[:, 0] + self.similarity_scale.float() * similarity,
            [row[a:b] for row, a, b in zip(spans, questions.tolist(), lengths.tolist(), strict=True)],
        )

    def _segments(self, question: Tensor, passage: Tensor) -> Tensor:
        """Return what marks each token as one of the question or of the passage."""
        counts = torch.tensor([len(question), len(passage)])
        return torch.repeat_interleave(self.segments, counts, dim=0).to(question.dtype)

    def _similarity(self, states: Tensor, questions: Tensor, lengths: Tensor) -> Tensor:
        """Return, for each pair, the weighted mean over the question's words of their best cosine."""
        tokens = states.shape[1]
        words = token_mask(questions - 1, tokens) & (torch.arange(tokens) >= QUESTION_PROMPT_TOKENS)
        words[:, QUESTION_PROMPT_TOKENS] |= ~words.any(1)  # an empty question has no word of its own
        in_passage = token_mask(lengths - 1, tokens) & ~token_mask(questions + 1, tokens)
        units = functional.normalize(states, dim=2)
        cosines = (units @ units.transpose(1, 2)).masked_fill(~in_passage[:, None, :], -1)
        weights = functional.linear(states, self.word_weight.weight.float(), self.word_weight.bias.float())
        weights = weights[:, :, 0].masked_fill(~words, -torch.inf).softmax(1)
        return (weights * cosines.amax(2)).sum(1)

"""A transformer layer as in BERT (https://arxiv.org/abs/1810.04805): normalised after each addition."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class LayerSizes:
    """The sizes of a layer: the width of a token's state, the attention heads, the inner width."""

    hidden: int
    heads: int
    inner: int
    epsilon: float = 1e-12


class TransformerLayer(nn.Module):
    """Self-attention, then a feed-forward network, each added to its input and normalised."""

    def __init__(self, sizes: LayerSizes, dropout: float = 0.0) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.attention_input = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.attention_output = nn.Linear(sizes.hidden, sizes.hidden)
        self.attention_norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.inner = nn.Linear(sizes.hidden, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.hidden)
        self.outer_norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return new states of shape (batch, tokens, hidden).

        ``mask`` is boolean of shape (batch, 1, 1, tokens): which tokens are read.
        """
        batch, tokens, hidden = states.shape
        parts = self.attention_input(states).view(batch, tokens, 3, self.heads, hidden // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(batch, tokens, hidden)
        states = self.attention_norm(states + self.dropout(self.attention_output(attended)))
        fed = self.outer(functional.gelu(self.inner(states)))
        normalised: Tensor = self.outer_norm(states + self.dropout(fed))
        return normalised


def token_mask(lengths: Tensor, tokens: int) -> Tensor:
    """Return a boolean mask of shape (batch, tokens): True on the first ``lengths`` tokens of each row."""
    return torch.arange(tokens)[None, :] < lengths[:, None]

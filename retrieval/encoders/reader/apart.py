"""The lower layers of the reader: they read each text apart, so their states of a passage can be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from retrieval.encoders.reader.layers import LayerSizes, TransformerLayer, token_mask
from retrieval.encoders.reader.tokenizer import Tokens, UnigramTokenizer

QUESTION_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "

QUESTION_TOKENS = 64
"""Tokens of a question that are read."""

WINDOW = 256
"""Tokens of a passage that are read at once; a longer passage is read in several windows."""

OVERLAP = 64
"""Tokens that two windows of a passage share."""

BATCH_TOKENS = 2_048
"""Tokens that are computed at once, padding included."""

NOWHERE = (0, 0)
"""The offsets of special tokens and of the prompt."""

WordVectors = Callable[[Tensor], Tensor]
"""Maps token numbers of shape (batch, tokens) to vectors of shape (batch, tokens, hidden)."""


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The states of a text's tokens, ``<s>`` and ``</s>`` included.

    ``states`` has shape (tokens, hidden); ``offsets`` has one (start, end) a token, in characters of the
    text without its prompt, empty for tokens that are not of the text.
    """

    states: Tensor
    offsets: tuple[tuple[int, int], ...]

    @property
    def nbytes(self) -> int:
        """The memory that it takes, in bytes, about."""
        return self.states.nbytes + 100 * len(self.offsets)


class ApartLayers(nn.Module):
    """Token and position embeddings, then transformer layers. Not trained."""

    def __init__(
        self, sizes: LayerSizes, layers: int, positions: int, tokenizer: UnigramTokenizer, words: WordVectors
    ) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.words = words
        self.positions = nn.Embedding(positions, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=sizes.epsilon)
        self.layers = nn.ModuleList(TransformerLayer(sizes) for _ in range(layers))
        self.requires_grad_(False)
        self.train(mode=False)

    def question(self, text: str) -> TokenStates:
        """Return the states of a question."""
        return self.questions([text])[0]

    def questions(self, texts: Sequence[str]) -> list[TokenStates]:
        """Return the states of questions, each cut to QUESTION_TOKENS."""
        tokens = [next(self._windows(QUESTION_PROMPT, text, QUESTION_TOKENS, 0)) for text in texts]
        return self._states(tokens)

    def passages(self, texts: Sequence[str]) -> list[list[TokenStates]]:
        """Return the states of each window of each passage."""
        windows = [list(self._windows(PASSAGE_PROMPT, text, WINDOW, OVERLAP)) for text in texts]
        flat = iter(self._states([window for each in windows for window in each]))
        return [[next(flat) for _ in each] for each in windows]

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Return states of shape (batch, tokens, hidden) for token numbers padded to one length."""
        mask = token_mask(lengths, ids.shape[1])[:, None, None, :]
        embedded = self.words(ids) + self.positions.weight[: ids.shape[1]].float()
        states: Tensor = self.norm(embedded.to(self.norm.weight.dtype))
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def _windows(self, prompt: str, text: str, length: int, overlap: int) -> Iterator[Tokens]:
        """Yield the tokens of a text after its prompt, with special ones, at most ``length`` at once."""
        tokens = self.tokenizer.encode(prompt + text)
        offsets = [
            (max(start - len(prompt), 0), end - len(prompt)) if end > len(prompt) else NOWHERE
            for start, end in tokens.offsets
        ]
        room = length - 2
        for start in range(0, max(1, len(offsets) - overlap), room - overlap):
            part = slice(start, start + room)
            ids = [self.tokenizer.begin, *tokens.ids[part], self.tokenizer.end]
            yield Tokens(ids, [NOWHERE, *offsets[part], NOWHERE])

    @torch.no_grad()
    def _states(self, texts: Sequence[Tokens]) -> list[TokenStates]:
        found: dict[int, TokenStates] = {}
        for batch in length_batches([len(tokens.ids) for tokens in texts], BATCH_TOKENS):
            rows = [torch.tensor(texts[i].ids) for i in batch]
            lengths = torch.tensor([len(row) for row in rows])
            states = self(nn.utils.rnn.pad_sequence(rows, batch_first=True), lengths)
            for i, row in zip(batch, states, strict=True):
                found[i] = TokenStates(row[: len(texts[i].ids)].clone(), tuple(texts[i].offsets))
        return [found[i] for i in range(len(texts))]


def length_batches(lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Return the positions of texts in batches of similar length, of at most ``tokens`` with padding."""
    batches: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if not batches or (len(batches[-1]) + 1) * lengths[batches[-1][0]] > tokens:
            batches.append([])
        batches[-1].append(i)
    return batches

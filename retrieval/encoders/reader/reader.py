"""The bundled reader: its lower layers read texts apart, its upper layers read a question with a passage."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import torch

from retrieval.encoders.reader.apart import BATCH_TOKENS, ApartLayers, TokenStates, length_batches
from retrieval.encoders.reader.cache import StateCache
from retrieval.encoders.reader.joint import JointLayers
from retrieval.encoders.reader.spans import best_span
from retrieval.encoders.threads import cores
from retrieval.types import Reading

BUNDLED_READER = "e5-small-reader"
"""The name of the reader whose weights come with the package."""


class JointReader:
    """Reads passages for a question; the lower layers' states of passages are kept for the next question."""

    def __init__(
        self,
        apart: ApartLayers,
        joint: JointLayers,
        name: str = BUNDLED_READER,
        cache: StateCache | None = None,
    ) -> None:
        self.apart = apart
        self.joint = joint
        self.name = name
        self.cache = cache or StateCache()
        self._workers = ThreadPoolExecutor(cores())

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """Return one reading a passage; of a passage of several windows, that of the most relevant one.

        Passages are shared out among the cores, one thread each: torch's own threads would wait for each
        other.
        """
        count = min(cores(), len(passages))
        shares = [passages[i::count] for i in range(count)]
        readings: list[Reading] = [Reading(0.0)] * len(passages)
        for i, read in enumerate(self._workers.map(partial(self._read, question), shares)):
            readings[i :: len(shares)] = read
        return readings

    @torch.inference_mode()
    def _read(self, question: str, passages: list[str]) -> list[Reading]:
        asked = self.apart.question(question).states
        windows = self._windows(passages)
        flat = [(text, window) for text, each in zip(passages, windows, strict=True) for window in each]
        readings: dict[int, Reading] = {}
        lengths = [len(asked) + len(window.states) for _, window in flat]
        for batch in length_batches(lengths, BATCH_TOKENS):
            judged = self.joint([(asked, flat[i][1].states) for i in batch])
            for i, logit, logits in zip(batch, judged.logits.tolist(), judged.spans, strict=True):
                text, window = flat[i]
                readings[i] = Reading(logit, *best_span(logits, window.offsets, text))
        in_order = iter(readings[i] for i in range(len(flat)))
        return [max((next(in_order) for _ in each), key=lambda reading: reading.logit) for each in windows]

    def _windows(self, passages: Sequence[str]) -> list[list[TokenStates]]:
        """Return the windows of each passage, from the cache where it has them."""
        found = {text: windows for text in passages if (windows := self.cache.get(text)) is not None}
        new = list(dict.fromkeys(text for text in passages if text not in found))
        for text, windows in zip(new, self.apart.passages(new), strict=True):
            found[text] = windows
            self.cache.put(text, windows)
        return [found[text] for text in passages]

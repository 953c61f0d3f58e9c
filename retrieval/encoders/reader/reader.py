"""The bundled reader: its lower layers read texts apart, its upper layers read a question with a passage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import torch
from torch import Tensor

from retrieval.encoders.reader.apart import BATCH_TOKENS, ApartLayers, TokenStates, length_batches
from retrieval.encoders.reader.cache import StateCache
from retrieval.encoders.reader.joint import JointLayers
from retrieval.encoders.reader.reading import Reading
from retrieval.encoders.reader.spans import best_span

BUNDLED_READER = "e5-small-reader"
"""The name of the reader whose weights come with the package."""


SPANS_READ = 4
"""Passages whose spans are looked for by the layers that were trained for it: more are seldom shown."""


class JointReader:
    """Reads passages for a question; the lower layers' states of passages are kept for the next question."""

    def __init__(
        self,
        apart: ApartLayers,
        joint: JointLayers,
        spans: JointLayers | None = None,
        name: str = BUNDLED_READER,
        cache: StateCache | None = None,
    ) -> None:
        """``spans`` are layers that were trained on spans alone; else ``joint`` finds them too."""
        self.apart = apart
        self.joint = joint
        self.spans = spans
        self.name = name
        self.cache = cache or StateCache()

    @torch.inference_mode()
    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """Return one reading a passage; of a passage of several windows, that of the most relevant one.

        With layers for spans, the SPANS_READ most relevant passages have a span, and the others none.
        """
        if not passages:
            return []
        asked = self.apart.question(question).states
        windows = self._windows(passages)
        flat = [window.states for each in windows for window in each]
        logits, spans = _judge(self.joint, asked, flat)
        ends = list(accumulate(map(len, windows)))
        best = [
            max(range(end - len(each), end), key=logits.__getitem__)
            for each, end in zip(windows, ends, strict=True)
        ]
        found = {place: spans[place] for place in best}
        if self.spans is not None:
            first = sorted(best, key=lambda place: -logits[place])[:SPANS_READ]
            _, spans = _judge(self.spans, asked, [flat[place] for place in first])
            found = dict(zip(first, spans, strict=True))
        readings = []
        for text, each, end, place in zip(passages, windows, ends, best, strict=True):
            offsets = each[place - end].offsets
            span = best_span(found[place], offsets, text) if place in found else (None, 0.0)
            readings.append(Reading(logits[place], *span))
        return readings

    def _windows(self, passages: Sequence[str]) -> list[list[TokenStates]]:
        """Return the windows of each passage, from the cache where it has them."""
        found = {text: windows for text in passages if (windows := self.cache.get(text)) is not None}
        new = list(dict.fromkeys(text for text in passages if text not in found))
        for text, windows in zip(new, self.apart.passages(new), strict=True):
            found[text] = windows
            self.cache.put(text, windows)
        return [found[text] for text in passages]


def _judge(joint: JointLayers, asked: Tensor, passages: Sequence[Tensor]) -> tuple[list[float], list[Tensor]]:
    """Return the logits and the span logits of passages, read in batches of similar length."""
    logits = [0.0] * len(passages)
    spans = [asked] * len(passages)
    for batch in length_batches([len(passage) for passage in passages], BATCH_TOKENS):
        judged = joint([(asked, passages[i]) for i in batch])
        for i, logit, span in zip(batch, judged.logits.tolist(), judged.spans, strict=True):
            logits[i], spans[i] = logit, span
    return logits, spans

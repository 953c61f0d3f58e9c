"""The bundled reader: its lower layers read texts apart, its upper layers read a question with a passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TypeVar

import torch
from torch import Tensor

from retrieval.encoders.interface import Reading
from retrieval.encoders.reader.apart import BATCH_TOKENS, ApartLayers, TokenStates, length_batches
from retrieval.encoders.reader.cache import StateCache
from retrieval.encoders.reader.joint import JointLayers
from retrieval.encoders.reader.spans import best_span
from retrieval.encoders.threads import cores

Given = TypeVar("Given")
Made = TypeVar("Made")

BUNDLED_READER = "e5-small-reader"
"""The name of the reader whose weights come with the package."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """The most relevant window of a passage, its logit, and the logits of its tokens as ends of a span."""

    window: TokenStates
    logit: float
    ends: Tensor


class JointReader:
    """Reads passages for a question; the lower layers' states of passages are kept for the next question.

    Passages are shared out among the cores, one thread each: torch's own threads would wait for each other.
    """

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
        """Return one reading a passage; of a passage of several windows, that of the most relevant one."""
        if not passages:
            return []
        with torch.inference_mode():
            asked = self.apart.question(question).states
        judged = self._shared_out(partial(self._judge_passages, asked), passages)
        return [
            Reading(one.logit, *best_span(one.ends, one.window.offsets, text))
            for text, one in zip(passages, judged, strict=True)
        ]

    def _shared_out(self, work: Callable[[list[Given]], list[Made]], items: Sequence[Given]) -> list[Made]:
        """Return what ``work`` makes of the items, each core doing its share of them."""
        count = min(cores(), len(items))
        made: dict[int, Made] = {}
        for i, done in enumerate(self._workers.map(work, [list(items[i::count]) for i in range(count)])):
            made.update(zip(range(i, len(items), count), done, strict=True))
        return [made[i] for i in range(len(items))]

    @torch.inference_mode()
    def _judge_passages(self, asked: Tensor, passages: list[str]) -> list[_Judged]:
        windows = self._windows(passages)
        flat = [window.states for each in windows for window in each]
        logits, ends = _judge(self.joint, asked, flat)
        judged = []
        for each, end in zip(windows, accumulate(map(len, windows)), strict=True):
            best = max(range(end - len(each), end), key=logits.__getitem__)
            judged.append(_Judged(each[best - end], logits[best], ends[best]))
        return judged

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

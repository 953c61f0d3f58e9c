"""Any extractive reader of ``transformers``, such as deepset/xlm-roberta-base-squad2.

It must have been trained with unanswerable questions, as in SQuAD 2.0: the score of the best span minus that
of the first token, "no answer here", is the logit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from retrieval.encoders.interface import Reading
from retrieval.encoders.loading import load_local_first
from retrieval.encoders.reader.spans import best_span

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

OVERLAP = 64
"""Tokens that two windows of a long passage share."""

LONGEST = 384
"""Tokens that are read at once, question included, where the model can read more."""


class ExtractiveReader:
    """A model for question answering behind the protocol of readers."""

    def __init__(self, model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, name: str) -> None:
        self.model = model
        self.tokenizer = tokenizer
        self.name = name

    @classmethod
    def load(cls, name: str) -> ExtractiveReader:
        """Return the model called ``name``, a folder or a name on the model hub.

        Raises:
            EncoderError: no such model is here, and it could not be downloaded.
        """
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        def load(name: str, here: bool) -> ExtractiveReader:
            model = AutoModelForQuestionAnswering.from_pretrained(name, local_files_only=here)
            tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=here)
            model.train(mode=False)
            return cls(model, tokenizer, name)

        return load_local_first(load, name, "reader", "check READER_MODEL, or set READER=off to do without")

    @torch.inference_mode()
    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """Return one reading a passage; of a passage of several windows, that of the best span."""
        if not passages:
            return []
        longest = min(LONGEST, self.tokenizer.model_max_length)
        encoded: Any = self.tokenizer(
            [question] * len(passages),
            passages,
            truncation="only_second",
            max_length=longest,
            stride=min(OVERLAP, longest // 4),
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            padding=True,
            return_tensors="pt",
        )
        owners = encoded.pop("overflow_to_sample_mapping").tolist()
        offsets = encoded.pop("offset_mapping").tolist()
        found: Any = self.model(**encoded)
        logits = torch.stack([found.start_logits, found.end_logits], dim=2)
        readings: list[Reading | None] = [None] * len(passages)
        for row, owner in enumerate(owners):
            own = [part == 1 for part in encoded.sequence_ids(row)]
            places = [tuple(place) if mine else (0, 0) for place, mine in zip(offsets[row], own, strict=True)]
            span, score = best_span(logits[row], places, passages[owner])
            best = readings[owner]
            if best is None or score > best.logit:
                readings[owner] = Reading(score, span, score)
        return [reading or Reading(-float("inf")) for reading in readings]

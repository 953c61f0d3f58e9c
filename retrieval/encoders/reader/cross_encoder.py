"""A cross-encoder: reads a question and a passage together, and says how likely the one answers the other.

Any model of sentence-transformers' ``CrossEncoder`` that gives one score will do, such as
BAAI/bge-reranker-v2-m3. It is too slow for a whole archive, so it reads the first passages of a ranking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retrieval.encoders.interface import Reading
from retrieval.encoders.loading import load_local_first
from retrieval.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

TRUNCATION = {"text": {"truncation": "longest_first"}}
"""Of a pair too long for the model the longer text is cut: the passage, unless the question is longer yet."""


class CrossEncoderReader:
    """A CrossEncoder as the project's ``Reader``; it finds no spans."""

    def __init__(self, model: CrossEncoder, name: str) -> None:
        self.model = model
        self.name = name

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        """Return the log-odds that each passage answers the question.

        They are asked for as they are: some models are configured to turn them into probabilities.

        Raises:
            EncoderError: the model returned what is not a number.
        """
        import torch

        scores = self.model.predict(
            [(question, passage) for passage in passages],
            activation_fn=torch.nn.Identity(),
            show_progress_bar=False,
            processing_kwargs=TRUNCATION,
        )
        logits = np.asarray(scores, dtype=np.float64).reshape(len(passages))
        if not np.isfinite(logits).all():
            raise EncoderError(f"The reader {self.name} returned scores that are not numbers: use another.")
        return [Reading(float(logit)) for logit in logits]


def load_cross_encoder(name: str) -> CrossEncoderReader:
    """Return the cross-encoder called ``name``: a folder, or any sentence-transformers CrossEncoder.

    Raises:
        EncoderError: no such model is here or on its hub, or it is no cross-encoder of one score.
    """
    from sentence_transformers import CrossEncoder

    from retrieval.encoders.threads import limit_threads

    limit_threads()
    model = load_local_first(
        lambda name, here: CrossEncoder(name, local_files_only=here),
        name,
        "reader",
        "check READER_MODEL, or set READER to off to do without",
    )
    if model.num_labels != 1:
        raise EncoderError(
            f"The model {name!r} tells {model.num_labels} classes apart and is no reader: "
            "set READER_MODEL to a cross-encoder that gives one score."
        )
    return CrossEncoderReader(model, name)

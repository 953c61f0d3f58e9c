"""Load an embedding model by name and encode with it."""

from __future__ import annotations

import hashlib
import logging
import socket
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from retrieval.errors import EncoderError
from retrieval.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

BUNDLED = "universal-sentence-encoder-multilingual-v3"
"""The model used when none is named; the only one that needs no download."""

BATCH = 64

HUB_TIMEOUT = 5.0
"""Seconds to wait for the model hub before saying that it cannot be reached."""


class SentenceEncoder:
    """A SentenceTransformer as the project's ``Encoder``: unit vectors, prompts from the model itself.

    Questions are given the model's ``query`` prompt and passages its ``document`` or ``passage`` prompt,
    where its configuration has them.
    """

    def __init__(self, model: SentenceTransformer, name: str, fingerprint: str) -> None:
        self.model = model
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = int(model.get_embedding_dimension() or 0)

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors.

        Half a character, which a shell in another encoding or a cut message leaves, is read as “?”.
        """
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        return self._checked(
            self.model.encode_query(
                whole, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
            )
        )

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Return a (len(texts), dimension) float32 matrix of unit vectors."""
        return self._checked(
            self.model.encode_document(
                texts, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
            )
        )

    def _checked(self, vectors: object) -> Vectors:
        matrix = np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1, self.dimension)
        if not np.isfinite(matrix).all():
            raise EncoderError(
                f"The model {self.name} returned vectors that are not numbers: use another one."
            )
        return matrix


def load_encoder(name: str | None = None) -> SentenceEncoder:
    """Return the encoder called ``name``: the bundled one, a folder, or any sentence-transformers model.

    Raises:
        EncoderError: no such model is here, and it could not be downloaded.
    """
    from sentence_transformers import SentenceTransformer

    from retrieval.threads import limit_threads

    limit_threads()
    if not name or name == BUNDLED:
        from retrieval.encoders import use

        bundled = SentenceTransformer(modules=[use.UniversalSentenceEncoder()], device="cpu")
        return SentenceEncoder(bundled, BUNDLED, use.fingerprint())
    try:
        model = _load(name)
    except Exception as error:  # the hub, the file system and torch each raise their own kinds
        raise EncoderError(
            f"The embedding model {name!r} cannot be loaded ({_first_line(error)}): check EMBEDDING_MODEL, "
            "or leave it empty for the bundled model."
        ) from error
    logger.warning(
        "The ranking and its confidence were fitted for the bundled model, not for %s: "
        "measure them with `python -m retrieval evaluate`.",
        name,
    )
    return SentenceEncoder(model, name, _weights_digest(model))


def _load(name: str) -> SentenceTransformer:
    """Load from disk, and ask the hub only when it answers: offline, its client retries for a minute."""
    from huggingface_hub import constants
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # the command line has its own
    try:
        return SentenceTransformer(name, local_files_only=True)
    except Exception:
        if Path(name).exists():
            raise
        hub = urlsplit(constants.ENDPOINT)
        try:
            socket.create_connection((hub.hostname, hub.port or 443), timeout=HUB_TIMEOUT).close()
        except OSError:
            raise EncoderError(
                f"it is neither a folder nor in the local cache, and {hub.hostname} cannot be reached"
            ) from None
        return SentenceTransformer(name)


def _weights_digest(model: SentenceTransformer) -> str:
    """Return a SHA-256 over the names and bytes of every tensor of ``model``."""
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(bytes(tensor.detach().cpu().contiguous().untyped_storage()))
    return digest.hexdigest()


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".:")[:160]

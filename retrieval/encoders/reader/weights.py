"""The trained weights of the bundled reader, in a file of safetensors in 16 bits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from retrieval.errors import WeightsError

FILE = Path(__file__).with_name("weights.safetensors")
"""The weights that come with the package."""

FINGERPRINT_FILE = FILE.with_suffix(".sha256")
"""The SHA-256 of the weights that were measured."""


def write_weights(weights: Mapping[str, Tensor], path: Path) -> str:
    """Write weights as float16, and return the SHA-256 of the file."""
    data = save({name: tensor.to(torch.float16).contiguous() for name, tensor in weights.items()})
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def read_weights(path: Path, fingerprint: str | None = None) -> dict[str, Tensor]:
    """Return weights as float32.

    Raises:
        WeightsError: the file is missing or damaged, or its SHA-256 is not ``fingerprint``.
    """
    try:
        data = path.read_bytes()
        if fingerprint and hashlib.sha256(data).hexdigest() != fingerprint:
            raise WeightsError(f"The reader's weights {path} are not those that were measured: install again.")
        return {name: tensor.float() for name, tensor in load(data).items()}
    except (OSError, SafetensorError) as error:
        raise WeightsError(f"The reader's weights {path} cannot be read ({error}): install again.") from error

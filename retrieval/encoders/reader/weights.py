"""The trained weights of the bundled reader: a file of safetensors, in float16."""

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

FINGERPRINT = "56ee1fbb0ca847c371f0d57d838332dc152d52e3bd5a78ea249437d9909da1e9"
"""SHA-256 of FILE: the weights whose figures are in the model card."""


def write_weights(weights: Mapping[str, Tensor], path: Path) -> str:
    """Write weights as float16; return the SHA-256 of the file."""
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
    except OSError as error:
        raise WeightsError(f"The reader's weights {path} cannot be read ({error.strerror}).") from error
    if fingerprint and hashlib.sha256(data).hexdigest() != fingerprint:
        raise WeightsError(f"The reader's weights {path} are not those of this version: install it again.")
    try:
        tensors = load(data)
    except SafetensorError as error:
        raise WeightsError(f"{path} is not a file of safetensors ({error}): name another.") from error
    return {name: tensor.float() for name, tensor in tensors.items()}

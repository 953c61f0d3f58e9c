"""The index of one machine: SQLite for what is kept, FAISS and postings for what is searched."""

from retrieval.index.local.index import LocalIndex

__all__ = ["LocalIndex"]

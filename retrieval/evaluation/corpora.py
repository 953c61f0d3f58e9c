"""The corpus of a BEIR folder as an archive, indexed once and kept in the user's cache."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from retrieval.archive import Archive
from retrieval.evaluation.collections import Collection, Document, article_text
from retrieval.ingest.opening import Progress, Source, cache_folder, quiet, synchronised
from retrieval.ranking.model import Weights
from retrieval.types import Article, Encoder, Reranker


def corpus_archive(
    collection: Collection,
    folder: Path,
    encoder: Encoder,
    progress: Progress = quiet,
    *,
    weights: Weights | None = None,
    reranker: Reranker | None = None,
) -> Archive:
    """Return the archive of a collection's articles; a document that is of none is one by itself.

    It is kept in the user's cache; only articles that are new or changed are embedded. ``weights`` and
    ``reranker`` are those of ``Archive``.
    """
    sources = {}
    for name, documents in collection.articles.items():
        article = _article(name, documents)
        sources[name] = Source(_stamp(article), partial(_given, article))
    cached = cache_folder(folder, encoder)
    return synchronised(cached, sources, encoder, progress, weights=weights, reranker=reranker)


def _article(name: str, documents: Sequence[Document]) -> Article:
    """Return an article of these paragraphs, titled and dated as the first."""
    return Article(
        id=name,
        path=name,
        text=article_text(documents),
        title=documents[0].title or None,
        published=documents[0].published,
        source=name,
    )


def _given(article: Article) -> Article:
    return article


def _stamp(article: Article) -> str:
    content = f"{article.title}\0{article.published}\0{article.text}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]

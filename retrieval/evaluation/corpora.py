"""The corpus of a BEIR folder as an archive, indexed once and kept in the user's cache."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from retrieval.archive import Archive
from retrieval.encoders.interface import Encoder
from retrieval.evaluation.collections import Collection, CorpusDocument, article_text
from retrieval.ingest.sources import content_source
from retrieval.ingest.synchronising import Progress, quiet
from retrieval.opening import open_cached
from retrieval.ranking.ranker import Ranker
from retrieval.types import Article


def corpus_archive(
    collection: Collection, folder: Path, encoder: Encoder, ranker: Ranker, progress: Progress = quiet
) -> Archive:
    """Return the archive of a collection's articles; a document that is of none is one by itself.

    It is kept in the user's cache; only articles that are new or changed are embedded.
    """
    articles = (_article(name, documents) for name, documents in collection.articles.items())
    sources = {article.id: content_source(article) for article in articles}
    return open_cached(folder, sources, encoder, ranker, progress)


def _article(name: str, documents: Sequence[CorpusDocument]) -> Article:
    """Return an article of these paragraphs, titled and dated as the first."""
    return Article(
        id=name,
        path=name,
        text=article_text(documents),
        title=documents[0].title or None,
        published=documents[0].published,
        source=name,
    )

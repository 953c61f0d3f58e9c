"""The corpus of a BEIR folder as an archive, indexed once and kept in the user's cache."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

from retrieval.archive import Archive
from retrieval.evaluation.collections import Collection, Document
from retrieval.opening import Progress, Source, cache_folder, quiet, synchronised
from retrieval.types import Article, Encoder


def corpus_archive(
    collection: Collection, folder: Path, encoder: Encoder, progress: Progress = quiet
) -> Archive:
    """Return the archive of a collection's documents, each an article called by the document's id.

    It is kept in the user's cache; only documents that are new or changed are embedded.
    """
    sources = {
        document.id: Source(_stamp(document), partial(_article, document))
        for document in collection.documents.values()
    }
    return synchronised(cache_folder(folder, encoder), sources, encoder, progress)


def _article(document: Document) -> Article:
    return Article(
        id=document.id,
        path=document.id,
        text=document.text,
        title=document.title or None,
        published=document.published,
        source=document.id,
    )


def _stamp(document: Document) -> str:
    content = f"{document.title}\0{document.published}\0{document.text}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]

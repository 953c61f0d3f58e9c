"""Plain text: an optional ``date 2025-04`` header, then paragraphs."""

from __future__ import annotations

from retrieval.articles.header import article_id, dated_header, publication_date
from retrieval.types import Article


def read_plain(text: str, path: str) -> Article:
    """Return the article of a plain text file.

    It has no title of its own; a reader finds it by its file's name.
    """
    date, body = dated_header(text)
    return Article(
        id=article_id(path),
        path=path,
        text=text,
        published=publication_date(date, path),
        source=path,
        body=body,
    )

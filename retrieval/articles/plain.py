"""Plain text: an optional ``date 2025-04`` header, then paragraphs."""

from __future__ import annotations

from retrieval.articles.decoding import decode
from retrieval.articles.header import article_id, dated_header, publication_date
from retrieval.types import Article


def parse_plain(data: bytes, name: str) -> tuple[Article, ...]:
    """Return the one article of a plain text file; it has no title, and its source is the file's name.

    Raises:
        ArticleError: the file is not UTF-8, or holds no text.
    """
    text = decode(data, name)
    date, body = dated_header(text)
    article = Article(
        id=article_id(name),
        path=name,
        text=text,
        published=publication_date(date, name),
        source=name,
        body=body,
    )
    return (article,)

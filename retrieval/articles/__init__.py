"""Articles: from files to paragraphs, each an exact slice of its file."""

from retrieval.articles.files import article_files, read_article
from retrieval.articles.header import article_id
from retrieval.articles.passages import split_passages

__all__ = ["article_files", "article_id", "read_article", "split_passages"]

"""Articles: from files to paragraphs, each an exact slice of its file.

``files`` finds the article files of a folder, ``parsers`` has a parser for each file format, and
``passages`` splits an article into its paragraphs.
"""

from retrieval.articles.files import article_files, parse_file, read_article
from retrieval.articles.header import article_id
from retrieval.articles.parsers import PARSERS, Parser, parse
from retrieval.articles.passages import split_passages

__all__ = [
    "PARSERS",
    "Parser",
    "article_files",
    "article_id",
    "parse",
    "parse_file",
    "read_article",
    "split_passages",
]

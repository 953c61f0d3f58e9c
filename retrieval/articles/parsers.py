"""The parser of each file format, by the suffix of the file's name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from retrieval.articles.markdown import parse_markdown
from retrieval.articles.plain import parse_plain
from retrieval.errors import ArticleError
from retrieval.types import Article

Parser = Callable[[bytes, str], tuple[Article, ...]]
"""Returns the articles of a file from its bytes and its name, a POSIX path relative to the archive's folder.

Raises ``ArticleError`` where the bytes are not of the parser's format.
"""

PARSERS: dict[str, Parser] = {
    ".txt": parse_plain,
    ".md": parse_markdown,
    ".markdown": parse_markdown,
}
"""The parsers, by suffix in lower case."""


def parse(data: bytes, name: str) -> tuple[Article, ...]:
    """Return the articles of a file from its bytes; the suffix of its name tells the format.

    Raises:
        ArticleError: the format is unknown, or the bytes are not of that format.
    """
    parser = PARSERS.get(PurePosixPath(name).suffix.lower())
    if parser is None:
        raise ArticleError(f"{name} is of no known format: give it a name that ends in {', '.join(PARSERS)}.")
    return parser(data, name)

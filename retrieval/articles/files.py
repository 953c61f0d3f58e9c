"""Find the article files of a folder and parse them."""

from __future__ import annotations

import logging
from pathlib import Path

from retrieval.articles.folders import list_files
from retrieval.articles.parsers import PARSERS, parse
from retrieval.errors import ArchiveError, ArticleError
from retrieval.types import Article

logger = logging.getLogger(__name__)

_MOST_NAMED = 10


def article_files(folder: Path) -> list[Path]:
    """Return the article files under ``folder``, sorted by path; hidden files and folders are skipped.

    Symbolic links are followed, to each file and each folder once. One warning names what cannot be read:
    broken links, links to a folder that contains them, unreadable folders, names that are not Unicode.

    Raises:
        ArchiveError: the folder does not exist, cannot be read, is not a folder, or holds no article file.
    """
    if not folder.is_dir():
        raise ArchiveError(f"There is no folder {folder}: give the path of a folder of articles.")
    try:
        listing = list_files(folder, PARSERS.keys())
    except OSError as error:
        raise ArchiveError(
            f"The folder {folder} cannot be read ({error.strerror}): check its permissions."
        ) from error
    if listing.left_out:
        logger.warning("Left out of %s: %s.", folder, _named(listing.left_out))
    if not listing.files:
        known = ", ".join(PARSERS)
        raise ArchiveError(f"The folder {folder} holds no article: put files ending in {known} in it.")
    return listing.files


def _named(left_out: dict[str, str]) -> str:
    """Return what was left out, with the reasons; the first ten by name and the number of the others."""
    named = [f"{name} ({reason})" for name, reason in sorted(left_out.items())]
    if others := len(named) - _MOST_NAMED:
        named[_MOST_NAMED:] = [f"and {others} more"] if others > 0 else []
    return "; ".join(named)


def parse_file(path: Path, folder: Path) -> tuple[Article, ...]:
    """Return the articles of a file; their paths and identifiers are relative to ``folder``.

    Raises:
        ArticleError: the file cannot be read, is of no known format, or is not of the format its name tells.
    """
    name = path.relative_to(folder).as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(
            f"{name} cannot be read ({error.strerror}): check the file's permissions."
        ) from error
    return parse(data, name)


def read_article(path: Path, folder: Path) -> Article:
    """Return the only article of a file; its path and identifier are relative to ``folder``.

    Raises:
        ArticleError: the file cannot be parsed, or does not hold exactly one article.
    """
    articles = parse_file(path, folder)
    if len(articles) != 1:
        raise ArticleError(f"{path} holds {len(articles)} articles: read it with parse_file.")
    return articles[0]

"""Find the article files of a folder and read them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from retrieval.articles.markdown import read_markdown
from retrieval.articles.plain import read_plain
from retrieval.errors import ArchiveError, ArticleError
from retrieval.types import Article

logger = logging.getLogger(__name__)

READERS: dict[str, Callable[[str, str], Article]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
"""The reader of each file format: (text, path) → Article."""


def article_files(folder: Path) -> list[Path]:
    """Return the article files under ``folder``, hidden files and folders left out, sorted by path.

    A name that is not Unicode (an archive of the nineties) can be neither kept nor shown: its file is
    left out with a warning.

    Raises:
        ArchiveError: the folder does not exist, is not a folder, or holds no article file.
    """
    if not folder.is_dir():
        raise ArchiveError(f"There is no folder {folder}: give the path of a folder of articles.")
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in READERS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
        and _has_unicode_name(path)
    )
    if not files:
        known = ", ".join(READERS)
        raise ArchiveError(f"The folder {folder} holds no article: put files ending in {known} in it.")
    return files


def _has_unicode_name(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        logger.warning("%r is left out: its name is not Unicode, rename it.", path.name)
        return False
    return True


def read_article(path: Path, folder: Path) -> Article:
    """Read one article file; its ``path`` and identifier are relative to ``folder``.

    Raises:
        ArticleError: the file cannot be read, is not UTF-8, or holds no text.
    """
    name = path.relative_to(folder).as_posix()
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ArticleError(
            f"{name} cannot be read ({error.strerror}): check the file's permissions."
        ) from error
    except UnicodeDecodeError as error:
        raise ArticleError(f"{name} is not UTF-8 (see byte {error.start}): save it as UTF-8.") from error
    if not any(character.isalnum() for character in text):
        raise ArticleError(f"{name} holds no text: remove it or write the article in it.")
    return READERS[path.suffix.lower()](text, name)

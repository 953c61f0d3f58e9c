"""Where articles come from, and what tells whether one has changed since it was read.

The hash of its content decides. A file is not even read while its status is what it was: the size, the times
of its last change and its number, none of which a program can keep while it writes other bytes. A status from
within two seconds of the reading is not trusted, for a second change could have left it the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from retrieval.articles import article_id, parse
from retrieval.errors import ArticleError
from retrieval.types import Article

SETTLED_NS = 2_000_000_000
"""Nanoseconds after which the times of a file can be told from those of a later change."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of an article: the hash of it, and how to make the article of it.

    ``article`` raises ArticleError where that is not possible.
    """

    digest: str
    article: Callable[[], Article]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article comes from.

    ``status`` is quick to tell, and equal only while the content is the same; empty where nothing is.
    ``read`` raises ArticleError where the content cannot be had.
    """

    status: str
    read: Callable[[], Content]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an article was read from: the hash of its content, and the status of its source, if any."""

    digest: str
    status: str

    def __str__(self) -> str:
        return f"{self.digest} {self.status}"

    @classmethod
    def parse(cls, text: str) -> Stamp:
        """Return the stamp that was written as a text."""
        digest, _, status = text.partition(" ")
        return cls(digest, status)


def file_sources(files: Iterable[Path], folder: Path) -> dict[str, Source]:
    """Return files under a folder as sources, by the identifier of the article that each holds."""
    sources = {}
    for file in files:
        name = file.relative_to(folder).as_posix()
        sources[article_id(name)] = Source(_status(file), partial(_read, file, name))
    return sources


def content_source(article: Article) -> Source:
    """Return an article that is at hand as a source."""
    known = sha256(f"{article.title}\0{article.published}\0{article.text}".encode()).hexdigest()
    return Source(known, lambda: Content(known, lambda: article))


def _status(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return ""  # reading it will say what is wrong
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    if abs(time.time_ns() - changed) < SETTLED_NS:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def _read(file: Path, name: str) -> Content:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ArticleError(
            f"{name} cannot be read ({error.strerror}): check the file's permissions."
        ) from error
    return Content(sha256(data).hexdigest(), lambda: parse(data, name)[0])

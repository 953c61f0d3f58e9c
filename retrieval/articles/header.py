"""Metadata of an article: its identifier, its publication date, its language."""

from __future__ import annotations

import hashlib
import logging
import re

from retrieval.articles.language_codes import language_code
from retrieval.dates import check_edtf
from retrieval.errors import DateError

logger = logging.getLogger(__name__)

_DATED = re.compile(r"\ufeff?\s*date[ \t]+(?P<date>[\d~?%./X-]+)(?=\s)")


def article_id(path: str) -> str:
    """Return a short stable identifier for the article read from ``path``: 12 hexadecimal digits."""
    return hashlib.sha256(path.encode()).hexdigest()[:12]


def dated_header(text: str) -> tuple[str | None, int]:
    """Return the date of a header such as ``date 2025-04``, and the offset of the article's text.

    A byte-order mark is not part of the article's text.
    """
    match = _DATED.match(text)
    return (match["date"], match.end()) if match else (None, int(text.startswith("\ufeff")))


def publication_date(value: str | None, path: str) -> str | None:
    """Return ``value`` as an EDTF publication date, or None, with a warning, when it is not one.

    An article with an invalid date is kept: it can still be quoted.
    """
    if value is None:
        return None
    try:
        return check_edtf(value)
    except DateError as error:
        logger.warning("%s is kept without a publication date: %s", path, error)
        return None


def article_language(value: str | None, path: str) -> str | None:
    """Return the ISO 639-1 code of a language given as a tag or a name; None, with a warning, if unknown."""
    if value is None:
        return None
    code = language_code(value)
    if code is None:
        logger.warning("%s gives an unknown language, “%s”: write a code such as fr or en.", path, value)
    return code

"""What an article says of itself before its first words."""

from __future__ import annotations

import hashlib
import logging
import re

from retrieval.dates import check_edtf
from retrieval.errors import DateError

logger = logging.getLogger(__name__)

_DATED = re.compile(r"\ufeff?\s*date[ \t]+(?P<date>[\d~?%./X-]+)(?=\s)")


def article_id(path: str) -> str:
    """Return a short stable identifier for the article read from ``path``."""
    return hashlib.sha256(path.encode()).hexdigest()[:12]


def dated_header(text: str) -> tuple[str | None, int]:
    """Return the date of a header such as ``date 2025-04`` and the offset at which the words begin.

    A byte order mark is not a word.
    """
    match = _DATED.match(text)
    return (match["date"], match.end()) if match else (None, int(text.startswith("\ufeff")))


def publication_date(value: str | None, path: str) -> str | None:
    """Return ``value`` as an EDTF publication date, or None, with a warning, when it is not one.

    An article with a nonsense date stays in the archive: its words can still be quoted.
    """
    if value is None:
        return None
    try:
        return check_edtf(value)
    except DateError as error:
        logger.warning("%s is kept without a publication date: %s", path, error)
        return None

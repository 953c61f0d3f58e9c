"""Ask a news archive a question; get the passage that answers, word for word, with its dates.

    >>> import retrieval
    >>> archive = retrieval.open("seeds")
    >>> archive.ask("Quand le retrait de la Cédéao a-t-il été officialisé ?")

Importing this package loads no model; ``open`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import retrieval.present  # noqa: F401 - registers how results are shown
from retrieval.errors import VerbatimError
from retrieval.types import PRECISION, Answer, Article, DateMention, Hit, Passage, Quote

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.archive import Archive

__all__ = ["Answer", "Article", "DateMention", "Hit", "Passage", "Quote", "VerbatimError", "open"]


def open(
    path: Path | str,
    *,
    model: str | None = None,
    weights: Path | str | None = None,
    reader: str | None = None,
    precision: float = PRECISION,
) -> Archive:
    """Open the archive at ``path``: a folder of articles, or an index folder.

    ``model`` is the name or folder of a sentence-transformers model; None is the bundled one, or the one an
    index folder was built with. ``weights`` is a file of ranking weights fitted for that model, and
    ``reader`` the name or folder of a model that reads the first passages. ``precision`` is the share of
    first quotes that are to be right: the higher, the more often it keeps silent. See
    ``retrieval.opening.open_archive`` for the errors raised.
    """
    from retrieval.opening import open_archive

    return open_archive(path, model=model, weights=weights, reader=reader, precision=precision)

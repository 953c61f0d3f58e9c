"""Dates in text: found, resolved to EDTF, bounded by days, and said in words.

>>> [mention] = find("Une décision officialisée le 29 janvier.", published="2025-04")
>>> mention.value, display(mention.value, "fr")
('2025-01-29', '29 janvier 2025')

A text is cut into tokens (``tokens``, from the ``words``), the ``grammar`` matches patterns of word
classes, ``named`` and ``counted`` say what a match means, ``plausible`` refuses look-alikes, and
``finding`` puts it together; ``lean`` tells past from future, ``values`` knows EDTF.
"""

from __future__ import annotations

from retrieval.dates.display import display, display_article
from retrieval.dates.finding import find
from retrieval.dates.grain import grain
from retrieval.dates.said import said
from retrieval.dates.values import bounds, check_edtf
from retrieval.dates.window import window
from retrieval.types import Window

__all__ = [
    "Window",
    "bounds",
    "check_edtf",
    "display",
    "display_article",
    "find",
    "grain",
    "said",
    "window",
]

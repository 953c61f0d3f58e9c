"""Dates in text: found, resolved to EDTF, bounded by days, and written in words.

>>> [mention] = find("Une décision officialisée le 29 janvier.", published="2025-04")
>>> mention.value, display(mention.value, "fr")
('2025-01-29', '29 janvier 2025')

``visible`` leaves out what hides a date, ``tokens`` cuts the text into tokens of the ``words``, ``spelled``
numbers and ``feasts`` among them, ``grammar`` matches patterns of word classes, and ``plausible`` refuses
matches that only look like dates. ``days``, ``periods``, ``parts``, ``relative`` and ``pointing`` resolve the
others to EDTF ``values``, by the ``tense`` that the ``cues`` around a date give it, and ``merging`` joins
those that are one. ``event_names`` leaves open the year of a day that names an event, ``events`` takes it
from a full date told elsewhere, and ``confidence`` tells how likely a value is right; ``finding`` calls them
all.
"""

from __future__ import annotations

from retrieval.dates.display import display, display_article
from retrieval.dates.finding import find
from retrieval.dates.values import bounds, check_edtf
from retrieval.dates.window import window
from retrieval.dates.window_text import window_text
from retrieval.types import Window

__all__ = [
    "Window",
    "bounds",
    "check_edtf",
    "display",
    "display_article",
    "find",
    "window",
    "window_text",
]

"""Dates in text: found, resolved to EDTF, bounded by days, and said in words."""

from __future__ import annotations

from retrieval.dates.display import display, display_article
from retrieval.dates.finding import find
from retrieval.dates.values import bounds, check_edtf
from retrieval.dates.window import Window, window

__all__ = ["Window", "bounds", "check_edtf", "display", "display_article", "find", "window"]

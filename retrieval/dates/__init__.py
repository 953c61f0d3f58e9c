"""Dates in text: found, resolved to EDTF, bounded by days, and said in words."""

from __future__ import annotations

from retrieval.dates.finding import find
from retrieval.dates.values import bounds, check_edtf

__all__ = ["bounds", "check_edtf", "find"]

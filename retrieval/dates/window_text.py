"""Write in words how the time of a question was understood: *en janvier 2024*, *since March 2025*."""

from __future__ import annotations

import datetime as dt
import re

from retrieval.dates.display import display
from retrieval.dates.values import interval
from retrieval.types import Window

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSIDE = {"fr": {"day": "le {0}", "unit": "en {0}"}, "en": {"day": "on {0}", "unit": "in {0}"}}
_BEFORE = {"fr": "avant {0}", "en": "before {0}"}


def window_text(window: Window, language: str) -> str:
    """Return a window in words, with the preposition that a sentence needs.

    Args:
        window: What ``window`` read in a question; open at one end at most.
        language: ``fr``; anything else is English.
    """
    language = "fr" if language == "fr" else "en"
    low, high = window.low, window.high
    if low and high:
        value = interval(low, high)
        if "/" in value:
            return display(value, language)
        return _INSIDE[language]["day" if _DAY.fullmatch(value) else "unit"].format(display(value, language))
    if low:
        return display(f"{_edge(low)}/..", language)
    if high is None:
        return ""
    # The whole of May and before is *before June*.
    after = _edge(high + dt.timedelta(1)) if high < dt.date.max else high.isoformat()
    if _DAY.fullmatch(after):
        return display(f"../{high.isoformat()}", language)
    return _BEFORE[language].format(display(after, language))


def _edge(day: dt.date) -> str:
    """Return the largest unit that begins on a day: a year, a month, or the day itself."""
    if day.day > 1:
        return day.isoformat()
    return day.isoformat()[:7] if day.month > 1 else day.isoformat()[:4]

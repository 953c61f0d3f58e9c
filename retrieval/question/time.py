"""The time that a question asks about, and what tells in an archive which passages are of it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

import numpy as np

from retrieval.dates import window
from retrieval.question.kind import asks_recent
from retrieval.store.passages import PublicationDays
from retrieval.types import QuestionTime, Window

SettledBy = Literal["publication", "text", "nothing"]

_NAMED_YEAR = re.compile(
    r"(?:(?!(?:en|in|à|au|dans|pendant|durant|during|within|over|ann[ée]e|an|year)\b)[^\W\d_]+\s)?"
    r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?",
    re.IGNORECASE,
)


def read_time(text: str, language: str, today: dt.date, days: PublicationDays) -> QuestionTime | None:
    """Return the time that a question in ``language`` asks about, read on a day, or None.

    ``days`` are the times of publication of the archive asked. Offsets of the window point into ``text``.
    """
    found = window(text, today)
    recent = asks_recent(without_window(text, found), language)
    if found is None and not recent:
        return None
    return QuestionTime(found, recent, today, settled_by(found, days))


def without_window(text: str, found: Window | None) -> str:
    """Return ``text`` without the words of a window found in it."""
    return f"{text[: found.start]} {text[found.end :]}".strip() if found else text


def settled_by(found: Window | None, days: PublicationDays) -> SettledBy:
    """Return what tells, in an archive with these times of publication, which passages are of the window.

    The publication does when articles were published inside the window and others outside: in an archive
    of 2016 to 2018, *en mars 2017* says when to look, and its words are best left out of the search. The
    dates told in the text do when nothing was published inside, as for *en 1815*: a fact to be found.
    Nothing does when all was published inside, nor for a year that is part of a name, which *Présidentielle
    2017* had long before: its words are searched for like any other.
    """
    if found is None or _is_named(found):
        return "nothing"
    low = (found.low or dt.date.min).toordinal()
    high = (found.high or dt.date.max).toordinal()
    inside = (days.low <= high) & (days.high >= low)
    if not np.any(inside):
        return "text"
    return "nothing" if np.all(inside) else "publication"


def _is_named(found: Window) -> bool:
    """Return whether a window is a year that is part of a name."""
    return found.operator in ("in", "between") and bool(_NAMED_YEAR.fullmatch(found.text))

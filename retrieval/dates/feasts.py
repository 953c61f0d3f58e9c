"""Feasts, those that move included: their names in texts, and their day in a year.

A lexicon gives each feast its rule: a day of a month (``12-25``), the days from Easter (``easter+39``), or a
weekday of a month by its number (``11-4thu``, the fourth Thursday of November).
"""

from __future__ import annotations

import datetime as dt
import re

from dateutil.easter import easter

from retrieval.dates.words import FEASTS, WordClasses

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FIXED = re.compile(r"(\d\d)-(\d\d)")
_MOVING = re.compile(r"easter([+-]\d+)")
_COUNTED = re.compile(r"(\d\d)-(\d)([a-z]{3})")


def feast_day(rule: str, year: int) -> dt.date:
    """Return the day of a feast in a year.

    Raises:
        ValueError: The rule is none, or there is no such day.
    """
    if fixed := _FIXED.fullmatch(rule):
        return dt.date(year, int(fixed[1]), int(fixed[2]))
    if moving := _MOVING.fullmatch(rule):
        sunday: dt.date = easter(year)
        return sunday + dt.timedelta(int(moving[1]))
    if counted := _COUNTED.fullmatch(rule):
        first = dt.date(year, int(counted[1]), 1)
        shift = (_WEEKDAYS.index(counted[3]) - first.weekday()) % 7
        return first + dt.timedelta(shift + 7 * (int(counted[2]) - 1))
    raise ValueError(f"“{rule}” is no rule of a feast")


def feast_at(words: list[str]) -> tuple[int, WordClasses] | None:
    """Return how many of these words, in lower case, name a feast of several, and its classes."""
    for name, rule, language in FEASTS.get(words[0], ()):
        if tuple(words[: len(name)]) == name:
            return len(name), {"feast": rule, "named": language}
    return None

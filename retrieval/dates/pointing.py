"""Resolve what points to a date named before: *le lendemain*, *ce mardi-là*, *dans la soirée*.

Each function takes the values of the matched words by class name, and the context; it raises ``Unresolved``
where no date is named, or where what is named is not one day.
"""

from __future__ import annotations

import datetime as dt

from retrieval.dates.context import ONE_DAY, Context, Unresolved, number
from retrieval.dates.days import calendar_day, holiday
from retrieval.dates.relative import shifted
from retrieval.dates.values import interval, one_of
from retrieval.dates.words import WordClasses


def same_weekday(words: WordClasses, context: Context) -> str | None:
    """Resolve *ce même lundi*, *le lundi suivant*: from the last date mentioned."""
    low, high = context.last if context.anchor or "same" in words else (context.today, context.today)
    wanted = number(words, "weekday")
    if low != high or wanted is None:
        raise Unresolved
    shift = (wanted - low.weekday()) % 7
    if "previous" in words or words.get("lateron") == -1:
        return (low + (shift - 7) * ONE_DAY).isoformat()
    return (low + (shift if "same" in words else shift or 7) * ONE_DAY).isoformat()


def that_weekday(words: WordClasses, context: Context) -> str | None:
    """Resolve *ce mardi-là*, *That Tuesday*: the one in the days named before."""
    low, high = context.last
    shift = (int(words["weekday"]) - low.weekday()) % 7
    if (high - low).days >= 7 or low + shift * ONE_DAY > high:
        raise Unresolved
    return (low + shift * ONE_DAY).isoformat()


def _around(low: dt.date, high: dt.date, unit: str, count: int) -> str | None:
    first, last = shifted(low, unit, count), shifted(high, unit, count)
    if first == last or not first or not last:
        return first
    if unit == "D":
        raise Unresolved
    return None


def from_last(words: WordClasses, context: Context) -> str | None:
    """Resolve *l'année suivante*, *la même année*, *ce jour-là*, *the previous day*."""
    count = 1 if "following" in words or "next" in words else -1 if "previous" in words else 0
    if "lateron" in words:
        count = int(words["lateron"])
    unit = str(words.get("unit") or words.get("thereyear") or "D")
    if unit == "D" and not count and context.anchor:
        return context.anchor
    return _around(*context.last, unit, count)


def day_after(words: WordClasses, context: Context) -> str | None:
    """Resolve *le lendemain*, *la veille*: of the day named, else of the last day mentioned."""
    shift = int(words["afterday"]) * ONE_DAY
    if "month" in words or "feast" in words:
        day = holiday(words, context) if "feast" in words else calendar_day(words, context)
        return (dt.date.fromisoformat(day) + shift).isoformat() if day else None
    if context.anchor and context.anchor.startswith("["):
        low, high = context.last
        return one_of((low + shift).isoformat(), (high + shift).isoformat())
    low, high = context.last
    if low != high:
        raise Unresolved
    return (low + shift).isoformat()


def that_weekend(_: WordClasses, context: Context) -> str | None:
    """Resolve *ce week-end-là*, *that weekend*: the one of the days named before."""
    low, high = context.last
    if (high - low).days >= 7 or high.weekday() < 4:
        raise Unresolved
    saturday = high - (high.weekday() - 5) * ONE_DAY
    return interval(saturday, saturday + ONE_DAY)


def hour(words: WordClasses, context: Context) -> str | None:
    """Resolve an hour to the last day mentioned, else to the reference (the caller may refuse that)."""
    try:
        return that_day(words, context)
    except Unresolved:
        return context.today.isoformat()


def that_day(_: WordClasses, context: Context) -> str | None:
    """Resolve *dans la soirée*, *le matin même* to the last day mentioned."""
    low, high = context.last
    if low != high and not str(context.anchor).startswith("["):
        raise Unresolved
    return context.anchor

"""Resolve parts of a period: *le premier lundi de mai*, *the last quarter of last year*.

Each function takes the values of the matched words by class name, and the context. What is said of the
period itself has a name in 2 where the part may have one of the same class (*the last Friday of last month*).
"""

from __future__ import annotations

import datetime as dt

from retrieval.dates.context import ONE_DAY, Context, number
from retrieval.dates.periods import calendar_month
from retrieval.dates.relative import shifted
from retrieval.dates.values import add_months, bounds, interval, iso, week
from retrieval.dates.words import WordClasses


def _period(words: WordClasses, context: Context) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of the period named: a month or a year, by its name or relative."""
    shift = 1 if "next2" in words else -1 if "last2" in words else 0
    if "month" in words:
        value = calendar_month({kind: word for kind, word in words.items() if kind != "last"}, context)
    elif "year" in words:
        value = iso(int(words["year"]))
    else:
        value = shifted(context.today, "M" if "monthword" in words else "Y", shift)
    low, high = bounds(value) if value else (None, None)
    return (low, high) if low and high else None


def _index(words: WordClasses) -> int:
    """Return the place of the part, from 0; -1 is the last."""
    ordinal = words.get("ord") or words.get("ordday")
    return int(ordinal) - 1 if ordinal else -1


def nth(words: WordClasses, context: Context) -> str | None:
    """Resolve *le premier lundi de mai*, *la dernière semaine de mars 2024*, *the last day of last year*."""
    period = _period(words, context)
    if period is None:
        return None
    low, high = period
    wanted = number(words, "weekday")
    if wanted is None:
        wanted = 5 if "weekend" in words else 0 if "weekword" in words else None
    days = [low + n * ONE_DAY for n in range((high - low).days + 1)]
    if "weekword" in words:
        # A week belongs to the period most of it is in.
        days = days[:-3] if high.weekday() < 3 else days
        days = [low - low.weekday() * ONE_DAY, *days] if 0 < low.weekday() <= 3 else days
    fitting = [day for day in days if wanted is None or day.weekday() == wanted]
    index = _index(words)
    if not -1 <= index < len(fitting):
        return None
    day = fitting[index]
    if "weekend" in words:
        return interval(day, day + ONE_DAY)
    return week(day) if "weekword" in words else day.isoformat()


def fraction(words: WordClasses, context: Context) -> str | None:
    """Resolve *the third quarter of next year*, *la seconde moitié de mars*, *la 1re quinzaine d'avril*."""
    period, index = _period(words, context), _index(words)
    if period is None:
        return None
    low, high = period
    quarter = words.get("unit") == "Q"
    if "month" in words or "monthword" in words:
        if quarter or index > 1:
            return None
        return interval(low, low.replace(day=15)) if index == 0 else interval(low.replace(day=16), high)
    count, code = (4, 33) if quarter else (2, 40)
    if "half" in words or index >= count:
        return None
    return f"{low.year:04}-{code + index % count}"


def several(words: WordClasses, context: Context) -> str | None:
    """Resolve *the first three months of 2020*, *les dix derniers jours de mars* to their interval."""
    period = _period(words, context)
    count, unit = number(words, "num"), words["unit"]
    if period is None or count is None or _index(words) > 0 or unit not in ("D", "W", "M"):
        return None
    low, high = period
    if _index(words) == 0:
        end = add_months(low, count) if unit == "M" else low + count * (7 if unit == "W" else 1) * ONE_DAY
        high = min(high, end - ONE_DAY)
    elif unit == "M":
        low = max(low, add_months(high.replace(day=1), 1 - count))
    else:
        low = max(low, high - (count * (7 if unit == "W" else 1) - 1) * ONE_DAY)
    return interval(low, high)


def day_of_month(words: WordClasses, context: Context) -> str | None:
    """Resolve *le 15 du mois prochain*, *the 3rd of this month*."""
    period = _period(words, context)
    return iso(period[0].year, period[0].month, number(words, "day")) if period else None

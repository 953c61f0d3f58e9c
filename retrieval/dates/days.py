"""Resolve expressions that name a day of the calendar: *le 3 avril*, *samedi 29*, *03/04/2025*, *Noël*.

Each function takes the values of the matched words by class name, and the context. The caller evaluates it
at both ends of a publication date that is not a day, so precision plays no part here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from retrieval.dates.context import ONE_DAY, Context, directed, full_year, number, stated_direction
from retrieval.dates.feasts import feast_day
from retrieval.dates.values import add_months, interval, iso, one_of, week
from retrieval.dates.words import WordClasses

# A weekday that agrees only farther away than this, in days, is taken for a mistake of the text.
_WEEKDAY_REACH = 1100

# The same for *ce lundi 4 avril*, which is near.
_THIS_REACH = 60


def _days(month: int, day: int, context: Context, weekday: int | None) -> list[tuple[dt.date, str]]:
    """List the days of this name in the years around, those on the right weekday where one is given."""
    found = []
    reach = 7 if weekday is not None or (month, day) == (2, 29) else 1
    for year in range(context.today.year - reach, context.today.year + reach + 1):
        try:
            candidate = dt.date(year, month, day)
        except ValueError:
            continue
        if weekday is None or candidate.weekday() == weekday:
            found.append((candidate, candidate.isoformat()))
    return found


def calendar_day(words: WordClasses, context: Context) -> str | None:
    """Resolve *le 3 avril 2025*, *samedi 6 avril*, *10 novembre 93*, *6 mai dernier*."""
    month, day, weekday = number(words, "month"), number(words, "day"), number(words, "weekday")
    if month is None or day is None:
        return None
    year = number(words, "year")
    if year is None and (short := number(words, "y2")) is not None:
        year = full_year(short, context)
    if year is not None:
        return iso(year, month, day)
    candidates = _days(month, day, context, weekday)
    if weekday is not None and candidates and stated_direction(words) is None:
        best = min(candidates, key=lambda c: abs((c[0] - context.today).days))
        if abs((best[0] - context.today).days) <= (_THIS_REACH if "this" in words else _WEEKDAY_REACH):
            return best[1]
        candidates = []
    return directed(candidates or _days(month, day, context, None), words, context)


def enumerated_day(words: WordClasses, context: Context) -> str | None:
    """Resolve *les 6* of *les 6 et 13 avril*, *vendredi 31* of *vendredi 31 au samedi 1er*."""
    day, last = number(words, "day"), number(words, "day9")
    if day is None or last is None:
        return None
    final = calendar_day(
        {**words, "day": last, "weekday": words["weekday9"]}
        if "weekday9" in words
        else {k: v for k, v in words.items() if k != "weekday"} | {"day": last},
        context,
    )
    if final is None:
        return None
    end = dt.date.fromisoformat(final)
    start = end if day <= last else add_months(end.replace(day=1), -1)
    return iso(start.year, start.month, day)


def listed_day(words: WordClasses, context: Context) -> str | None:
    """Resolve *4* of *May 3 and 4, 2019*, which the month stands before."""
    return calendar_day({**words, "day": words["day9"]}, context)


def month_days(words: WordClasses, context: Context) -> str | None:
    """Resolve *April 3-5*, *5-20 janvier*, *12/14 mai*: an interval of days of one month."""
    if "date" in words:
        first, last = re.findall(r"\d+", str(words["date"]))[:2]
        words = {**words, "day": int(first), "day2": int(last)}
    named = {**words, "day9": words["day2"]}
    low, high = enumerated_day(named, context), calendar_day({**words, "day": words["day2"]}, context)
    return interval(dt.date.fromisoformat(low), dt.date.fromisoformat(high)) if low and high else None


def days_range(words: WordClasses, context: Context) -> str | None:
    """Resolve *28 décembre au 3 janvier 2025*: only the second day has a year."""
    last = calendar_day({**words, "month": words["month2"], "day": words["day2"]}, context)
    month, day = number(words, "month"), number(words, "day")
    if last is None or month is None or day is None:
        return None
    end = dt.date.fromisoformat(last)
    return interval(dt.date(end.year - ((month, day) > (end.month, end.day)), month, day), end)


def lone_day(words: WordClasses, context: Context) -> str | None:
    """Resolve *samedi 29*, *jeudi 15 à 8h*: the nearest day of that number on that weekday."""
    day, weekday = number(words, "day"), number(words, "weekday")
    if day is None:
        return None
    candidates = []
    for months in range(-9, 10):
        first = add_months(context.today.replace(day=1), months)
        try:
            candidate = first.replace(day=day)
        except ValueError:
            continue
        if weekday is None or candidate.weekday() == weekday:
            candidates.append((candidate, candidate.isoformat()))
    return directed(candidates, words, context)


def day_with_hour(words: WordClasses, context: Context) -> str | None:
    """Resolve *le 20* of *le 20 de 14h à 16h*: ahead, as on an agenda, unless a verb tells otherwise."""
    return lone_day(words, replace(context, tense=context.tense or 1))


def numeric(words: WordClasses, context: Context) -> str | None:
    """Resolve *2025-04-03*, *3/4/2025*, *03.04.25*, *le 17/02*.

    Day first in French; where an English text leaves the order open, both readings bound the answer.
    """
    figures = [int(figure) for figure in re.findall(r"\d+", str(words["date"]))]
    if len(str(words["date"]).replace("-", "/").split("/")[0]) == 4:
        return iso(*figures[:3])
    day, month = figures[:2]
    if len(figures) == 2:
        if month > 12:
            day, month = month, day
        return directed(_days(month, day, context, None), words, context)
    year = figures[2] if figures[2] > 99 else full_year(figures[2], context)
    if month > 12:
        return iso(year, day, month)
    if not context.day_first and day <= 12 and day != month:
        return one_of(*sorted((iso(year, month, day), iso(year, day, month))))
    return iso(year, month, day)


def holiday(words: WordClasses, context: Context) -> str | None:
    """Resolve *Noël 2019*, *à la Toussaint*, *lundi de Pâques*, *Good Friday* to its day."""
    rule = str(words["feast"])
    if "year" in words:
        return feast_day(rule, int(words["year"])).isoformat()
    around = range(context.today.year - 1, context.today.year + 2)
    days = [feast_day(rule, year) for year in around]
    return directed([(day, day.isoformat()) for day in days], words, context)


def feast_weekend(words: WordClasses, context: Context) -> str | None:
    """Resolve *le week-end de Pâques*, and from its Thursday *le week-end de l'Ascension*."""
    feast = holiday(words, context)
    if feast is None:
        return None
    day = dt.date.fromisoformat(feast)
    saturday = day + ((5 - day.weekday() + 3) % 7 - 3) * ONE_DAY
    return interval(day if day.weekday() == 3 else saturday, saturday + ONE_DAY)


def week_of(words: WordClasses, context: Context) -> str | None:
    """Resolve *la semaine du 6 octobre* to the week that day is in."""
    day = calendar_day(words, context)
    return week(dt.date.fromisoformat(day)) if day else None

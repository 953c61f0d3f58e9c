"""Expressions that name a time by its place in the calendar: *le 3 avril*, *été 2023*, *XIXe siècle*.

Each function takes the values of the matched words by class name, and the circumstances. The caller
evaluates it at both ends of a coarse publication date, so nothing here knows about precision.
"""

from __future__ import annotations

import datetime as dt
import re

from retrieval.dates.context import ONE_DAY, Context, directed, number, told_lean
from retrieval.dates.values import add_months, bounds, interval, iso, one_of, part, week
from retrieval.dates.words import FAMOUS_DAYS, Entry

# A weekday that agrees only farther away than this, in days, is a slip of the pen.
_WEEKDAY_REACH = 1100

# How long after an attack the news may name it by its day alone.
_NEWS_DAYS = 90


def full_year(two_digits: int, context: Context) -> int:
    """Return the year two digits stand for: not more than ten years after the reference, or after 2029."""
    latest = (context.day.year if context.day else 2019) + 10
    year = latest - latest % 100 + two_digits
    return year - 100 if year > latest else year


def _days(month: int, day: int, context: Context, weekday: int | None) -> list[tuple[dt.date, str]]:
    """List the days of this name in the years around, those on the right weekday where one is told."""
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


def calendar_day(words: Entry, context: Context) -> str | None:
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
    if weekday is not None and candidates and told_lean(words) is None:
        best = min(candidates, key=lambda c: abs((c[0] - context.today).days))
        if abs((best[0] - context.today).days) <= _WEEKDAY_REACH:
            return best[1]
        candidates = []
    return directed(candidates or _days(month, day, context, None), words, context)


def famous_day(words: Entry, context: Context) -> str | None:
    """Resolve *les attentats du 11 septembre* to the year everyone knows, once it is past.

    Soon after that day of a later year it may be the news of that year instead: then to one of the two.
    """
    month, day = number(words, "month"), number(words, "day")
    known = FAMOUS_DAYS.get((month or 0, day or 0))
    if not known or not month or not day:
        return calendar_day(words, context)
    famous = dt.date(known, month, day)
    if context.day is None:
        return famous.isoformat()
    if context.day < famous:
        return calendar_day(words, context)
    latest = max(
        year for year in (context.day.year - 1, context.day.year) if dt.date(year, month, day) <= context.day
    )
    recent = dt.date(latest, month, day)
    still_news = (context.day - recent).days <= _NEWS_DAYS
    return one_of(famous.isoformat(), recent.isoformat()) if still_news else famous.isoformat()


def enumerated_day(words: Entry, context: Context) -> str | None:
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


def month_days(words: Entry, context: Context) -> str | None:
    """Resolve *April 3-5*: an interval of days of one month."""
    first, last = calendar_day(words, context), calendar_day({**words, "day": words["day2"]}, context)
    return interval(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) if first and last else None


def days_range(words: Entry, context: Context) -> str | None:
    """Resolve *28 décembre au 3 janvier 2025*: the year is told once, for the second day."""
    last = calendar_day({**words, "month": words["month2"], "day": words["day2"]}, context)
    month, day = number(words, "month"), number(words, "day")
    if last is None or month is None or day is None:
        return None
    end = dt.date.fromisoformat(last)
    return interval(dt.date(end.year - ((month, day) > (end.month, end.day)), month, day), end)


def lone_day(words: Entry, context: Context) -> str | None:
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


def numeric(words: Entry, context: Context) -> str | None:
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


def calendar_month(words: Entry, context: Context) -> str | None:
    """Resolve *en janvier 2024*, *octobre 98*, *en septembre*, *juin prochain*."""
    month, year = number(words, "month"), number(words, "year")
    if month is None:
        return None
    if year is None and (short := number(words, "y2")) is not None:
        year = full_year(short, context)
    if year is not None:
        return iso(year, month)
    here = context.today.replace(day=1)
    if here.month == month and "next" not in words and "last" not in words:
        return iso(here.year, month)
    months = [dt.date(here.year + shift, month, 1) for shift in (-1, 0, 1)]
    choices = [(first, first.isoformat()[:7]) for first in months]
    at_first = Context(here, context.anchor, context.lean)
    return directed(choices, words, at_first)


def month_of_year(words: Entry, context: Context) -> str | None:
    """Resolve *June this year*, *en mars de l'année dernière*, *le 3 mars de l'an dernier*."""
    year = context.today.year + (told_lean(words) or 0)
    return iso(year, number(words, "month"), number(words, "day"))


def month_part(words: Entry, context: Context) -> str | None:
    """Resolve *mi-janvier*, *mid-March 2024* to the middle of the month."""
    told = calendar_month(words, context)
    return part(told, str(words["mod"])) if told else None


def months_range(words: Entry, context: Context) -> str | None:
    """Resolve *de janvier à mars 2024*: the year is told once."""
    last = calendar_month({**words, "month": words["month2"]}, context)
    first_month = number(words, "month")
    if last is None or first_month is None:
        return None
    year, month = int(last[:4]), int(last[5:7])
    return f"{iso(year if first_month <= month else year - 1, first_month)}/{last}"


def nth_of_month(words: Entry, context: Context) -> str | None:
    """Resolve *le premier lundi de mai*, *la dernière semaine de mars 2024*, *le 3e jour d'octobre*."""
    told = calendar_month({k: v for k, v in words.items() if k != "last"}, context)
    low, high = bounds(told) if told else (None, None)
    if low is None or high is None:
        return None
    wanted = number(words, "weekday")
    if wanted is None:
        wanted = 5 if "weekend" in words else 0 if "weekword" in words else None
    days = [low + n * ONE_DAY for n in range((high - low).days + 1)]
    if "weekword" in words:
        # A week belongs to the month most of it is in.
        days = [day for day in days if day.day + 3 <= high.day] if high.weekday() < 3 else days
        days = [low - low.weekday() * ONE_DAY, *days] if 0 < low.weekday() <= 3 else days
    fitting = [day for day in days if wanted is None or day.weekday() == wanted]
    index = int(words["ord"]) - 1 if "ord" in words else -1
    if not -1 <= index < len(fitting):
        return None
    day = fitting[index]
    if "weekend" in words:
        return interval(day, day + ONE_DAY)
    return week(day) if "weekword" in words else day.isoformat()


def year_month(words: Entry, _: Context) -> str | None:
    """Resolve *2015-12*, *12/2015*; *2010-11*, where the years follow each other, is a season's two years."""
    first, last = re.findall(r"\d+", str(words["yearmonth"]))
    if len(last) == 4:
        return iso(int(last), int(first))
    if int(last) == (int(first) + 1) % 100:
        return f"{first}/{iso(int(first) + 1)}"
    return iso(int(first), int(last))


def year(words: Entry, _: Context) -> str | None:
    """Resolve *en 1994*, *l'année 2001*."""
    return iso(int(words["year"]))


def short_year(words: Entry, context: Context) -> str | None:
    """Resolve *en 98*, *fin 97*."""
    return iso(full_year(int(words["y2"]), context))


def short_years(words: Entry, context: Context) -> str | None:
    """Resolve *saison 98/99* to its two years."""
    first, last = (int(figure) for figure in re.findall(r"\d+", str(words["date"]))[:2])
    start = full_year(first, context)
    return f"{start:04}/{start + 1:04}" if last == (first + 1) % 100 else None


def year_part(words: Entry, _: Context) -> str | None:
    """Resolve *mi-2024*, *mid-2019* to the middle of the year."""
    return part(iso(int(words["year"])), str(words["mod"]))


def years_range(words: Entry, _: Context) -> str | None:
    """Resolve *de 2019 à 2021*, *2002/2003*, *2023-24*."""
    first = int(words["year"])
    last = int(words["year2"]) if "year2" in words else first - first % 100 + int(words["num2"])
    return f"{iso(first)}/{iso(last)}" if first < last <= first + 120 else None


def decade(words: Entry, context: Context) -> str | None:
    """Resolve *les années 1990*, *les années 90*, *the 1990s*, *the nineties*."""
    if "decade" in words:
        start = int(re.sub(r"\D", "", str(words["decade"])))
    else:
        start = int(words.get("year") or words.get("num") or words.get("tens") or 0)
    if start < 100:
        if start < 20:
            return None
        # The decade being lived is never told by two digits before it is over.
        start = (2000 if context.day and context.day.year >= 2000 + start + 10 else 1900) + start
    return f"{start // 10:03}X" if start % 10 == 0 and start >= 1000 else None


def century(words: Entry, _: Context) -> str | None:
    """Resolve *le XIXe siècle*, *the 19th century*."""
    ordinal = int(words.get("roman") or words.get("ord") or 0)
    return f"{ordinal - 1:02}XX" if 1 < ordinal <= 22 else None


def season(words: Entry, context: Context) -> str | None:
    """Resolve *l'été 2023*, *cet hiver*, *l'automne dernier*; winter bears the year it begins in."""
    code = int(words["season"])
    if "year" in words:
        return f"{iso(int(words['year']))}-{code}"
    choices = []
    for year_ in range(context.today.year - 2, context.today.year + 3):
        value = f"{year_:04}-{code}"
        low, high = bounds(value)
        if low and high:
            inside = low <= context.today <= high
            if inside and "last" not in words and "next" not in words:
                return value
            if not inside:
                choices.append((low if low > context.today else high, value))
    return directed(choices, words, context)


def part_of_year(words: Entry, context: Context) -> str | None:
    """Resolve *le 2e trimestre 2024*, *second quarter of 2024*, *le premier semestre*."""
    ordinal = int(words.get("ord") or words.get("ordday") or words.get("num") or 0)
    half = "halfword" in words
    if not 1 <= ordinal <= (2 if half else 4):
        return None
    year_ = number(words, "year") or context.today.year + (told_lean(words) or 0)
    return f"{iso(year_)}-{(39 if half else 32) + ordinal}"


def holiday(words: Entry, context: Context) -> str | None:
    """Resolve *Noël 2019*, *à la Toussaint*, *Christmas* to its day."""
    month, day = map(int, str(words["christmas"]).split("-"))
    named: Entry = {**words, "month": month, "day": day}
    return calendar_day(named, context)


def week_of(words: Entry, context: Context) -> str | None:
    """Resolve *la semaine du 6 octobre* to the week that day is in."""
    told = calendar_day(words, context)
    return week(dt.date.fromisoformat(told)) if told else None


def fortnight(words: Entry, context: Context) -> str | None:
    """Resolve *la première quinzaine d'avril* to that half of the month."""
    told = calendar_month(words, context)
    low, high = bounds(told) if told else (None, None)
    if low is None or high is None:
        return None
    return (
        interval(low, low.replace(day=15)) if int(words["ord"]) == 1 else interval(low.replace(day=16), high)
    )

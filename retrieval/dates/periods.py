"""Resolve expressions that name a period of the calendar: *en mars 2024*, *été 2023*, *XIXe siècle*.

Each function takes the values of the matched words by class name, and the context. The caller evaluates it
at both ends of a publication date that is not a day, so precision plays no part here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from retrieval.dates.context import Context, directed, full_year, number, stated_direction
from retrieval.dates.values import bounds, iso, part
from retrieval.dates.words import WordClasses


def calendar_month(words: WordClasses, context: Context) -> str | None:
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
    at_first = replace(context, day=here)
    return directed(choices, words, at_first)


def month_of_year(words: WordClasses, context: Context) -> str | None:
    """Resolve *June this year*, *en mars de l'année dernière*, *le 3 mars de l'an dernier*."""
    year = context.today.year + (stated_direction(words) or 0)
    return iso(year, number(words, "month"), number(words, "day"))


def month_part(words: WordClasses, context: Context) -> str | None:
    """Resolve *mi-janvier*, *mid-March 2024*, *mi-mars de l'an dernier* to the middle of the month."""
    month = month_of_year(words, context) if "yearword" in words else calendar_month(words, context)
    return part(month, str(words["mod"])) if month else None


def months_range(words: WordClasses, context: Context) -> str | None:
    """Resolve *de janvier à mars 2024*: only the second month has a year."""
    last = calendar_month({**words, "month": words["month2"]}, context)
    first_month = number(words, "month")
    if last is None or first_month is None:
        return None
    year, month = int(last[:4]), int(last[5:7])
    return f"{iso(year if first_month <= month else year - 1, first_month)}/{last}"


def year_month(words: WordClasses, _: Context) -> str | None:
    """Resolve *2015-12*, *12/2015*; *2010-11*, where the years follow each other, is a season's two years."""
    first, last = re.findall(r"\d+", str(words["yearmonth"]))
    if len(last) == 4:
        return iso(int(last), int(first))
    if int(last) == (int(first) + 1) % 100:
        return f"{first}/{iso(int(first) + 1)}"
    return iso(int(first), int(last))


def year(words: WordClasses, _: Context) -> str | None:
    """Resolve *en 1994*, *l'année 2001*."""
    return iso(int(words["year"]))


def short_year(words: WordClasses, context: Context) -> str | None:
    """Resolve *en 98*, *fin 97*."""
    return iso(full_year(int(words["y2"]), context))


def short_years(words: WordClasses, context: Context) -> str | None:
    """Resolve *saison 98/99* to its two years."""
    first, last = (int(figure) for figure in re.findall(r"\d+", str(words["date"]))[:2])
    start = full_year(first, context)
    return f"{start:04}/{start + 1:04}" if last == (first + 1) % 100 else None


def year_part(words: WordClasses, _: Context) -> str | None:
    """Resolve *mi-2024*, *mid-2019* to the middle of the year."""
    return part(iso(int(words["year"])), str(words["mod"]))


def years_range(words: WordClasses, _: Context) -> str | None:
    """Resolve *de 2019 à 2021*, *2002/2003*, *2023-24*."""
    first = int(words["year"])
    last = int(words["year2"]) if "year2" in words else first - first % 100 + int(words["num2"])
    return f"{iso(first)}/{iso(last)}" if first < last <= first + 120 else None


def decade(words: WordClasses, context: Context) -> str | None:
    """Resolve *les années 1990*, *les années 90*, *the 1990s*, *the nineties*."""
    if "decade" in words:
        start = int(re.sub(r"\D", "", str(words["decade"])))
    else:
        start = int(words.get("year") or words.get("num") or words.get("tens") or 0)
    if start < 100:
        if start < 20:
            return None
        # Two digits never name a decade that is not over.
        start = (2000 if context.day and context.day.year >= 2000 + start + 10 else 1900) + start
    return f"{start // 10:03}X" if start % 10 == 0 and start >= 1000 else None


def century(words: WordClasses, _: Context) -> str | None:
    """Resolve *le XIXe siècle*, *the 19th century*."""
    ordinal = int(words.get("roman") or words.get("ord") or 0)
    return f"{ordinal - 1:02}XX" if 1 < ordinal <= 22 else None


def season(words: WordClasses, context: Context) -> str | None:
    """Resolve *l'été 2023*, *cet hiver*, *l'automne dernier*; winter bears the year it begins in."""
    code = int(words["season"])
    if "yearword" in words:
        return f"{iso(context.today.year + (stated_direction(words) or 0))}-{code}"
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


def part_of_year(words: WordClasses, context: Context) -> str | None:
    """Resolve *le 2e trimestre 2024*, *second quarter of 2024*, *le premier semestre*, *T4-2023*, *1S24*."""
    ordinal = int(words.get("ord") or words.get("ordday") or words.get("num") or 0)
    half = "halfword" in words or "halfletter" in words
    if not 1 <= ordinal <= (2 if half else 4):
        return None
    year_ = number(words, "year")
    short = number(words, "apostrophe" if "apostrophe" in words else "num2")
    if year_ is None and short is not None:
        year_ = full_year(short, context)
    if year_ is None:
        year_ = context.today.year + (stated_direction(words) or 0)
    return f"{iso(year_)}-{(39 if half else 32) + ordinal}"

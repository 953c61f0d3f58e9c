"""What a matched expression means: one function a kind of expression, from its words to an EDTF value.

Each takes the values of the matched words by class name, and the circumstances: the reference day, the
last date mentioned, and the direction the sentence leans to. The caller evaluates it at both ends of a
coarse publication date, so nothing here knows about precision.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.dates.values import add_months, bounds, interval, iso, one_of, part, week
from retrieval.dates.words import Entry

ONE_DAY = dt.timedelta(1)
_MONTHS = {"M": 1, "Q": 3, "S": 6, "Y": 12, "10Y": 120, "100Y": 1200}

# How much farther a future day may seem than a past one, by the direction the sentence leans to: news
# looks back more than ahead, a future tense or "prévu" turns that round, a past tense strengthens it.
PAST_ONLY = -2
_FUTURE_COST = {PAST_ONLY: 13.0, -1: 6.0, 0: 2.0, 1: 0.4}


class Unresolved(Exception):  # noqa: N818 - says what happened, and never leaves the package
    """The expression needs a reference day or an earlier date, and there is none."""


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of an expression: reference day, last date mentioned, lean (-1 past, 1 future)."""

    day: dt.date | None
    anchor: str | None
    lean: int
    day_first: bool = True

    @property
    def today(self) -> dt.date:
        """The reference day, where there is one."""
        if self.day is None:
            raise Unresolved
        return self.day

    @property
    def last(self) -> tuple[dt.date, dt.date]:
        """The bounds of the last date mentioned."""
        low, high = bounds(self.anchor) if self.anchor else (None, None)
        if low is None or high is None:
            raise Unresolved
        return low, high


Resolver = Callable[[Entry, Context], str | None]


def number(words: Entry, name: str) -> int | None:
    """Return a word's value as a number, where the word was matched."""
    value = words.get(name)
    return None if value is None else int(value)


def _nearest(candidates: list[tuple[dt.date, str]], context: Context, lean: int | None = None) -> str | None:
    """Choose the candidate nearest to the reference day, days ahead counting by the sentence's lean."""
    ahead = _FUTURE_COST[context.lean if lean is None else lean]

    def cost(candidate: tuple[dt.date, str]) -> float:
        days = (candidate[0] - context.today).days
        return days * ahead if days > 0 else -days

    return min(candidates, key=cost)[1] if candidates else None


def _lean(words: Entry) -> int | None:
    return 1 if "next" in words else -1 if "last" in words else None


def _directed(candidates: list[tuple[dt.date, str]], words: Entry, context: Context) -> str | None:
    """Choose among candidates as *dernier*, *prochain*, *ce* or the sentence says."""
    if "next" in words or "last" in words:
        sign = 1 if "next" in words else -1
        side = [c for c in candidates if (c[0] - context.today).days * sign > 0]
        return _nearest(side or candidates, context, sign)
    if "this" in words:
        return min(candidates, key=lambda c: abs((c[0] - context.today).days))[1] if candidates else None
    return _nearest(candidates, context)


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
    if weekday is not None and candidates and _lean(words) is None:
        best = min(candidates, key=lambda c: abs((c[0] - context.today).days))
        if abs((best[0] - context.today).days) <= 400:
            return best[1]
    return _directed(candidates or _days(month, day, context, None), words, context)


def enumerated_day(words: Entry, context: Context) -> str | None:
    """Resolve the first days of *les 6 et 13 avril*, *du vendredi 31 au samedi 1er*: the month comes after."""
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
    return _directed(candidates, words, context)


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
        return _directed(_days(month, day, context, None), words, context)
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
    return _directed(choices, words, at_first)


def months_range(words: Entry, context: Context) -> str | None:
    """Resolve *de janvier à mars 2024*: the year is told once."""
    last = calendar_month({**words, "month": words["month2"]}, context)
    first_month = number(words, "month")
    if last is None or first_month is None:
        return None
    year, month = int(last[:4]), int(last[5:7])
    return f"{iso(year if first_month <= month else year - 1, first_month)}/{last}"


def weekday(words: Entry, context: Context) -> str | None:
    """Resolve *mardi*, *mardi dernier*, *ce lundi*, *on Friday* to the nearest one the words allow."""
    wanted = number(words, "weekday")
    if wanted is None:
        return None
    shift = (wanted - context.today.weekday()) % 7
    if "next" in words:
        return (context.today + (shift or 7) * ONE_DAY).isoformat()
    if "last" in words:
        return (context.today + (shift - 7) * ONE_DAY).isoformat()
    if "this" in words:
        return (context.today + (shift if shift <= 3 else shift - 7) * ONE_DAY).isoformat()
    return (context.today + (shift if shift == 0 or context.lean > 0 else shift - 7) * ONE_DAY).isoformat()


def same_weekday(words: Entry, context: Context) -> str | None:
    """Resolve *ce même lundi*, *le lundi suivant*: it leans on the last date mentioned."""
    low, high = context.last
    wanted = number(words, "weekday")
    if low != high or wanted is None:
        raise Unresolved
    shift = (wanted - low.weekday()) % 7
    return (low + (shift if "same" in words else shift or 7) * ONE_DAY).isoformat()


def near_day(words: Entry, context: Context) -> str | None:
    """Resolve *hier*, *aujourd'hui*, *demain*, *yesterday*."""
    return (context.today + int(words["near"]) * ONE_DAY).isoformat()


def period(day: dt.date, unit: str) -> str | None:
    """Return the day, week, month, quarter, half, year, decade or century a day is in."""
    quarter, half = (day.month - 1) // 3, (day.month - 1) // 6
    return {
        "D": day.isoformat(),
        "W": week(day),
        "M": day.isoformat()[:7],
        "Q": f"{day.year:04}-{33 + quarter}",
        "S": f"{day.year:04}-{40 + half}",
        "Y": f"{day.year:04}",
        "10Y": f"{day.year // 10:03}X",
        "100Y": f"{day.year // 100:02}XX",
    }.get(unit)


def shifted(day: dt.date, unit: str, count: int) -> str | None:
    """Return the period of a kind so many after (or before) the one a day is in."""
    if unit in "DW":
        return period(day + dt.timedelta(count * (7 if unit == "W" else 1)), unit)
    return period(add_months(day.replace(day=1), count * _MONTHS[unit]), unit)


def _around(low: dt.date, high: dt.date, unit: str, count: int) -> str | None:
    first, last = shifted(low, unit, count), shifted(high, unit, count)
    if first == last or not first or not last:
        return first
    if unit == "D":
        raise Unresolved
    return None


def from_today(words: Entry, context: Context) -> str | None:
    """Resolve *cette semaine*, *l'an dernier*, *le mois prochain*, *last week*."""
    return shifted(context.today, str(words["unit"]), _lean(words) or 0)


def part_of_period(words: Entry, context: Context) -> str | None:
    """Resolve *en fin de semaine*, *au début du mois*, *the end of the year*."""
    whole = shifted(context.today, str(words["unit"]), 0)
    return (part(whole, str(words["mod"])) or whole) if whole else None


def from_last(words: Entry, context: Context) -> str | None:
    """Resolve *l'année suivante*, *la même année*, *ce jour-là*, *the previous day*."""
    count = 1 if "following" in words or "next" in words else -1 if "previous" in words else 0
    if "later" in words:
        count = int(words["later"])
    unit = str(words.get("unit") or words.get("thereyear") or "D")
    if unit == "D" and not count and context.anchor:
        return context.anchor
    return _around(*context.last, unit, count)


def day_after(words: Entry, context: Context) -> str | None:
    """Resolve *le lendemain*, *la veille*: of the date told, else of the last date mentioned."""
    shift = int(words["afterday"]) * ONE_DAY
    if "month" in words or "christmas" in words:
        told = holiday(words, context) if "christmas" in words else calendar_day(words, context)
        return (dt.date.fromisoformat(told) + shift).isoformat() if told else None
    if context.anchor and context.anchor.startswith("["):
        low, high = context.last
        return one_of((low + shift).isoformat(), (high + shift).isoformat())
    if context.anchor:
        low, high = context.last
        if low == high:
            return (low + shift).isoformat()
    return (context.today + shift).isoformat()


def ago(words: Entry, context: Context) -> str | None:
    """Resolve *il y a deux ans*, *three weeks ago*, to the unit told; a vague number stays a duration."""
    return _counted(words, context.today, -1)


def ahead(words: Entry, context: Context) -> str | None:
    """Resolve *dans deux semaines*, *in two days*."""
    return _counted(words, context.today, 1)


def later(words: Entry, context: Context) -> str | None:
    """Resolve *deux jours plus tard*, *ten years later*, from the last date mentioned."""
    sign = int(words.get("tard") or words.get("later") or 1)
    if context.anchor is None or "unit" not in words:
        return duration(words, context)
    low, high = context.last
    if low != high and words["unit"] in ("D", "W"):
        return duration(words, context)
    first, last = _counted(words, low, sign), _counted(words, high, sign)
    return first if first == last else duration(words, context)


def _counted(words: Entry, day: dt.date, sign: int) -> str | None:
    count = _count(words)
    if "hours" in words:
        return (day + sign * (count or 0) // 24 * ONE_DAY).isoformat() if count and count % 24 == 0 else None
    unit = str(words["unit"])
    if count is None:
        return f"PX{unit[-1]}" if unit in ("D", "W", "M", "Y") else None
    if unit == "W":
        return week(day + sign * count * 7 * ONE_DAY)
    if unit == "D":
        return (day + sign * count * ONE_DAY).isoformat()
    if unit in ("10Y", "100Y"):
        return shifted(day, "Y", sign * count * _MONTHS[unit] // 12)
    return shifted(day, unit, sign * count)


def _count(words: Entry) -> int | None:
    if "some" in words:
        return None
    if "dozen" in words:
        return int(words["dozen"]) * (number(words, "num") or 1)
    return number(words, "num") or 1


def duration(words: Entry, _: Context) -> str | None:
    """Write *dix ans*, *deux heures*, *quelques jours* as an ISO 8601 duration (X: a number not told)."""
    count: int | str = "X" if (told := _count(words)) is None else told
    if "hours" in words:
        return f"PT{count}H"
    if "minor" in words:
        return f"PT{count}{words['minor']}"
    unit = str(words["unit"])
    if unit in ("D", "W", "M", "Y"):
        return f"P{count}{unit}"
    if count == "X":
        return "PXY" if unit.endswith("Y") else "PXM"
    months = int(count) * _MONTHS[unit]
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"


def stretch(words: Entry, context: Context) -> str | None:
    """Write *ces derniers jours* as *some days*, *les dix dernières années* as ten years."""
    return duration(words if "num" in words else {**words, "some": 1}, context)


def year(words: Entry, _: Context) -> str | None:
    """Resolve *en 1994*, *l'année 2001*."""
    return iso(int(words["year"]))


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
    return _directed(choices, words, context)


def part_of_year(words: Entry, context: Context) -> str | None:
    """Resolve *le 2e trimestre 2024*, *second quarter of 2024*, *le premier semestre*."""
    ordinal = int(words.get("ord") or words.get("ordday") or words.get("num") or 0)
    half = "halfword" in words
    if not 1 <= ordinal <= (2 if half else 4):
        return None
    year_ = number(words, "year") or context.today.year + (_lean(words) or 0)
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


def weekend(words: Entry, context: Context) -> str | None:
    """Resolve *ce week-end*, *le week-end dernier*: the one going on, else the nearest."""
    today = context.today
    saturday = today - (today.weekday() - 5) % 7 * ONE_DAY
    going_on = today.weekday() >= 5
    if "next" in words or (
        "last" not in words and not going_on and (context.lean > 0 or today.weekday() == 4)
    ):
        saturday += 7 * ONE_DAY
    elif "last" in words and going_on:
        saturday -= 7 * ONE_DAY
    return interval(saturday, saturday + ONE_DAY)


def this_day(_: Entry, context: Context) -> str | None:
    """Resolve *ce soir*, *cet après-midi*, *this morning* to the reference day."""
    return context.today.isoformat()


def that_day(_: Entry, context: Context) -> str | None:
    """Resolve an hour, *dans la soirée*, *le matin même* to the last day mentioned, else the reference day."""
    if context.anchor:
        low, high = context.last
        if low == high or context.anchor.startswith("["):
            return context.anchor
    return context.today.isoformat()


def nothing(_: Entry, __: Context) -> str | None:
    """Give up an expression that is recognised, so that no part of it is taken for a date."""
    return None

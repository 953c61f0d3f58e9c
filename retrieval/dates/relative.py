"""Resolve expressions relative to the day of writing or to the last date mentioned, and lengths of time.

Each function takes the values of the matched words by class name, and the context. The caller evaluates it
at both ends of a publication date that is not a day, so precision plays no part here.
"""

from __future__ import annotations

import datetime as dt

from retrieval.dates.context import ONE_DAY, Context, Unresolved, number, stated_direction
from retrieval.dates.values import add_months, interval, part, week
from retrieval.dates.words import WordClasses

_MONTHS = {"M": 1, "Q": 3, "S": 6, "Y": 12, "10Y": 120, "100Y": 1200}


def weekday(words: WordClasses, context: Context) -> str | None:
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
    return (context.today + (shift if shift == 0 or context.tense > 0 else shift - 7) * ONE_DAY).isoformat()


def weekday_in(words: WordClasses, context: Context) -> str | None:
    """Resolve *lundi en huit*, *lundi en quinze*: a week or two after the next one."""
    weeks = {8: 1, 15: 2}.get(int(words["num"]))
    if weeks is None:
        return None
    shift = (int(words["weekday"]) - context.today.weekday()) % 7
    return (context.today + (shift + 7 * weeks) * ONE_DAY).isoformat()


def day_of_week(words: WordClasses, context: Context) -> str | None:
    """Resolve *lundi de la semaine prochaine*, *mardi de cette semaine*."""
    shift = 1 if "following" in words else int(words.get("lateron") or stated_direction(words) or 0)
    monday = context.today - context.today.weekday() * ONE_DAY
    return (monday + (7 * shift + int(words["weekday"])) * ONE_DAY).isoformat()


def near_day(words: WordClasses, context: Context) -> str | None:
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


def from_today(words: WordClasses, context: Context) -> str | None:
    """Resolve *cette semaine*, *l'an dernier*, *le mois prochain*, *last week*."""
    return shifted(context.today, str(words["unit"]), stated_direction(words) or 0)


def part_of_period(words: WordClasses, context: Context) -> str | None:
    """Resolve *en fin de semaine*, *au début du mois*, *the end of the year*."""
    if words["unit"] == "D":
        return None
    whole = shifted(context.today, str(words["unit"]), 0)
    return (part(whole, str(words["mod"])) or whole) if whole else None


def ago(words: WordClasses, context: Context) -> str | None:
    """Resolve *il y a deux ans*, *three weeks ago*, as precise as the unit, or as a duration."""
    return _counted(words, context.today, -1)


def ahead(words: WordClasses, context: Context) -> str | None:
    """Resolve *dans deux semaines*, *in two days*."""
    return _counted(words, context.today, 1)


def later(words: WordClasses, context: Context) -> str | None:
    """Resolve *deux jours plus tard*, *ten years later*, from the last date mentioned."""
    sign = int(words.get("tard") or words.get("later") or 1)
    if context.anchor is None or "unit" not in words:
        return duration(words, context)
    low, high = context.last
    if low != high and words["unit"] in ("D", "W"):
        return duration(words, context)
    first, last = _counted(words, low, sign), _counted(words, high, sign)
    return first if first == last else duration(words, context)


def _counted(words: WordClasses, day: dt.date, sign: int) -> str | None:
    count = _count(words)
    if "hours" in words:
        return (
            (day + sign * (count or 0) // 24 * ONE_DAY).isoformat()
            if count and count % 24 == 0
            else f"PT{count or 'X'}H"
        )
    unit = str(words["unit"])
    if count is None:
        return f"PX{unit[-1]}" if unit in ("D", "W", "M", "Y") else None
    if unit == "W":
        return week(day + sign * count * 7 * ONE_DAY)
    if unit == "D":
        return (day + sign * count * ONE_DAY).isoformat()
    if "demi" in words and unit in ("M", "Y"):
        months = sign * (count * _MONTHS[unit] + (6 if unit == "Y" else 0))
        return period(add_months(day.replace(day=1), months), unit)
    if unit in ("10Y", "100Y"):
        return shifted(day, "Y", sign * count * _MONTHS[unit] // 12)
    return shifted(day, unit, sign * count)


def _count(words: WordClasses) -> int | None:
    if "some" in words:
        return None
    if "dozen" in words:
        return int(words["dozen"]) * (number(words, "num") or 1)
    return number(words, "num") or 1


def duration(words: WordClasses, _: Context) -> str | None:
    """Resolve *dix ans*, *deux heures*, *quelques jours* to an ISO 8601 duration (X: an unknown number)."""
    count: int | str = "X" if (number_ := _count(words)) is None else number_
    if "hours" in words:
        return f"PT{count}H"
    if "minor" in words:
        return f"PT{count}{words['minor']}"
    unit = str(words["unit"])
    if unit in ("D", "W", "M", "Y"):
        return f"P{count}{'.5' if 'demi' in words else ''}{unit}"
    if count == "X":
        return "PXY" if unit.endswith("Y") else "PXM"
    months = int(count) * _MONTHS[unit]
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"


def stretch(words: WordClasses, context: Context) -> str | None:
    """Resolve *ces derniers jours* as *some days*, *les dix dernières années* as ten years."""
    return duration(words if "num" in words else {**words, "some": 1}, context)


def weekend(words: WordClasses, context: Context) -> str | None:
    """Resolve *ce week-end*, *le week-end dernier*: the one going on, else the nearest."""
    today = context.today
    saturday = today - (today.weekday() - 5) % 7 * ONE_DAY
    going_on = today.weekday() >= 5
    if "next" in words or (
        "last" not in words and not going_on and (context.tense > 0 or today.weekday() == 4)
    ):
        saturday += 7 * ONE_DAY
    elif "last" in words and going_on:
        saturday -= 7 * ONE_DAY
    if "this" in words and context.anchor:
        low, high = context.last
        near = (high - low).days < 7 and low.weekday() >= 3
        if near and not saturday - 2 * ONE_DAY <= low <= saturday + 2 * ONE_DAY:
            raise Unresolved  # that of the day named before, or this one
    return interval(saturday, saturday + ONE_DAY)


def this_day(_: WordClasses, context: Context) -> str | None:
    """Resolve *ce soir*, *cet après-midi*, *this morning* to the reference day."""
    return context.today.isoformat()


def no_date(_: WordClasses, __: Context) -> str | None:
    """Resolve to nothing, so that no part of the expression is taken for a date."""
    return None

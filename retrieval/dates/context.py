"""What an expression is resolved with, and how one of several readings is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.dates.values import bounds
from retrieval.dates.words import WordClasses

ONE_DAY = dt.timedelta(1)

# The cost of a day after the reference day, against 1 for a day before it, by the tense of the sentence: news
# is more about the past than the future, less so in a future tense, more so in a past tense.
PAST_ONLY = -2

# The tense of a date that is that of a verb in the past: it is never after the reference.
GOVERNED_PAST = -3

# The tense of a date in a clause that tells what is wanted or supposed: it is never before the reference.
GOVERNED_FUTURE = 2
_FUTURE_COST = {GOVERNED_PAST: 1.0, PAST_ONLY: 13.0, -1: 4.0, 0: 2.0, 1: 0.4, GOVERNED_FUTURE: 1.0}


class Unresolved(Exception):  # noqa: N818 - caught inside this package
    """The expression needs a reference day or an earlier date, and there is none."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved with.

    ``day`` is the reference day, ``latest`` the last that it may be, ``anchor`` the value of the last date
    mentioned, each None where there is none. ``tense`` is that of the date in its sentence: GOVERNED_PAST,
    PAST_ONLY, -1 past, 0 unknown, 1 future, GOVERNED_FUTURE. ``day_first`` tells whether the day comes before
    the month in figures.
    """

    day: dt.date | None
    anchor: str | None
    tense: int
    day_first: bool = True
    latest: dt.date | None = None

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


Resolver = Callable[[WordClasses, Context], str | None]


def number(words: WordClasses, name: str) -> int | None:
    """Return a word's value as a number, where the word was matched."""
    value = words.get(name)
    return None if value is None else int(value)


def nearest(candidates: list[tuple[dt.date, str]], context: Context, tense: int | None = None) -> str | None:
    """Return the candidate nearest to the reference day, days after it weighed by the tense."""
    tense = context.tense if tense is None else tense
    future_cost = _FUTURE_COST[tense]
    if tense == GOVERNED_PAST:
        latest = context.latest or context.today
        candidates = [candidate for candidate in candidates if candidate[0] <= latest] or candidates
    if tense == GOVERNED_FUTURE:
        candidates = [candidate for candidate in candidates if candidate[0] >= context.today] or candidates

    def cost(candidate: tuple[dt.date, str]) -> float:
        days = (candidate[0] - context.today).days
        return days * future_cost if days > 0 else -days

    return min(candidates, key=cost)[1] if candidates else None


def stated_direction(words: WordClasses) -> int | None:
    """Return the direction that the expression itself states: *prochain* 1, *dernier* -1, else None."""
    return 1 if "next" in words else -1 if "last" in words else None


def directed(candidates: list[tuple[dt.date, str]], words: WordClasses, context: Context) -> str | None:
    """Return the candidate that *dernier*, *prochain*, *ce* or the tense of the sentence selects."""
    if "next" in words or "last" in words:
        sign = 1 if "next" in words else -1
        side = [c for c in candidates if (c[0] - context.today).days * sign > 0]
        return nearest(side or candidates, context, sign)
    if "this" in words:
        return min(candidates, key=lambda c: abs((c[0] - context.today).days))[1] if candidates else None
    return nearest(candidates, context)


def full_year(two_digits: int, context: Context) -> int:
    """Return the year two digits stand for: not more than ten years after the reference, or after 2029."""
    latest = (context.day.year if context.day else 2019) + 10
    year = latest - latest % 100 + two_digits
    return year - 100 if year > latest else year

"""The circumstances an expression is resolved in, and how one of several readings is chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.dates.values import bounds
from retrieval.dates.words import Entry

ONE_DAY = dt.timedelta(1)

# How much farther a future day may seem than a past one, by the direction the sentence leans to: news
# looks back more than ahead, a future tense or "prévu" turns that round, a past tense strengthens it.
PAST_ONLY = -2
_FUTURE_COST = {PAST_ONLY: 13.0, -1: 4.0, 0: 2.0, 1: 0.4}


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


def nearest(candidates: list[tuple[dt.date, str]], context: Context, lean: int | None = None) -> str | None:
    """Choose the candidate nearest to the reference day, days ahead counting by the sentence's lean."""
    ahead = _FUTURE_COST[context.lean if lean is None else lean]

    def cost(candidate: tuple[dt.date, str]) -> float:
        days = (candidate[0] - context.today).days
        return days * ahead if days > 0 else -days

    return min(candidates, key=cost)[1] if candidates else None


def told_lean(words: Entry) -> int | None:
    """Return the direction the expression itself tells: *prochain* 1, *dernier* -1."""
    return 1 if "next" in words else -1 if "last" in words else None


def directed(candidates: list[tuple[dt.date, str]], words: Entry, context: Context) -> str | None:
    """Choose among candidates as *dernier*, *prochain*, *ce* or the sentence says."""
    if "next" in words or "last" in words:
        sign = 1 if "next" in words else -1
        side = [c for c in candidates if (c[0] - context.today).days * sign > 0]
        return nearest(side or candidates, context, sign)
    if "this" in words:
        return min(candidates, key=lambda c: abs((c[0] - context.today).days))[1] if candidates else None
    return nearest(candidates, context)

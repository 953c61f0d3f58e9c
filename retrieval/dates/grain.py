"""How fine a date is: a day, a month, a century."""

from __future__ import annotations

import re

from retrieval.dates.values import bounds, is_duration

_FORMS = [
    ("day", re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?")),
    ("month", re.compile(r"\d{4}-(?:0\d|1[0-2])")),
    ("season", re.compile(r"\d{4}-2[1-4]")),
    ("quarter", re.compile(r"\d{4}-3[3-6]")),
    ("half", re.compile(r"\d{4}-4[01]")),
    ("year", re.compile(r"\d{4}")),
    ("decade", re.compile(r"\d{3}X")),
    ("century", re.compile(r"\d\dXX")),
]


def grain(value: str) -> str:
    """Return how fine an EDTF value is.

    Returns:
        ``day``, ``week``, ``month``, ``season``, ``quarter``, ``half``, ``year``, ``decade``,
        ``century``, ``interval``, ``set`` for a time that cannot be settled (``[a..b]``), ``duration``
        for an ISO 8601 duration, or ``other``.

    Raises:
        DateError: The value is neither EDTF nor a duration.
    """
    if is_duration(value):
        return "duration"
    if value.startswith("["):
        return "set"
    low, high = bounds(value)
    if "/" in value:
        whole_week = low is not None and high is not None and low.weekday() == 0 and (high - low).days == 6
        return "week" if whole_week else "interval"
    certain = value.rstrip("~?%")
    return next((name for name, form in _FORMS if form.fullmatch(certain)), "other")

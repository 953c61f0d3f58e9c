"""EDTF values and the days they cover.

The date layer speaks EDTF (ISO 8601-2:2019 annex A, https://www.loc.gov/standards/datetime/): a day,
month or year, seasons 21-24, quarters 33-36, halves 40-41, decades ``199X``, centuries ``18XX``,
intervals ``a/b`` (``..`` for an open end), ``[a..b]`` for "some time between, unknown which" and
``XXXX-10-07`` for a day whose year is open.
Seasons are those of the weather services of the northern hemisphere: winter 2024 is December 2024 to
February 2025.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import time
from functools import lru_cache

from retrieval.errors import DateError

Bounds = tuple[dt.date | None, dt.date | None]

_UNIT = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?[~?%]?"
)
_MASKED = re.compile(r"(\d\d)(\d|X)X|(\d{4})-XX(?:-XX)?|(\d{4})-(\d\d)-XX")
_OPEN_DAY = re.compile(r"XXXX-(\d\d)-(\d\d)")
_HALF_MASKED = re.compile(r"-X\d")  # edtf 5.0 prints to stdout, then fails, on 2012-X1-0
_SET = re.compile(r"\[([^,\[\]]+?)\.\.([^,\[\]]+?)\]")
_DURATION = re.compile(r"P(?!$)(?:[\dX.]+[YMWD])*(?:T(?:[\dX.]+[HMS])+)?")

# First month and length in months of the numbered parts of a year.
_PARTS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)}
_PARTS |= {33 + q: (3 * q + 1, 3) for q in range(4)}
_PARTS |= {40: (1, 6), 41: (7, 6)}


def is_duration(value: str) -> bool:
    """Tell whether a mention's value is an ISO 8601 duration (``P10Y``; ``PXD``: some days)."""
    return bool(_DURATION.fullmatch(value))


def check_edtf(value: str) -> str:
    """Return the value stripped, having checked that it is an EDTF date.

    Raises:
        DateError: The value is not EDTF, or names a day that does not exist.
    """
    cleaned = value.strip()
    bounds(cleaned)
    return cleaned


@lru_cache(maxsize=4096)
def bounds(value: str) -> Bounds:
    """Return the first and the last day an EDTF value covers.

    Returns:
        A pair of days; None where an interval is open, or where the day is outside the years 1-9999
        that a ``datetime.date`` can hold.

    Raises:
        DateError: The value is not EDTF, or names a day that does not exist.
    """
    try:
        known = _interval(value) if "/" in value else _simple(value)
        return known if known is not None else _other(value)
    except (ValueError, OverflowError) as error:
        if isinstance(error, DateError):
            raise
        raise _refusal(value) from error


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """Return the EDTF string of a year, month or day that exists.

    Raises:
        ValueError: There is no such day.
    """
    checked = dt.date(year, month or 1, day or 1)
    text = checked.isoformat()
    return text if day else text[:7] if month else text[:4]


def interval(low: dt.date, high: dt.date) -> str:
    """Return the shortest EDTF value that covers exactly these days.

    Raises:
        ValueError: The days are in the wrong order.
    """
    if low > high:
        raise ValueError(f"{low} is after {high}")
    if low == high:
        return low.isoformat()
    if low.day == 1 and high == month_end(high.year, high.month):
        if (low.year, low.month) == (high.year, high.month):
            return low.isoformat()[:7]
        if (low.month, high.month) == (1, 12):
            whole = low.isoformat()[:4], high.isoformat()[:4]
            return whole[0] if whole[0] == whole[1] else "/".join(whole)
        return f"{low.isoformat()[:7]}/{high.isoformat()[:7]}"
    return f"{low.isoformat()}/{high.isoformat()}"


def week(day: dt.date) -> str:
    """Return the Monday/Sunday interval of the week a day is in."""
    monday = day - dt.timedelta(day.weekday())
    return interval(monday, monday + dt.timedelta(6))


def one_of(first: str, last: str) -> str:
    """Return the set ``[a..b]``: a time from the start of one value to the end of another, unknown which."""
    if first == last:
        return first
    (low, _), (_, high) = bounds(first), bounds(last)
    if low is None or high is None or low > high:
        raise ValueError(f"no set from {first} to {last}")
    if len(first) == len(last) and first[4:5] == last[4:5] and "/" not in first and "[" not in first:
        return f"[{first}..{last}]"
    return f"[{low}..{high}]"


def part(value: str, which: str) -> str | None:
    """Return the beginning (``START``), middle (``MID``) or end (``END``) of a value, roughly a third.

    Returns:
        An interval; None where the value is a single day, or has no two ends.
    """
    low, high = bounds(value)
    if low is None or high is None or low == high or value.startswith("["):
        return None
    if re.fullmatch(r"\d{4}-\d\d", value) and low.month == high.month:
        days = {"START": (1, 10), "MID": (11, 20), "END": (21, high.day)}[which]
        return interval(low.replace(day=days[0]), low.replace(day=days[1]))
    if re.fullmatch(r"\d{4}", value):
        months = {"START": (1, 3), "MID": (5, 8), "END": (10, 12)}[which]
        return interval(dt.date(low.year, months[0], 1), month_end(low.year, months[1]))
    if low.month == 1 and low.day == 1 and high.month == 12 and high.day == 31:
        # Whole decades of a century, three years of a decade: 30, 40 and 30 hundredths.
        count = high.year - low.year + 1
        outer = round(count * 0.3)
        years = {
            "START": (low.year, low.year + outer - 1),
            "MID": (low.year + outer, high.year - outer),
            "END": (high.year - outer + 1, high.year),
        }[which]
        return interval(dt.date(years[0], 1, 1), dt.date(years[1], 12, 31))
    length = (high.year - low.year) * 12 + high.month - low.month + 1
    if low.day == 1 and high == month_end(high.year, high.month) and length % 3 == 0:
        first = {"START": low, "MID": add_months(low, length // 3), "END": add_months(low, length * 2 // 3)}[
            which
        ]
        return interval(first, add_months(first, length // 3) - dt.timedelta(1))
    third_days = dt.timedelta(max(2, round(((high - low).days + 1) / 3) - 1))
    if which == "START":
        return interval(low, min(high, low + third_days))
    if which == "END":
        return interval(max(low, high - third_days), high)
    middle = low + (high - low - third_days) / 2
    return interval(middle, middle + third_days)


def _simple(value: str) -> Bounds | None:
    if match := _UNIT.fullmatch(value):
        year, month, day = (int(group) if group else None for group in match.groups())
        return _unit(year or 0, month, day)
    if match := _MASKED.fullmatch(value):
        if match[1]:
            first = int(match[1]) * 100 + (0 if match[2] == "X" else int(match[2]) * 10)
            years = 99 if match[2] == "X" else 9
            return dt.date(max(first, 1), 1, 1), dt.date(first + years, 12, 31)
        return _unit(int(match[3] or match[4]), int(match[5]) if match[5] else None, None)
    if match := _OPEN_DAY.fullmatch(value):
        _unit(2000, int(match[1]), int(match[2]))
        return None, None
    if match := _SET.fullmatch(value):
        (low, _), (_, high) = bounds(match[1]), bounds(match[2])
        return _ordered(value, low, high)
    return None


def _unit(year: int, month: int | None, day: int | None) -> Bounds | None:
    if 0 in (month, day):
        raise ValueError("months and days are counted from 1")
    if year == 0:
        return None, None
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None and month in _PARTS:
        first, length = _PARTS[month]
        years, last = divmod(first + length - 2, 12)
        return dt.date(year, first, 1), month_end(year + years, last + 1)
    if day is None and 25 <= month <= 41:
        return None
    low = dt.date(year, month, day or 1)
    return low, low if day else month_end(year, month)


def _interval(value: str) -> Bounds:
    first, _, last = value.partition("/")
    if "/" in last or (first in ("", "..") and last in ("", "..")):
        raise _refusal(value)
    low = None if first in ("", "..") else bounds(first)[0]
    high = None if last in ("", "..") else bounds(last)[1]
    return _ordered(value, low, high)


def _ordered(value: str, low: dt.date | None, high: dt.date | None) -> Bounds:
    if low is not None and high is not None and low > high:
        raise DateError(f"“{value}” ends before it begins: write the earlier date first.")
    return low, high


def _other(value: str) -> Bounds:
    """Bound the rarer forms (levels 1 and 2: seasons of the south, masks, negative years) with ``edtf``."""
    from edtf import EDTFObject, EDTFParseException, parse_edtf

    if _HALF_MASKED.search(value):
        raise _refusal(value)
    try:
        parsed = parse_edtf(value)
    except EDTFParseException as error:
        raise _refusal(value) from error
    if not isinstance(parsed, EDTFObject):
        raise _refusal(value)
    try:
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (AttributeError, TypeError, ValueError):
        return None, None


def _day(moment: time.struct_time | float) -> dt.date | None:
    if not isinstance(moment, time.struct_time) or not dt.MINYEAR <= moment.tm_year <= dt.MAXYEAR:
        return None
    return dt.date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def _refusal(value: str) -> DateError:
    return DateError(
        f"“{value}” is not a date: write a year, a month or a day, such as 2025, 2025-04 or 2025-04-03."
    )

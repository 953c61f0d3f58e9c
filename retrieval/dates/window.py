"""Read the time a question asks about: *en janvier 2024*, *depuis mars*, *between 2019 and 2021*."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from retrieval.dates.context import PAST_ONLY
from retrieval.dates.finding import find_matches
from retrieval.dates.merging import ResolvedMatch
from retrieval.dates.tense import sentence_tense
from retrieval.dates.values import add_months, bounds, is_duration
from retrieval.dates.visible import visible
from retrieval.types import DateMention, Window

_OPERATORS = [
    (
        "since",
        r"depuis|dès|à partir d[eu]|à partir d['’]|a partir d[eu]|since|starting(?: in| from| on)?|as of",
    ),
    ("after", r"après|apres|after|postérieure?s? (?:à|au)"),
    ("before", r"avant|before|prior to|antérieure?s? (?:à|au)|earlier than"),
    ("until", r"jusqu['’](?:à|au|en|a)|jusque|until|till|up to|d['’]ici(?: à)?|by"),
    ("between", r"entre|between"),
    ("around", r"vers|autour d[eu]|aux alentours d[eu]|aux environs d[eu]|environ|around|about|circa"),
    ("in", r"en|au mois d['’e]|au cours d[eu]|pendant|durant|dans|à|au|in|(?<![-'’])on|during|within|over"),
]
_BEFORE = [
    (
        name,
        re.compile(
            rf"\b(?:{words})\s*(?:(?:le|la|les|l['’]|the|mois de|l['’]année|année)\s*)?$", re.IGNORECASE
        ),
    )
    for name, words in _OPERATORS
]
_ONWARDS = re.compile(r"\s*(?:onwards?|or later|et après|et au-delà)\b", re.IGNORECASE)
_RANGE = re.compile(
    r"(?<=.)\s*(?:\b(?:à|au|aux|et|to|and|until|till)\b|\bjusqu|(?<=\d)\s?[-–/]\s?(?=\d))\s*(?=.)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:du|de|d['’]|from)\s*(?:la\s*|the\s*)?$", re.IGNORECASE)
_RECENT = re.compile(r"\b(?:ce|these|derni|last|past|pass)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\w.,/-])(?:19|20)\d\d(?![\w%€$/-]|[.,]\d)")
_NUMBERED = re.compile(
    r"\b(?:vol|résolution|numéro|n°|no|article|page|ligne|boeing|airbus|flight|resolution|number|of|loi|chambre"
    r"|route|formule|section|version|les?|la|the|à|de|des|\d+)\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s*(?:€|\$|%|[^\W\d_]{3,}s\b)")

# What "these last days" may reach back to.
_VAGUE = {"D": 10, "W": 42, "M": 183, "Y": 5 * 366}


def window(question: str, today: dt.date) -> Window | None:
    """Return the time a question asks about on a given day, or None where it names none.

    A date without a year is in the past: asked in May, *en septembre* is last September. *After* and
    *before* leave out the time they name; *around* a day is three days on either side, around a month
    or a year half of one.
    """
    seen = visible(question)
    found = _visible_window(seen.text, today)
    if found is None or seen.text is question:
        return found
    start, end = seen.written_span(found.start, found.end)
    return replace(found, start=start, end=end, text=question[start:end])


def _visible_window(question: str, today: dt.date) -> Window | None:
    tense = 1 if sentence_tense(question, len(question), len(question)) > 0 else PAST_ONLY
    found = find_matches(question, (today, today), tense)
    read = [w for f in found if f.rule.kind != "hour" and (w := _read(question, f, today)) is not None]
    if not read:
        return _lone_year(question, today)
    precise = [w for w in read if w.operator != "in"] or [w for w in read if w.text[:1].isalpha()] or read
    return _both(question, precise)


def _read(question: str, found: ResolvedMatch, today: dt.date) -> Window | None:
    mention = found.mention
    operator, start = "in", mention.start
    for name, pattern in _BEFORE:
        if match := pattern.search(question, max(0, mention.start - 30), mention.start):
            operator, start = name, match.start()
            break
    if is_duration(mention.value):
        return _lasting(question, mention, operator, start, today)
    low, high, end = mention.low, mention.high, mention.end
    if low is None or high is None:
        return None
    if onwards := _ONWARDS.match(question, end):
        operator, end = "since", onwards.end()
    if operator in ("in", "between") and "/" in mention.value and _RANGE.search(mention.text):
        opening = _FROM.search(question, max(0, start - 12), start) if operator == "in" else None
        start = opening.start() if opening else start
        return Window(low, high, "between", start, end, question[start:end])
    edges = {
        "since": (low, None, "since"),
        "after": (_later(high, 1), None, "since"),
        "before": (None, _later(low, -1), "before"),
        "until": (None, high, "before"),
        "around": (_later(low, -_margin(low, high)), _later(high, _margin(low, high)), "around"),
    }
    return Window(*edges.get(operator, (low, high, "in")), start, end, question[start:end])


def _lasting(question: str, mention: DateMention, operator: str, start: int, today: dt.date) -> Window | None:
    """Read *depuis dix ans*, *these last days* back from today; any other length of time is no window."""
    words = question[start : mention.end]
    low = _back(mention.value, today)
    if low is None or not (operator == "since" or _RECENT.search(words)):
        return None
    if operator == "since":
        return Window(low, None, "since", start, mention.end, words)
    return Window(low, today, "in", start, mention.end, words)


def _margin(low: dt.date, high: dt.date) -> int:
    return max(3, ((high - low).days + 1) // 2)


def _later(day: dt.date, days: int) -> dt.date:
    """Return the day so many days later, kept within the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


def _back(value: str, today: dt.date) -> dt.date | None:
    match = re.fullmatch(r"P([\dX]+)([DWMY])", value)
    if match is None:
        return None
    count, unit = match.groups()
    try:
        if count == "X":
            return today - dt.timedelta(_VAGUE[unit])
        if unit in "DW":
            return today - dt.timedelta(int(count) * (7 if unit == "W" else 1))
        return add_months(today, -int(count) * (12 if unit == "Y" else 1))
    except (OverflowError, ValueError):
        return None


def _both(question: str, windows: list[Window]) -> Window:
    """Return the first window, or the one between *since* and *before* where there are both."""
    since = next((w for w in windows if w.operator == "since"), None)
    before = next((w for w in windows if w.operator == "before"), None)
    if since and before and since.low and before.high and since.low <= before.high:
        start, end = min(since.start, before.start), max(since.end, before.end)
        return Window(since.low, before.high, "between", start, end, question[start:end])
    return windows[0]


def _lone_year(question: str, today: dt.date) -> Window | None:
    """Return the window of a year without a preposition, as in a search box: *élections France 2022*."""
    for match in _YEAR.finditer(question):
        if int(match[0]) > today.year + 10 or _NUMBERED.search(question[: match.start()]):
            continue
        if not _COUNTED.match(question, match.end()):
            low, high = bounds(match[0])
            return Window(low, high, "in", *match.span(), match[0])
    return None

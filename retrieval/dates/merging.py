"""Merge what is found into one mention: an hour with its day, two ends into their interval."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from retrieval.dates.grammar import BETWEENS, CONJUNCTIONS, HOUR_GAP, RANGE_GAP
from retrieval.dates.patterns import Rule
from retrieval.dates.tokens import Tokens
from retrieval.dates.values import bounds, interval, is_duration
from retrieval.dates.words import WordClasses
from retrieval.types import DateMention

_NIGHT = re.compile(r"\b(?:nuits? d(?:u|e|’|')|night (?:of|from))[^.]{0,12}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResolvedMatch:
    """A mention, its tokens ``first`` up to ``last``, the values of its words, its rule, what settled it.

    ``without_day`` tells an hour that belongs to no day yet.
    """

    first: int
    last: int
    mention: DateMention
    words: WordClasses
    rule: Rule
    settled: str
    without_day: bool = False


def make_mention(text: str, span: tuple[int, int], value: str, sure: float) -> DateMention:
    """Return a mention of a value, less sure where the value is a set of several."""
    low, high = (None, None) if is_duration(value) else bounds(value)
    if value.startswith("["):
        sure *= 0.6
    return DateMention(*span, text[slice(*span)], value, low, high, round(sure, 3))


def merge_last(tokens: Tokens, found: list[ResolvedMatch]) -> None:
    """Merge the last mention with the one before: an hour with its day, two ends into their interval."""
    if len(found) < 2:
        return
    before, after = found[-2:]
    text, codes = tokens.text, tokens.codes
    gap = codes[before.last : after.first]
    if before.rule.kind == "hour" and HOUR_GAP.fullmatch(gap) and after.rule.kind != "hour":
        value = after.mention.value
    elif RANGE_GAP.fullmatch(gap) and (ends := _ends(before, after)):
        opened = codes[before.first - 1] if before.first else " "
        if not _is_range(gap, opened) or _NIGHT.search(text[: before.mention.start]):
            return
        value = interval(*ends)
    else:
        return
    span = before.mention.start, after.mention.end
    merged = make_mention(text, span, value, min(before.mention.confidence, after.mention.confidence))
    least = min(before, after, key=lambda match: match.mention.confidence)
    found[-2:] = [ResolvedMatch(before.first, after.last, merged, after.words, least.rule, least.settled)]


def _is_range(gap: str, opened: str) -> bool:
    """Tell *du 3 au 5* and *entre le 3 et le 5* from *le 3 et le 5*."""
    if gap[0] in CONJUNCTIONS:
        return opened in BETWEENS
    return True


def _ends(before: ResolvedMatch, after: ResolvedMatch) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of two mentions, the second giving its year to one without."""
    if "hour" in (before.rule.kind, after.rule.kind):
        return None
    low, high = before.mention.low, after.mention.high
    values = before.mention.value + after.mention.value
    if low is None or high is None or "[" in values or "/" in values:
        return None
    if "year" in after.words and "year" not in before.words and "month" in before.words:
        while low > high or (high - low).days > 366:
            low = _with_year(low, high.year if low > high or low.year < high.year else high.year - 1)
            if low > high:
                low = _with_year(low, high.year - 1)
    return (low, high) if low <= high else None


def _with_year(day: dt.date, year: int) -> dt.date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)

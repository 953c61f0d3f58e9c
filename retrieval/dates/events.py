"""Events that are named by their day: *les attaques du 7 octobre*, *the 11 September attacks*.

Their year is not the nearest to the text: it is the one that is told with a full date of the same event
elsewhere, and open (``XXXX-10-07``) where none is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from retrieval.dates.event_names import EVENT_NOUNS, PLANNED, event_name, sentence_around
from retrieval.dates.tense import sentence_tense
from retrieval.dates.values import bounds
from retrieval.dates.words import LANGUAGES, LEXICON
from retrieval.types import DateMention

NEWS_DAYS = 90
"""How many days after a day another event on it may be what the news names by it."""

AHEAD_DAYS = 366
"""How many days ahead an election or a verdict may be that is not told as past."""

TOLD = 0.92
"""Confidence in a year told elsewhere: of 11 such days in the articles of orange_news all were right."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Reference = tuple[dt.date, dt.date]
"""The first and the last day that a text may have been written on."""


@dataclass(frozen=True, slots=True)
class EventDay:
    """An event and its day. ``kind`` is that of ``lexicon/events.toml``; ``month_day`` is ``10-07``.

    ``year`` is None where it is not told. ``names`` are the words with a capital in the sentence, in lower
    case; ``place`` those of the event's own name.
    """

    kind: str
    month_day: str
    year: int | None
    names: frozenset[str]
    place: frozenset[str] = frozenset()


def is_open_day(value: str) -> bool:
    """Tell whether a value is a day whose year is open."""
    return value.startswith("XXXX-")


def full_dates(text: str, mentions: Sequence[DateMention]) -> Iterator[EventDay]:
    """Yield the events whose full dates a text tells, once each."""
    found: dict[EventDay, None] = {}
    for mention in mentions:
        if _FULL_DAY.fullmatch(mention.value) and mention.value[:4] in mention.text:
            sentence = sentence_around(text, mention.start, mention.end)
            names = _names(text, sentence, sentence)
            for language, kind in product(LANGUAGES, EVENT_NOUNS["fr"]):
                if EVENT_NOUNS[language][kind].search(text, *sentence):
                    found.setdefault(EventDay(kind, mention.value[5:], int(mention.value[:4]), names))
    yield from found


def settle(
    text: str, mentions: Sequence[DateMention], reference: Reference | None, told: Iterable[EventDay]
) -> tuple[DateMention, ...]:
    """Return the mentions of a text with the years of its events taken from what is told elsewhere."""
    return tuple(
        _settled(text, mention, reference, told) if is_open_day(mention.value) else mention
        for mention in mentions
    )


def _settled(
    text: str, mention: DateMention, reference: Reference | None, told: Iterable[EventDay]
) -> DateMention:
    found = event_name(text, mention.start, mention.end)
    if found is None:
        return mention
    sentence = sentence_around(text, mention.start, mention.end)
    names, place = _names(text, sentence, sentence), _names(text, sentence, (found.first, found.last))
    asked = EventDay(found.kind, mention.value[5:], None, names, place)
    is_past = found.kind not in PLANNED or sentence_tense(text, mention.start, mention.end) < 0
    year = _year(asked, told, reference, is_past=is_past)
    if year is None:
        return mention
    value = f"{year}-{asked.month_day}"
    low, high = bounds(value)
    return replace(mention, value=value, low=low, high=high, confidence=TOLD)


def _year(
    asked: EventDay, told: Iterable[EventDay], reference: Reference | None, *, is_past: bool
) -> int | None:
    """Return the year of the one event that is meant, None where there is none or several may be."""
    shared: dict[int, int] = {}
    for event in told:
        if event.year is None or (event.kind, event.month_day) != (asked.kind, asked.month_day):
            continue
        if asked.place and event.names and not asked.place & event.names:
            continue
        common = len(asked.names & event.names)
        if reference and not _may_be(event, reference, common, is_past=is_past):
            continue
        shared[event.year] = max(common, shared.get(event.year, 0))
    most = max(shared.values(), default=0)
    best = [year for year, common in shared.items() if common == most]
    return best[0] if len(best) == 1 else None


def _may_be(event: EventDay, reference: Reference, common: int, *, is_past: bool) -> bool:
    """Tell whether an event may be what a text of a time names by its day alone."""
    day = dt.date.fromisoformat(f"{event.year}-{event.month_day}")
    written = reference[1]
    if day > written:
        return not is_past and (day - written).days <= AHEAD_DAYS
    since = (written - day).days % 365  # leap days aside
    is_news_again = (written - day).days > NEWS_DAYS and since <= NEWS_DAYS
    return bool(common) or not is_news_again


def _names(text: str, sentence: tuple[int, int], part: tuple[int, int]) -> frozenset[str]:
    """Return the words with a capital in a part of a sentence, in lower case, without its first word."""
    opening = _WORD.search(text, *sentence)
    return frozenset(
        word[0].lower()
        for word in _WORD.finditer(text, *part)
        if word[0][0].isupper()
        and word[0].lower() not in LEXICON
        and opening
        and word.start() > opening.start()
    )

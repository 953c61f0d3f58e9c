"""Events that are named by their day: *les attaques du 7 octobre*, *the 11 September attacks*.

Their year is not the nearest to the text: it is the one that is told with a full date of the same event
elsewhere, and open (``XXXX-10-07``) where none is.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from retrieval.dates.tense import sentence_tense
from retrieval.dates.values import bounds
from retrieval.dates.words import LANGUAGES
from retrieval.types import DateMention

NEWS_DAYS = 90
"""How many days after a day another event on it may be what the news names by it."""

AHEAD_DAYS = 366
"""How many days ahead an election or a verdict may be that is not told as past."""

TOLD = 0.94
"""Confidence in a year told elsewhere: of 14 such days in the articles of orange_news all were right."""

_PLANNED = {"election", "verdict"}
_NEAR = 40
_LONGEST_NAME = 8
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STOP = re.compile(r"[.!?;\n]\s")
_MARK = re.compile(r"[.,;:!?()\d]")
_WORD = re.compile(r"[^\W\d_]+")
_FRENCH = {"du", "des", "de", "d'", "d’", "le", "les"}
_OF = {"du", "des", "de", "d'", "d’", "of"}
_LINK = re.compile(
    r"\b(?P<link>du|des|de|d['’]|le|les|of|on)\s*(?:the\s+)?"
    r"(?:(?:1er|\d{1,2})\s*(?:,|-|et|and|au|to)\s*(?:le\s+|du\s+)?)*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:le|les|the)\s+", re.IGNORECASE)
_INDEFINITE = re.compile(r"\b(?:une?|an?)\s+(?:\w+\s+)?$", re.IGNORECASE)
_SMALL = set(
    "à au aux d dans de des du en et l la le les par sur contre against and at by in of on the".split()
)
_OTHER_TIMES = set("après avant before depuis eve lendemain since veille".split())
_BEFORE_NAME = re.compile(r"(?:\b(?:the|since|after|before)|['’]s)\s+$", re.IGNORECASE)
_AFTER = re.compile(r"(?:,?\s+(?:[^\W\d_]|-)+){1,3}")
_PLACE = re.compile(
    r"\s+(?:à|au|aux|en|dans|contre|sur|in|on|at|against)\s+(?:(?:la|le|les|the)\s+|l['’])?"
    r"(?:[A-ZÀ-Þ][\w’'-]*\s?)+"
)

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


def open_day(month: int, day: int) -> str:
    """Return the EDTF value of a day whose year is open."""
    return f"XXXX-{month:02}-{day:02}"


def is_open_day(value: str) -> bool:
    """Tell whether a value is a day whose year is open."""
    return value.startswith("XXXX-")


def names_event(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]``, a day without a year, is the name of an event.

    An election or a verdict that is announced is no past event: its day is read like any other.
    """
    found = _event(text, start, end)
    if found is None:
        return False
    if found.kind not in _PLANNED:
        return True
    near = text[found.first : found.last + _NEAR]
    is_announced = sentence_tense(near, start - found.first, end - found.first) > 0
    return not (is_announced or (not found.is_of and sentence_tense(text, start, end) > 0))


def full_dates(text: str, mentions: Sequence[DateMention]) -> Iterator[EventDay]:
    """Yield the events whose full dates a text tells, once each."""
    found: dict[EventDay, None] = {}
    for mention in mentions:
        if _FULL_DAY.fullmatch(mention.value) and mention.value[:4] in mention.text:
            first, last = _sentence(text, mention.start, mention.end)
            names = _names(text, first, last)
            for language, kind in product(LANGUAGES, _NOUNS["fr"]):
                if _NOUNS[language][kind].search(text, first, last):
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
    found = _event(text, mention.start, mention.end)
    if found is None:
        return mention
    kind = found.kind
    names = _names(text, *_sentence(text, mention.start, mention.end))
    asked = EventDay(
        kind,
        mention.value[5:],
        None,
        names,
        _names(text, found.first, found.last) - _names(mention.text, 0, 99),
    )
    is_past = kind not in _PLANNED or sentence_tense(text, mention.start, mention.end) < 0
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


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of an event, ``text[first:last]``; ``is_of`` tells whether *du*, *of* join the day to it."""

    kind: str
    first: int
    last: int
    is_of: bool = True


def _event(text: str, start: int, end: int) -> _Name | None:
    """Return the name of the event that a day is a part of."""
    first, last = _sentence(text, start, end)
    opened = _ARTICLE.match(text, start, end)
    linked = _LINK.search(text, first, opened.end() if opened else start)
    if linked:
        link = linked["link"].lower()
        for kind, nouns in _NOUNS["fr" if link in _FRENCH else "en"].items():
            found = list(nouns.finditer(text, first, linked.start()))
            if found and _is_joined(text, first, found[-1], linked.start(), is_of=link in _OF):
                return _Name(kind, found[-1].start(), _end_of_name(text, end, last), link in _OF)
    after = _AFTER.match(text, end, last)
    if after and _BEFORE_NAME.search(text, first, opened.end() if opened else start):
        for kind, nouns in _NOUNS["en"].items():
            if noun := nouns.search(text, end, after.end()):
                return _Name(kind, start, _end_of_name(text, noun.end(), last))
    return None


def _is_joined(text: str, first: int, noun: re.Match[str], end: int, *, is_of: bool) -> bool:
    """Tell whether a noun and the words up to ``end`` make one name with a day: *l'attaque du Hamas du 7*.

    Names and small words may stand between them, and two words more; before *le* or *on*, where a verb may
    stand too, one word more. An event that is known by its day has no indefinite article.
    """
    between = text[noun.end() : end]
    written = _WORD.findall(between)
    if _MARK.search(between) or len(written) > _LONGEST_NAME:
        return False
    others = [place for place, word in enumerate(written) if word.islower() and word not in _SMALL]
    if _INDEFINITE.search(text, first, noun.start()) or not _OTHER_TIMES.isdisjoint(written):
        return False
    return len(others) <= 2 if is_of else others in ([], [0])


def _end_of_name(text: str, end: int, last: int) -> int:
    """Return where the name of an event ends, with the place that follows it: *à Nice*, *in Paris*."""
    return place.end() if (place := _PLACE.match(text, end, last)) else end


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max((stop.end() for stop in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    return first, stop.start() if stop else len(text)


def _names(text: str, start: int, end: int) -> frozenset[str]:
    """Return the words with a capital in a part of a text, in lower case."""
    return frozenset(
        word.lower() for word in _WORD.findall(text[start:end]) if word[0].isupper() and len(word) > 2
    )


def _nouns() -> dict[str, dict[str, re.Pattern[str]]]:
    """Return a pattern for the nouns of each kind, by language."""
    file = Path(__file__).parent / "lexicon" / "events.toml"
    kinds = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        language: {
            kind: re.compile(rf"\b(?:{'|'.join(map(_spelled, nouns[language]))})\b", re.IGNORECASE)
            for kind, nouns in kinds.items()
        }
        for language in LANGUAGES
    }


def _spelled(noun: str) -> str:
    return re.escape(noun).replace("'", "['’]").replace(r"\ ", r"\s+")


_NOUNS = _nouns()

"""Names of events that hold a day: *les attaques du 7 octobre*, *the 11 September attacks*."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.dates.tense import sentence_tense
from retrieval.dates.words import LANGUAGES, WordClasses
from retrieval.types import DateMention

PLANNED = frozenset({"election", "verdict"})
"""The kinds of events that the news tells of before they happen."""

_NEAR = 40
_LONGEST_NAME = 8
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
_DEFINITE = re.compile(r"(?:\b(?:la|les?|the|cette|cet?|this)\s+(?:\w+\s+)?|\bl['’])$", re.IGNORECASE)
_LISTED = re.compile(r"\b(?:1er|\d{1,2})\s*(?:,|-|et|and|au|to)\s*(?:(?:le|du|the)\s+)?$", re.IGNORECASE)
_LIST_GOES_ON = re.compile(r"\s*(?:,|-|et|and|au|to)\s*(?:(?:le|du|the)\s+)?(?:1er|\d{1,2})\b", re.IGNORECASE)
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
_YEAR = re.compile(r"\d{4}")
_ONE_DAY = re.compile(r"\[?\d{4}-(\d\d)-(\d\d)(?:\.\.\d{4}-\1-\2\])?")


@dataclass(frozen=True, slots=True)
class EventName:
    """The name of an event, ``text[first:last]``; ``is_of`` tells whether *du*, *of* join the day to it."""

    kind: str
    first: int
    last: int
    is_of: bool = True


def with_open_year(text: str, mention: DateMention, words: WordClasses) -> DateMention:
    """Return a mention of a day; its year is open where it is not told and the day names an event."""
    told = {"year", "y2", "weekday", "last", "next", "this"} & words.keys()
    day = _ONE_DAY.fullmatch(mention.value)
    if told or day is None or _YEAR.search(mention.text) or not names_event(text, mention.start, mention.end):
        return mention
    return replace(mention, value=f"XXXX-{day[1]}-{day[2]}", low=None, high=None)


def names_event(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]``, a day without a year, is the name of an event.

    An election or a verdict that is announced is no past event, nor is one whose days are listed (*des 20 et
    27 juin*): its day is read like any other.
    """
    found = event_name(text, start, end)
    if found is None:
        return False
    if found.kind not in PLANNED:
        return True
    if _LISTED.search(text, found.first, start) or _LIST_GOES_ON.match(text, end):
        return False
    near = text[found.first : found.last + _NEAR]
    is_announced = sentence_tense(near, start - found.first, end - found.first) > 0
    return not (is_announced or (not found.is_of and sentence_tense(text, start, end) > 0))


def event_name(text: str, start: int, end: int) -> EventName | None:
    """Return the name of the event that a day is a part of."""
    first, last = sentence_around(text, start, end)
    opened = _ARTICLE.match(text, start, end)
    linked = _LINK.search(text, first, opened.end() if opened else start)
    if linked:
        link = linked["link"].lower()
        for kind, nouns in EVENT_NOUNS["fr" if link in _FRENCH else "en"].items():
            found = list(nouns.finditer(text, first, linked.start()))
            if found and _is_joined(text, first, found[-1], linked.start(), is_of=link in _OF):
                return EventName(kind, found[-1].start(), _end_of_name(text, end, last), link in _OF)
    after = _AFTER.match(text, end, last)
    if after and _BEFORE_NAME.search(text, first, opened.end() if opened else start):
        for kind, nouns in EVENT_NOUNS["en"].items():
            if noun := nouns.search(text, end, after.end()):
                return EventName(kind, start, _end_of_name(text, noun.end(), last))
    return None


def _is_joined(text: str, first: int, noun: re.Match[str], end: int, *, is_of: bool) -> bool:
    """Tell whether a noun and the words up to ``end`` make one name with a day: *l'attaque du Hamas du 7*.

    Names and small words may stand between them, and two words more. Before *le* or *on*, where a verb may
    stand too, one word more, and the noun has a definite article. None is known by its day with an indefinite
    one.
    """
    between = text[noun.end() : end]
    written = _WORD.findall(between)
    if _MARK.search(between) or len(written) > _LONGEST_NAME:
        return False
    others = [place for place, word in enumerate(written) if word.islower() and word not in _SMALL]
    if _INDEFINITE.search(text, first, noun.start()) or not _OTHER_TIMES.isdisjoint(written):
        return False
    if is_of:
        return len(others) <= 2
    return others in ([], [0]) and bool(_DEFINITE.search(text, first, noun.start()))


def _end_of_name(text: str, end: int, last: int) -> int:
    """Return where the name of an event ends, with the place that follows it: *à Nice*, *in Paris*."""
    return place.end() if (place := _PLACE.match(text, end, last)) else end


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence of ``text[start:end]`` begins and ends."""
    first = max((stop.end() for stop in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    return first, stop.start() if stop else len(text)


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


EVENT_NOUNS = _nouns()
"""Patterns of the nouns of events, by language, then by kind."""

"""Whether a date is in the past or the future, by the verb that it belongs to."""

from __future__ import annotations

import re

from retrieval.dates import cues
from retrieval.dates.context import GOVERNED_PAST
from retrieval.dates.words import LEXICON

_STOP = re.compile(r"[.!?;\n]\s")
_REACH = 160
_FIRST_WORD = re.compile(r"\w+")


def sentence_tense(text: str, start: int, end: int) -> int:
    """Return the tense of ``text[start:end]``, a date, in its sentence.

    Returns:
        1 future, 0 unknown, -1 past, GOVERNED_PAST where the date is that of a verb in the past, which
        leaves it no future.
    """
    before, after = _sentence(text, start, end)
    if cues.SINCE.search(before):
        return GOVERNED_PAST
    if cues.AHEAD.search(before):
        return 1
    found = list(cues.CUES.finditer(before))
    if found and not cues.CONJUNCTION.search(before):
        return _governed(before, after, found, _is_day(text[start:end]))
    return _fronted(before, after, _is_day(text[start:end]))


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the sentence's text before and after the date, at most some words of it."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH // 2]
    stops = list(_STOP.finditer(before))
    stop = _STOP.search(after)
    return before[stops[-1].end() :] if stops else before, after[: stop.start()] if stop else after


def _is_day(date: str) -> bool:
    """Tell a day, which begins with figures or a weekday, from a month."""
    word = _FIRST_WORD.match(date)
    return word is not None and (word[0].isdigit() or "weekday" in LEXICON.get(word[0].lower(), {}))


def _governed(before: str, after: str, found: list[re.Match[str]], is_day: bool) -> int:
    """Return the tense of a date after the verb it belongs to, the last one of ``before``."""
    last = found[-1]
    matrix = found[-2] if len(found) > 1 else None
    gap = before[last.end() :]
    kind = last.lastgroup
    if cues.TARGET.search(before) and any(cues.DEFERRAL.search(cue[0]) for cue in found[-2:]):
        return 1
    if is_day and cues.AHEAD_OF_DAY.search(before):
        return 1
    if kind == "future" or cues.PREVIEW.search(before):
        return 1
    if kind == "infinitive":
        return _infinitive(before, last, matrix)
    if kind == "set_day" and matrix is not None and matrix.lastgroup in ("past", "future"):
        # A noun or an adjective here: the verb is before it.
        return _governed(before, after, found[:-1], is_day)
    if kind == "set_day":
        return 1 if last[0].lower().startswith(("est ", "sont ")) else 0 if cues.FORWARD.search(before) else -1
    if kind == "participle":
        adjacent = cues.ADJACENT.fullmatch(gap)
        if matrix is not None and not adjacent:
            return _governed(before, after, found[:-1], is_day)
        return GOVERNED_PAST if adjacent and not cues.PROSPECTIVE.search(last[0]) else -1
    return _past(before, after, last)


def _past(before: str, after: str, verb: re.Match[str]) -> int:
    """Return the tense of a date whose nearest verb is in the past."""
    gap = before[verb.end() :]
    adjacent = cues.ADJACENT.fullmatch(gap) is not None
    if cues.PROSPECTIVE.search(verb[0]) and not adjacent:
        if cues.CLAUSE.search(gap):
            return -1 if cues.COMPLEMENT.search(before) else 1
        return GOVERNED_PAST if cues.OBJECT.match(after) else -1
    return -1 if cues.COMPLEMENT.search(before) and not adjacent else GOVERNED_PAST


def _infinitive(before: str, infinitive: re.Match[str], matrix: re.Match[str] | None) -> int:
    """Return the tense of a date whose nearest verb is an infinitive: that of the verb before, or ahead of it."""
    if matrix is None:
        english = infinitive[0].lower().startswith("to")
        return 1 if english or cues.PROSPECTIVE.search(before[: infinitive.start()]) else 0
    if matrix.lastgroup == "future" or cues.PROSPECTIVE.search(before[matrix.start() : infinitive.start()]):
        return 1
    return GOVERNED_PAST if matrix.lastgroup == "past" else 0


def _fronted(before: str, after: str, is_day: bool) -> int:
    """Return the tense of a date that no verb of its clause is before: that of the verb after it."""
    if cues.PREVIEW.search(before) or (is_day and cues.AHEAD_OF_DAY.search(before)):
        return 1
    verb = next((cue for cue in cues.CUES.finditer(after) if cue.lastgroup in ("past", "future")), None)
    if verb is None:
        return 1 if cues.FORWARD.search(before) else 0
    if verb.lastgroup == "future":
        return 1
    in_relative = cues.RELATIVE.search(after[: verb.start()])
    return -1 if in_relative or cues.COMPLEMENT.search(before) else GOVERNED_PAST

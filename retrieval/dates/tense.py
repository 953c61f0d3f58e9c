"""Whether a date is in the past or the future, by the verb that it belongs to."""

from __future__ import annotations

import re

from retrieval.dates import cues
from retrieval.dates.context import GOVERNED_PAST
from retrieval.dates.words import LEXICON

_STOP = re.compile(r"[.!?;\n]\s")
_REACH = 160
_FIRST_WORD = re.compile(r"\w+")
_FRONT = 3
"""How many words, such as a preposition and an article, may stand before a date that opens its clause."""


def sentence_tense(text: str, start: int, end: int) -> int:
    """Return the tense of ``text[start:end]``, a date, in its sentence.

    Returns:
        1 future, 0 unknown, -1 past, GOVERNED_PAST where the date is that of a verb in the past, which
        leaves it no future.
    """
    before, after = _sentence(text, start, end)
    date = text[start:end]
    if cues.SINCE.search(before):
        return GOVERNED_PAST
    if cues.AHEAD.search(before) or (_is_day(date) and cues.AHEAD_OF_DAY.search(before)):
        return 1
    english = cues.is_english(text)
    found = cues.cues(before, english)
    right = _right(cues.cues(after, english), after)
    if not found or cues.CONJUNCTION.search(before) or cues.NEW_CLAUSE.search(before):
        return _fronted(before, after, right)
    if cues.TARGET.search(before) and cues.DEFERRAL.search(before, found[-2:][0].start()):
        return 1
    if cues.PREVIEW.search(before):
        return 1
    tense = _governed(before, after, found, right, date)
    return max(tense, -1) if cues.FORWARD.search(before) else tense


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the sentence's text before and after the date, at most some words of it."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH // 2]
    stops = list(_STOP.finditer(before))
    stop = _STOP.search(after)
    return before[stops[-1].end() :] if stops else before, after[: stop.start()] if stop else after


def _is_weekday(date: str) -> bool:
    word = _FIRST_WORD.match(date)
    return word is not None and "weekday" in LEXICON.get(word[0].lower(), {})


def _is_day(date: str) -> bool:
    """Tell a day, which begins with figures, a weekday or a feast, from a month."""
    word = _FIRST_WORD.search(date)
    feast = word is not None and {"feast", "feast_head"} & LEXICON.get(word[0].lower(), {}).keys()
    return date[:1].isdigit() or _is_weekday(date) or bool(feast)


def _governed(before: str, after: str, found: list[re.Match[str]], right: int, date: str) -> int:
    """Return the tense of a date after the verb it belongs to, the last one of ``before``."""
    *others, last = found
    kind = last.lastgroup
    if kind == "past":
        return _past(before, after, last, right)
    if kind == "infinitive":
        matrix = [cue for cue in others if cue.lastgroup in ("past", "future", "due")]
        return _infinitive(before, last, matrix[-1] if matrix else None)
    if kind in ("set_day", "participle"):
        return _participle(before, after, found, right, date)
    return {"future": 1, "agenda": int(_is_weekday(date))}.get(str(kind), 0)


def _past(before: str, after: str, verb: re.Match[str], right: int) -> int:
    """Return the tense of a date whose nearest verb is in the past."""
    gap = before[verb.end() :]
    if cues.PROSPECTIVE.search(verb[0]) and cues.DEFERRAL.search(verb[0]):
        return -1
    if cues.ADJACENT.fullmatch(gap):
        return GOVERNED_PAST
    if cues.CLAUSE.search(gap):
        ahead = right or (1 if cues.PROSPECTIVE.search(verb[0]) else -1)
        return min(ahead, -1) if cues.COMPLEMENT.search(before) else ahead
    if cues.PROSPECTIVE.search(verb[0]):
        return GOVERNED_PAST if cues.OBJECT.match(after) else -1
    loose = (
        "," in gap.rstrip()[:-1] or "(" in gap or cues.COMPLEMENT.search(before) or cues.AS_OF.search(before)
    )
    return -1 if loose else GOVERNED_PAST


def _infinitive(before: str, infinitive: re.Match[str], matrix: re.Match[str] | None) -> int:
    """Return the tense of a date whose nearest verb is an infinitive: that of the verb before, or ahead."""
    governing = before[matrix.start() if matrix else 0 : infinitive.start()]
    if cues.PROSPECTIVE.search(governing):
        return 1
    if matrix is None:
        return 1 if infinitive[0].lower().startswith("to") else 0
    if cues.DECISION.search(governing):
        return -1
    return {"future": 1, "past": GOVERNED_PAST}.get(str(matrix.lastgroup), 0)


def _participle(before: str, after: str, found: list[re.Match[str]], right: int, date: str) -> int:
    """Return the tense of a date whose nearest verb is a participle without an auxiliary in the past."""
    *others, last = found
    present = last[0].lower().startswith(("est ", "sont "))
    if present and last.lastgroup == "set_day" and cues.PROSPECTIVE.search(last[0]):
        return 1
    gap = before[last.end() :]
    if present or not (cues.ADJACENT.fullmatch(gap) or cues.BY.match(gap)):
        return _governed(before, after, others, right, date) if others else -1
    ahead = right > 0 or (others and others[-1].lastgroup == "future")
    loose = ahead or any(words.search(last[0]) for words in (cues.SCHEDULED, cues.PROSPECTIVE, cues.DEFERRAL))
    return -1 if loose else GOVERNED_PAST


def _right(found: list[re.Match[str]], after: str) -> int:
    """Return the tense of the first verb after a date: 1 future, -1 past, 0 none."""
    verb = next((cue for cue in found if cue.lastgroup in ("past", "future")), None)
    if verb is None or cues.QUOTE.search(after[: verb.start()]):
        return 0
    return 1 if verb.lastgroup == "future" else -1


def _fronted(before: str, after: str, right: int) -> int:
    """Return the tense of a date that no verb of its clause is before: that of the verb after it."""
    if cues.PREVIEW.search(before):
        return 1
    if right == 0:
        return 1 if cues.FORWARD.search(before) else 0
    opens = len(before.split()) <= _FRONT or cues.CONJUNCTION.search(before) or cues.NEW_CLAUSE.search(before)
    loose = cues.COMPLEMENT.search(before) or cues.RELATIVE.search(after[:40].split(",")[0])
    return GOVERNED_PAST if right < 0 and opens and not loose else right

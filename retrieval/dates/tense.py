"""Whether a date is in the past or the future, by the verb that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.dates import cues
from retrieval.dates.context import GOVERNED_FUTURE, GOVERNED_PAST
from retrieval.dates.words import LEXICON, WordClasses

_STOP = re.compile(r"[.!?;\n]\s")
_REACH = 160
_REACH_AFTER = 100
_FIRST_WORD = re.compile(r"(?:(?:le|la|the)\s+|l['’])?(\w+)", re.IGNORECASE)
_FRONT = 3
"""How many words, such as a preposition and an article, may stand before a date that opens its clause."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A date in its sentence: the words before and after it, at most some of them."""

    before: str
    date: str
    after: str
    english: bool

    @property
    def classes(self) -> WordClasses:
        """The classes of the date's first word."""
        word = _FIRST_WORD.match(self.date)
        return LEXICON.get(word[1].lower(), {}) if word else {}

    @property
    def is_day(self) -> bool:
        """Whether the date is a day, which begins with figures, a weekday or a feast, not a month."""
        return self.date[:1].isdigit() or bool({"weekday", "feast", "feast_head"} & self.classes.keys())

    def right(self) -> int:
        """Return the tense of the first verb after the date: 1 future, -1 past, 0 none."""
        found = cues.cues(self.after, self.english)
        verb = next((cue for cue in found if cue.lastgroup in ("past", "future")), None)
        if verb is None or cues.QUOTE.search(self.after[: verb.start()]):
            return 0
        return -1 if verb.lastgroup == "past" else 1


def sentence_tense(text: str, start: int, end: int) -> int:
    """Return the tense of ``text[start:end]``, a date, in its sentence.

    Returns:
        1 future, 0 unknown, -1 past, GOVERNED_PAST where the date is that of a verb in the past, which
        leaves it no future, GOVERNED_FUTURE where its clause tells what is wanted or supposed.
    """
    place = _place(text, start, end)
    before = place.before
    if cues.SINCE.search(before):
        return GOVERNED_PAST
    if cues.AHEAD.search(before) or (place.is_day and cues.AHEAD_OF_DAY.search(before)):
        return 1
    found = cues.cues(before, place.english)
    if _is_supposed(place, found):
        return GOVERNED_FUTURE
    if new_clause := cues.CONJUNCTION.search(before):
        found = [cue for cue in found if cue.start() >= new_clause.start()]
    if not found or cues.NEW_CLAUSE.search(before):
        return _fronted(place)
    if cues.TARGET.search(before) and cues.DEFERRAL.search(before, found[-2:][0].start()):
        return 1
    if cues.PREVIEW.search(before):
        return 1
    tense = _governed(place, found)
    if cues.FORWARD.search(before):
        return (tense and max(tense, -1)) or 1
    return tense


def _place(text: str, start: int, end: int) -> _Place:
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH_AFTER]
    stops = list(_STOP.finditer(before))
    stop = _STOP.search(after)
    before = before[stops[-1].end() :] if stops else before
    after = after[: stop.start()] if stop else after
    return _Place(before, text[start:end], after, cues.is_english(text))


def _is_supposed(place: _Place, found: list[re.Match[str]]) -> bool:
    """Tell whether the clause of a date tells what is wanted or supposed: *pour que*, *si on gagne*."""
    head = max((head.end() for head in cues.SUPPOSITION.finditer(place.before)), default=-1)
    clause = place.before[head:]
    if head < 0 or "," in clause.rstrip(" ,") or cues.COMPLEMENT.search(clause):
        return False
    over = any(cue.lastgroup in ("past", "due") and cue.end() > head for cue in found)
    opens = len(clause.split()) < _FRONT
    return not (over or cues.PERFECT.search(clause) or (opens and place.right() < 0))


def _governed(place: _Place, found: list[re.Match[str]]) -> int:
    """Return the tense of a date after the verb it belongs to, the last one found."""
    *others, last = found
    kind = last.lastgroup
    if kind == "past":
        return _past(place, last)
    if kind == "infinitive":
        matrix = [cue for cue in others if cue.lastgroup in ("past", "future", "due")]
        if not others and cues.PURPOSE.match(last[0]):
            return 1
        return _infinitive(place.before, last, matrix[-1] if matrix else None)
    if kind in ("set_day", "participle"):
        return _participle(place, found)
    if kind == "due":
        return 1 if cues.DEFERRAL.search(place.after) else 0
    return {"future": 1, "agenda": int("weekday" in place.classes)}.get(str(kind), 0)


def _past(place: _Place, verb: re.Match[str]) -> int:
    """Return the tense of a date whose nearest verb is in the past."""
    before, gap = place.before, place.before[verb.end() :]
    prospective = cues.PROSPECTIVE.search(verb[0]) is not None
    if prospective and cues.DEFERRAL.search(verb[0]):
        return -1
    if cues.ADJACENT.fullmatch(gap):
        return GOVERNED_PAST
    complement = cues.COMPLEMENT.search(before) is not None
    if cues.CLAUSE.search(gap):
        ahead = place.right() or (1 if prospective else -1)
        return min(ahead, -1) if complement else ahead
    if prospective or (place.is_day and cues.DECISION.search(verb[0])):
        return GOVERNED_PAST if cues.OBJECT.match(place.after) else -1
    apart = complement or "," in gap.rstrip()[:-1] or "(" in gap
    return -1 if apart or cues.AS_OF.search(before) else GOVERNED_PAST


def _infinitive(before: str, infinitive: re.Match[str], matrix: re.Match[str] | None) -> int:
    """Return the tense of a date whose nearest verb is an infinitive: that of the verb before, or ahead."""
    governing = before[matrix.start() if matrix else 0 : infinitive.start()]
    if cues.PROSPECTIVE.search(governing):
        return 1
    if matrix is None:
        # A headline: "Minister to resign on Friday".
        headline = infinitive[0].lower().startswith("to") and len(governing.split()) <= _FRONT
        return 1 if headline else 0
    if cues.DECISION.search(governing):
        return -1
    return {"future": 1, "past": GOVERNED_PAST}.get(str(matrix.lastgroup), 0)


def _participle(place: _Place, found: list[re.Match[str]]) -> int:
    """Return the tense of a date whose nearest verb is a participle without an auxiliary in the past."""
    *others, last = found
    present = last[0].lower().startswith(("est ", "sont "))
    if present and last.lastgroup == "set_day" and cues.PROSPECTIVE.search(last[0]):
        return 1
    gap = place.before[last.end() :]
    if present and "weekday" in place.classes and cues.ADJACENT.fullmatch(gap):
        return 1  # "est reçu jeudi"
    if present or not (cues.ADJACENT.fullmatch(gap) or cues.BY.match(gap)):
        return _governed(place, others) if others else -1
    if any(words.search(last[0]) for words in (cues.SCHEDULED, cues.PROSPECTIVE, cues.DEFERRAL)):
        return -1
    if cues.COMPLEMENT.search(place.before):
        return -1
    ahead = place.right() > 0 or (others and others[-1].lastgroup == "future")
    return -1 if ahead else GOVERNED_PAST


def _is_apposition(place: _Place) -> bool:
    """Tell whether a date ends words between commas, not of the next verb: *, ouvert le 12 mai,*."""
    *_, opening = place.before.split(",")
    apart = "," in place.before and place.after.lstrip().startswith(",")
    return apart and not cues.ADJACENT.fullmatch(opening)


def _fronted(place: _Place) -> int:
    """Return the tense of a date that no verb of its clause is before: that of the verb after it."""
    before = place.before
    if cues.PREVIEW.search(before):
        return 1
    right = place.right()
    if right > 0 and _is_apposition(place):
        right = 0
    if right == 0:
        return 1 if cues.FORWARD.search(before) else 0
    opens = len(before.split()) <= _FRONT or cues.CONJUNCTION.search(before) or cues.NEW_CLAUSE.search(before)
    apart = cues.COMPLEMENT.search(before) or cues.RELATIVE.search(place.after[:40].split(",")[0])
    return GOVERNED_PAST if right < 0 and opens and not apart else right

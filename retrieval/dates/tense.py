"""Whether a sentence is about the past or the future."""

from __future__ import annotations

import re

_FUTURE = re.compile(
    r"""\b(?:\w*(?:[eiuv]r|dr|rr)(?:a|ont)|prévue?s?|prochaine?s?|prochainement|(?:dev|reste|fe|pour|tiend|i|viend|commence|débute)rai(?:t|ent)|doi(?:t|vent)
    |v(?:a|ont)-|v(?:a|ont)\s+\w+(?:er|ir|re)|d['’]ici|à\svenir|à\sparaître|attendue?s?|programmée?s?|au\splus\stard
    |aura\slieu|auront\slieu|reportée?s?\sau
    |takes?\splace|will|shall|would|going\sto|scheduled|due|planned|upcoming|next|expected|set\sto)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PAST = re.compile(
    r"""\b(?:ai|as|a|avons|avez|ont|avai(?:t|ent)|étai(?:t|ent)|fu(?:t|rent)|s['’]est|s['’]étai(?:t|ent)|est\s(?:mort|né|décédé|survenu)e?
    |sont\s\w+(?:és|ées|us|ues|is|ises)|depuis|dernière?s?|dernières|publiée?s?|survenue?s?|élue?s?
    |was|were|had|has|have|did|since|ago|\w{2,}ed|said|took|held|began|became|won|died|went|made)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_STOP = re.compile(r"[.!?;\n]\s")
_REACH = 160


def sentence_tense(text: str, start: int, end: int) -> int:
    """Return the tense of the sentence around ``text[start:end]``: -1 past, 1 future, 0 unknown.

    The nearest cue decides.
    """
    first = max(0, start - _REACH)
    before, after = text[first:start], text[end : end + _REACH // 2]
    stops = list(_STOP.finditer(before))
    before = before[stops[-1].end() :] if stops else before
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    future, past = _distance(_FUTURE, before, after), _distance(_PAST, before, after)
    return 0 if future == past else 1 if future < past else -1


def _distance(cue: re.Pattern[str], before: str, after: str) -> int:
    behind = [len(before) - match.end() for match in cue.finditer(before)]
    ahead = cue.search(after)
    return min([*behind[-1:], *([ahead.start() + 20] if ahead else [])], default=10**6)

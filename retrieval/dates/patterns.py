"""Patterns over tokens: regular expressions made of the names of word classes.

A bare name stands for a token of that class (:mod:`retrieval.dates.words`), captured under its name;
``name2`` captures a second one. ``<(a|b)`` asks for such a token just before, ``<!(a)`` forbids it, ``!(a)``
forbids it just after and ``=(…)`` looks ahead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.dates.context import Resolver
from retrieval.dates.tokens import classes

_ALIASES = {
    "wdabbr": "weekday",
    "eweekday": "weekday",
    "emonth": "month",
    "fmonth": "month",
    "ordday": "day",
    "wordday": "day",
    "elast": "last",
    "quarterword": "unit",
    "enext": "next",
}
_MACROS = {
    "DAY": "(day|ordday)",
    "WD": "((weekday|wdabbr dot?) comma? the?)",
    "MONTH": "(month abbrdot?)",
    "NUM": "(num|num? dozen de?|some)",
    "LINK": "(comma|and|to|dash|the|du){1,3}",
    "WORDENUM": "(LINK weekday9? (day9|ordday9|wordday9)){1,6} dash? month dash? (year|y2)? (last|next)?",
    "ENUM": "(LINK weekday9? (day9|ordday9)){1,6} dash? de? month dash? (year|y2)? (last|next)?",
    "SHORTYEAR": "y2 !(unit|hours|counted|month)",
    "ENDDAY9": "(day9|ordday9) !(unit|hours|counted|big|month)",
    "ENDDAY": "(day2|ordday2) !(unit|hours|counted|big|month)",
    "YEARAFTER": "(comma? year)?",
    "MOREDAYS": "((comma (day2|ordday2))? and (day9|ordday9) !(unit|hours|counted|big|month) (comma? year)?)",
    "NAMEDDAY": "(dayword|weekword|weekend|weekday)",
    "YEAROF": "((de the? yearword)? year)",
    "LASTDAY": "(day2|ordday2) de? month2",
    "ORDER": "(ord|last|final)",
    "MONTHSAID": "((the? monthword (last2|next2))|(this|elast2|enext2) monthword)",
    "YEARSTATED": "((the? yearword (last2|next2))|(this|elast2|enext2) yearword)",
    "YEARSAID": "((the? yearword (last|next))|(this|elast|enext) yearword)",
    "OF": "(de the?|de)",
    "BEFOREYEAR": "before_year|mod|open|untilword|since|ici|to|around|beforeword",
    "BEFOREMONTH": "en|in|since|untilword|beforeword|during|ici|de|to|mod|entre|around|forword",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, its resolver, the share of its matches that are dates, and its kind (see ``plausible``)."""

    pattern: re.Pattern[str]
    names: tuple[tuple[str, str, str], ...]
    resolver: Resolver
    confidence: float
    kind: str


def compile_pattern(source: str) -> tuple[re.Pattern[str], tuple[tuple[str, str, str], ...]]:
    """Return a regular expression over token codes, and the group, key and class of each name in it."""
    for _ in range(2):
        for macro, body in _MACROS.items():
            source = re.sub(rf"\b{macro}\b", body, source)
    source = source.replace("=(", "(?=").replace("<!(", "(?<!").replace("<(", "(?<=").replace("!(", "(?!")
    names: list[tuple[str, str, str]] = []

    def spell(match: re.Match[str]) -> str:
        name = match[0]
        kind = name.rstrip("29")
        if kind == "abbrdot":
            return f"(?:(?<=[{classes('abbr')}])[{classes('dot')}])"
        kind = name if name == "y2" else kind
        group = f"g{len(names)}"
        target = _ALIASES.get(kind, kind) + name[len(kind) :]
        names.append((group, target, kind))
        return f"(?P<{group}>[{classes(kind)}])"

    return re.compile(re.sub(r"[a-z]\w*", spell, source).replace(" ", "")), tuple(names)

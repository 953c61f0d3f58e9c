"""The grammar: patterns of word classes, each with the function that says what it means.

A pattern is a regular expression over tokens. A bare name stands for a token of that class
(:mod:`retrieval.dates.words`), captured under its name; ``name2`` captures a second one. ``<(a|b)``
asks for such a token just before, ``<!(a)`` forbids it, ``!(a)`` forbids it just after and ``=(…)``
looks ahead. The longest match wins, then the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.dates import resolve as r
from retrieval.dates.tokens import classes

_ALIASES = {"wdabbr": "weekday", "eweekday": "weekday", "emonth": "month", "fmonth": "month", "ordday": "day"}
_MACROS = {
    "DAY": "(day|ordday)",
    "WD": "((weekday|wdabbr dot?) comma? the?)",
    "MONTH": "(month abbrdot?)",
    "NUM": "(num|num? dozen de?|some)",
    "ENUM": "((comma|and|to|dash|the|du){1,3} weekday9? (day9|ordday9)){1,6} dash? de? month dash? (year|y2)? (last|next)?",
    "OF": "(de the?|de)",
    "BEFOREYEAR": "before_year|mod|open|untilword|since|ici|to|around|beforeword",
    "BEFOREMONTH": "en|in|since|untilword|beforeword|during|ici|de|to|mod|entre|around|the",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what it means, and how sure one may be of it."""

    pattern: re.Pattern[str]
    names: tuple[tuple[str, str, str], ...]
    resolver: r.Resolver
    confidence: float
    kind: str


# By the classes of which a text must hold one: pattern, resolver, confidence, and the kind of look-alikes
# to beware of (see plausible.py).
_TABLE: dict[str, list[tuple[str, r.Resolver, float, str]]] = {
    "month fmonth emonth": [
        (
            "WD? DAY (dash|de)? MONTH (comma? year | y2 !(unit|hours|counted|month))? (last|next)?",
            r.calendar_day,
            1.0,
            "day",
        ),
        ("this WD? DAY MONTH year?", r.calendar_day, 1.0, "day"),
        ("WD? emonth abbrdot? the? DAY !(unit|hours|counted|big) (comma? year)?", r.calendar_day, 1.0, "day"),
        ("emonth abbrdot? DAY (dash|and|to) (day2) (comma? year)?", r.month_days, 0.9, "day"),
        (
            "(weekday the?|<(plthe|the|comma|and|du|entre|from|dash|to)) DAY =(ENUM)",
            r.enumerated_day,
            0.9,
            "day",
        ),
        ("(ord|the)? weekword OF WD? DAY month year?", r.week_of, 0.9, "day"),
        ("month abbrdot? (comma|de)? year !(counted)", r.calendar_month, 1.0, "year"),
        ("fmonth y2 !(unit|hours|counted|month)", r.calendar_month, 0.9, "month"),
        ("<(BEFOREMONTH) month (last|next)?", r.calendar_month, 0.85, "month"),
        ("<(BEFOREMONTH) mod dash month", r.calendar_month, 0.85, "month"),
        ("month (last|next)", r.calendar_month, 0.9, "month"),
        ("(this|last|next) month", r.calendar_month, 0.9, "month"),
        ("month (to|dash) month2 (de? year)?", r.months_range, 0.85, "month"),
        ("<(entre) month and month2 (de? year)?", r.months_range, 0.85, "month"),
        ("month =((comma|and) month9 de? year)", r.calendar_month, 0.9, "month"),
        ("ord half OF monthword? OF? month year?", r.fortnight, 0.9, "month"),
    ],
    "weekday wdabbr weekdays": [
        ("WD DAY !(unit|hours|counted|big|month)", r.lone_day, 0.8, "day"),
        ("weekday", r.weekday, 0.85, "weekday"),
        ("weekday (last|next)", r.weekday, 0.95, "weekday"),
        ("(this|last|next) weekday", r.weekday, 0.9, "weekday"),
        ("(this|the) same weekday", r.same_weekday, 0.8, "weekday"),
        ("the? weekday following", r.same_weekday, 0.8, "weekday"),
        (
            "le weekday !(last|next|following|the|comma the|(comma? the?)? (day|ordday))",
            r.nothing,
            0,
            "weekday",
        ),
        ("every the? weekday", r.nothing, 0, ""),
        ("(every|the) ord? (and ord2)? weekdays", r.nothing, 0, ""),
    ],
    "near": [
        ("near weekday?", r.near_day, 0.95, ""),
    ],
    "date": [
        ("date", r.numeric, 0.95, "numeric"),
    ],
    "christmas": [
        ("christmas year?", r.holiday, 0.8, "capital"),
    ],
    "unit hours minor thereyear thereday dayword": [
        ("this unit", r.from_today, 0.85, "singular"),
        ("le unit last", r.from_today, 0.95, "singular"),
        ("le unit next", r.from_today, 0.95, "singular"),
        ("(last|next) unit", r.from_today, 0.9, "adjective"),
        ("le next dayword", r.from_last, 0.7, ""),
        ("le unit (following|previous)", r.from_last, 0.75, "singular"),
        ("le (following|previous) unit", r.from_last, 0.75, "singular"),
        ("(le|this) same unit", r.from_last, 0.75, "singular"),
        ("(this|the) thereyear", r.from_last, 0.75, ""),
        ("this thereday", r.from_last, 0.75, ""),
        ("this dayword (dash? there)", r.from_last, 0.75, ""),
        ("that unit", r.from_last, 0.7, "singular"),
        ("le dayword later", r.from_last, 0.75, "end"),
        ("(il y has|voila) NUM (unit|hours)", r.ago, 0.85, ""),
        ("(NUM|a) (unit|hours) ago", r.ago, 0.85, ""),
        ("within NUM unit", r.ahead, 0.75, ""),
        ("NUM unit (plus tard|later)", r.later, 0.7, "end"),
        ("NUM (unit|hours|minor)", r.duration, 0.9, "length"),
        ("(the|this) num? last num? unit", r.stretch, 0.8, "plural"),
        ("(the|this) num? next num? unit", r.stretch, 0.8, "plural"),
        ("num last unit", r.stretch, 0.8, "plural"),
        ("age de num unit", r.nothing, 0, ""),
        ("every (the|num)* unit", r.nothing, 0, ""),
        ("mod (de|the){1,2} unit !(last|next|following|previous|year)", r.part_of_period, 0.75, "singular"),
    ],
    "afterday": [
        ("le afterday", r.day_after, 0.7, "capital"),
        ("le afterday de WD? DAY month year?", r.day_after, 0.9, ""),
        ("le? afterday de christmas year?", r.day_after, 0.8, ""),
    ],
    "weekend": [
        ("(this|le) weekend !(last|next)", r.weekend, 0.8, "this"),
        ("le? weekend (last|next)", r.weekend, 0.9, ""),
        ("(last|next) weekend", r.weekend, 0.9, ""),
    ],
    "season": [
        ("<!(was) season OF? year", r.season, 1.0, "year"),
        ("(this|last|next) season", r.season, 0.85, "season"),
        ("le season (last|next)", r.season, 0.9, "season"),
        ("<(since|beforeword|untilword|during|ici) le season !(OF? year|last|next)", r.season, 0.7, "season"),
    ],
    "quarterword halfword quarterletter": [
        ("ord (quarterword|halfword) (OF? year|last|next)?", r.part_of_year, 0.85, "part"),
        ("quarterletter num year", r.part_of_year, 0.95, "part"),
    ],
    "year": [
        ("year", r.year, 0.95, "bare year"),
        ("<(BEFOREYEAR) year", r.year, 0.95, "year"),
        ("le? yearword year", r.year, 1.0, ""),
        ("event year", r.year, 0.9, "year"),
        ("<(entre|from|de) year to year2", r.years_range, 0.95, "year"),
        ("year (dash|slash) (year2|num2)", r.years_range, 0.9, "years"),
    ],
    "decade decades yearswords": [
        ("yearswords (year|num|tens)", r.decade, 0.95, ""),
        ("the decade", r.decade, 0.95, ""),
        ("<(BEFOREYEAR|mod|de) decade", r.decade, 0.9, ""),
        ("the decades", r.decade, 0.9, ""),
    ],
    "centuryword": [
        ("(roman|ord) centuryword", r.century, 1.0, ""),
    ],
    "clock noon thispart part span": [
        ("this thispart", r.this_day, 0.8, ""),
        ("clock", r.that_day, 0.5, "hour"),
        ("<(a|around) noon", r.that_day, 0.5, "hour"),
        ("le part same", r.that_day, 0.6, "capital"),
        ("<(dated) the span !(de|du)", r.that_day, 0.5, ""),
        ("dated de the span !(de|du)", r.that_day, 0.5, ""),
    ],
    "hours": [
        ("<(a|around|du|to) num hours", r.that_day, 0.5, "hour"),
    ],
}


def _compile(source: str) -> tuple[re.Pattern[str], tuple[tuple[str, str, str], ...]]:
    """Compile a pattern of class names into a regular expression over token codes."""
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


RULES = [
    (
        re.compile("[" + "".join(classes(name) for name in needed.split()) + "]"),
        [Rule(*_compile(source), resolver, confidence, kind) for source, resolver, confidence, kind in rows],
    )
    for needed, rows in _TABLE.items()
]

# What joins an expression to the words around it.
BEFORE = _compile("mod (dash|de the|de|the)?$")[0]
DETERMINERS = classes("the") + classes("this")
CONJUNCTIONS = classes("and")
BETWEENS = classes("entre")
HOUR_GAP = _compile("(comma|de|the|on)?")[0]
RANGE_GAP = _compile("(to|and|dash) the?")[0]
AFTER = _compile(
    "(comma? (a|around|to|since|untilword|du|in|en|mod|de|the|dated|partir){0,5} (clock|part|num hours)){1,3}"
)[0]

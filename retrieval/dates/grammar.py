"""The grammar: patterns of word classes, each with the function that says what it means.

A pattern is a regular expression over tokens. A bare name stands for a token of that class
(:mod:`retrieval.dates.words`), captured under its name; ``name2`` captures a second one. ``<(a|b)``
asks for such a token just before, ``<!(a)`` forbids it, ``!(a)`` forbids it just after and ``=(…)``
looks ahead. The longest match wins, then the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.dates import counted, named
from retrieval.dates.context import Resolver
from retrieval.dates.tokens import classes

_ALIASES = {
    "wdabbr": "weekday",
    "eweekday": "weekday",
    "emonth": "month",
    "fmonth": "month",
    "ordday": "day",
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
    "ENUM": "(LINK weekday9? (day9|ordday9)){1,6} dash? de? month dash? (year|y2)? (last|next)?",
    "OF": "(de the?|de)",
    "BEFOREYEAR": "before_year|mod|open|untilword|since|ici|to|around|beforeword",
    "BEFOREMONTH": "en|in|since|untilword|beforeword|during|ici|de|to|mod|entre|around",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what it means, and how sure one may be of it."""

    pattern: re.Pattern[str]
    names: tuple[tuple[str, str, str], ...]
    resolver: Resolver
    confidence: float
    kind: str


# By the classes of which a text must hold one: pattern, resolver, confidence, and the kind of look-alikes
# to beware of (see plausible.py).
_TABLE: dict[str, list[tuple[str, Resolver, float, str]]] = {
    "month fmonth emonth": [
        (
            "WD? DAY (dash|de)? MONTH ((comma|de)? year | y2 !(unit|hours|counted|month))? (last|next)?",
            named.calendar_day,
            1.0,
            "day",
        ),
        (
            "DAY month !(and)(to|dash) the? weekday2? (day2|ordday2) de? month2 de? year",
            named.days_range,
            1.0,
            "day",
        ),
        ("attack de DAY dash? month !(year|y2)", named.famous_day, 0.85, "day"),
        ("this WD? DAY MONTH year?", named.calendar_day, 1.0, "day"),
        (
            "WD? emonth abbrdot? the? DAY !(unit|hours|counted|big) (comma? year)?",
            named.calendar_day,
            1.0,
            "day",
        ),
        ("emonth abbrdot? DAY (dash|and|to) (day2) (comma? year)?", named.month_days, 0.9, "day"),
        (
            "(weekday the?|<(plthe|the|comma|and|du|entre|from|dash|to)) DAY =(ENUM)",
            named.enumerated_day,
            0.9,
            "day",
        ),
        ("(ord|the)? weekword OF WD? DAY month year?", named.week_of, 0.9, "day"),
        ("month abbrdot? (comma|de)? year !(counted)", named.calendar_month, 1.0, "year"),
        ("fmonth y2 !(unit|hours|counted|month)", named.calendar_month, 0.9, "month"),
        ("<(BEFOREMONTH) month (last|next)?", named.calendar_month, 0.85, "month"),
        ("mod dash month year?", named.month_part, 0.85, "month"),
        ("<(BEFOREYEAR) year comma the DAY MONTH !(year)", named.calendar_day, 0.9, ""),
        (
            "DAY? month (de the?)? ((this|elast|enext) yearword|yearword (last|next))",
            named.month_of_year,
            0.95,
            "",
        ),
        ("month (last|next)", named.calendar_month, 0.9, "month"),
        ("(this|elast|enext) month", named.calendar_month, 0.9, "month"),
        ("month (to|dash) month2 (de? year)?", named.months_range, 0.85, "month"),
        ("<(entre) month and month2 (de? year)?", named.months_range, 0.85, "month"),
        ("month =((comma|and) month9 (de? year|last|next))", named.calendar_month, 0.9, "month"),
        (
            "(the? (ord|last)) (dayword|weekword|weekend|weekday) OF monthword? OF? month year?",
            named.nth_of_month,
            0.9,
            "day",
        ),
        ("ord half OF monthword? OF? month year?", named.fortnight, 0.9, "month"),
    ],
    "weekday wdabbr weekdays": [
        ("WD DAY !(unit|hours|counted|big|month)", named.lone_day, 0.8, "day"),
        (
            "le? weekday (de the|the)? weekword (last|next|following|de lateron)",
            counted.day_of_week,
            0.9,
            "weekday",
        ),
        ("weekday de? (this) weekword", counted.day_of_week, 0.9, "weekday"),
        ("weekday", counted.weekday, 0.85, "weekday"),
        ("weekday (last|next)", counted.weekday, 0.95, "weekday"),
        ("(this|elast|enext) weekday", counted.weekday, 0.9, "weekday"),
        ("(this|the) same weekday", counted.same_weekday, 0.8, "weekday"),
        ("the? weekday (following|previous|de lateron)", counted.same_weekday, 0.8, "weekday"),
        (
            "(le|duword) weekday !(last|next|following|the|comma the|(comma? the?)? (day|ordday))",
            counted.nothing,
            0,
            "weekday",
        ),
        ("num weekday !(num)", counted.nothing, 0, ""),
        ("every the? weekday", counted.nothing, 0, ""),
        ("(every|the) ord? (and ord2)? weekdays", counted.nothing, 0, ""),
    ],
    "near": [
        ("near weekday?", counted.near_day, 0.95, ""),
    ],
    "yearmonth": [
        ("yearmonth", named.year_month, 0.9, ""),
    ],
    "date": [
        ("event date", named.short_years, 0.8, ""),
        ("date", named.numeric, 0.95, "numeric"),
    ],
    "christmas": [
        ("(the? dayword de)? christmas year?", named.holiday, 0.8, "capital"),
    ],
    "hours": [
        ("<(toward) num hours", counted.that_day, 0.5, "hour"),
        ("<(du|entre) (num|clock) hours? (to|and) num hours", counted.that_day, 0.5, "hour"),
    ],
    "unit hours minor thereyear thereday dayword": [
        ("this unit (dash ci)?", counted.from_today, 0.85, "singular"),
        ("le? unit last", counted.from_today, 0.95, "singular"),
        ("le? unit next", counted.from_today, 0.95, "singular"),
        ("(elast|enext) unit", counted.from_today, 0.9, "singular"),
        ("le next unit", counted.from_today, 0.85, "singular"),
        ("le last quarterword", counted.from_today, 0.8, "singular"),
        ("le next dayword", counted.from_last, 0.7, ""),
        ("le unit (following|previous)", counted.from_last, 0.75, "singular"),
        ("le (following|previous) unit", counted.from_last, 0.75, "singular"),
        ("(le|this) same unit", counted.from_last, 0.75, "singular"),
        ("(this|the) thereyear", counted.from_last, 0.75, ""),
        ("this thereday", counted.from_last, 0.75, ""),
        ("this dayword (dash? there)", counted.from_last, 0.75, ""),
        ("that unit", counted.from_last, 0.7, "singular"),
        ("le unit de? lateron", counted.from_last, 0.75, "end"),
        ("(il y has|voila) NUM unit and demi", counted.ago, 0.85, ""),
        ("(il y has|voila) NUM (unit|hours)", counted.ago, 0.85, ""),
        ("(NUM|a) (unit|hours) ago", counted.ago, 0.85, ""),
        ("within NUM unit", counted.ahead, 0.75, ""),
        ("NUM unit (plus tard|later)", counted.later, 0.7, "end"),
        ("NUM unit and demi", counted.duration, 0.9, ""),
        ("NUM (unit|hours|minor)", counted.duration, 0.9, "length"),
        ("(the|this) num? last num? unit", counted.stretch, 0.8, "plural"),
        ("(the|this) num? next num? unit", counted.stretch, 0.8, "plural"),
        ("num last unit", counted.stretch, 0.8, "plural"),
        ("age de num unit", counted.nothing, 0, ""),
        ("every (the|num)* unit", counted.nothing, 0, ""),
        (
            "mod (de|the){1,2} unit !(last|next|following|previous|year|de month)",
            counted.part_of_period,
            0.75,
            "singular",
        ),
    ],
    "afterday": [
        ("le afterday !(de|du)", counted.day_after, 0.7, "capital"),
        ("le afterday de WD? DAY month year?", counted.day_after, 0.9, ""),
        ("le? afterday de christmas year?", counted.day_after, 0.8, ""),
    ],
    "weekend": [
        ("(this|le) weekend !(last|next)", counted.weekend, 0.8, "this"),
        ("le? weekend (last|next)", counted.weekend, 0.9, ""),
        ("(elast|enext) weekend", counted.weekend, 0.9, ""),
    ],
    "season": [
        ("<!(was) season OF? year", named.season, 1.0, "year"),
        ("(this|elast|enext) season", named.season, 0.85, "season"),
        ("le season (last|next)", named.season, 0.9, "season"),
        (
            "<(since|beforeword|untilword|during|ici) le season !(OF? year|last|next)",
            named.season,
            0.7,
            "season",
        ),
    ],
    "quarterword halfword quarterletter": [
        ("ord (quarterword|halfword) (OF? year|last|next)?", named.part_of_year, 0.85, "part"),
        ("quarterletter num year", named.part_of_year, 0.95, "part"),
    ],
    "y2": [
        ("<(en|since|mod) y2 !(unit|hours|minor|counted|month)", named.short_year, 0.8, "short year"),
    ],
    "year": [
        ("year", named.year, 0.95, "bare year"),
        ("<(BEFOREYEAR) year", named.year, 0.95, "year"),
        ("le? yearword year", named.year, 1.0, ""),
        ("mod dash year", named.year_part, 0.9, ""),
        ("the year event", named.year, 0.85, "year"),
        ("event year (dash|slash) (year2|num2)", named.years_range, 0.95, "years"),
        ("event year", named.year, 0.9, "year"),
        ("<(entre|from|de) year to year2", named.years_range, 0.95, "years"),
        ("year (dash|slash) (year2|num2)", named.years_range, 0.9, "years"),
    ],
    "decade decades yearswords": [
        ("yearswords (year|num|tens)", named.decade, 0.95, ""),
        ("the decade", named.decade, 0.95, ""),
        ("<(BEFOREYEAR|mod|de) decade", named.decade, 0.9, ""),
        ("the decades", named.decade, 0.9, ""),
    ],
    "centuryword": [
        ("(roman|ord) centuryword", named.century, 1.0, ""),
    ],
    "clock noon thispart part span": [
        ("this thispart", counted.this_day, 0.8, ""),
        ("clock", counted.that_day, 0.5, "hour"),
        ("<(toward) noon", counted.that_day, 0.5, "hour"),
        ("le part same", counted.that_day, 0.6, "capital"),
        ("<(dated) the span !(de|du)", counted.that_day, 0.5, ""),
        ("mod (de|the|dash){1,2} span !(de|du)", counted.that_day, 0.5, ""),
        ("le DAY =((a|around|to) (clock|num hours))", named.lone_day, 0.7, ""),
        ("dated de the span !(de|du)", counted.that_day, 0.5, ""),
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
BEFORE = _compile("(direct dash?|mod (dash|de the|de|the)) (monthword de)?$")[0]
DETERMINERS = classes("the") + classes("this")
CONJUNCTIONS = classes("and")
BETWEENS = classes("entre")
HOUR_GAP = _compile("(comma|de|the|on)?")[0]
RANGE_GAP = _compile("(to|and|dash) the?")[0]
AFTER = _compile(
    "(comma? (a|around|to|since|untilword|du|in|en|mod|de|the|dated|partir){0,5} (clock|part|num hours)){1,3}"
)[0]

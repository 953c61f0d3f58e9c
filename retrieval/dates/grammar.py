"""The grammar: patterns of word classes, each with the function that resolves it.

The longest match wins, then the first. See :mod:`retrieval.dates.patterns` for how patterns are written.
"""

from __future__ import annotations

import re

from retrieval.dates import days, periods, relative
from retrieval.dates.context import Resolver
from retrieval.dates.patterns import Rule, compile_pattern
from retrieval.dates.tokens import classes

# By the classes of which a text must hold one: pattern, resolver, confidence, and the kind of the rule, which
# tells what its matches must be distinguished from (see plausible.py).
_TABLE: dict[str, list[tuple[str, Resolver, float, str]]] = {
    "month fmonth emonth": [
        (
            "WD? DAY (dash|de)? MONTH ((comma|de)? year | y2 !(unit|hours|counted|month))? (last|next)?",
            days.calendar_day,
            1.0,
            "day",
        ),
        (
            "DAY month !(and)(to|dash) the? weekday2? (day2|ordday2) de? month2 de? year",
            days.days_range,
            1.0,
            "day",
        ),
        ("this WD? DAY MONTH year?", days.calendar_day, 1.0, "day"),
        (
            "WD? emonth abbrdot? the? DAY !(unit|hours|counted|big) (comma? year)?",
            days.calendar_day,
            1.0,
            "day",
        ),
        ("emonth abbrdot? DAY (dash|and|to) (day2) (comma? year)?", days.month_days, 0.9, "day"),
        (
            "(weekday the?|<(plthe|the|comma|and|du|entre|from|dash|to)) DAY =(ENUM)",
            days.enumerated_day,
            0.9,
            "day",
        ),
        ("(ord|the)? weekword OF WD? DAY month year?", days.week_of, 0.9, "day"),
        ("month abbrdot? (comma|de)? year !(counted)", periods.calendar_month, 1.0, "year"),
        ("fmonth y2 !(unit|hours|counted|month)", periods.calendar_month, 0.9, "month"),
        ("<(BEFOREMONTH) month (last|next)?", periods.calendar_month, 0.85, "month"),
        ("mod dash month year?", periods.month_part, 0.85, "month"),
        ("<(BEFOREYEAR) year comma the DAY MONTH !(year)", days.calendar_day, 0.9, ""),
        (
            "DAY? month (de the?)? ((this|elast|enext) yearword|yearword (last|next))",
            periods.month_of_year,
            0.95,
            "",
        ),
        ("month (last|next)", periods.calendar_month, 0.9, "month"),
        ("(this|elast|enext) month", periods.calendar_month, 0.9, "month"),
        ("month (to|dash) month2 (de? year)?", periods.months_range, 0.85, "month"),
        ("<(entre) month and month2 (de? year)?", periods.months_range, 0.85, "month"),
        ("month =((comma|and) month9 (de? year|last|next))", periods.calendar_month, 0.9, "month"),
        (
            "(the? (ord|last)) (dayword|weekword|weekend|weekday) OF monthword? OF? month year?",
            periods.nth_of_month,
            0.9,
            "day",
        ),
        ("ord half OF monthword? OF? month year?", periods.fortnight, 0.9, "month"),
    ],
    "weekday wdabbr weekdays": [
        ("WD DAY !(unit|hours|counted|big|month)", days.lone_day, 0.8, "day"),
        (
            "le? weekday (de the|the)? weekword (last|next|following|de lateron)",
            relative.day_of_week,
            0.9,
            "weekday",
        ),
        ("weekday de? (this) weekword", relative.day_of_week, 0.9, "weekday"),
        ("weekday", relative.weekday, 0.85, "weekday"),
        ("weekday (last|next)", relative.weekday, 0.95, "weekday"),
        ("(this|elast|enext) weekday", relative.weekday, 0.9, "weekday"),
        ("(this|the) same weekday", relative.same_weekday, 0.8, "weekday"),
        ("the? weekday (following|previous|de lateron)", relative.same_weekday, 0.8, "weekday"),
        (
            "(le|duword) weekday !(last|next|following|the|comma the|(comma? the?)? (day|ordday))",
            relative.no_date,
            0,
            "weekday",
        ),
        ("num weekday !(num)", relative.no_date, 0, ""),
        ("every the? weekday", relative.no_date, 0, ""),
        ("(every|the) ord? (and ord2)? weekdays", relative.no_date, 0, ""),
    ],
    "near": [
        ("near weekday?", relative.near_day, 0.95, ""),
    ],
    "yearmonth": [
        ("yearmonth", periods.year_month, 0.9, ""),
    ],
    "date": [
        ("event date", periods.short_years, 0.8, ""),
        ("date", days.numeric, 0.95, "numeric"),
    ],
    "christmas": [
        ("(the? dayword de)? christmas year?", days.holiday, 0.8, "capital"),
    ],
    "hours": [
        ("<(toward) num hours", relative.that_day, 0.5, "hour"),
        ("<(du|entre) (num|clock) hours? (to|and) num hours", relative.that_day, 0.5, "hour"),
    ],
    "unit hours minor thereyear thereday dayword": [
        ("this unit (dash ci)?", relative.from_today, 0.85, "singular"),
        ("le? unit last", relative.from_today, 0.95, "singular"),
        ("le? unit next", relative.from_today, 0.95, "singular"),
        ("(elast|enext) unit", relative.from_today, 0.9, "singular"),
        ("le next unit", relative.from_today, 0.85, "singular"),
        ("le last quarterword", relative.from_today, 0.8, "singular"),
        ("le next dayword", relative.from_last, 0.7, ""),
        ("le unit (following|previous)", relative.from_last, 0.75, "singular"),
        ("le (following|previous) unit", relative.from_last, 0.75, "singular"),
        ("(le|this) same unit", relative.from_last, 0.75, "singular"),
        ("(this|the) thereyear", relative.from_last, 0.75, ""),
        ("this thereday", relative.from_last, 0.75, ""),
        ("this dayword (dash? there)", relative.from_last, 0.75, ""),
        ("that unit", relative.from_last, 0.7, "singular"),
        ("le unit de? lateron", relative.from_last, 0.75, "end"),
        ("(il y has|voila) NUM unit and demi", relative.ago, 0.85, ""),
        ("(il y has|voila) NUM (unit|hours)", relative.ago, 0.85, ""),
        ("(NUM|a) (unit|hours) ago", relative.ago, 0.85, ""),
        ("within NUM unit", relative.ahead, 0.75, ""),
        ("NUM unit (plus tard|later)", relative.later, 0.7, "end"),
        ("NUM unit and demi", relative.duration, 0.9, ""),
        ("NUM (unit|hours|minor)", relative.duration, 0.9, "length"),
        ("(the|this) num? last num? unit", relative.stretch, 0.8, "plural"),
        ("(the|this) num? next num? unit", relative.stretch, 0.8, "plural"),
        ("num last unit", relative.stretch, 0.8, "plural"),
        ("age de num unit", relative.no_date, 0, ""),
        ("every (the|num)* unit", relative.no_date, 0, ""),
        (
            "mod (de|the){1,2} unit !(last|next|following|previous|year|de month)",
            relative.part_of_period,
            0.75,
            "singular",
        ),
    ],
    "afterday": [
        ("le afterday !(de|du)", relative.day_after, 0.7, "capital"),
        ("le afterday de WD? DAY month year?", relative.day_after, 0.9, ""),
        ("le? afterday de christmas year?", relative.day_after, 0.8, ""),
    ],
    "weekend": [
        ("(this|le) weekend !(last|next)", relative.weekend, 0.8, "this"),
        ("le? weekend (last|next)", relative.weekend, 0.9, ""),
        ("(elast|enext) weekend", relative.weekend, 0.9, ""),
    ],
    "season": [
        ("<!(was) season OF? year", periods.season, 1.0, "year"),
        ("(this|elast|enext) season", periods.season, 0.85, "season"),
        ("le season (last|next)", periods.season, 0.9, "season"),
        (
            "<(since|beforeword|untilword|during|ici) le season !(OF? year|last|next)",
            periods.season,
            0.7,
            "season",
        ),
    ],
    "quarterword halfword quarterletter": [
        ("ord (quarterword|halfword) (OF? year|last|next)?", periods.part_of_year, 0.85, "part"),
        ("quarterletter num year", periods.part_of_year, 0.95, "part"),
    ],
    "y2": [
        ("<(en|since|mod) y2 !(unit|hours|minor|counted|month)", periods.short_year, 0.8, "short year"),
    ],
    "year": [
        ("year", periods.year, 0.95, "bare year"),
        ("<(BEFOREYEAR) year", periods.year, 0.95, "year"),
        ("le? yearword year", periods.year, 1.0, ""),
        ("mod dash year", periods.year_part, 0.9, ""),
        ("the year event", periods.year, 0.85, "year"),
        ("event year (dash|slash) (year2|num2)", periods.years_range, 0.95, "years"),
        ("event year", periods.year, 0.9, "year"),
        ("<(entre|from|de) year to year2", periods.years_range, 0.95, "years"),
        ("year (dash|slash) (year2|num2)", periods.years_range, 0.9, "years"),
    ],
    "decade decades yearswords": [
        ("yearswords (year|num|tens)", periods.decade, 0.95, ""),
        ("the decade", periods.decade, 0.95, ""),
        ("<(BEFOREYEAR|mod|de) decade", periods.decade, 0.9, ""),
        ("the decades", periods.decade, 0.9, ""),
    ],
    "centuryword": [
        ("(roman|ord) centuryword", periods.century, 1.0, ""),
    ],
    "clock noon thispart part span": [
        ("this thispart", relative.this_day, 0.8, ""),
        ("clock", relative.that_day, 0.5, "hour"),
        ("<(toward) noon", relative.that_day, 0.5, "hour"),
        ("le part same", relative.that_day, 0.6, "capital"),
        ("<(dated) the span !(de|du)", relative.that_day, 0.5, ""),
        ("mod (de|the|dash){1,2} span !(de|du)", relative.that_day, 0.5, ""),
        ("le DAY =((a|around|to) (clock|num hours))", days.lone_day, 0.7, ""),
        ("dated de the span !(de|du)", relative.that_day, 0.5, ""),
    ],
}

RULES = [
    (
        re.compile("[" + "".join(classes(name) for name in needed.split()) + "]"),
        [
            Rule(*compile_pattern(source), resolver, confidence, kind)
            for source, resolver, confidence, kind in rows
        ],
    )
    for needed, rows in _TABLE.items()
]

# What extends an expression to the words beside it.
BEFORE = compile_pattern("(direct dash?|mod (dash|de the|de|the)) (monthword de)?$")[0]
DETERMINERS = classes("the") + classes("this")
CONJUNCTIONS = classes("and")
BETWEENS = classes("entre")
HOUR_GAP = compile_pattern("(comma|de|the|on)?")[0]
RANGE_GAP = compile_pattern("(to|and|dash) the?")[0]
AFTER = compile_pattern(
    "(comma? (a|around|to|since|untilword|du|in|en|mod|de|the|dated|partir){0,5} (clock|part|num hours)){1,3}"
)[0]

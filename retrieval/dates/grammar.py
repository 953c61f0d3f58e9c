"""The grammar: patterns of word classes, each with the function that resolves it.

The longest match wins, then the first. See :mod:`retrieval.dates.patterns` for how patterns are written.
"""

from __future__ import annotations

import re

from retrieval.dates import days, parts, periods, pointing, relative
from retrieval.dates.context import Resolver
from retrieval.dates.patterns import Rule, compile_pattern
from retrieval.dates.tokens import classes

# By the classes of which a text must hold one: pattern, resolver, confidence, and the kind of the rule, which
# tells what its matches must be distinguished from (see plausible.py).
_TABLE: dict[str, list[tuple[str, Resolver, float, str]]] = {
    "month fmonth emonth": [
        (
            "(WD|weekday part)? DAY (dash|de)? MONTH ((comma|de)? year | SHORTYEAR)? (last|next)?",
            days.calendar_day,
            1.0,
            "day",
        ),
        ("DAY month !(and)(to|dash) the? weekday2? LASTDAY (de? year)?", days.days_range, 1.0, "days"),
        ("<(entre) the? DAY month and the? weekday2? LASTDAY (de? year)?", days.days_range, 1.0, "days"),
        ("DAY (dash|slash) month (dash|slash) year", days.calendar_day, 1.0, "day"),
        ("this WD? DAY MONTH year?", days.calendar_day, 1.0, "day"),
        (
            "DAY !(and)(dash|to) the? (day2|ordday2) MONTH ((comma|de)? year|last|next)?",
            days.month_days,
            0.9,
            "days",
        ),
        ("date MONTH year?", days.month_days, 0.8, "days"),
        (
            "(weekday the?|^|<(plthe|the|comma|and|du|de|on|open|entre|from|dash|to)) DAY =(ENUM)",
            days.enumerated_day,
            0.9,
            "day",
        ),
        ("month abbrdot? (comma|de)? year !(counted)", periods.calendar_month, 1.0, "year"),
        ("fmonth SHORTYEAR", periods.calendar_month, 0.9, "month"),
        ("month =((comma|and) (en|in)? month9 (de? year|last|next))", periods.calendar_month, 0.9, "month"),
        ("<(BEFOREMONTH) month (last|next)?", periods.calendar_month, 0.85, "month"),
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
        (
            "the? ORDER NAMEDDAY OF monthword? OF? month year?",
            parts.nth,
            0.9,
            "day",
        ),
        ("the? (num ORDER|ORDER num) unit OF monthword? OF? month year?", parts.several, 0.85, "month"),
    ],
    "half halfpart": [
        ("ord half OF monthword? OF? month year?", parts.fraction, 0.9, "month"),
        ("the? ord halfpart OF monthword? OF? month year?", parts.fraction, 0.9, "month"),
    ],
    "mod": [
        ("mod dash month year?", periods.month_part, 0.85, "month"),
        ("mod dash month OF YEARSAID", periods.month_part, 0.85, ""),
    ],
    "weekword": [
        ("(ord|the)? weekword OF WD? DAY month year?", days.week_of, 0.9, "day"),
    ],
    "emonth": [
        (
            "emonth DAY !(and)(to|dash) the? month2 (day2|ordday2) (comma? year)?",
            days.days_range,
            1.0,
            "days",
        ),
        ("WD? the? wordday de the? emonth (comma? year)?", days.calendar_day, 0.85, "named day"),
        ("<(on) emonth the? wordday", days.calendar_day, 0.8, "day"),
        ("emonth the? wordday comma? year", days.calendar_day, 0.85, "day"),
        ("WD? emonth abbrdot? the? DAY =(MOREDAYS)", days.calendar_day, 0.9, "day"),
        (
            "WD? emonth abbrdot? the? DAY !(unit|hours|counted|big) (comma? year)?",
            days.calendar_day,
            1.0,
            "day",
        ),
        ("emonth abbrdot? DAY !(and)(dash|to) the? ENDDAY YEARAFTER", days.month_days, 0.9, "days"),
        ("<(entre) emonth abbrdot? DAY and the? ENDDAY YEARAFTER", days.month_days, 0.9, "days"),
        ("<(emonth (day|ordday) (and|comma)) ENDDAY9 =(and ENDDAY YEARAFTER)", days.listed_day, 0.9, ""),
        ("<(emonth (day|ordday) and) ENDDAY9 YEARAFTER", days.listed_day, 0.9, ""),
        ("<(emonth (day|ordday) comma day2 and) ENDDAY9 YEARAFTER", days.listed_day, 0.9, ""),
    ],
    "wordday": [
        ("WD? the? wordday fmonth ((comma|de)? year)? (last|next)?", days.calendar_day, 0.85, "day"),
        ("<(plthe|the|du|entre|comma|and) wordday =(WORDENUM)", days.enumerated_day, 0.8, "day"),
        ("wordday !(and)to wordday2 fmonth year?", days.month_days, 0.8, "days"),
    ],
    "weekday wdabbr weekdays": [
        ("WD DAY !(unit|hours|counted|big|month)", days.lone_day, 0.8, "lone day"),
        (
            "le? weekday (de the|the)? weekword (last|next|following|de lateron)",
            relative.day_of_week,
            0.9,
            "weekday",
        ),
        ("weekday OF (elast|enext) weekword", relative.day_of_week, 0.9, "weekday"),
        ("weekday de? (this) weekword", relative.day_of_week, 0.9, "weekday"),
        ("weekday", relative.weekday, 0.85, "weekday"),
        ("weekday (last|next)", relative.weekday, 0.95, "weekday"),
        ("(this|elast|enext) weekday", relative.weekday, 0.9, "weekday"),
        ("this weekday dash? there", pointing.that_weekday, 0.8, "weekday"),
        ("(^|<(break|dot|on)) that weekday", pointing.that_weekday, 0.8, ""),
        ("(this|the|that) same weekday", pointing.same_weekday, 0.8, "weekday"),
        ("the? weekday (following|previous|de lateron)", pointing.same_weekday, 0.8, "weekday"),
        (
            "(le|duword) weekday !(last|next|following|the|comma the|(comma? the?)? (day|ordday))",
            relative.no_date,
            0,
            "weekday",
        ),
        ("weekday en num", relative.weekday_in, 0.85, "weekday"),
        ("one weekday !(num)", relative.no_date, 0, ""),
        ("ord weekday", relative.no_date, 0, ""),
        ("(ord|last) weekday OF the monthword !(last|next|de)", relative.no_date, 0, ""),
        ("every the? weekday", relative.no_date, 0, ""),
        ("(every|the) ord? (and ord2)? weekdays", relative.no_date, 0, ""),
    ],
    "monthword": [
        ("the? ORDER NAMEDDAY OF MONTHSAID", parts.nth, 0.9, ""),
        ("(the? ORDER) (half|halfpart) OF MONTHSAID", parts.fraction, 0.9, ""),
        ("the? (num ORDER|ORDER num) unit OF MONTHSAID", parts.several, 0.85, ""),
        ("the? DAY OF MONTHSAID", parts.day_of_month, 0.85, ""),
    ],
    "yearword year": [
        (
            "the? ORDER NAMEDDAY OF (YEARSTATED|the? yearword year?)",
            parts.nth,
            0.85,
            "",
        ),
        (
            "(the? ORDER) (quarterword|halfword|halfpart) OF (YEARSTATED|the? yearword year?|year)",
            parts.fraction,
            0.9,
            "",
        ),
        ("(the? (last|final)) (quarterword|halfword) year", parts.fraction, 0.9, ""),
        ("the? (num ORDER|ORDER num) unit OF (YEARSTATED|the? yearword year?|year)", parts.several, 0.85, ""),
    ],
    "near": [
        ("near weekday?", relative.near_day, 0.95, ""),
    ],
    "yearmonth": [
        ("yearmonth", periods.year_month, 0.9, "year and month"),
    ],
    "date": [
        ("event date", periods.short_years, 0.8, ""),
        ("date", days.numeric, 0.95, "numeric"),
    ],
    "feast": [
        (
            "((the? dayword de the?)|elast|enext|the)? feast ((de the? yearword)? year|last|next)?",
            days.holiday,
            0.8,
            "feast",
        ),
        ("(the weekend de the?) feast year?", days.feast_weekend, 0.8, ""),
    ],
    "hours": [
        ("<(toward) num hours", pointing.hour, 0.5, "hour"),
        ("<(du|entre) (num|clock) hours? (to|and) num hours", pointing.hour, 0.5, "hour"),
    ],
    "unit hours minor thereyear thereday dayword": [
        ("this unit (dash ci)?", relative.from_today, 0.85, "singular"),
        ("le? unit last", relative.from_today, 0.95, "singular"),
        ("le? unit next", relative.from_today, 0.95, "singular"),
        ("(elast|enext) unit", relative.from_today, 0.9, "singular"),
        ("le next dayword", pointing.from_last, 0.7, ""),
        ("le next unit", relative.from_today, 0.85, "singular"),
        ("le last quarterword", relative.from_today, 0.8, "singular"),
        ("(this|the) thereyear", pointing.from_last, 0.75, ""),
        ("this thereday", pointing.from_last, 0.75, ""),
        ("this dayword (dash? there)", pointing.from_last, 0.75, ""),
        ("that unit", pointing.from_last, 0.7, "singular"),
        ("le unit de? lateron", pointing.from_last, 0.75, "end"),
        ("(il (y has|ya)|voila) NUM (unit|hours)", relative.ago, 0.85, ""),
        ("within NUM unit", relative.ahead, 0.75, ""),
        ("NUM (unit|hours|minor)", relative.duration, 0.9, "length"),
        ("(the|this) num? last num? unit", relative.stretch, 0.8, "plural"),
        ("(the|this) num? next num? unit", relative.stretch, 0.8, "plural"),
        ("num last unit", relative.stretch, 0.8, "plural"),
        (
            "mod (de|the){1,2} unit !(last|next|following|previous|year|de month)",
            relative.part_of_period,
            0.75,
            "singular",
        ),
    ],
    "every age": [
        ("age de num unit", relative.no_date, 0, ""),
        ("every (the|num)* unit", relative.no_date, 0, ""),
    ],
    "following previous": [
        ("le unit (following|previous)", pointing.from_last, 0.75, "singular"),
        ("le (following|previous) unit", pointing.from_last, 0.75, "singular"),
    ],
    "same": [
        ("(le|this|that) same unit", pointing.from_last, 0.75, "singular"),
    ],
    "tard later": [
        ("NUM unit (plus tard|later)", relative.later, 0.7, "end"),
    ],
    "ago": [
        ("(NUM|a) (unit|hours) ago", relative.ago, 0.85, ""),
    ],
    "demi": [
        ("(il (y has|ya)|voila) NUM unit and demi", relative.ago, 0.85, ""),
        ("NUM unit and demi", relative.duration, 0.9, ""),
    ],
    "afterday": [
        ("le afterday !(de|du)", pointing.day_after, 0.7, "capital"),
        ("le afterday de WD? DAY month year?", pointing.day_after, 0.9, ""),
        ("le? afterday de the? feast year?", pointing.day_after, 0.8, ""),
    ],
    "weekend thereweekend": [
        ("this thereweekend", pointing.that_weekend, 0.8, ""),
        ("that weekend", pointing.that_weekend, 0.8, ""),
        ("(this|le) weekend !(last|next)", relative.weekend, 0.8, "this"),
        ("le? weekend (last|next)", relative.weekend, 0.9, ""),
        ("(elast|enext) weekend", relative.weekend, 0.9, ""),
    ],
    "season": [
        ("<!(was) season OF? year", periods.season, 1.0, "year"),
        ("(this|elast|enext) season", periods.season, 0.85, "season"),
        ("the? season OF YEARSAID", periods.season, 0.9, ""),
        ("le season (last|next)", periods.season, 0.9, "season"),
        (
            "<(since|beforeword|untilword|during|ici) le season !(OF? year|last|next)",
            periods.season,
            0.7,
            "season",
        ),
    ],
    "quarterword halfword quarterletter halfletter": [
        ("ord (quarterword|halfword) (OF? year|last|next)?", periods.part_of_year, 0.85, "part"),
        ("(quarterletter|halfletter) num (dash|OF)? (year|apostrophe)", periods.part_of_year, 0.95, "code"),
        ("year dash? (quarterletter|halfletter) num", periods.part_of_year, 0.95, "code"),
        ("num (quarterletter|halfletter) dash? (year|num2)", periods.part_of_year, 0.9, "code"),
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
        ("decade", periods.decade, 0.85, "decade"),
        ("<(BEFOREYEAR|mod|de) decade", periods.decade, 0.9, ""),
        ("the decades", periods.decade, 0.9, ""),
    ],
    "centuryword": [
        ("(roman|ord) centuryword", periods.century, 1.0, ""),
    ],
    "clock noon thispart part span": [
        ("this thispart", relative.this_day, 0.8, ""),
        ("clock", pointing.hour, 0.5, "hour"),
        ("<(toward) noon", pointing.hour, 0.5, "hour"),
        ("le part same", pointing.that_day, 0.6, "capital"),
        ("<(dated) the span !(de|du)", pointing.that_day, 0.5, ""),
        ("mod (de|the|dash){1,2} span !(de|du)", pointing.that_day, 0.5, ""),
        ("le DAY =((a|around|to|de|entre) (clock|num hours))", days.day_with_hour, 0.7, ""),
        ("dated de the span !(de|du)", pointing.that_day, 0.5, ""),
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
HOUR_PREPOSITIONS = classes("toward") + classes("around")
HOUR_GAP = compile_pattern("(comma|de|the|on)?")[0]
LIST_GAP = compile_pattern("(comma|to|and|dash) (the|du)?")[0]
RANGE_GAP = compile_pattern("(to|and|dash) the?")[0]
AFTER = compile_pattern(
    "(comma? (a|around|to|since|untilword|entre|and|dash|du|in|en|mod|de|the|dated|partir){0,5}"
    "(clock|part|num hours)){1,3}"
)[0]

"""Tell dates from numbers that look like them: flight 1994, 2000 euros, 25 years old, a score of 3-2."""

from __future__ import annotations

import re

from retrieval.dates.match import Match
from retrieval.dates.tokens import classes
from retrieval.dates.word_checks import follows_day
from retrieval.dates.words import CONTEXTS, LEXICON

_PLURAL_NOUN = re.compile(r"[^\W\d_]{3,}[sx]")
_PERIODS = classes("during") + classes("within") + classes("every")
_LIKELY_YEARS = range(1700, 2050)
_LIKELY_DECADES = range(1400, 2060)


def is_year(match: Match) -> bool:
    """Tell whether a number of four digits after a preposition is a year."""
    if follows_day(match) or "counted" in match.classes(match.last):
        return False
    if match.before == "(" and match.after not in (")", "-", "–", ",", ";"):
        return False
    if match.before.lower() in CONTEXTS["before_ambiguous_year"]:
        return all(year in _LIKELY_YEARS for year in _years(match)) and not _is_counted(match.after.lower())
    return True


def is_year_of(match: Match) -> bool:
    """Tell whether a number of four digits without a rule of its own is a year: *la loi de 1905*."""
    return match.before.lower() in ("de", "of") and is_year(match)


def is_short_year(match: Match) -> bool:
    """Tell whether a number of two digits is a year: *en 98*, not *en 98 pages*."""
    after = match.after.lower()
    return not (after[:1].isdigit() or _is_counted(after)) and after not in ("%", "-", "/")


def is_range_of_years(match: Match) -> bool:
    """Tell whether two numbers are years: *de 2019 à 2021*."""
    if "counted" in match.classes(match.last) or _is_counted(match.after.lower()):
        return False
    announced = match.before.lower() in CONTEXTS["before_range_of_years"]
    return announced or all(year in _LIKELY_YEARS for year in _years(match))


def _years(match: Match) -> list[int]:
    return [int(match.classes(index)["year"]) for index in match.of_class("year")]


def _is_counted(after: str) -> bool:
    """Tell whether a word looks like the plural noun that a number before it counts."""
    return bool(_PLURAL_NOUN.fullmatch(after)) and "function" not in LEXICON.get(after, {})


def is_length(match: Match) -> bool:
    """Tell whether a number of units is a length of time: not an age, not *24 Heures du Mans*."""
    if match.is_name(match.last - 1) and not match.word(match.last - 1).isupper():
        return False
    if match.before in ("-", "–", "à", "to"):
        return False  # "les 18-25 ans", "de 8 à 12 ans": ages
    units = match.of_class("unit")
    if not units:
        return not _is_age(match)
    last = units[-1]
    if match.word(last).lower() in ("jour", "day") and match.word(match.first).lower() in ("un", "one"):
        return False
    in_apposition = match.before in (",", "(") and match.after in (",", ")", ";", ".", "")
    return not ((match.classes(last)["unit"] == "Y" and in_apposition) or _is_age(match))


def _is_age(match: Match) -> bool:
    old = match.word(match.last + 1) if match.after == "-" else match.after
    return old.lower() == "old"


def is_hour(match: Match) -> bool:
    """Tell whether a number is an hour of a day: not *le journal du 20h*, not *30 heures par semaine*."""
    hours = [int(str(match.classes(index)["num"])) for index in match.of_class("num")]
    if any(hour > 24 for hour in hours) or match.after in ("par", "per", "/"):
        return False
    if match.before.lower() in ("le", "du", "au") or match.is_name(match.last - 1):
        return False
    return match.first == 0 or match.tokens.codes[match.first - 1] not in _PERIODS


def ends_clause(match: Match) -> bool:
    """Tell whether *deux jours avant* ends there: *deux jours avant le vote* counts from something else."""
    if match.word(match.last - 1).lower() in ("avant", "après", "before", "after"):
        return not match.after or not match.after[0].isalnum()
    return True


def is_full_decade(match: Match) -> bool:
    """Tell whether a decade without an article is one: *a 1970s band*, not *in his 30s*."""
    figures = re.sub(r"\D", "", match.word(match.first))
    if len(figures) == 4:
        return int(figures) in _LIKELY_DECADES
    return match.word(match.first)[0] in "'’"


def is_code_of_period(match: Match) -> bool:
    """Tell whether a letter and a figure are a part of a year: *T4-2023*, *2025Q1*, not *3 t 2022*."""
    letter = (match.of_class("quarterletter") + match.of_class("halfletter"))[0]
    start, end = match.tokens.spans[letter]
    beside = match.tokens.text[max(0, start - 1) : start] + match.tokens.text[end : end + 1]
    return match.word(letter).isupper() and any(character.isdigit() for character in beside)


def is_no_reference(match: Match) -> bool:
    """Tell whether figures are a date: not *décret n° 2020-03*, *version 2.10.2023*, *ISO 2019-03*."""
    first = match.first - 1
    while match.word(first) in (".", ":"):
        first -= 1
    before, head = match.word(first), match.word(first - 1).lower()
    if before.lower() in ("du", "de", "of") and head in CONTEXTS["releases"]:
        return False
    return before.lower() not in CONTEXTS["references"] and not (len(before) > 1 and before.isupper())


def is_numeric_date(match: Match) -> bool:
    """Tell whether figures with slashes, dots or hyphens can be a day of a month."""
    if not is_no_reference(match):
        return False
    figures = re.findall(r"\d+", match.word(match.first))
    numbers = [int(figure) for figure in figures]
    announced = match.before.lower() in CONTEXTS["before_short_figures"]
    if len(numbers) == 2:
        return announced and 1 <= numbers[0] <= 31 and numbers[1] <= 12
    slashed = "/" in match.word(match.first)
    if max(len(figures[0]), len(figures[2])) == 2 and not slashed:
        return announced and 1 <= numbers[0] <= 31 and numbers[1] <= 12
    if len(figures[0]) == 4:
        return numbers[1] <= 12
    return 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 31 and min(numbers[:2]) <= 12

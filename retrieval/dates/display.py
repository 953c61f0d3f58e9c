"""Write EDTF values in words, in French or English, never more precisely than they are known."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from retrieval.dates.values import bounds, check_edtf, is_duration

_SEASONS = {
    "fr": {21: "printemps", 22: "été", 23: "automne", 24: "hiver"},
    "en": {21: "spring", 22: "summer", 23: "autumn", 24: "winter"},
}
_ENGLISH_ORDINALS = ["first", "second", "third", "fourth"]
_ROMANS = [
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
    "XX",
    "XXI",
    "XXII",
]
_UNITS = {
    "fr": {"D": ("jour", "jours"), "W": ("semaine", "semaines"), "M": ("mois", "mois"), "Y": ("an", "ans")},
    "en": {"D": ("day", "days"), "W": ("week", "weeks"), "M": ("month", "months"), "Y": ("year", "years")},
}
_TIME_UNITS = {
    "fr": {"H": ("heure", "heures"), "M": ("minute", "minutes"), "S": ("seconde", "secondes")},
    "en": {"H": ("hour", "hours"), "M": ("minute", "minutes"), "S": ("second", "seconds")},
}
_PLAIN = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?")
_FORMS = {
    "fr": {
        "days": "du {0} au {1}",
        "since day": "depuis le {0}",
        "since": "depuis {0}",
        "until day": "jusqu’au {0}",
        "until": "jusqu’en {0}",
        "set day": "entre le {0} et le {1}",
        "set": "entre {0} et {1}",
        "around": "vers {0}",
        "uncertain": "{0} (date incertaine)",
        "some": "quelques {0}",
    },
    "en": {
        "days": "from {0} to {1}",
        "since day": "since {0}",
        "since": "since {0}",
        "until day": "until {0}",
        "until": "until {0}",
        "set day": "between {0} and {1}",
        "set": "between {0} and {1}",
        "around": "around {0}",
        "uncertain": "{0} (uncertain)",
        "some": "a few {0}",
    },
}


def display(value: str, language: str) -> str:
    """Return a mention's value in words: *29 janvier 2025*, *du 7 au 13 avril 2025*, *10 years*.

    Args:
        value: An EDTF value or an ISO 8601 duration.
        language: ``fr``; anything else is English.

    Raises:
        DateError: The value is neither.
    """
    language = "fr" if language == "fr" else "en"
    if is_duration(value):
        return _duration(value, language)
    value = check_edtf(value)
    forms = _FORMS[language]
    if value.startswith("[") and ".." in value:
        first, last = value.strip("[]").split("..")
        return (
            _pair(forms["set day" if _is_day(first) else "set"], first, last, language)
            if first and last
            else value
        )
    if "/" in value:
        return _interval(value, language)
    return _unit(value, language)


def display_article(published: str | None, language: str) -> str:
    """Return how to cite an article by its date: *article d’avril 2025*, *article from 3 April 2025*.

    Raises:
        DateError: ``published`` is not EDTF.
    """
    if not published:
        return "article sans date" if language == "fr" else "undated article"
    when = display(published, language)
    if language != "fr":
        return _cite_english(published, when)
    if _is_day(published):
        return f"article du {when}"
    if "siècle" in when or "trimestre" in when or "semestre" in when or when.startswith("printemps"):
        return f"article du {when}"
    if when.startswith("années"):
        return f"article des {when}"
    if when.startswith(("été", "automne", "hiver")):
        return f"article de l’{when}"
    if re.fullmatch(r"(?:\w+ )?\d{4}", when):
        return f"article {_de(when)}"
    return f"article ({when})"


def _cite_english(published: str, when: str) -> str:
    if _is_day(published):
        return f"article from {when}"
    if when.endswith("s") or "century" in when or " of " in when:
        return f"article of the {when}"
    return f"article of {when}" if re.fullmatch(r"(?:\w+ )?\d{4}(?:–\d{4})?", when) else f"article ({when})"


def _de(words: str) -> str:
    return f"d’{words}" if words[0] in "aeiouéhAEIOU" else f"de {words}"


def _is_day(value: str) -> bool:
    return bool(re.match(r"\d{4}-\d\d-\d\d(?!\d)", value)) and "/" not in value


@lru_cache(maxsize=64)
def _month(month: int, language: str) -> str:
    # Babel loads its locale data on first use: so not when this module is imported.
    from babel.dates import get_month_names

    return str(get_month_names("wide", locale=language)[month])


def _date(year: int | None, month: int | None, day: int | None, language: str) -> str:
    words = [] if year is None else [str(year)]
    if month:
        words.insert(0, _month(month, language))
    if day:
        words.insert(0, "1er" if day == 1 and language == "fr" else str(day))
    return " ".join(words)


def _unit(value: str, language: str) -> str:
    forms = _FORMS[language]
    if value[-1] in "?~%" and not value.startswith("-"):
        return forms["uncertain" if value[-1] == "?" else "around"].format(_unit(value[:-1], language))
    if match := re.fullmatch(r"(\d{4})(?:-XX)*", value):
        return str(int(match[1]))
    if match := re.fullmatch(r"(\d{3})X", value):
        return f"années {int(match[1])}0" if language == "fr" else f"{int(match[1])}0s"
    if match := re.fullmatch(r"(\d\d)XX", value):
        return _century(int(match[1]) + 1, language)
    if match := re.fullmatch(r"XXXX-(\d\d)-(\d\d)", value):
        return _date(None, int(match[1]), int(match[2]), language)
    if match := re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?", value):
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 0)
        return (
            _date(year, month, day or None, language)
            if month <= 12
            else _part(year, month, language) or value
        )
    return value


def _century(number: int, language: str) -> str:
    if language == "fr" and number <= len(_ROMANS):
        return f"{_ROMANS[number - 1]}{'er' if number == 1 else 'e'} siècle"
    suffix = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix} century"


def _part(year: int, code: int, language: str) -> str | None:
    if code in (21, 22, 23, 24):
        years = f"{year}–{year + 1}" if code == 24 else str(year)
        return f"{_SEASONS[language][code]} {years}"
    if 33 <= code <= 36 or code in (40, 41):
        number, name = (code - 32, "quarter") if code < 40 else (code - 39, "half")
        if language == "en":
            return f"{_ENGLISH_ORDINALS[number - 1]} {name} of {year}"
        return f"{'1er' if number == 1 else f'{number}e'} {'trimestre' if code < 40 else 'semestre'} {year}"
    return None


def _interval(value: str, language: str) -> str:
    first, last = value.split("/")
    forms = _FORMS[language]
    if last in ("", ".."):
        return forms["since day" if _is_day(first) else "since"].format(_unit(first, language))
    if first in ("", ".."):
        return forms["until day" if _is_day(last) else "until"].format(_unit(last, language))
    if _is_day(first) and _is_day(last):
        return _pair(forms["days"], first, last, language)
    if not (_PLAIN.fullmatch(first) and _PLAIN.fullmatch(last)):
        return _pair("{0} – {1}", first, last, language)
    if language == "en":
        return _pair("from {0} to {1}", first, last, language)
    ends = _pair("{0}\n{1}", first, last, language).split("\n")
    return f"{_de(ends[0])} à {ends[1]}"


def _pair(form: str, first: str, last: str, language: str) -> str:
    """Write two ends, what they share only once: *du 7 au 13 avril 2025*."""
    (low, _), (_, high) = bounds(first), bounds(last)
    same_form = len(first) == len(last) and bool(_PLAIN.fullmatch(first)) and bool(_PLAIN.fullmatch(last))
    if same_form and low and high and low.year == high.year and len(first) > 4:
        month = None if len(first) == 10 and low.month == high.month else low.month
        day = low.day if len(first) == 10 else None
        return form.format(_short(low, month, day, language), _unit(last, language))
    return form.format(_unit(first, language), _unit(last, language))


def _short(low: dt.date, month: int | None, day: int | None, language: str) -> str:
    return _date(None, month or None, day, language) if month or day else str(low.year)


def _duration(value: str, language: str) -> str:
    words = []
    days, _, hours = value[1:].partition("T")
    for text, units in ((days, _UNITS[language]), (hours, _TIME_UNITS[language])):
        for count, unit in re.findall(r"([\dX.]+)([A-Z])", text):
            one, many = units.get(unit, (unit, unit))
            if "X" in count:
                words.append(
                    _FORMS[language]["some"].format("années" if (language, unit) == ("fr", "Y") else many)
                )
            else:
                number = count.replace(".", ",") if language == "fr" else count
                words.append(
                    f"{number} {one if float(count) < 2 and (language == 'fr' or count == '1') else many}"
                )
    return " ".join(words)

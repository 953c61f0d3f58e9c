"""Tell dates from their look-alikes: a flight 1994, Mars the planet, Avril the singer, *may* the verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.dates.tokens import Tokens, classes
from retrieval.dates.words import LEXICON, Entry

_LOWER_AMBIGUOUS = {"may", "march", "mar", "sun", "sat", "mon", "august"}
_ENGLISH_LICENCE = {"in", "since", "last", "next", "this", "early", "late", "mid", "until", "till", "before"}
_ENGLISH_LICENCE |= {
    "during",
    "by",
    "after",
    "from",
    "to",
    "of",
    "between",
    "and",
    "throughout",
    "around",
    "about",
}
_ENGLISH_SMALL_LICENCE = {"in", "since", "last", "next", "this"}
_OF = {"de", "d'", "d’", "à", "et"}
# Words that announce years, but quantities as well.
_WEAK_LICENCE = _OF | {
    "of",
    "du",
    "to",
    "and",
    "from",
    "entre",
    "between",
    "vers",
    "environ",
    "around",
    "about",
}
_WEAK_LICENCE |= {"circa", "near", "the", "plus", "by", "avant", "après"}
_FRENCH_CAPITAL_LICENCE = {"en", "fin", "début", "mi", "courant", "d'ici", "dernier", "prochain"}
_DAY_LICENCE = {"on", "last", "next", "this", "ce", "since", "by", "until"}
_FRENCH_DAY_LICENCE = {"pour", "dès", "depuis", "jusqu'à", "avant", "hier", "demain"}
_NAMED_AFTER_DAYS = {
    "rue",
    "place",
    "avenue",
    "boulevard",
    "quai",
    "square",
    "pont",
    "stade",
    "lycée",
    "métro",
}
_NAMED_AFTER_DAYS |= {"allée", "cours", "esplanade", "faubourg", "caserne", "station", "collège", "école"}
_BETWEEN_YEARS = {"(", "de", "from", "entre", "between", "période", "saison"}
# Years before our era are told the same way, and lie outside what a day can be written for.
_BEFORE_CHRIST = re.compile(
    r"\s*(?:(?:av\.|avant)\s*(?:J\.|J[ée]sus|notre ère|l['’]ère)|B\.?C\.?(?:E\.?)?\b)"
)
_PLURAL_LOOK = re.compile(r"[^\W\d_]{3,}[sx]")
_DATED = classes("during") + classes("within") + classes("every")
_PLAIN_YEARS = range(1700, 2050)


def plausible(kind: str, tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether tokens ``first`` up to ``last``, matched by a rule of this kind, may well be a date."""
    if _BEFORE_CHRIST.match(tokens.text, tokens.spans[last - 1][1]):
        return False
    check = _CHECKS.get(kind)
    return check is None or check(_Place(tokens, first, last))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a match stands, and the words around it."""

    tokens: Tokens
    first: int
    last: int

    def word(self, index: int) -> str:
        """Return the word of a token, empty outside the text."""
        return self.tokens.word(index)

    def of_class(self, name: str) -> list[int]:
        """Return the tokens of the match that belong to a class."""
        return self.tokens.holding(name, self.first, self.last)

    def entry(self, index: int) -> Entry:
        """Return a token's values by class, empty outside the text."""
        return self.tokens.entries[index] if 0 <= index < len(self.tokens.entries) else {}

    @property
    def before(self) -> str:
        """The word before the match."""
        return self.word(self.first - 1)

    @property
    def after(self) -> str:
        """The word after the match."""
        return self.word(self.last)

    def opens_sentence(self, index: int) -> bool:
        """Tell whether a token is the first of a sentence, where anything is capitalised."""
        return index == 0 or (
            not self.word(index - 1)[-1:].isalnum() and self.word(index - 1) not in ("-", "'", "’")
        )

    def capital_name(self, index: int) -> bool:
        """Tell whether a word is capitalised though nothing but being a name asks for it."""
        return self.word(index)[:1].isupper() and not self.opens_sentence(index)


def _day(place: _Place) -> bool:
    if place.before.lower() in ("du", "de") and place.word(place.first - 2).lower() in _NAMED_AFTER_DAYS:
        return False
    months = place.of_class("month")
    bare = not place.of_class("year")
    return not any(
        place.word(n) in _LOWER_AMBIGUOUS and bare and "fmonth" not in place.entry(n) for n in months
    )


def _month(place: _Place) -> bool:
    if _after_day(place):
        return False
    if place.of_class("y2"):
        return True
    names = place.after[:1].isupper() and place.before.lower() in _OF  # "de mai Dupont"
    return not names and all(
        _french_month(place, index) if "fmonth" in place.entry(index) else _english_month(place, index)
        for index in place.of_class("month")
    )


def _french_month(place: _Place, index: int) -> bool:
    """French months are written small: a capital is a name, a planet or a brand, unless announced."""
    around = {place.word(index - 1).lower(), place.word(index + 1).lower()}
    if place.word(index)[0].islower() or around & _FRENCH_CAPITAL_LICENCE:
        return True
    return place.word(index - 1) == "-" and "mod" in place.entry(index - 2)


def _english_month(place: _Place, index: int) -> bool:
    """English months are capitalised, and bare ones announced: *in March*, not *they march*."""
    word, licence, follower = place.word(index), place.word(index - 1).lower(), place.word(index + 1)
    if "abbr" in place.entry(index):
        return False
    if word in ("may", "march") and licence not in _ENGLISH_SMALL_LICENCE:
        return False
    if word in ("May", "April", "June", "August") and follower[:1].isupper():
        return False
    return licence in _ENGLISH_LICENCE or licence == "-" or follower in ("-", "and", "to")


def _after_day(place: _Place) -> bool:
    """Tell whether a month is what is left of a day refused: *31 novembre 2024*, *rue du 8 mai 1945*."""
    return "month" in place.entry(place.first) and bool(
        {"day", "ordday"} & place.entry(place.first - 1).keys()
    )


def _year(place: _Place) -> bool:
    if _after_day(place):
        return False
    after = place.after.lower()
    if "counted" in place.entry(place.last):
        return False
    years = [int(place.entry(n)["year"]) for n in place.of_class("year")]
    if place.before == "(" and place.after not in (")", "-", "–", ",", ";"):
        return False
    if place.before.lower() in _WEAK_LICENCE:
        return all(y in _PLAIN_YEARS for y in years) and not _counts(after)
    return True


def _counts(after: str) -> bool:
    return bool(_PLURAL_LOOK.fullmatch(after)) and "function" not in LEXICON.get(after, {})


def _short_year(place: _Place) -> bool:
    after = place.after.lower()
    return not (after[:1].isdigit() or _counts(after)) and after not in ("%", "-", "/")


def _bare_year(place: _Place) -> bool:
    return place.before.lower() in ("de", "of") and _year(place)


def _years(place: _Place) -> bool:
    if "counted" in place.entry(place.last):
        return False
    told = place.before.lower() in _BETWEEN_YEARS
    years = [int(place.entry(n)["year"]) for n in place.of_class("year")]
    return (told or all(year in _PLAIN_YEARS for year in years)) and not _counts(place.after.lower())


def _weekday(place: _Place) -> bool:
    for index in place.of_class("weekday"):
        word = place.word(index)
        english = "eweekday" in place.entry(index)
        licence = place.word(index - 1).lower()
        if (
            english
            and word[0].islower()
            and licence not in ("on", "last", "next", "this", "since", "by", "until")
        ):
            return False
        if not word[0].isupper() or licence in _DAY_LICENCE:
            continue
        if english:
            names = place.word(index + 1)[:1].isupper() or place.word(index - 1)[:1].isupper()
            if names and index + 1 == place.last:
                return False
        elif not place.opens_sentence(index) and licence not in _FRENCH_DAY_LICENCE:
            return False
    return True


def _capital(place: _Place) -> bool:
    christmas = place.of_class("christmas")
    if christmas:
        told = bool(place.of_class("year"))
        return told or place.before.lower() in (
            "à",
            "avant",
            "après",
            "depuis",
            "since",
            "at",
            "before",
            "after",
            "last",
        )
    return not any(place.capital_name(n) for n in range(place.first, place.last))


def _singular(place: _Place) -> bool:
    if place.word(place.last - 1) == "jour" and place.before.lower() == "à":
        return False  # "à ce jour" means so far.
    words = [
        n for n in place.of_class("unit") if "plural" in place.entry(n) and place.word(n).lower() != "mois"
    ]
    return not words and not any(
        place.word(n).lower() in ("ces", "these") for n in range(place.first, place.last)
    )


def _plural(place: _Place) -> bool:
    return any("plural" in place.entry(n) for n in place.of_class("unit"))


def _length(place: _Place) -> bool:
    if place.capital_name(place.last - 1) and not place.word(place.last - 1).isupper():
        return False  # "les 24 Heures du Mans"
    if place.before in ("-", "–", "à", "to"):
        return False  # "les 18-25 ans", "de 8 à 12 ans": ages
    units = place.of_class("unit")
    if (
        units
        and place.word(units[-1]).lower() in ("jour", "day")
        and place.word(place.first).lower() in ("un", "one")
    ):
        return False
    years = units and place.entry(units[-1])["unit"] == "Y"
    aged = years and place.before in (",", "(") and place.after in (",", ")", ";", ".", "")
    old = place.after.lower() in ("old",) or (
        place.after == "-" and place.word(place.last + 1).lower() == "old"
    )
    return not (aged or old)


def _end(place: _Place) -> bool:
    if place.word(place.last - 1).lower() in ("avant", "après", "before", "after"):
        return not place.after or not place.after[0].isalnum()
    return True


def _hour(place: _Place) -> bool:
    told = [int(str(place.entry(n)["num"])) for n in place.of_class("num")]
    if any(hour > 24 for hour in told) or place.after in ("par", "per", "/"):
        return False
    if place.before.lower() in ("le", "du", "au") or place.capital_name(place.last - 1):
        return False  # "le journal du 20h"
    return place.first == 0 or place.tokens.codes[place.first - 1] not in _DATED


def _this(place: _Place) -> bool:
    return place.word(place.first).lower() in ("ce", "this")


def _season(place: _Place) -> bool:
    return _singular(place)


def _numeric(place: _Place) -> bool:
    surface = place.word(place.first)
    figures = [int(f) for f in re.findall(r"\d+", surface)]
    if len(figures) == 2:
        return (
            place.before.lower() in ("le", "du", "au", "on", "dès")
            and 1 <= figures[0] <= 31
            and figures[1] <= 12
        )
    if len(re.findall(r"\d+", surface)[0]) == 4:
        return figures[1] <= 12
    return 1 <= figures[0] <= 31 and 1 <= figures[1] <= 31 and min(figures[:2]) <= 12


_CHECKS = {
    "day": _day,
    "month": _month,
    "year": _year,
    "bare year": _bare_year,
    "short year": _short_year,
    "years": _years,
    "weekday": _weekday,
    "capital": _capital,
    "singular": _singular,
    "plural": _plural,
    "length": _length,
    "end": _end,
    "hour": _hour,
    "this": _this,
    "season": _season,
    "numeric": _numeric,
    "part": _singular,
}

"""Tell dates from words that look like them: Mars the planet, Avril the singer, *may* the verb."""

from __future__ import annotations

from retrieval.dates.match import Match
from retrieval.dates.words import CONTEXTS


def is_day(match: Match) -> bool:
    """Tell whether a day of a month is a date: not *rue du 8 mai*, not a lower-case *may*."""
    if match.before.lower() in ("du", "de"):
        named = match.word(match.first - 2).lower()
        if named in CONTEXTS["named_after_days"]:
            return False
    if match.of_class("year"):
        return True
    months = [index for index in match.of_class("month") if "fmonth" not in match.classes(index)]
    return not any(match.word(index) in CONTEXTS["capitalised"] for index in months)


def is_lone_day(match: Match) -> bool:
    """Tell whether a day without a month is in figures: not *samedi, le Premier ministre*."""
    days = match.of_class("day") + match.of_class("ordday")
    return is_day(match) and all(match.word(index)[0].isdigit() for index in days)


def is_day_of_named_month(match: Match) -> bool:
    """Tell whether a day in words has a month with a capital: *the first of May*, not *quatre des sept*."""
    return is_day(match) and all(match.word(index)[0].isupper() for index in match.of_class("month"))


def is_range_of_days(match: Match) -> bool:
    """Tell whether two days of a month are a range: not *la nuit du 3 au 4 avril*, which is two days."""
    before = {match.word(index).lower() for index in range(match.first - 4, match.first)}
    return not before & CONTEXTS["nights"] and is_day(match)


def is_month(match: Match) -> bool:
    """Tell whether a month without a day is a date."""
    if follows_day(match):
        return False
    if match.of_class("y2"):
        return True
    if match.after[:1].isupper() and match.before.lower() in CONTEXTS["of"]:
        return False  # "de mai Dupont"
    return all(
        _is_french_month(match, index)
        if "fmonth" in match.classes(index)
        else _is_english_month(match, index)
        for index in match.of_class("month")
    )


def _is_french_month(match: Match, index: int) -> bool:
    """French months are in lower case; with a capital it is a name, unless words beside it tell a date."""
    beside = {match.word(index - 1).lower(), match.word(index + 1).lower()}
    if match.word(index)[0].islower() or beside & CONTEXTS["beside_capital_month"]:
        return True
    return match.word(index - 1) == "-" and "mod" in match.classes(index - 2)


def _is_english_month(match: Match, index: int) -> bool:
    """English months have a capital and a preposition: *in March*, not *they march*."""
    word, before, after = match.word(index), match.word(index - 1).lower(), match.word(index + 1)
    if "abbr" in match.classes(index):
        return False
    if word in ("may", "march") and before not in CONTEXTS["before_lower_case_month"]:
        return False
    if word in ("May", "April", "June", "August") and (after[:1].isupper() or before == "for"):
        return False  # "a blow for May"
    return before in CONTEXTS["before_english_month"] or before == "-" or after in ("-", "and", "to")


def follows_day(match: Match) -> bool:
    """Tell whether a month is the rest of a day that was refused: *31 novembre 2024*, *rue du 8 mai 1945*."""
    return "month" in match.classes(match.first) and bool(
        {"day", "ordday"} & match.classes(match.first - 1).keys()
    )


def is_weekday(match: Match) -> bool:
    """Tell whether weekdays are dates: not *Le Journal du Dimanche*, not *Black Friday*, not *sun*."""
    return all(_is_one_weekday(match, index) for index in match.of_class("weekday"))


def _is_one_weekday(match: Match, index: int) -> bool:
    word, before = match.word(index), match.word(index - 1)
    english = "eweekday" in match.classes(index)
    if word[0].islower() and english:
        return before.lower() in CONTEXTS["before_lower_case_weekday"]
    if not word[0].isupper() or before.lower() in CONTEXTS["before_capital_weekday"]:
        return True
    if english:
        beside_name = match.word(index + 1)[:1].isupper() or before[:1].isupper()
        return not (beside_name and index + 1 == match.last)
    return match.opens_sentence(index) or before.lower() in CONTEXTS["before_capital_french_weekday"]


def is_uncapitalised(match: Match) -> bool:
    """Tell whether no word of the match is a name."""
    return not any(match.is_name(index) for index in range(match.first, match.last))


def is_feast(match: Match) -> bool:
    """Tell whether a feast is a date: not *l'île de Pâques*, not *Easter eggs*.

    A feast of one word needs its year or a preposition.
    """
    feast = match.of_class("feast")[0]
    name, after, before = match.word(feast), match.after, match.before.lower()
    language = match.classes(feast).get("named")
    if {after.lower(), match.word(match.first - 2).lower()} & CONTEXTS["named_after_feasts"]:
        return False
    if match.of_class("year"):
        return True
    english = language == "en" or name.lower() in CONTEXTS["english_feasts"]
    if after[:1].isupper() or (name[0].islower() and (english or name in CONTEXTS["capital_feasts"])):
        return False
    if language:
        return before not in CONTEXTS["indefinite"]
    if english and after[:1].isalpha() and after.lower() not in CONTEXTS["after_feast"]:
        return False
    if match.of_class("dayword") or match.of_class("last") or match.of_class("next"):
        return True
    return before in CONTEXTS["before_holiday"]


def is_singular(match: Match) -> bool:
    """Tell whether one period is named: *cette semaine*, not *ces semaines*."""
    if match.word(match.last - 1) == "jour" and match.before.lower() == "à":
        return False  # "à ce jour" means so far
    plurals = [index for index in match.of_class("unit") if "plural" in match.classes(index)]
    if any(match.word(index).lower() != "mois" for index in plurals):
        return False
    return not any(match.word(index).lower() in ("ces", "these") for index in range(match.first, match.last))


def is_plural(match: Match) -> bool:
    """Tell whether several periods are named: *ces derniers jours*."""
    return any("plural" in match.classes(index) for index in match.of_class("unit"))


def is_this(match: Match) -> bool:
    """Tell whether a demonstrative opens the match: *ce week-end*, not *le week-end*."""
    return match.word(match.first).lower() in ("ce", "this")

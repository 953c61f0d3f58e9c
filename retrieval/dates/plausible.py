"""Tell whether a rule's match is plausible as a date, by the kind of the rule."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.dates import number_checks, word_checks
from retrieval.dates.match import Match
from retrieval.dates.tokens import Tokens

# Years before our era are written the same way, but are before the first day that a `date` can hold.
_BEFORE_CHRIST = re.compile(
    r"\s*(?:(?:av\.|avant)\s*(?:J\.|J[ée]sus|notre ère|l['’]ère)|B\.?C\.?(?:E\.?)?\b)"
)

_CHECKS: dict[str, Callable[[Match], bool]] = {
    "day": word_checks.is_day,
    "lone day": word_checks.is_lone_day,
    "named day": word_checks.is_day_of_named_month,
    "days": word_checks.is_range_of_days,
    "month": word_checks.is_month,
    "weekday": word_checks.is_weekday,
    "capital": word_checks.is_uncapitalised,
    "feast": word_checks.is_feast,
    "singular": word_checks.is_singular,
    "season": word_checks.is_singular,
    "part": word_checks.is_singular,
    "plural": word_checks.is_plural,
    "this": word_checks.is_this,
    "year": number_checks.is_year,
    "bare year": number_checks.is_year_of,
    "short year": number_checks.is_short_year,
    "years": number_checks.is_range_of_years,
    "length": number_checks.is_length,
    "end": number_checks.ends_clause,
    "hour": number_checks.is_hour,
    "numeric": number_checks.is_numeric_date,
    "year and month": number_checks.is_no_reference,
    "code": number_checks.is_code_of_period,
    "decade": number_checks.is_full_decade,
}


def plausible(kind: str, tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether tokens ``first`` up to ``last``, matched by a rule of this kind, are likely a date."""
    start = tokens.spans[first][0]
    if start and tokens.text[start].isdigit() and tokens.text[start - 1].isalpha():
        return False  # "rc2 du mois dernier"
    if _BEFORE_CHRIST.match(tokens.text, tokens.spans[last - 1][1]):
        return False
    check = _CHECKS.get(kind)
    return check is None or check(Match(tokens, first, last))

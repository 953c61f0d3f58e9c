"""Find the date expressions of a text and resolve them against its publication date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from retrieval.dates import days, periods, pointing, relative
from retrieval.dates.confidence import confidence, distance, settled_by
from retrieval.dates.context import GOVERNED_PAST, Context, Unresolved
from retrieval.dates.cues import is_english
from retrieval.dates.event_names import with_open_year
from retrieval.dates.events import full_dates, settle
from retrieval.dates.grammar import (
    AFTER,
    BEFORE,
    DETERMINERS,
    HOUR_PREPOSITIONS,
    LIST_GAP,
    RANGE_GAP,
    RULES,
)
from retrieval.dates.merging import ResolvedMatch, make_mention, merge_last
from retrieval.dates.patterns import Rule
from retrieval.dates.plausible import plausible
from retrieval.dates.tense import sentence_tense
from retrieval.dates.tokens import Tokens, tokenize
from retrieval.dates.values import bounds, is_duration, one_of, part
from retrieval.dates.visible import VisibleText, visible
from retrieval.dates.words import WordClasses
from retrieval.types import DateMention

_TENSED = {
    days.calendar_day, days.enumerated_day, periods.calendar_month, periods.months_range, relative.weekday,
    days.lone_day, periods.season, relative.weekend, days.numeric, days.holiday, days.feast_weekend,
    days.month_days, days.days_range,
    days.listed_day, days.day_with_hour,
}  # fmt: skip
"""The resolvers that choose between past and future by the tense of the sentence."""

_POINTING = {
    relative.no_date, pointing.that_day, pointing.day_after, pointing.from_last, pointing.that_weekday,
    pointing.that_weekend, pointing.same_weekday,
}  # fmt: skip
"""The resolvers of what points to a date named before, no part of which is a date where there is none."""

_REACH = 2
"""How many sentences after a date surely point to it."""

_FAR = 0.6
"""What the confidence in what points to a date farther away is multiplied by."""

_STATED = {"year", "last", "next"}
"""The words that leave no choice."""

_DAYS = {days.calendar_day, days.enumerated_day, days.numeric}
_LONGEST_REFERENCE = dt.timedelta(366)


def find(text: str, published: str | None = None) -> list[DateMention]:
    """Find the date expressions of a text, in French and English.

    Args:
        text: Any text; it is not altered, and the mentions are exact slices of it.
        published: The text's publication date, an EDTF string of any precision. Without it, only what
            stands by itself is resolved (*3 avril 2025*, not *hier*).

    Returns:
        The mentions in order, without overlaps. The value of one that the publication date does not settle is
        the set of what it may mean; one that has no bounds is left out.

    Raises:
        DateError: ``published`` is not EDTF.
    """
    reference = _reference(published)
    seen = visible(text)
    found = [match.mention for match in find_matches(seen.text, reference)]
    told = list(full_dates(seen.text, found))
    mentions = list(settle(seen.text, found, reference, told))
    return mentions if seen.text is text else [_as_written(mention, text, seen) for mention in mentions]


def _as_written(mention: DateMention, text: str, seen: VisibleText) -> DateMention:
    start, end = seen.written_span(mention.start, mention.end)
    return replace(mention, start=start, end=end, text=text[start:end])


def _reference(published: str | None) -> tuple[dt.date, dt.date] | None:
    low, high = bounds(published) if published else (None, None)
    if low is None or high is None or high - low > _LONGEST_REFERENCE:
        return None
    return low, high


def find_matches(
    text: str, reference: tuple[dt.date, dt.date] | None, tense: int | None = None
) -> list[ResolvedMatch]:
    """Find mentions and resolve them against the first and last day the text may have been written on.

    ``text`` is a visible text (see ``visible``). ``tense`` is that of the whole text (see ``Context``); None
    takes that of each sentence.
    """
    tokens = tokenize(text)
    found: list[ResolvedMatch] = []
    anchor: ResolvedMatch | None = None
    done = latest = 0
    codes = tokens.codes
    for rule, first, last, words in _matches(tokens):
        if first < done or not plausible(rule.kind, tokens, first, last):
            continue
        start, end = tokens.spans[first][0], tokens.spans[last - 1][1]
        direction = tense
        if direction is None and rule.resolver in _TENSED and not _STATED & words.keys():
            goes_on = found and found[-1].rule.resolver in _TENSED and LIST_GAP.fullmatch(codes, done, first)
            direction = latest = latest if goes_on else sentence_tense(text, start, end)
        day_first = rule.kind != "numeric" or not is_english(text)
        named = anchor.mention.value if anchor else None
        value = _resolve(rule, words, reference, Context(None, named, direction or 0, day_first))
        if value is None:
            if rule.resolver in _POINTING:
                done = last
            continue
        begin, stop, value = _extend(rule, tokens, first, last, value, done)
        span = tokens.spans[begin][0], tokens.spans[stop - 1][1]
        read = direction if rule.resolver in _TENSED else None
        settled = settled_by(text[slice(*span)], words, read, distance(value, reference))
        sure = confidence(rule.resolver.__name__, settled, rule.confidence)
        if anchor and rule.resolver in _POINTING:
            far = _stops(tokens, anchor.last, first) > _REACH
            sure = min(sure, anchor.mention.confidence) * (_FAR if far else 1)
        mention = make_mention(text, span, value, sure)
        without_day = rule.kind == "hour" and not _continues_day(tokens, anchor, found, first)
        found.append(ResolvedMatch(begin, stop, mention, words, rule, settled, without_day))
        done = stop
        if not is_duration(value):
            merge_last(tokens, found)
            anchor = anchor if found[-1].without_day else _with_open_year(text, found[-1])
    return [_with_open_year(text, match) for match in found if not match.without_day]


def _with_open_year(text: str, match: ResolvedMatch) -> ResolvedMatch:
    """Return a match; where its day is the name of an event, its year is open."""
    if match.rule.resolver not in _DAYS:
        return match
    return replace(match, mention=with_open_year(text, match.mention, match.words))


def _continues_day(tokens: Tokens, day: ResolvedMatch | None, found: list[ResolvedMatch], first: int) -> bool:
    """Tell whether an hour is on the day mentioned before it: *à 18 h*, not *le train de 18 h*.

    In the sentence of that day and the next, any hour after *à* or *vers* is; farther away, one that a verb
    in the past governs.
    """
    if day is None or day.mention.low is None:
        return False
    if day.mention.low != day.mention.high and not day.mention.value.startswith("["):
        return False
    if found[-1].without_day and RANGE_GAP.fullmatch(tokens.codes, found[-1].last, first):
        return False
    stops = _stops(tokens, day.last, first)
    is_capital = tokens.word(first - 1) == "A"  # for “À”
    if tokens.codes[first - 1] not in HOUR_PREPOSITIONS and not is_capital:
        return stops == 0 and tokens.word(first - 1) in (",", "(")
    start = tokens.spans[first][0]
    return stops <= 1 or sentence_tense(tokens.text, start, start) == GOVERNED_PAST


def _stops(tokens: Tokens, first: int, last: int) -> int:
    """Return how many marks that may end a sentence are among tokens ``first`` up to ``last``."""
    return sum("break" in tokens.entries[n] or tokens.word(n) == "." for n in range(first, last))


def _matches(tokens: Tokens) -> Iterator[tuple[Rule, int, int, WordClasses]]:
    """Yield every rule's matches, leftmost first, then longest, then in the grammar's order."""
    rules = [rule for needed, group in RULES if needed.search(tokens.codes) for rule in group]
    spans = [
        (match.start(), -match.end(), order, match)
        for order, rule in enumerate(rules)
        for match in rule.pattern.finditer(tokens.codes)
    ]
    spans.sort(key=lambda span: span[:3])
    for first, minus_last, order, match in spans:
        rule = rules[order]
        words: WordClasses = {}
        for group, target, kind in rule.names:
            at = match.start(group)
            if at >= 0:
                words[target] = tokens.entries[at][kind]
        yield rule, first, -minus_last, words


def _resolve(
    rule: Rule, words: WordClasses, reference: tuple[dt.date, dt.date] | None, context: Context
) -> str | None:
    """Evaluate a rule at both ends of the reference: the value where they agree, else the set between."""
    try:
        if reference is None:
            return rule.resolver(words, context)
        low = rule.resolver(words, replace(context, day=reference[0], latest=reference[1]))
        high = (
            low
            if reference[0] == reference[1]
            else rule.resolver(words, replace(context, day=reference[1], latest=reference[1]))
        )
        if low is None or high is None or low == high or is_duration(low):
            return low if high is not None else None
        return one_of(low, high)
    except (Unresolved, ValueError, OverflowError):
        return None


def _extend(rule: Rule, tokens: Tokens, first: int, last: int, value: str, done: int) -> tuple[int, int, str]:
    """Extend a date to what belongs to it: *début*, *fin de* before it, its article, an hour after it."""
    begin, end, codes = first, last, tokens.codes
    if is_duration(value) or rule.kind == "hour":
        return begin, end, value
    if modifier := BEFORE.search(codes, done, first):
        smaller = part(value, str(tokens.entries[modifier.start()]["mod"]))
        if smaller:
            begin, value = modifier.start(), smaller
    if begin > done and codes[begin - 1] in DETERMINERS:
        begin -= 1
    low, high = bounds(value)
    if (low == high or value.startswith("[")) and (hour := AFTER.match(codes, last)):
        end = hour.end()
    return begin, end, value

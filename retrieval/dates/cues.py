"""The words around a date that tell its tense: verbs and prepositions, as regular expressions.

Built from the ``[tense]`` tables of the lexicons. ``CUES`` finds, from left to right, groups of words of one
kind each, named by its group:

- ``future``: *sera publié*, *doit être jugé*, *would be held*, *prévu*, and the present of an agenda;
- ``past``: *a été élu*, *s'est tenu*, *avait promis*, *was arrested*, *signed*;
- ``infinitive``: *de revenir*, *to step down*, whose time depends on the verb before;
- ``set_day``: the participle of a verb that sets a day, without an auxiliary: *reportés*, *est convoqué*;
- ``participle``: another one, *publié*, *arrêtée*.
"""

from __future__ import annotations

import re
from typing import Any

from retrieval.dates.words import TENSE

_ADVERBS = r"(?:(?:pas|plus|jamais|déjà|donc|ainsi|aussi|également|bien|ensuite|enfin|été|\w+ment|not|also|already|then|since|been|being|be|\w+ly)\s+)*"
_PARTICIPLE = r"\w+(?:ée?s?|ie?s?|ite?s?|ise?s?|ue?s?|[eo]rte?s?|[aeo]inte?s?)\b"
_PRONOUN = r"(?:-t)?(?:-(?:il|elle|on|ils|elles|je|nous|vous))?"
_ENGLISH_PARTICIPLE = r"(?:\w+(?:ed|en|wn|ung)|{irregular})"


def _any_of(words: list[str]) -> str:
    """Return a pattern for any of the words, where ``~`` is any ending and ``(nt)`` a plural one."""
    longest_first = sorted(words, key=len, reverse=True)
    escaped = (re.escape(word).replace("\\~", r"\w*").replace("\\(nt\\)", "(?:nt)?") for word in longest_first)
    return "(?:" + "|".join(escaped) + ")"


def _words(name: str) -> str:
    return _any_of([word for language in TENSE for word in language.get(name, ())])


def _cues() -> re.Pattern[str]:
    irregular = _words("preterites")
    english = _ENGLISH_PARTICIPLE.format(irregular=irregular)
    not_past = _words("not_past")
    determiner = r"(?<!\b(?:la|le|un)\s)(?<!\b(?:une|les|des|the)\s)(?<!l['’])"
    return re.compile(
        rf"""\b(?:
        (?P<future>
            (?:(?-i:(?<![A-ZÉ])[a-zéèêçàûôîœ]*(?:[eiuv]r|dr|rr)(?:a|ont))|(?:dev|reste|fe|pour|tiend|i|viend|commence|débute|se|au)rai(?:t|ent))\b
                {_PRONOUN}(?:\s+{_ADVERBS}(?:être\s+)?{_PARTICIPLE})?
            |(?:doit|doivent|v(?:a|ont)){_PRONOUN}\s+{_ADVERBS}(?:(?:se|s['’])\s*)?(?:être\s+{_PARTICIPLE}|\w+(?:er|ir|re)\b)
            |(?:will|shall|would|'ll|’ll)(?:\s+{_ADVERBS}(?:have\s+)?{english}\b)?
            |(?:is|are|was|were)\s+to\s+(?:be\s+{english}|[a-z]+)
            |(?:going|about)\s+to\s+(?:be\s+{english}|[a-z]+)
            |{_words("announcing")}(?:\s+to\s+(?:be\s+{english}|[a-z]+))?
            |{determiner}{_words("agenda")}
        )
        |(?P<past>
            (?:ai|as|a|avons|avez|ont|avais|avait|avaient|avions|aurait|auraient|eut|eurent|ayant|avoir){_PRONOUN}\s+{_ADVERBS}(?!lieu\b|jusqu)(?:mis\s+en\s+délibéré|{_PARTICIPLE})
            |(?:s['’]est|se\s+sont|s['’]étai(?:t|ent)|me\s+suis){_PRONOUN}\s+{_ADVERBS}{_PARTICIPLE}
            |(?:est|sont|étai(?:t|ent)|serait|seraient|être|étant){_PRONOUN}\s+{_ADVERBS}{_words("movement")}(?:e?s?)\b
            |étai(?:t|ent)
            |(?!{not_past}\b)[a-zéèêçàûôîœ]{{2,}}[^r\W](?:ait|aient)\b
            |(?!{not_past}\b)[a-z]{{2,}}[^e\W]ed\b
            |(?:has|have|had)\s+{_ADVERBS}{english}
            |{irregular}(?:\s+{_ADVERBS}{english})?
        )
        |(?P<infinitive>
            (?!à\s(?:partir|compter)\sd)(?:de|d['’]|à|pour|afin\s+de)\s*(?:(?:ne|pas|plus|se|s['’]|y|en|le|la|les|l['’])\s*)*(?!avoir\b)[a-zéèêçàûôîœ]{{2,}}(?:er|ir|re)\b
            |to\s+(?:be\s+{english}|(?-i:[a-z]{{2,}})\b)
        )
        |(?P<set_day>(?:(?:est|sont)\s+)?{_words("deferral")})
        |(?P<participle>(?!{not_past}\b)\w{{2,}}(?:ées?|és?)\b)
        )(?!\w)""",
        re.VERBOSE | re.IGNORECASE,
    )


CUES = _cues()
"""The groups of words that tell a tense, from left to right."""

DEFERRAL = re.compile(rf"\b{_words('deferral')}(?!\w)", re.IGNORECASE)
"""Verbs that set or move a day."""

PROSPECTIVE = re.compile(rf"\b{_words('prospective')}(?!\w)", re.IGNORECASE)
"""Verbs and nouns whose complement is still to come."""

CLAUSE = re.compile(r"\b(?:que|that)\s|\bqu['’]", re.IGNORECASE)
"""The beginning of a clause that a verb governs."""

CONJUNCTION = re.compile(r"(?:[;:—–]|,\s*(?:et|mais|puis|and|but|then|while|alors que|tandis que))\s*(?:\w+\s+){0,2}$", re.IGNORECASE)
"""The end of a text after which a new clause begins, but for a preposition and an article."""

ADJACENT = re.compile(r"[\s,]*(?:(?:\w+ment|en|au|le|la|l['’]|ce|cette|mois|de|d['’]|dès|in|on|the|late|early|last|hier)\b[\s]*)*", re.IGNORECASE)
"""What may stand between a verb and a date that is its own."""

OBJECT = re.compile(r"\s+(?:à\s+\w+\s+)?(?:que\b|qu['’]|that\b|un\b|une\b|le\b|la\b|les\b|l['’]|son\b|sa\b|ses\b|leurs?\b|des\b|avoir\b|vouloir\b|a\b|an\b|the\b|his\b|her\b|its\b|their\b)", re.IGNORECASE)
"""What follows a date that belongs to the verb before it: *a annoncé mardi son départ*."""

COMPLEMENT = re.compile(r"\b(?:du|de|des|of)\s+(?:the\s+|la\s+)?$|\bd['’]$", re.IGNORECASE)
"""The end of a text where a date that follows belongs to a noun: *la réunion du 12 mai*."""

RELATIVE = re.compile(r"\b(?:qui|dont|who|which|that|que|où)\b|\bqu['’]", re.IGNORECASE)


def _before_date(names: list[str]) -> re.Pattern[str]:
    """Return the pattern of the end of a text, one of these prepositions, where a date follows."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words(name) for name in names)})\s+(?:{_words('between')}\s*)*$", re.IGNORECASE)


TARGET = _before_date(["target"])
FORWARD = _before_date(["forward", "ahead_of_day"])
AHEAD = _before_date(["ahead"])
AHEAD_OF_DAY = _before_date(["ahead_of_day"])
PREVIEW = re.compile(rf"\b{_words('preview')}\s[^,;]{{0,60}}$", re.IGNORECASE)
SINCE = re.compile(r"\b(?:depuis|since)\s+(?:le\s+|la\s+|l['’]|the\s+)?$", re.IGNORECASE)

"""The words around a date that tell its tense: verbs and prepositions, as regular expressions.

Built from the ``[tense]`` tables of the lexicons. ``cues`` finds groups of words of one kind each:

- ``future``: *sera publié*, *doit être jugé*, *would be held*, *prévu*;
- ``agenda``: the present of what is on one: *affronte*, *opens*;
- ``due``: *devait comparaître*, which may be over or not;
- ``past``: *a été élu*, *s'est tenu*, *avait promis*, *was arrested*, *signed*;
- ``infinitive``: *de revenir*, *to step down*, whose time depends on the verb before;
- ``set_day``: the participle of a verb that sets a day, without an auxiliary: *reportés*, *est convoqué*;
- ``participle``: another one, *publié*, *arrêtée*.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.dates.words import LANGUAGES, TENSE

_LOWER = "a-zéèêëçàâûùôîïœ"
_ENGLISH = re.compile(
    r"\b(?:the|of|and|is|was|were|on|to|with|by|from|what|when|who|did|in|had|has|he|she|they|it|at|his|her)\b",
    re.IGNORECASE,
)
_FRENCH = re.compile(
    r"\b(?:le|la|les|des|du|de|et|est|une?|dans|par|pour|que|qui|il|elle|en|au|aux|sont|ont)\b|\b[ldnscjmt]['’]",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def is_english(text: str) -> bool:
    """Tell whether a text has more of the commonest English words than of the French."""
    return len(_ENGLISH.findall(text[:600])) > len(_FRENCH.findall(text[:600]))


def _any_of(words: list[str]) -> str:
    """Return a pattern for any of the words.

    ``~`` is any ending, or any beginning of a word that it opens, and ``(nt)`` a plural ending.
    """
    longest_first = sorted(words, key=len, reverse=True)
    escaped = [re.escape(word).replace("\\(nt\\)", "(?:nt)?") for word in longest_first]
    whole = [word.replace("\\~", r"\w*") for word in escaped if not word.startswith("\\~")]
    endings = [word.removeprefix("\\~") for word in escaped if word.startswith("\\~")]
    if endings:
        whole.append(rf"\w*(?:{'|'.join(endings)})")
    return "(?:" + "|".join(whole) + ")"


def _words(name: str, languages: tuple[str, ...] = LANGUAGES) -> str:
    return _any_of([word for language in languages for word in TENSE[language].get(name, ())])


def _french() -> str:
    """Return the pattern of the French groups."""
    few = r"(?:(?!(?:une?|le|la|les|des|du|au|jusqu|avoir|être)\b)[\w’'-]+\s+){0,3}?"
    short = r"(?:[elpsv]u|bu|dû|mi|di|né|li)[est]?s?"
    participle = rf"(?:{short}|\w{{2,}}(?:ée?s?|ie?s?|ite?s?|ise?s?|ue?s?|[eo]rte?s?|[aeo]inte?s?))\b"
    not_infinitive = rf"(?!{_words('not_infinitive', ('fr',))}\b)"
    verbs_in_re = (
        "[eno]dre|erdre|indre|oudre|mettre|battre|faire|dire|lire|crire|uire|rire|ivre|aître|rompre|clure"
        "|croire|boire|plaire|vaincre"
    )
    infinitive = rf"{not_infinitive}[{_LOWER}]*(?:[{_LOWER}]{{2}}(?:er|ir)|{verbs_in_re})\b"
    acting = rf"(?:être\s+{few}{participle}|{infinitive})"
    pronoun = r"(?:-t)?(?:-(?:il|elle|on|ils|elles|je|nous|vous))?"
    own = r"(?:(?:se|y|en|le|la|les|lui|leur)\s+|[sl]['’])*"
    conditional = _words("future_in_ir", ("fr",))
    other_participle = _words("participles", ("fr",))
    determiner = r"(?<!\b(?:la|le|un)\s)(?<!\b(?:une|les|des)\s)(?<!l['’])"
    movement = rf"{_words('movement', ('fr',))}(?:e?s?)\b"
    not_past = rf"(?!{_words('not_past', ('fr',))}s?\b)"
    in_ra = _words("preterites_in_ra", ("fr",))
    preterite = rf"(?!{_words('not_preterite', ('fr',))}\b)"
    in_a = rf"(?-i:[{_LOWER}]{{2,}}(?:[^r\W]|[^eiuvdr\W]r)a)\b"
    nominal = r"(?<!\b(?:de|du|en|au|sa|ce)\s)(?<!\b(?:son|ses|aux)\s)(?<!\bcette\s)(?<!d['’])(?<!à\s)"
    return rf"""
        (?P<future>
            (?:(?!{in_ra}\b)(?-i:[{_LOWER}]*(?:[eiuv]r|dr|rr|ttr|îtr)(?:a|ont))
                |(?:[{_LOWER}]*(?:e|d|r|cev|dev)|{conditional})rai(?:t|ent)(?!\s+{few}{movement})
                |(?!vrai)[{_LOWER}]*(?:[eiuv]r|dr|rr)ai|(?:ser|aur|fer|ir|pourr|devr|verr)ons
               )\b{pronoun}(?:\s+{few}(?:être\s+)?{participle})?
            |(?:doit|doivent|v(?:a|ont)|allai(?:t|ent)){pronoun}\s+{few}{own}{acting}
            |{_words("intending", ("fr",))}\s+(?!dire\b)(?:de\s+|d['’])?{own}{acting}
            |{_words("announcing", ("fr",))}
        )
        |(?P<agenda>{determiner}{_words("agenda", ("fr",))})
        |(?P<due>(?:devai(?:t|ent)|a(?:urai(?:t|ent)|vai(?:t|ent))\s+dû)(?:\s+{few}{own}{acting})?)
        |(?P<past>
            (?!a\s(?:partir|compter)\sd)(?:ai|as|a|avons|avez|ont|ait|aient|avais|avait|avaient|avions|aurait|auraient|eut|eurent|ayant|avoir){pronoun}\s+
                {few}(?!lieu\b|jusqu)(?:été\s+{few})?(?:fait|mis\s+en\s+délibéré|{participle})
            |(?:s['’]est|se\s+sont|se\s+serai(?:t|ent)|s['’]étai(?:t|ent)|me\s+suis){pronoun}\s+{few}{participle}
            |(?:est|sont|étai(?:t|ent)|serait|seraient|être|étant){pronoun}\s+{few}{movement}
            |étai(?:t|ent)
            |{not_past}[{_LOWER}]{{2,}}[^r\W](?:ait|aient)\b
            |{preterite}{_words("preterites", ("fr",))}
            |{in_ra}
            |{determiner}{nominal}{preterite}{in_a}
            |(?:ils?|elles?|on|qui)\s+(?:ne\s+|n['’])?(?:(?:la|les?|lui|leur|y|en)\s+|l['’])+{preterite}{in_a}
        )
        |(?P<infinitive>
            (?![àa]\s(?:partir|compter)\sd)(?:de|d['’]|à|pour|afin\s+de)\s*(?:(?:ne|pas|plus)\s+)*{own}(?!avoir\b){infinitive}
        )
        |(?P<set_day>(?:(?:est|sont)\s+)?{_words("deferral", ("fr",))})
        |(?P<participle>{determiner}(?:(?:est|sont)\s+{few})?(?:{not_past}\w{{2,}}(?:ées?|és?)|{other_participle}e?s?)\b)
    """


def _english() -> str:
    """Return the pattern of the English groups."""
    few = r"(?:(?:not|also|already|then|since|been|being|be|\w+ly)\s+)*"
    irregular = _words("preterites", ("en",))
    participle = rf"(?:\w+(?:ed|en|wn|ung)|{irregular})\b"
    infinitive = rf"to\s+(?:be\s+{few}{participle}|(?-i:[a-z]{{2,}})\b)"
    return rf"""
        (?P<future>
            (?:will|shall|would|(?:'|’)ll)\b(?:\s+{few}(?:have\s+)?{few}{participle})?
            |(?:is|are|was|were|going|about)\s+{few}{infinitive}
            |{_words("announcing", ("en",))}(?:\s+{infinitive})?
        )
        |(?P<agenda>(?<!\bthe\s){_words("agenda", ("en",))})
        |(?P<past>
            (?:has|have|had)\s+{few}{participle}
            |(?!{_words("not_past", ("en",))}\b)[a-z]+[^e\W]ed\b
            |{irregular}\b(?:\s+{few}{participle})?
        )
        |(?P<infinitive>{infinitive})
        |(?P<set_day>{_words("deferral", ("en",))})
    """


_CUES = {
    english: re.compile(rf"\b(?:{pattern()})(?!\w)", re.VERBOSE | re.IGNORECASE)
    for english, pattern in ((False, _french), (True, _english))
}


def cues(text: str, english: bool) -> list[re.Match[str]]:
    """Return the groups of words that tell a tense, from left to right, each named by its last group."""
    return list(_CUES[english].finditer(text))


def _any_word(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_words(name)}(?!\w)", re.IGNORECASE)


DEFERRAL = _any_word("deferral")
"""Verbs that set or move a day."""

PROSPECTIVE = _any_word("prospective")
"""Verbs and nouns whose complement is still to come."""

DECISION = _any_word("decision")
"""Verbs and nouns whose complement may be over or not."""

SCHEDULED = _any_word("scheduled")
"""Participles of what is on an agenda."""

CLAUSE = re.compile(r"\b(?:que|that)\s|\bqu['’]", re.IGNORECASE)
"""The beginning of a clause that a verb governs."""

NEW_CLAUSE = re.compile(
    r"(?:\b(?:que|that)\s|\bqu['’])\s*(?:(?:en|au|le|la|dès|in|on|the|from)\s+|l['’])*$", re.IGNORECASE
)
"""The end of a text where a date opens a clause that a verb governs: *a annoncé que le 12 mai*."""

CONJUNCTION = re.compile(
    r"(?:[;:—–]|,\s*(?:et|mais|puis|and|but|then|while|alors que|tandis que))\s*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""The end of a text after which a new clause begins, but for a preposition and an article."""

ADJACENT = re.compile(
    r"[\s,]*(?:(?:\w+ment|\w+ly|en|au|le|la|l['’]|ce|cette|mois|de|d['’]|dès|in|on|the|late|early|last|hier)\b\s*)*",
    re.IGNORECASE,
)
"""What may stand between a verb and a date that is its own."""

_GAP = r"(?:(?!\w+(?:er|ir|re)\b|alors|ainsi|après|depuis|lors|parce|tandis)[\w’']+\s+){0,3}?"

SUPPOSITION = re.compile(
    r"(?<!\bmême\s)(?<!\bcomme\s)(?<!\beven\s)(?<!\bas\s)(?!(?:(?<=\best\s)|(?<=\bsont\s))si\b)(?:"
    rf"\b(?:{_words('supposition')}(?!\w)|{_words('wanted')}\s+{_GAP}(?:que\s|qu['’]))"
    r"|(?<![\w’'])s['’](?=ils?\b))",
    re.IGNORECASE,
)
"""The beginning of a clause that tells what is wanted or supposed: *pour que*, *il faut que*, *si*."""

PERFECT = re.compile(
    r"\b(?:(?:aient|ait|se\ssoi(?:t|ent)|s['’]est|se\ssont|have|has|had)\s+(?:\w+\s+){0,2}?\w+"
    rf"|soi(?:t|ent)\s+(?:\w+\s+){{0,2}}?{_words('movement')}e?s?\b)",
    re.IGNORECASE,
)
"""A verb that tells what is over in a clause without a past cue: *que le pont ait fermé*."""

PURPOSE = re.compile(r"(?:pour|afin)\b", re.IGNORECASE)
"""What an infinitive of purpose begins with."""

BY = re.compile(r"\s*(?:par|by)\s", re.IGNORECASE)
"""What follows a participle that has an agent: *tué par un policier*."""

OBJECT = re.compile(
    r"\s+(?:à\s+\w+\s+)?(?:(?:que|that|une?|les?|la|son|sa|ses|leurs?|des|avoir|vouloir|an?|the|his|her|its|their)\b|qu['’]|l['’])",
    re.IGNORECASE,
)
"""What follows a date that belongs to the verb before it: *a annoncé mardi son départ*."""

COMPLEMENT = re.compile(r"\b(?:du|de|des|of)\s+(?:the\s+|la\s+)?$|\bd['’]$", re.IGNORECASE)
"""The end of a text where a date that follows belongs to a noun: *la réunion du 12 mai*."""

AS_OF = re.compile(r"\b(?:au|to|until|till)\s+$", re.IGNORECASE)
"""The end of a text before a date that may be ahead of a past verb: *une hausse au 1er juillet*."""

RELATIVE = re.compile(r"\b(?:qui|dont|who|which|that|que|où)\b|\bqu['’]", re.IGNORECASE)
"""The beginning of a relative clause, whose verb is not that of the date before it."""

QUOTE = re.compile(r"[\"”»]")
"""The end of words that are quoted."""


def _before_date(*names: str) -> re.Pattern[str]:
    """Return the pattern of the end of a text, one of these prepositions, where a date follows."""
    prepositions = "|".join(_words(name) for name in names)
    return re.compile(rf"(?<!\w)(?:{prepositions})\s+(?:{_words('between')}\s*)*$", re.IGNORECASE)


TARGET = _before_date("target")
"""Where the action of the verb before is to end up: *reporté à*."""

FORWARD = _before_date("forward", "ahead_of_day")
"""What looks ahead where no verb in the past is beside it: *jusqu'à*."""

AHEAD = _before_date("ahead")
"""What looks ahead whatever the verb: *d'ici*."""

AHEAD_OF_DAY = _before_date("ahead_of_day")
"""What looks ahead before a day: *une grève pour mardi*."""

PREVIEW = re.compile(
    rf"\b{_words('preview')}\s*(?:\b(?:le|la|les|l['’]|une?|son|sa|ses|leurs?|ce|cette|the|an?|his|her|its|their)\b[^,;]{{0,60}})?$",
    re.IGNORECASE,
)
"""*Avant le match de*: what a date ahead belongs to."""

SINCE = re.compile(
    r"\b(?:depuis|since)\s+(?:(?:le|la|the|mois|de|début|fin|early|late)\s+|l['’])*$"
    r"|\b(?:jours?|semaines?|mois|ans?|days?|weeks?|months?|years?)\s+(?:après|after)\s[^,;]{0,60}$",
    re.IGNORECASE,
)
"""What is over: *depuis*, *un an après les inondations de*."""

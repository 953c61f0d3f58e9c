"""The words dates are made of, in French and English, as data.

A word may belong to several classes, each with its own value: *sept* is a number and an English month,
*an* a French unit and an English article. ``LEXICON`` maps a lower-case word to its classes.
"""

from __future__ import annotations

import unicodedata

Entry = dict[str, int | str]

LEXICON: dict[str, Entry] = {}


def _add(kind: str, words: dict[str, int | str] | str) -> None:
    table = words if isinstance(words, dict) else dict.fromkeys(words.split(), 1)
    for word, value in table.items():
        for form in (word, _plain(word)):
            LEXICON.setdefault(form, {}).setdefault(kind, value)


def _plain(word: str) -> str:
    """Return the word as people type it without accents; *à* and *a* stay apart."""
    if len(word) < 3:
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _numbered(words: str, start: int = 1) -> dict[str, int | str]:
    """Number groups of synonyms written ``a|b c d|e``."""
    return {word: start + n for n, group in enumerate(words.split()) for word in group.split("|")}


_FRENCH_MONTHS = "janvier février mars avril mai juin juillet août|aoüt septembre octobre novembre décembre"
_ENGLISH_MONTHS = "january february march april may june july august september october november december"
_SHORT_FRENCH = {
    "janv": 1,
    "jan": 1,
    "févr": 2,
    "fév": 2,
    "avr": 4,
    "juil": 7,
    "jui": 7,
    "sept": 9,
    "oct": 10,
}
_SHORT_FRENCH |= {"nov": 11, "déc": 12}
_SHORT_ENGLISH = _numbered("jan feb mar apr may jun jul aug sep|sept oct nov dec")
_add("month", _numbered(_FRENCH_MONTHS) | _numbered(_ENGLISH_MONTHS) | _SHORT_FRENCH | _SHORT_ENGLISH)
_add("fmonth", _numbered(_FRENCH_MONTHS))
_add("emonth", _numbered(_ENGLISH_MONTHS) | _SHORT_ENGLISH)
_add("abbr", {w: 1 for w in {**_SHORT_FRENCH, **_SHORT_ENGLISH} if w != "may"})

_WEEKDAYS = "lundi|monday mardi|tuesday mercredi|wednesday jeudi|thursday vendredi|friday samedi|saturday"
_SHORT_DAYS = "lun|mon mar|tue|tues mer|wed jeu|thu|thur|thurs ven|fri sam|sat dim|sun"
_add("weekday", _numbered(_WEEKDAYS + " dimanche|sunday", 0))
_add("wdabbr", _numbered(_SHORT_DAYS, 0))
_add("eweekday", "monday tuesday wednesday thursday friday saturday sunday")
_add("weekdays", "lundis mardis mercredis jeudis vendredis samedis dimanches")
_add("weekdays", "mondays tuesdays wednesdays thursdays fridays saturdays sundays")

_add("season", _numbered("printemps|spring été|summer automne|autumn|fall hiver|winter", 21))

_UNITS = {
    "jour|jours|journée|journées|day|days": "D",
    "semaine|semaines|week|weeks": "W",
    "mois|month|months": "M",
    "trimestre|trimestres|quarter|quarters": "Q",
    "semestre|semestres": "S",
    "an|ans|année|années|year|years": "Y",
    "décennie|décennies|decade|decades": "10Y",
    "siècle|siècles|century|centuries": "100Y",
}
_add("unit", {word: unit for words, unit in _UNITS.items() for word in words.split("|")})
_add("hours", "heure heures hour hours")
_add("minor", {"minute": "M", "minutes": "M", "seconde": "S", "secondes": "S", "seconds": "S", "mn": "M"})
_add(
    "plural", "jours journées days semaines weeks mois months trimestres quarters semestres ans années years"
)
_add("plural", "décennies siècles decades centuries heures hours minutes secondes seconds")
for _kind, _words in {
    "dayword": "jour journée day",
    "weekword": "semaine week",
    "monthword": "mois month",
    "yearword": "an année year",
    "yearswords": "années",
    "centuryword": "siècle siècles century",
    "halfword": "semestre",
    "weekend": "week-end weekend week-ends weekends",
    "half": "quinzaine",
}.items():
    _add(_kind, _words)

_add("quarterword", {"trimestre": "Q", "quarter": "Q"})
_add("near", {"hier": -1, "yesterday": -1, "aujourd'hui": 0, "aujourd’hui": 0, "today": 0, "tonight": 0})
_add("near", {"avant-hier": -2, "demain": 1, "tomorrow": 1, "après-demain": 2})
_add("now", "maintenant now")

_ONES = "un|une|one deux|two trois|three quatre|four cinq|five six sept|seven huit|eight neuf|nine dix|ten"
_TEENS = "onze|eleven douze|twelve treize|thirteen quatorze|fourteen quinze|fifteen seize|sixteen"
_TEENS += " dix-sept|seventeen dix-huit|eighteen dix-neuf|nineteen"
_add("num", _numbered(_ONES) | _numbered(_TEENS, 11))
_TENS = {20: "vingt twenty", 30: "trente thirty", 40: "quarante forty", 50: "cinquante fifty"}
_TENS |= {60: "soixante sixty", 70: "soixante-dix seventy", 80: "quatre-vingts quatre-vingt eighty"}
_TENS |= {90: "quatre-vingt-dix ninety"}
for _ten, _names in _TENS.items():
    for _name in _names.split():
        _add("num", {_name: _ten})
        for _word, _one in (_numbered(_ONES)).items():
            _add("num", {f"{_name}-{_word}": _ten + int(_one)})
    _add("num", {f"{_names.split()[0]}-et-un": _ten + 1})
_add("num", {"cent": 100, "hundred": 100, "mille": 1000})
_add("dozen", {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30})
_add("dozen", {"quarantaine": 40, "cinquantaine": 50, "centaine": 100, "dozen": 12, "couple": 2})
_add("tens", {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "soixante-dix": 70})
_add("tens", {"quatre-vingt": 80, "quatre-vingts": 80, "quatre-vingt-dix": 90})
_add("tens", {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60})
_add("tens", {"seventies": 70, "eighties": 80, "nineties": 90})
_add("decades", "twenties thirties forties fifties sixties seventies eighties nineties")
_add("some", "quelques plusieurs several few many")

_ORDINALS = "premier|première|first deuxième|second|seconde troisième|third quatrième|fourth cinquième|fifth"
_add(
    "ord",
    _numbered(_ORDINALS + " sixième|sixth septième|seventh huitième|eighth neuvième|ninth dixième|tenth"),
)
_add("ordday", {"premier": 1, "first": 1})
_TENTHS = (
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_add("ord", _numbered(_TENTHS, 11) | {"twenty-first": 21})
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi"
for _n, _roman in enumerate(_ROMANS.split(), 1):
    _add("roman", {_roman + suffix: _n for suffix in ("e", "ᵉ", "è", "ème", "eme", "er")})

_add("last", "dernier dernière derniers dernières last past passé passée passés passées")
_add("next", "prochain prochaine prochains prochaines next upcoming coming")
_add("elast", "last past")
_add("enext", "next upcoming coming")
_add("following", {"suivant": 1, "suivante": 1, "suivants": 1, "suivantes": 1, "following": 1})
_add("previous", "précédent précédente précédents précédentes previous preceding")
_add("dernier", "dernier dernière derniers dernières passé passée passés passées")
_add("this", "ce cet cette ces this these")
_add("the", "le la les l' l’ the")
_add("le", "le l' l’ la the")
_add("plthe", "les")
_add("same", "même mêmes same")
_add("there", "là that")
_add("that", "that")
_add("afterday", {"lendemain": 1, "surlendemain": 2, "veille": -1, "avant-veille": -2})
_add("eve", "eve")
_add("thereday", {"jour-là": 1, "soir-là": 1, "nuit-là": 1, "matin-là": 1, "journée-là": 1})
_add("thereyear", {"année-là": "Y", "mois-là": "M", "semaine-là": "W", "époque-là": "Y"})

_add("quarterletter", "t q")
_add(
    "mod",
    {"début": "START", "commencement": "START", "early": "START", "beginning": "START", "start": "START"},
)
_add(
    "mod",
    {"mi": "MID", "milieu": "MID", "mid": "MID", "middle": "MID", "fin": "END", "late": "END", "end": "END"},
)
_add("during", "courant pendant durant during throughout")

_add("en", "en")
_add("in", "in en")
_add("within", "in dans")
_add("on", "on")
_add("de", "de d' d’ du des of")
_add("du", "du de d' d’ from")
_add("from", "de du from entre between")
_add("to", "à au aux to et and jusqu'à jusqu'au until till")
_add("entre", "entre between")
_add("and", "et and ou or")
_add("a", "à au aux a at")
_add("il", "il")
_add("y", "y")
_add("has", "a")
_add("voila", "voilà voici")
_add("ago", "ago")
_add("ici", "ici")
_add("plus", "plus")
_add("tard", {"tard": 1, "tôt": -1})
_add("lateron", {"avant": -1, "après": 1, "before": -1, "after": 1})
_add(
    "later", {"later": 1, "earlier": -1, "auparavant": -1, "avant": -1, "après": 1, "before": -1, "after": 1}
)
_add("since", "depuis since dès")
_add("untilword", "jusqu' jusqu’ jusque until till by")
_add("beforeword", "avant before après after")
_add("toward", "à vers at dès")
_add("around", "vers about around environ near circa")
_add("every", "chaque every each tous toutes")
_add("age", "âgé âgée âgés âgées aged")
_add("part", "matin matinée après-midi soir soirée nuit midi minuit")
_add("part", "morning afternoon evening night noon midnight")
_add("noon", "midi minuit noon midnight")
_add("span", "soirée nuit matinée journée après-midi")
_add("thispart", "matin midi soir après-midi nuit morning afternoon evening")
_add("dated", "dans pendant durant cours during")
_add("direct", "début fin mi milieu early late mid")
_add("partir", "partir")
_add("demi", "demi demie half")
_add("attack", "attentat attentats attaque attaques tuerie tueries attack attacks")
_add("ci", "ci")
_add("duword", "du au")
_add("was", "a ont avait avaient ai avons avez ayant avoir aura auront aurait eu jamais have has had")
_add("christmas", {"noël": "12-25", "christmas": "12-25", "toussaint": "11-01", "halloween": "10-31"})
_add("christmas", {"saint-sylvestre": "12-31", "épiphanie": "01-06", "assomption": "08-15"})
_add("event", "saison édition rentrée budget exercice millésime campagne élection élections présidentielle")
_add("event", "présidentielles législatives municipales européennes régionales euro mondial mondiaux jo jeux")
_add("event", "olympiques coupe tour championnat championnats promotion cuvée")
_add("event", "season edition class budget election elections olympics cup")
_add(
    "before_year",
    "from en depuis dès avant après in since before after until by circa pendant durant during vers",
)
_add(
    "counted",
    "euro euros dollars dollar francs francs livres personnes habitants kilomètres mètres tonnes morts",
)
_add(
    "counted",
    "blessés hectares points pages places emplois salariés milliards millions milliers people km m kg",
)
_add("counted", "km² m² ha mw kwh l % € $ £")
# Words in s or x after a year that are no plural nouns: "de 2019 dans", not "de 2019 soldats".
_add(
    "function",
    "dans sous mais plus pas puis ils elles nous vous les des ses leurs nos vos ces sans vers dès très",
)
_add(
    "function",
    "alors jamais lors depuis toujours après tous toutes aux près moins deux six dix as is was has his",
)
_add("function", "its this onwards afterwards across thus unless versus towards always perhaps")
_add("function", "quelques plusieurs certains")

# Days that bear their year without telling it, by month and day.
FAMOUS_DAYS = {(9, 11): 2001, (11, 13): 2015}

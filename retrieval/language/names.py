"""Names that change from one language to another: countries, and the organisations in the news.

Country names are the Unicode CLDR's, by way of Babel. Organisations are known by the acronyms they go by.
"""

from __future__ import annotations

from functools import lru_cache

from retrieval.language.acronyms import Run
from retrieval.language.analysis import fold, stop_words, token, words

ORGANISATIONS = (
    ("Cédéao", "ECOWAS", "CEDEAO", "ЭКОВАС", "إيكواس", "西共体"),
    ("ONU", "UN", "UNO", "ООН", "الأمم المتحدة", "United Nations", "Naciones Unidas", "Vereinte Nationen"),
    ("OTAN", "NATO", "НАТО", "الناتو"),
    (
        "Union européenne",
        "EU",
        "UE",
        "European Union",
        "Unión Europea",
        "Europäische Union",
        "União Europeia",
    ),
    ("Union africaine", "AU", "African Union", "Unión Africana", "Afrikanische Union", "União Africana"),
    ("OMS", "WHO", "OMS", "ВОЗ"),
    ("FMI", "IMF", "IWF", "МВФ"),
    ("OMC", "WTO"),
    ("OCDE", "OECD"),
    ("OPEP", "OPEC", "ОПЕК", "أوبك"),
    ("CPI", "ICC"),
    ("CICR", "ICRC"),
    ("AIEA", "IAEA", "МАГАТЭ"),
    ("HCR", "UNHCR", "ACNUR"),
    ("Minusma", "MINUSMA"),
    ("UEMOA", "WAEMU"),
    ("CEMAC", "CAEMC"),
    ("OIF", "Francophonie"),
    ("BCE", "ECB", "EZB"),
    ("BRICS", "БРИКС", "بريكس"),
)
"""Each organisation's name in French, then the names other languages give it."""


@lru_cache(maxsize=32)
def names_in(language: str) -> dict[Run, str]:
    """Return the French name of what is called by each run of tokens in ``language``.

    Names that are the same in French are left out; French has none.
    """
    if language == "fr":
        return {}
    names: dict[Run, str] = {}
    for french, *others in ORGANISATIONS:
        for other in others:
            names[_run(other, language)] = french
    names |= _countries(language)
    return {run: french for run, french in names.items() if run and run != _run(french, "fr")}


def _countries(language: str) -> dict[Run, str]:
    from babel import Locale, UnknownLocaleError

    try:
        theirs = Locale.parse(language).territories
    except UnknownLocaleError:
        return {}
    french = Locale.parse("fr").territories
    return {
        _run(name, language): french[code]
        for code, name in theirs.items()
        if code.isalpha() and code in french  # the others are parts of continents, by number
    }


def _run(name: str, language: str) -> Run:
    return tuple(token(word) for word in words(name) if fold(word) not in stop_words(language))

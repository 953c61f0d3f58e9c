"""Names that change from one language to another: countries, and the organisations in the news.

Country names are the Unicode CLDR's, by way of Babel. Organisations are
those of ``words/organisations.toml``.
"""

from __future__ import annotations

from functools import lru_cache

from retrieval.language.acronyms import Phrase
from retrieval.language.analysis import fold, stop_words, token, words
from retrieval.language.word_lists import organisations


@lru_cache(maxsize=32)
def names_in(language: str) -> dict[Phrase, str]:
    """Return the French name of what is called by each phrase, by its tokens, in ``language``.

    Names that are the same in French are left out; French has none.
    """
    if language == "fr":
        return {}
    names: dict[Phrase, str] = {}
    for french, others in organisations():
        for other in others:
            names[_phrase(other, language)] = french
    names |= _countries(language)
    return {phrase: french for phrase, french in names.items() if phrase and phrase != _phrase(french, "fr")}


@lru_cache(maxsize=1)
def french_names() -> dict[Phrase, str]:
    """Return the French names of countries and organisations, by their tokens."""
    names = [*_countries("fr").values(), *(french for french, _ in organisations())]
    return {_phrase(name, "fr"): name for name in names}


def _countries(language: str) -> dict[Phrase, str]:
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language).territories
    except UnknownLocaleError:
        return {}
    french = Locale.parse("fr").territories
    return {
        _phrase(name, language): french[code]
        for code, name in territories.items()
        if code.isalpha() and code in french  # the others are parts of continents, by number
    }


def _phrase(name: str, language: str) -> Phrase:
    return tuple(token(word) for word in words(name) if fold(word) not in stop_words(language))

"""The language of a question, which may be too short for its letters to tell."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.language.acronyms import Phrase, find_phrases
from retrieval.language.analysis import content_words, token, words
from retrieval.language.identification import LANGUAGES, identify
from retrieval.language.names import french_names, names_in

FEW = 4
"""Words up to which a name tells the language better than the letters do: *AES and Russia*."""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of a question.

    A few words without a French name are of the language that has a name of its own in them (*Russia*,
    *ECOWAS*); of several such languages, English comes first after the one that the letters tell.
    """
    identified = identify(text)
    if len(list(words(text))) > FEW or _holds(text, "fr", french_names()):
        return identified
    languages = dict.fromkeys((identified, "en", *LANGUAGES))
    return next((code for code in languages if _holds(text, code, names_in(code))), identified)


def _holds(text: str, language: str, names: Mapping[Phrase, str]) -> bool:
    """Tell whether a text in a language holds one of some names."""
    return bool(find_phrases([token(word) for word in content_words(text, language)], names))

"""The language of a question, which may be too short for its letters to tell."""

from __future__ import annotations

from retrieval.language.acronyms import find_phrases
from retrieval.language.analysis import token, words
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
    tokens = [token(word) for word in words(text)]
    if len(tokens) > FEW or find_phrases(tokens, french_names()):
        return identified
    return next(
        (
            code
            for code in dict.fromkeys((identified, "en", *LANGUAGES))
            if find_phrases(tokens, names_in(code))
        ),
        identified,
    )

"""Sentences, folding and the lexical analysis of text.

Passages and questions go through the same analysis, so a word matches itself however it is typed:
invisible characters are taken out, elided articles are cut off (``l'énergie`` and ``l’énergie`` are
``énergie``), case and accents are folded, and what is left is reduced by the French Snowball stemmer
(http://snowballstem.org). Folding comes before stemming: measured on four French collections it costs
nothing, and a question typed without accents then gets the very same tokens. Every language goes through
the French stemmer, so that names, which are what two languages share, get the same token in both.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

import sentencex
import Stemmer

from retrieval.language.identification import LANGUAGES
from retrieval.language.invisible import whole_words
from retrieval.language.word_lists import phrase_pattern, word_lists

MAX_SENTENCE = 1_000
"""A longer sentence (a list without full stops, a wall of text) is cut at a space, in characters."""

_WORD = re.compile(
    r"\b(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)['’ʼ](?=\w)"  # an elided article: skipped
    r"|(?P<dotted>(?:[^\W\d_]\.){2,})"
    r"|(?P<plain>[^\W_]+)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:MM?|Mmes?|Mlles?|Drs?|Prs?|Me|Mgr|Ste?|art|pp?|vol|no|cf|av|apr|env"
    r"|janv|févr|avr|juil|sept|oct|nov|déc|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Mrs?|Ms)|(?<!\w)[A-ZÀ-Þ])\.$"
)
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "ß": "ss", "ı": "i"})
_COMBINING = {code: None for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))}
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=[\w,;:»)] )[A-ZÀ-ÖØ-ÞŒ]|(?<=['’])[A-ZÀ-ÖØ-ÞŒ]")
_STEMMER = Stemmer.Stemmer("french")
_STEMMER.maxCacheSize = 0  # tokens are cached below, by word


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents or ligatures (``Cédéao`` → ``cedeao``)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.translate(_LIGATURES)).translate(_COMBINING).casefold()


def words(text: str) -> Iterator[str]:
    """Yield the words of ``text`` as written, elisions cut off and dotted acronyms closed up.

    Accents typed as signs of their own (NFD, as macOS and PDF files have them) are put on their letters;
    invisible characters are left out, and a word cut at the end of a line is joined.
    """
    for match in _WORD.finditer(unicodedata.normalize("NFC", whole_words(text))):
        if match["plain"]:
            yield match["plain"]
        elif match["dotted"]:
            yield match["dotted"].replace(".", "")


@lru_cache(maxsize=200_000)
def token(word: str) -> str:
    """Return the token of one word: folded, then stemmed; a lone mark, which folds to nothing, as it is."""
    return str(_STEMMER.stemWord("".join(fold(word).split()) or word))


def token_code(token: str) -> int:
    """Return the number that stands for a token in an index: the CRC-32 of its UTF-8, 32 bits."""
    return crc32(token.encode())


def analyse(text: str) -> list[str]:
    """Return the tokens of ``text`` in order, stop words included."""
    return [token(word) for word in words(text)]


@lru_cache(maxsize=32)
def stop_words(language: str) -> frozenset[str]:
    """Return the folded words that carry no subject in a question asked in ``language``.

    They are those of the language's word lists, or else of stopwords-iso. A language without a list has no
    stop words.
    """
    if language in LANGUAGES and (own := word_lists(language).stop_words):
        return frozenset(own)
    import stopwordsiso

    if language not in stopwordsiso.langs():
        return frozenset()
    return frozenset(fold(part) for word in stopwordsiso.stopwords(language) for part in words(word))


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a question as written, in order, without its stop words.

    A question made of nothing but stop words keeps them all: they are all it has to say.
    """
    written = list(words(text))
    return [word for word in written if fold(word) not in stop_words(language)] or written


def holds_number(text: str, language: str = "fr") -> bool:
    """Return whether ``text`` holds a number, in digits or in words.

    Number words are those of ``language``; French and English, which quote each other, share theirs, and a
    language without word lists has them too.
    """
    folded = fold(whole_words(text))
    return bool(_DIGIT.search(folded) or _number_words(language).search(folded))


@lru_cache(maxsize=32)
def _number_words(language: str) -> re.Pattern[str]:
    own = (language,) if language in LANGUAGES and language not in ("fr", "en") else ("fr", "en")
    return phrase_pattern(word for code in own for word in word_lists(code).number_words)


def holds_name(text: str, start: int, end: int) -> bool:
    """Return whether the sentence ``text[start:end]`` has a capital that does not begin it, as names do."""
    return bool(_NAME.search(whole_words(text[start:end]), 1))


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of every sentence of ``text``, in order, blank ends trimmed.

    Split by sentencex (Wikimedia), whose pieces are joined back after an abbreviation or an initial
    (``M. Dupont``); what is longer than MAX_SENTENCE characters is cut at a space.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    # sentencex panics on some spaces of several bytes, which French typography is full of: it is given
    # plain ones, character for character.
    for piece in sentencex.segment("fr", _WIDE_SPACE.sub(" ", text)):
        start = position + len(piece) - len(piece.lstrip())
        position += len(piece)
        end = position - (len(piece) - len(piece.rstrip()))
        if end <= start:
            continue
        if spans and _ABBREVIATION.search(text, spans[-1][0], spans[-1][1]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [part for span in spans for part in _cut(text, *span)]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield ``text[start:end]`` in pieces of MAX_SENTENCE at most, blank ends trimmed."""
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        stop = space if space > start else start + MAX_SENTENCE
        piece = text[start:stop].rstrip()
        yield start, start + len(piece)
        start = end - len(text[stop:end].lstrip())
    yield start, end

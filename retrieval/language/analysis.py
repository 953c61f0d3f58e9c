"""Sentences, folding and the lexical analysis of text.

Passages and questions go through the same analysis, so a word matches itself however it is typed:
elided articles are cut off (``l'énergie`` and ``l’énergie`` are ``énergie``), case and accents are
folded, and what is left is reduced by the French Snowball stemmer (http://snowballstem.org). Folding
comes before stemming: measured on four French collections it costs nothing, and a question typed
without accents then gets the very same tokens. Every language goes through the French stemmer, so
that names, which are what two languages share, fall together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import sentencex
import Stemmer

ANALYSIS = 1
"""Version of the analysis. An index built with another version is rebuilt."""

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
_STEMMER = Stemmer.Stemmer("french")
_STEMMER.maxCacheSize = 0  # tokens are cached below, by word

_FRENCH_STOP = frozenset(
    """
    a ai ait as au aux avaient avait avec avez avoir avons ayant c ce ces cet cette combien comment d dans
    de des dont du elle elles en es est et etaient etait etant ete etee etees etes etre eu eut eux fut furent
    il ils j je l la laquelle le les lequel lesquelles lesquels leur leurs lui m ma mais me meme mes moi mon n
    ne nos notre nous on ont ou par pas pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa se
    sera seront ses soit sommes son sont suis sur t ta te tes toi ton tu un une vos votre vous y
    """.split()
)


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents or ligatures (``Cédéao`` → ``cedeao``)."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> Iterator[str]:
    """Yield the words of ``text`` as written, elisions cut off and dotted acronyms closed up.

    Accents typed as signs of their own (NFD, as macOS and PDF files have them) are put on their letters.
    """
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        if match["plain"]:
            yield match["plain"]
        elif match["dotted"]:
            yield match["dotted"].replace(".", "")


@lru_cache(maxsize=200_000)
def token(word: str) -> str:
    """Return the token of one word: folded, then stemmed; a lone mark, which folds to nothing, as it is."""
    return str(_STEMMER.stemWord("".join(fold(word).split()) or word))


def analyse(text: str) -> list[str]:
    """Return the tokens of ``text`` in order, stop words included."""
    return [token(word) for word in words(text)]


@lru_cache(maxsize=32)
def stop_words(language: str) -> frozenset[str]:
    """Return the folded words that carry no subject in a question asked in ``language``.

    The French list is short on purpose (a longer one loses a point of nDCG@10 on FQuAD); other
    languages come from stopwords-iso. A language without a list has no stop words.
    """
    if language == "fr":
        return _FRENCH_STOP
    import stopwordsiso

    if language not in stopwordsiso.langs():
        return frozenset()
    return frozenset(fold(part) for word in stopwordsiso.stopwords(language) for part in words(word))


def content_words(text: str, language: str) -> list[str]:
    """Return the words of a question as written, in order, without its stop words.

    A question made of nothing but stop words keeps them all: they are all it has to say.
    """
    said = list(words(text))
    return [word for word in said if fold(word) not in stop_words(language)] or said


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

"""Characters that a reader does not see, taken out without losing where the others stood.

A soft hyphen or a zero-width space inside a word is not seen, but makes it another word to a program. What is
taken out is what Unicode calls default-ignorable (``Default_Ignorable_Code_Point`` of
DerivedCoreProperties.txt, Unicode 16): soft hyphen, zero-width characters, bidirectional marks, variation
selectors, byte-order marks, Hangul fillers, tags. A zero-width space between two letters of a script that
writes no spaces (Thai, Lao, Burmese, Khmer) stays: there it separates words. Zero-width joiners only change
how letters are drawn, and words are compared without them on both sides.
"""

from __future__ import annotations

import re

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_IGNORABLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
)
_IGNORABLE_BEYOND_FFFF = r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_INVISIBLE = (
    rf"(?<![{_UNSPACED}])\u200b|\u200b(?![{_UNSPACED}])"
    r"|(?<=[^\W\d_])\u00ad[^\S\r\n]*\r?\n[^\S\r\n]*(?=[^\W\d_])"  # a soft hyphen that did cut its word
    rf"|[{_IGNORABLE}]|[{_IGNORABLE_BEYOND_FFFF}]"
)
_LINE_HYPHEN = r"(?<=[^\W\d_])[-\u2010][^\S\r\n]*\r?\n[^\S\r\n]*(?=[^\W\d_])"
# Most texts have none of these. Two sets are searched faster than the patterns, or one set beyond U+FFFF.
_ANY = re.compile(rf"[\u200b{_IGNORABLE}]")
_ANY_BEYOND_FFFF = re.compile(rf"[{_IGNORABLE_BEYOND_FFFF}]")
_CUT_WORD = re.compile(_LINE_HYPHEN)
_PATTERN = re.compile(_INVISIBLE)
_PATTERN_OF_WORDS = re.compile(rf"{_INVISIBLE}|(?P<cut>{_LINE_HYPHEN})")


def without_invisible(text: str) -> tuple[str, list[int]]:
    """Return ``text`` without invisible characters, and the offset in ``text`` of each character kept.

    There is one more offset than characters, the last being ``len(text)``. A span ``start:end`` of the
    result, not empty, is ``text[offsets[start] : offsets[end - 1] + 1]``.
    """
    return _without(text, _PATTERN) if _has_invisible(text) else (text, list(range(len(text) + 1)))


def with_whole_words(text: str) -> tuple[str, list[int]]:
    r"""Return ``text`` as ``without_invisible`` does, with words cut at the end of a line joined too.

    A hyphen at the end of a line is taken out with the line's end where both of its neighbours are letters
    and the next is in lower case: ``gouver-\nnement`` is one word, ``Paris-\nBerlin`` two.
    """
    return _without(text, _PATTERN_OF_WORDS)


def whole_words(text: str) -> str:
    """Return ``text`` as ``with_whole_words`` does, without the offsets."""
    return with_whole_words(text)[0] if _has_cut_word(text) or _has_invisible(text) else text


def _has_invisible(text: str) -> bool:
    return bool(_ANY.search(text) or _ANY_BEYOND_FFFF.search(text))


def _has_cut_word(text: str) -> bool:
    return "\n" in text and bool(_CUT_WORD.search(text))


def _without(text: str, pattern: re.Pattern[str]) -> tuple[str, list[int]]:
    kept: list[int] = []
    position = 0
    for match in pattern.finditer(text):
        if match.lastgroup == "cut" and not text[match.end()].islower():
            continue
        kept.extend(range(position, match.start()))
        position = match.end()
    if not position:
        return text, list(range(len(text) + 1))
    kept.extend(range(position, len(text)))
    return "".join(map(text.__getitem__, kept)), [*kept, len(text)]

"""Read numbers that are spelled in several words: *deux cents*, *vingt et un*, *two hundred and fifty*.

The library text2num reads them. A number is read whole or not at all: of *vingt deux cents*, which is none,
no part counts as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from text_to_num import alpha2digit

from retrieval.dates.words import LANGUAGES, WordClasses

_READ = re.compile(r"(\d+)([^\d\s]*)")
_YEAR_IN_TWO = re.compile(r"(1\d|20) ([1-9]\d)")  # nineteen ninety-nine
_COORDINATED = re.compile(r"(?<![-\w])(?:et|and|ou|or)(?![-\w])")
_ARTICLES = ("un", "une", "one", "a")
_YEARS = range(1500, 2100)


def spelled_numbers(
    text: str, spans: list[tuple[int, int]], first: int, last: int
) -> Iterator[tuple[int, int, WordClasses]]:
    """Yield what the tokens ``first`` up to ``last``, number words, stand for.

    Yields:
        The first token and the one after the last of each number of several words, and its classes.
    """
    whole = text[spans[first][0] : spans[last - 1][1]]
    if classes := _read(whole.lower()):
        yield first, last, classes
        return
    words = [text[slice(*span)].lower() for span in spans[first:last]]
    joints = [first + n for n, word in enumerate(words) if _COORDINATED.fullmatch(word)]
    if joints:
        for start, end in zip([first, *(joint + 1 for joint in joints)], [*joints, last], strict=True):
            if end - start > 1:
                yield from spelled_numbers(text, spans, start, end)
    elif words[0] in _ARTICLES and last - first > 2:
        yield from spelled_numbers(text, spans, first + 1, last)
    elif words[0] not in _ARTICLES:
        yield first, last, {"big": 1}


@lru_cache(maxsize=1024)
def _read(words: str) -> WordClasses | None:
    """Return the classes of a number, None where no language reads all of the words as one."""
    for language in LANGUAGES:
        digits = alpha2digit(words.replace("quatre vingts", "quatre-vingts"), language, threshold=0)
        if language == "en" and (pair := _YEAR_IN_TWO.fullmatch(digits)):
            year = int(pair[1] + pair[2])
            return {"num": year, "year": year}
        if not (number := _READ.fullmatch(digits)):
            continue
        value, ordinal = int(number[1]), bool(number[2])
        classes: WordClasses = {"ord" if ordinal else "num": value}
        if 1 < value <= 31 and ordinal == (language == "en"):
            classes["wordday"] = value
        if value in _YEARS and value % 100 and not ordinal:
            classes["year"] = value
        return classes
    return None

"""Cut a text into tokens, and encode it as a string of one character a token, which stands for its classes.

The grammar matches regular expressions over that string instead of the text: its patterns are made of class
names, and matching is fast. A word that is not in the lexicon is ``OTHER``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retrieval.dates.feasts import feast_at
from retrieval.dates.spelled import spelled_numbers
from retrieval.dates.words import FEASTS, LEXICON, WordClasses

OTHER = "."


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in tokens: a character each for their classes, their offsets, and their values by class."""

    text: str
    codes: str
    spans: list[tuple[int, int]]
    entries: list[WordClasses]

    def word(self, index: int) -> str:
        """Return a token as it is written, empty outside the text."""
        return self.text[slice(*self.spans[index])] if 0 <= index < len(self.spans) else ""

    def holding(self, kind: str, first: int, last: int) -> list[int]:
        """Return the tokens, from ``first`` up to ``last``, that belong to a class."""
        return [n for n in range(first, last) if kind in self.entries[n]]


_LETTER = r"[^\W\d_]"
_LEXER = re.compile(
    rf"""
      (?P<word>aujourd['’]hui|jusqu['’](?:à|aux?\b|a\b)|{_LETTER}+(?:['’](?!s\b)(?={_LETTER})|(?:-{_LETTER}+)*))
    | (?=['’\d])(?:
      (?P<date>(?<![\w/.-])(?:\d{{4}}-\d\d?-\d\d?(?=T\d\d|(?![\w/-]))|\d\d?[/.-]\d\d?[/.-]\d{{4}}(?![\w/-])
          |\d\d?(?:/\d\d?/|\.\d\d?\.|-\d\d?-)\d\d(?![\w/-]|\.\d)
          |\d\d?\ \d\d?\ (?:19|20)\d\d(?!\ ?\d|\w)|\d\d?/\d\d?(?![\w/%])))
    | (?P<yearmonth>(?<![\w/.-])
          (?:(?:19|20)\d\d-(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])/(?:19|20)\d\d)(?![\w/-]))
    | (?P<clock>(?<![\w.,:/-])(?:\d\d?[ \u00a0\u202f]?[hH](?:[ \u00a0\u202f]?[0-5]\d)?(?![\w-])
          |(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\w:])
          |(?:1[0-2]|0?\d)(?:[:.][0-5]\d)?[ ]?[ap]\.?m\b\.?))
    | (?P<decade>['’]?\d{{0,2}}\d0s\b)
    | (?P<big>\d{{1,3}}(?:[ \u00a0\u202f.,]\d{{3}})+(?!\d)|\d+[.,]\d+|\d{{5,}})
    | (?P<number>['’]\d\d(?!\d)
          |\d{{4}}(?=[QTSH][1-4](?!\w))|[1-4](?=[QTSH][ -]?\d\d(?:\d\d)?(?!\w))
          |\d+(?:ers?|re|res|e|es|è|ème|eme|ᵉ|st|nd|rd|th)?(?![^\W_])))
    | (?P<mark>\n\s*\n|[^\w\s])
    """,
    re.VERBOSE,
)

_MARKS = {
    ",": "comma",
    ".": "dot",
    "-": "dash",
    "–": "dash",
    "—": "dash",
    "/": "slash",
    "(": "open",
    ")": "close",
}
_PROBES = [
    "1",
    "13",
    "32",
    "01",
    "00",
    "100",
    "1998",
    "3000",
    "1er",
    "2e",
    "32e",
    "'98",
    "1st",
    "17/02",
    "1990s",
    "90s",
]
_PROBES += ["2025-04-03", "18 h", "1 500", "2015-12", "-"]
_PROBES += ["deux cents", "vingt et un", "mille neuf cent quatorze", "vingt et unième", "twenty-first"]
_PROBES += ["dix deux", "trente-deux", "nineteen ninety-nine", "lundi de Pâques"]

_codes: dict[frozenset[str], str] = {frozenset(): OTHER}
_UNKNOWN: tuple[str, WordClasses] = (OTHER, {})
_ENTRIES: dict[str, tuple[str, WordClasses]] = {}


def _code(entry: WordClasses) -> str:
    return _codes.setdefault(frozenset(entry), chr(0x4E00 + len(_codes)))


def classes(name: str) -> str:
    """Return the characters that stand for a token of this class."""
    found = "".join(code for kinds, code in _codes.items() if name in kinds)
    if not found:
        raise ValueError(f"no token is ever of class “{name}”")
    return found


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens."""
    codes: list[str] = []
    spans: list[tuple[int, int]] = []
    entries: list[WordClasses] = []
    for match in _LEXER.finditer(text):
        surface = match[0]
        known = _ENTRIES.get(surface) or _ENTRIES.get(surface.lower())
        if known is None:
            kind = match.lastgroup
            if kind == "word":
                if "-" in surface:
                    for place, (code, entry) in _split(surface, match.start()):
                        codes.append(code)
                        spans.append(place)
                        entries.append(entry)
                    continue
                known = _UNKNOWN
            else:
                known = _shape(str(kind), surface)
        codes.append(known[0])
        spans.append(match.span())
        entries.append(known[1])
    return _joined(Tokens(text, "".join(codes), spans, entries))


def _joined(tokens: Tokens) -> Tokens:
    """Join the words of each number and each feast that is written in several."""
    joined: list[tuple[int, int, WordClasses]] = []
    for run in _SPELLED.finditer(tokens.codes):
        joined += spelled_numbers(tokens.text, tokens.spans, *run.span())
    done = 0
    for head in _FEAST_HEAD.finditer(tokens.codes):
        first = head.start()
        if first < done:
            continue  # "nouvel an" of "réveillon du nouvel an"
        words = [tokens.word(n).lower().replace("’", "'") for n in range(first, first + _LONGEST_FEAST)]
        if feast := feast_at(words):
            done = first + feast[0]
            joined.append((first, done, feast[1]))
    if not joined:
        return tokens
    codes, spans, entries = list(tokens.codes), list(tokens.spans), list(tokens.entries)
    for first, last, entry in sorted(joined, reverse=True, key=lambda part: part[:2]):
        codes[first:last] = [_code(entry)]
        spans[first:last] = [(spans[first][0], spans[last - 1][1])]
        entries[first:last] = [entry]
    return Tokens(tokens.text, "".join(codes), spans, entries)


def _split(surface: str, start: int) -> Iterator[tuple[tuple[int, int], tuple[str, WordClasses]]]:
    """Split a compound that is not in the lexicon at its hyphens (*mi-mars*)."""
    for piece in re.finditer(r"-|[^-]+", surface):
        known = _shape("mark", "-") if piece[0] == "-" else _ENTRIES.get(piece[0].lower(), _UNKNOWN)
        yield (start + piece.start(), start + piece.end()), known


@lru_cache(maxsize=4096)
def _shape(kind: str, surface: str) -> tuple[str, WordClasses]:
    """Return the classes of a token that is not a word: a number, an hour, a mark."""
    entry: WordClasses = {}
    if kind == "number":
        entry = _number(surface)
    elif kind in ("date", "clock", "yearmonth"):
        entry = {kind: surface}
    elif kind == "decade":
        entry = {"decade": surface}
    elif kind == "big":
        entry = {"big": 1}
    elif kind == "mark":
        entry = {_MARKS.get(surface, "break" if surface in ".!?;:…" or surface.isspace() else "sign"): 1}
    return _code(entry), entry


def _number(surface: str) -> WordClasses:
    if surface[0] in "'’":
        return {"y2": int(surface[1:]), "apostrophe": int(surface[1:])}
    digits = re.match(r"\d+", surface)
    figure = digits[0] if digits else "0"
    value = int(figure)
    entry: WordClasses
    if len(figure) < len(surface):
        entry = {"ord": value}
        return {**entry, "ordday": value} if 1 <= value <= 31 else entry
    entry = {"num": value}
    if len(figure) <= 2 and 1 <= value <= 31:
        entry["day"] = value
    if len(figure) == 2 and (value >= 32 or figure[0] == "0"):
        entry["y2"] = value
    if len(figure) == 4 and 1000 <= value <= 2199:
        entry["year"] = value
    return entry


for _word, _entry in LEXICON.items():
    _ENTRIES[_word] = (_code(_entry), _entry)
for _mark in ',.-/()!"':
    _shape("mark", _mark)
_NUMBER, _LINK, _HYPHEN = (f"[{classes(name)}]" for name in ("spelled", "and", "dash"))
_ORDINAL, _END = (f"[{classes(name)}]" for name in ("spelled_ord", "spelled_end"))
_JOINT = f"(?:{_HYPHEN}?{_LINK}{_HYPHEN}?|{_HYPHEN})?"
_SPELLED = re.compile(
    f"{_NUMBER}(?:{_JOINT}{_NUMBER})*(?:{_JOINT}{_ORDINAL}|{_HYPHEN}{_END})|{_NUMBER}(?:{_JOINT}{_NUMBER})+"
)
"""Two or more words of a number."""

_FEAST_HEAD = re.compile(f"[{classes('feast_head')}]")
_LONGEST_FEAST = max(len(name[0]) for names in FEASTS.values() for name in names)

# Every shape once, so that the grammar, compiled next, knows each code there is.
for _probe in _PROBES:
    tokenize(_probe)

"""Cut a text into tokens, and spell it as a string of one character a token: its classes.

The grammar then matches regular expressions over that short string instead of the text, which is what
makes it both readable (patterns are made of class names) and fast. A word that no date is made of is
``OTHER``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from retrieval.dates.words import LEXICON, Entry

OTHER = "."


class Token(NamedTuple):
    """A piece of text with the classes it belongs to, and a value for each."""

    start: int
    end: int
    entry: Entry


_LETTER = r"[^\W\d_]"
_LEXER = re.compile(
    rf"""
      (?P<date>(?<![\w/.-])(?:\d{{4}}-\d\d?-\d\d?(?=T\d\d|(?![\w/-]))|\d\d?[/.-]\d\d?[/.-]\d{{4}}(?![\w/-])
          |\d\d?[/]\d\d?[/]\d\d(?![\w/])|\d\d?\ \d\d?\ (?:19|20)\d\d(?!\ ?\d|\w)|\d\d/\d\d(?![\w/%])))
    | (?P<clock>(?<![\w.,:/-])(?:\d\d?[ \u00a0\u202f]?[hH](?:[ \u00a0\u202f]?[0-5]\d)?(?![\w-])
          |(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\w:])
          |(?:1[0-2]|0?\d)(?:[:.][0-5]\d)?[ ]?[ap]\.?m\b\.?))
    | (?P<decade>['’]?\d{{0,2}}\d0s\b)
    | (?P<big>\d{{1,3}}(?:[ \u00a0\u202f.,]\d{{3}})+(?!\d)|\d+[.,]\d+|\d{{5,}})
    | (?P<number>['’]\d\d(?!\d)|\d+(?:ers?|re|res|e|es|è|ème|eme|ᵉ|st|nd|rd|th)?(?![^\W_]))
    | (?P<word>aujourd['’]hui|jusqu['’](?:à|au\b|aux\b|a\b)|{_LETTER}{{1,6}}['’](?={_LETTER})
          |{_LETTER}+(?:-{_LETTER}+)*)
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
_PROBES += ["2025-04-03", "18 h", "1 500"]

_codes: dict[frozenset[str], str] = {frozenset(): OTHER}
_ENTRIES: dict[str, tuple[str, Entry]] = {}


def _code(entry: Entry) -> str:
    return _codes.setdefault(frozenset(entry), chr(0x4E00 + len(_codes)))


def classes(name: str) -> str:
    """Return the characters that stand for a token of this class."""
    found = "".join(code for kinds, code in _codes.items() if name in kinds)
    if not found:
        raise ValueError(f"no token is ever of class “{name}”")
    return found


def tokenize(text: str) -> tuple[list[Token], str]:
    """Return the tokens of a text and their spelling, a character each."""
    tokens: list[Token] = []
    codes: list[str] = []
    for match in _LEXER.finditer(text):
        start, end = match.span()
        surface = match[0]
        known = _ENTRIES.get(surface) or _ENTRIES.get(surface.lower())
        if known is None:
            kind = match.lastgroup
            if kind == "word":
                if "-" in surface:
                    _split(surface, start, tokens, codes)
                    continue
                known = (OTHER, {})
            else:
                known = _shape(str(kind), surface)
        codes.append(known[0])
        tokens.append(Token(start, end, known[1]))
    return tokens, "".join(codes)


def _split(surface: str, start: int, tokens: list[Token], codes: list[str]) -> None:
    """Take a compound that is no word of ours apart at its hyphens (*mi-mars*)."""
    for piece in re.finditer(r"-|[^-]+", surface):
        code, entry = _ENTRIES.get(piece[0].lower(), (OTHER, {})) if piece[0] != "-" else _shape("mark", "-")
        codes.append(code)
        tokens.append(Token(start + piece.start(), start + piece.end(), entry))


@lru_cache(maxsize=4096)
def _shape(kind: str, surface: str) -> tuple[str, Entry]:
    """Class a token by what it looks like: a number, an hour, a mark."""
    entry: Entry = {}
    if kind == "number":
        entry = _number(surface)
    elif kind in ("date", "clock"):
        entry = {kind: surface}
    elif kind == "decade":
        entry = {"decade": surface}
    elif kind == "big":
        entry = {"big": 1}
    elif kind == "mark":
        entry = {_MARKS.get(surface, "break" if surface in ".!?;:…" or surface.isspace() else "sign"): 1}
    return _code(entry), entry


def _number(surface: str) -> Entry:
    if surface[0] in "'’":
        return {"y2": int(surface[1:]), "apostrophe": 1}
    digits = re.match(r"\d+", surface)
    figure = digits[0] if digits else "0"
    value = int(figure)
    if len(figure) < len(surface):
        return {"ord": value} | ({"ordday": value} if 1 <= value <= 31 else {})
    entry: Entry = {"num": value}
    if len(figure) <= 2 and 1 <= value <= 31:
        entry["day"] = value
    if len(figure) == 2 and (value >= 32 or figure[0] == "0"):
        entry["y2"] = value
    if len(figure) == 4 and 1000 <= value <= 2199:
        entry["year"] = value
    return entry


for _word, _entry in LEXICON.items():
    _ENTRIES[_word] = (_code(_entry), _entry)
# Every shape once, so that the grammar, compiled next, knows each code there is.
for _probe in _PROBES:
    tokenize(_probe)
for _mark in ',.-/()!"':
    tokenize(_mark)

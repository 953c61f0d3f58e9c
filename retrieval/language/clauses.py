"""Clauses: which part of a sentence belongs to each of several places in it.

No parser is at hand, so a sentence is cut where its punctuation and the closed word classes of French and
English (``words/clauses.toml``) tell that a clause begins, and nowhere else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

Span = tuple[int, int]

STOP, SUBORDINATE, COORDINATE, COMMA = 4, 3, 2, 1
"""How surely a clause begins: at a semicolon, a dash or a parenthesis; at a conjunction or a relative; at a
word that joins clauses but other things too; at a comma that is not one of a list."""

_TOKEN = re.compile(r"[^\W_]+|[;:,()–—]|(?<=\s)-(?=\s)")
_OPENED = re.compile(r"(?:[«“‘]\s*|(?<!\S)[\"'])$")
_LONGEST_PHRASE = 5


@dataclass(frozen=True, slots=True)
class _Token:
    """A word in lower case, or a mark; ``start`` is where it begins in the text."""

    start: int
    text: str
    is_capital: bool

    def is_in(self, *names: str) -> bool:
        return any(self.text in _lists()[name] for name in names)


def split_at_clauses(text: str, sentence: Span, places: Sequence[Span]) -> list[Span]:
    """Return for each place in a sentence the clause that it belongs to.

    Args:
        text: Any text.
        sentence: The (start, end) of the sentence in it.
        places: Spans inside the sentence, in order, without overlaps; at least one.

    Returns:
        One span a place. Two are equal, where no clause begins between their places, or have nothing in
        common; together they are the sentence without the space between clauses.
    """
    starts = [sentence[0]]
    for before, after in pairwise(places):
        clause = _start_of_clause(text, starts[-1], before, after)
        starts.append(starts[-1] if clause is None else clause)
    ends = [next((later for later in starts if later > start), sentence[1]) for start in starts]
    return [
        (start, start + len(text[start:end].rstrip())) if end < sentence[1] else (start, end)
        for start, end in zip(starts, ends, strict=True)
    ]


def _start_of_clause(text: str, start: int, before: Span, after: Span) -> int | None:
    """Return where the clause of the second of two places begins, ``start`` being where the first's does."""
    gap = _tokens(text, before[1], after[0])
    if all(token.is_in("filler") for token in gap if token.text.isalnum()):
        return None
    leading = _tokens(text, start, before[0])
    found = [*_certain(gap, after[0]), *_joined(gap)]
    if not found and not _is_of_noun(leading):
        commas = list(_commas(gap, after[0]))
        if _is_adverbial(leading):  # its comma closes no clause: the verb is still to come
            found = [comma for comma in commas if comma[1] != _second(gap)][-1:]
        else:
            found = commas[:1]
    if not found:
        return None
    # Of several, the last is the nearest to the second place.
    at = max(found)[1]
    opened = _OPENED.search(text, before[1], at)
    return opened.start() if opened else at


def _certain(gap: Sequence[_Token], end: int) -> Iterator[tuple[int, int]]:
    """Yield how surely, and where, a clause begins at a mark or a subordinator between two places."""
    opened, closed = _unpaired(gap)
    depth = 0
    for number, token in enumerate(gap):
        depth += (token.text == "(") - (token.text == ")")
        if token.text in ";:–—-" or number in closed:
            yield STOP, gap[number + 1].start if number + 1 < len(gap) else end
        elif number in opened:
            yield STOP, token.start
        elif depth <= len(opened) and _begins_subordinate(gap, number):
            yield SUBORDINATE, gap[_after(gap, number, "modifier")].start
        elif depth <= len(opened) and token.is_in("relative", "relative_of"):
            # "ce qui", "dans laquelle", "in which", "au cours duquel"
            noun = number - 1 if token.is_in("relative_of") and number else number
            yield SUBORDINATE, gap[_after(gap, noun, "filler", "modifier")].start


def _joined(gap: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Yield where a clause begins after a coordinator or a comma, or at a complementiser.

    One begins where its verb does: with a word of the class ``head``, or with a word without determiner that
    stands before the place (*et mort le 5 mai*, *, révèle lundi*) or between a comma and *et* and the rest.
    """
    for number, token in enumerate(gap):
        rest = gap[number + 1 :]
        if token.is_in("complementiser"):
            yield COORDINATE, token.start
        if not rest or not (token.text == "," or token.is_in("coordinator")):
            continue
        after_comma = token.text != "," and number > 0 and gap[number - 1].text == ","
        if rest[0].is_in("head") or (
            _is_bare(rest[0])
            and (after_comma or all(word.is_in("filler") and not word.is_in("of") for word in rest[1:]))
        ):
            yield COORDINATE, rest[0].start if token.text == "," else token.start


def _commas(gap: Sequence[_Token], end: int) -> Iterator[tuple[int, int]]:
    """Yield the commas that are not those of a list (*du Mali, du Niger et du Burkina*)."""
    for number, token in enumerate(gap):
        if token.text == ",":
            following = gap[number + 1] if number + 1 < len(gap) else None
            if number == 0 or following is None or not following.is_in("of"):
                yield COMMA, following.start if following else end


def _second(gap: Sequence[_Token]) -> int:
    """Return where the token after the first begins, -1 where the first is no comma."""
    return gap[1].start if len(gap) > 1 and gap[0].text == "," else -1


def _after(gap: Sequence[_Token], number: int, *names: str) -> int:
    """Return the first of the tokens of some classes that stand right before a token, or that token."""
    while number and gap[number - 1].is_in(*names):
        number -= 1
    return number


def _begins_subordinate(gap: Sequence[_Token], number: int) -> bool:
    words = [token.text for token in gap[number : number + _LONGEST_PHRASE]]
    if gap[number].is_in("before_gerund") and len(words) > 1 and words[1].endswith("ing"):
        return True
    phrases = (" ".join(words[:length]) for length in range(1, len(words) + 1))
    return any(phrase in _lists()["subordinator"] for phrase in phrases)


def _is_bare(token: _Token) -> bool:
    """Tell whether a token is a word of no closed class, and no name."""
    return token.text.isalpha() and not token.is_capital and not token.is_in("filler", "of")


def _unpaired(gap: Sequence[_Token]) -> tuple[set[int], set[int]]:
    """Return the tokens that open a parenthesis closed after the gap, and those that close an earlier one."""
    opened: list[int] = []
    closed: set[int] = set()
    for number, token in enumerate(gap):
        if token.text == "(":
            opened.append(number)
        elif token.text == ")":
            closed |= set() if opened else {number}
            opened = opened[:-1]
    return set(opened), closed


def _is_of_noun(leading: Sequence[_Token]) -> bool:
    """Tell whether a place belongs to a noun (*le procès du 4 mai*): then it has no clause of its own."""
    words = list(leading)
    while words and words[-1].is_in("filler") and not words[-1].is_in("of"):
        words.pop()
    return len(words) > 1 and words[-1].is_in("of")


def _is_adverbial(leading: Sequence[_Token]) -> bool:
    """Tell whether a place opens its clause or stands between commas: *En 2012, il…*, *Il a, en 2012, …*."""
    for token in reversed(leading):
        if token.text == ",":
            return True
        if not token.is_in("filler"):
            return False
    return True


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    return [
        _Token(match.start(), match[0].lower(), match[0][0].isupper())
        for match in _TOKEN.finditer(text, start, end)
    ]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    file = files("retrieval.language") / "words" / "clauses.toml"
    return {name: frozenset(words) for name, words in tomllib.loads(file.read_text(encoding="utf-8")).items()}

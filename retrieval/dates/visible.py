"""See a text as its reader does: invisible characters left out, accents composed, cut words joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.dates.words import LEXICON
from retrieval.language.invisible import without_invisible

_PLAIN = re.compile(r"[\x00-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f\u2030-\u205f\u20a0-\u20cf]*")
"""Texts of these characters have no invisible ones and are composed."""

_LINE_END = re.compile(r"[-\u2010][^\S\r\n]*\r?\n")
_LETTER = r"[^\W\d_]"
_CUT = re.compile(
    rf"(?<![^\W\d_])(?<!-)(?P<head>(?>{_LETTER}+(?:-{_LETTER}+)*))(?P<hyphen>[-\u2010])(?P<line_end>[^\S\r\n]*\r?\n[^\S\r\n]*)"
    rf"(?P<tail>{_LETTER}+(?:['’]hui|(?:-{_LETTER}+)*))"
)
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class VisibleText:
    """A text as it is read, and the offset of each of its characters in the text as it is written.

    ``ends[i]`` is the offset after character ``i``.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def written_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of ``text``, not empty, is in the text as it is written."""
        return self.starts[start], self.ends[end - 1]


def visible(text: str) -> VisibleText:
    r"""Return a text without what hides its dates from a grammar.

    Invisible characters (soft hyphens, zero-width spaces, byte-order marks…) are left out, letters are
    composed with their accents (NFC), and a word of date expressions that is cut by a hyphen at the end of a
    line (``jan-\nvier``) is joined.
    """
    if _PLAIN.fullmatch(text) and not _LINE_END.search(text):
        return VisibleText(text, range(len(text)), range(1, len(text) + 1))
    shown, offsets = without_invisible(text)
    seen = VisibleText(shown, offsets[:-1], [offset + 1 for offset in offsets[:-1]])
    return _joined(_composed(seen))


def _composed(seen: VisibleText) -> VisibleText:
    """Compose letters with the accents that follow them."""
    if unicodedata.is_normalized("NFC", seen.text):
        return seen
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(seen.text):
        first, last = cluster.start(), cluster.end()
        composed = unicodedata.normalize("NFC", cluster[0])
        characters.append(composed)
        # A cluster may compose to several characters: each stands for one of those written.
        starts += [seen.starts[min(first + n, last - 1)] for n in range(len(composed))]
        ends += [seen.ends[min(first + n, last - 1)] for n in range(len(composed) - 1)] + [
            seen.ends[last - 1]
        ]
    return VisibleText("".join(characters), starts, ends)


def _joined(seen: VisibleText) -> VisibleText:
    """Join the words of date expressions that are cut by a hyphen at the end of a line."""
    if not _LINE_END.search(seen.text):
        return seen
    kept: list[int] = []
    position = 0
    for cut in _CUT.finditer(seen.text):
        head, tail = cut["head"].lower(), cut["tail"].lower()
        if head + tail in LEXICON:  # jan-⏎vier
            start = cut.start("hyphen")
        elif f"{head}-{tail}" in LEXICON:  # dix-⏎huit
            start = cut.start("line_end")
        else:
            continue
        kept += range(position, start)
        position = cut.start("tail")
    if not position:
        return seen
    kept += range(position, len(seen.text))
    return VisibleText(
        "".join(seen.text[n] for n in kept), [seen.starts[n] for n in kept], [seen.ends[n] for n in kept]
    )

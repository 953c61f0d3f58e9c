"""A timeline as a PNG picture: dates in a column on the left, the clauses that tell them beside."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from retrieval.present.catalogue import quotation_marks
from retrieval.present.citation import shown_date, source_name
from retrieval.present.emphasis import Span, clipped, split_at
from retrieval.present.excerpt import clause_excerpt
from retrieval.types import Timeline, TimelineEntry

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 8.0
"""Inches; a phone shows the picture in full width."""

DPI = 160
MOST = 14
"""Entries in a picture at most: more are too small to read on a phone. The first and the last are kept."""

LINE, ASCENT, GAP, HEAD = 0.205, 0.13, 0.28, 0.85
"""Inches: a line of text, its top to its baseline, the space between entries, the room for the title."""

COLUMNS = 66
"""Characters of a line of text."""

LONGEST = 5
"""Lines of a quote at most: of a longer one, those around the words of its date."""

INK, SOFT, ACCENT, PAPER = "#1d1d1f", "#6b7280", "#b3282d", "#fdfcf9"
_DATE_X, _AXIS_X, _TEXT_X = 0.245, 0.275, 0.305


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A line of a quote; ``marked`` is the (start, end) in it of words of its date, None without any."""

    text: str
    marked: Span | None


def png(timeline: Timeline) -> bytes:
    """Return a timeline drawn as a PNG picture; of more than MOST entries, MOST evenly spaced ones."""
    output = BytesIO()
    with warnings.catch_warnings():
        # The font has Latin, Greek and Cyrillic letters; others are shown as boxes.
        warnings.filterwarnings("ignore", r"Glyph .* missing from font")
        _drawn(timeline).savefig(output, format="png", facecolor=PAPER)
    return output.getvalue()


def _drawn(timeline: Timeline) -> Figure:
    # Imported here because matplotlib takes a second to import and most processes draw nothing.
    from matplotlib.figure import Figure

    entries = evenly_spaced(timeline.entries)
    quotes = [wrapped_quote(entry, timeline.language) for entry in entries]
    heights = [LINE * (len(lines) + 1) + GAP for lines in quotes]
    height = HEAD + sum(heights)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(height, 0))
    axes.axis("off")
    write = partial(axes.text, color=INK, va="top", parse_math=False)
    title = textwrap.wrap(timeline.subject, 46, max_lines=1, placeholder=" […]")
    write(0.04, 0.30, "\n".join(title), size=17, weight="bold")
    top = HEAD
    axes.plot([_AXIS_X] * 2, [top + 0.08, height - heights[-1] + 0.08], color="#d6d3cb", lw=1.4, zorder=1)
    for entry, lines, room in zip(entries, quotes, heights, strict=True):
        axes.plot(_AXIS_X, top + 0.08, "o", color=ACCENT, ms=6.5, mec=PAPER, mew=1.5, zorder=2)
        for number, words in enumerate(textwrap.wrap(shown_date(entry.date, timeline.language).text, 19)):
            baseline = top + ASCENT + LINE * number
            write(_DATE_X, baseline, words, size=10, weight="bold", color=ACCENT, ha="right", va="baseline")
        for number, line in enumerate(lines):
            _draw_line(axes, line, top + ASCENT + LINE * number)
        source = _source(entry, timeline.language)
        write(_TEXT_X, top + LINE * len(lines) + 0.03, source, size=7.5, color=SOFT)
        top += room
    return figure


def _draw_line(axes: Axes, line: QuoteLine, baseline: float) -> None:
    """Draw a line of a quote, the words of the date in the colour of the dates."""
    left = _TEXT_X
    before, words, after = split_at(line.text, line.marked)
    for text, colour, weight in ((before, INK, "normal"), (words, ACCENT, "bold"), (after, INK, "normal")):
        if text:
            drawn = axes.text(left, baseline, text, color=colour, weight=weight, size=10, parse_math=False)
            left = drawn.get_window_extent().x1 / (WIDTH * DPI)


def evenly_spaced(entries: tuple[TimelineEntry, ...]) -> list[TimelineEntry]:
    """Return MOST entries at most, evenly spaced, the first and the last among them."""
    if len(entries) <= MOST:
        return list(entries)
    return [entries[round(step * (len(entries) - 1) / (MOST - 1))] for step in range(MOST)]


def wrapped_quote(entry: TimelineEntry, language: str) -> list[QuoteLine]:
    """Return the lines of an entry's clause, LONGEST at most, in the quotation marks of a language.

    Of a longer one there are the words of its date, and as much before and after them as there is room for.
    """
    opened, closed = quotation_marks(language)
    for room in range(LONGEST * COLUMNS, COLUMNS, -COLUMNS // 4):
        part = clause_excerpt(entry, room)
        before = f"{opened}{part.before}"
        text = f"{before}{part.sentence}{part.after}{closed}"
        lines = textwrap.wrap(text, COLUMNS, break_on_hyphens=False)
        if len(lines) <= LONGEST:
            break
    return list(_marked(text, lines[:LONGEST], (len(before), len(before) + len(part.sentence))))


def _marked(text: str, lines: list[str], words: Span) -> Iterator[QuoteLine]:
    """Yield the lines that a text was wrapped into, each with what it has of a span of the text."""
    place = 0
    for line in lines:
        # Wrapping turns every white space into a plain one, and drops it at the ends of lines.
        while text[place : place + 1].isspace() and not line[:1].isspace():
            place += 1
        yield QuoteLine(line, clipped(words, place, place + len(line)))
        place += len(line)


def _source(entry: TimelineEntry, language: str) -> str:
    return textwrap.shorten(source_name(entry.quote.article, language), 90, placeholder=" […]")

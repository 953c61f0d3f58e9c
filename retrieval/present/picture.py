"""A timeline as a PNG picture: dates in a column on the left, the sentences that tell them beside."""

from __future__ import annotations

import textwrap
import warnings
from functools import partial
from io import BytesIO

from retrieval.present.catalogue import quotation_marks
from retrieval.present.citation import cite, one_line, shown_date
from retrieval.types import Timeline, TimelineEntry

WIDTH = 8.0
"""Inches; a phone shows the picture in full width."""

DPI = 160
MOST = 14
"""Entries in a picture at most: more are too small to read on a phone. The first and the last are kept."""

LINE, GAP, HEAD = 0.205, 0.28, 0.85
"""Inches: a line of text, the space between entries, the room for the title."""

COLUMNS = 66
"""Characters of a line of text."""

LONGEST = 4
"""Lines of a quote at most; the rest is cut, and marked so."""

INK, SOFT, ACCENT, PAPER = "#1d1d1f", "#6b7280", "#b3282d", "#fdfcf9"
_DATE_X, _AXIS_X, _TEXT_X = 0.245, 0.275, 0.305


def png(timeline: Timeline) -> bytes:
    """Return a timeline drawn as a PNG picture; of more than MOST entries, MOST evenly spaced ones."""
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
        date = "\n".join(textwrap.wrap(shown_date(entry.date, timeline.language).text, 19))
        write(_DATE_X, top, date, size=10, weight="bold", color=ACCENT, ha="right", linespacing=1.35)
        write(_TEXT_X, top, "\n".join(lines), size=10, linespacing=1.45)
        source = _source(entry, timeline.language)
        write(_TEXT_X, top + LINE * len(lines) + 0.03, source, size=7.5, color=SOFT)
        top += room
    output = BytesIO()
    with warnings.catch_warnings():
        # The font has Latin, Greek and Cyrillic letters; others are shown as boxes.
        warnings.filterwarnings("ignore", r"Glyph .* missing from font")
        figure.savefig(output, format="png", facecolor=PAPER)
    return output.getvalue()


def evenly_spaced(entries: tuple[TimelineEntry, ...]) -> list[TimelineEntry]:
    """Return MOST entries at most, evenly spaced, the first and the last among them."""
    if len(entries) <= MOST:
        return list(entries)
    return [entries[round(step * (len(entries) - 1) / (MOST - 1))] for step in range(MOST)]


def wrapped_quote(entry: TimelineEntry, language: str) -> list[str]:
    """Return the lines of a quote, LONGEST at most, in the quotation marks of a language."""
    opened, closed = quotation_marks(language)
    text = f"{opened}{one_line(entry.quote.sentence)}{closed}"
    return textwrap.wrap(
        text, COLUMNS, max_lines=LONGEST, break_on_hyphens=False, placeholder=f" […]{closed}"
    )


def _source(entry: TimelineEntry, language: str) -> str:
    citation = cite(entry.quote, language)
    return textwrap.shorten(citation.title or citation.address.text, 90, placeholder=" […]")

"""The picture of a timeline: any text is drawn, and stays readable."""

from __future__ import annotations

import datetime as dt
import struct

import pytest
from bot_api.archive import mention, quote
from hypothesis import given
from hypothesis import strategies as st

from retrieval.present.picture import DPI, LONGEST, MOST, WIDTH, evenly_spaced, png, wrapped_quote
from retrieval.types import DateMention, Timeline, TimelineEntry

DAY = dt.date(2024, 3, 2)


def entry(
    text: str = "Le pont a rouvert le 2 mars.", day: dt.date = DAY, title: str | None = None
) -> TimelineEntry:
    date = DateMention(0, 1, text[:1], day.isoformat(), day, day)
    return TimelineEntry(date, quote(text, title=title, dates=(date,)))


def size(picture: bytes) -> tuple[int, int]:
    """The width and height that a PNG declares."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_the_picture_grows_with_the_timeline_and_keeps_its_width() -> None:
    short, long = (size(png(Timeline("Le pont", (entry(),) * count))) for count in (1, 6))
    assert short[0] == long[0] == int(WIDTH * DPI)
    assert long[1] > 2 * short[1]


@pytest.mark.parametrize(
    "text", ["$x_1$ coûte 5 $", "a\nb\r\nc", "漢字とかな", "😀", "x" * 2_000, "mot " * 900, "\\frac{1}"]
)
def test_any_text_is_drawn(text: str) -> None:
    timeline = Timeline(text[:300], (entry(text, title=text),))
    assert png(timeline).startswith(b"\x89PNG")


def test_a_long_timeline_keeps_its_first_and_last_entries_in_order() -> None:
    entries = tuple(entry(day=DAY + dt.timedelta(days)) for days in range(40))
    kept = evenly_spaced(entries)
    assert len(kept) == MOST
    assert (kept[0], kept[-1]) == (entries[0], entries[-1])
    assert [one.date.low for one in kept] == sorted({one.date.low for one in kept if one.date.low})
    assert evenly_spaced(entries[:3]) == list(entries[:3])


@pytest.mark.parametrize(("language", "opened", "closed"), [("fr", "«\u00a0", "\u00a0»"), ("en", "“", "”")])
def test_a_quote_is_in_quotation_marks_and_its_cut_is_marked(language: str, opened: str, closed: str) -> None:
    whole, cut = (
        "".join(line.text for line in wrapped_quote(entry(text), language))
        for text in ("Le pont.", "Le pont, " * 90)
    )
    assert whole == f"{opened}Le pont.{closed}"
    assert cut.startswith(opened)
    assert cut.endswith(f" […]{closed}")


@given(st.integers(0, 120), st.integers(0, 120), st.sampled_from(["mot ", "l’arrière-pays, ", "x\n", "漢"]))
def test_the_words_of_the_date_are_never_cut_away(before: int, after: int, word: str) -> None:
    text = f"{word * before}le 2 mars 2024{word * after} fin"
    one = quote(text, dates=(mention(text, "le 2 mars 2024", DAY.isoformat(), DAY, DAY),))
    lines = wrapped_quote(TimelineEntry(one.dates[0], one), "fr")
    assert len(lines) <= LONGEST
    marked = "".join(line.text[slice(*line.marked)] for line in lines if line.marked)
    assert "".join(marked.split()) == "le2mars2024"

"""Every message is one that Telegram accepts, and shows the passage word for word."""

from __future__ import annotations

import datetime as dt

import pytest
from bot_api.archive import PARAGRAPH, SENTENCE, first_quote, mention, other_quote, quote
from bot_api.markup import LONGEST_MESSAGE, MarkupError, Parsed, parse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.conversation import Said, Shown
from bot.excerpt import CUT, excerpt, units
from bot.locales import LANGUAGES
from bot.telegram.render import LONG_PASSAGE, html, quote_html
from retrieval.types import Answer, Article, Quote

FRAGMENTS = st.sampled_from(
    [
        "<b>",
        "</b>",
        "</blockquote>",
        "<a href='x'>",
        "&amp;",
        "&lt",
        "&#60;",
        '"',
        "'",
        "«\u00a0",
        "[…]",
        "😀",
        "👩‍👩‍👧",
        "\u202eمرحبا",
        "שלום",
        "\n",
        "  ",
        "\u202f",
        "漢字",
        "e\u0301",
        "\x00",
        "\r\n",
        "word ",
        "phrase. ",
    ]
)
CHARACTERS = st.characters(exclude_categories=["Cs"])
WORDS = FRAGMENTS | st.text(CHARACTERS, min_size=1, max_size=8)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map("".join)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """Draw a quote of any text, its length from a character to 200 KB, its best sentence anywhere in it."""
    text = draw(TEXTS) * draw(st.sampled_from([1, 1, 1, 10, 100, 2000]))
    text = text[:200_000]
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)) | st.just(min(len(text), start + 80)))
    article = Article(
        "a",
        "a.txt",
        text,
        title=draw(st.none() | TEXTS | TEXTS.map(lambda title: title * 300)),
        published=draw(st.sampled_from([None, "2025-04", "2024", "2025-04-01"])),
        source=draw(
            TEXTS
            | st.sampled_from(["a.txt", "https://x.example/?a=1&b=%22'\"<>", "http://[", "javascript:x"])
        ),
    )
    day = dt.date(2025, 1, 29)
    told = [
        ("2025-01-29", day, day),
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("P3D", None, None),
    ]
    dates = tuple(mention(text, text[start:end], *date) for date in draw(st.lists(st.sampled_from(told))))
    others = draw(st.lists(TEXTS | TEXTS.map(lambda name: f"https://{name * 100}.example/"), max_size=6))
    also = quote("x", also=others).copies
    return Quote(text, (start, end), article, draw(st.integers(1, 99_999)), 0, len(text), dates, also)


def body(parsed: Parsed) -> str:
    [inside] = parsed.covered("blockquote") + parsed.covered("expandable_blockquote")
    return inside


@settings(max_examples=300, deadline=None)
@given(quotes(), st.sampled_from(LANGUAGES))
@example(quote("x" * 200_000), "fr")
@example(quote("😀" * 5_000), "en")
@example(quote("mot " * 50_000, "mot"), "fr")
@example(quote("é" * 2_000 + SENTENCE + "è" * 2_200, SENTENCE), "fr")
def test_telegram_accepts_every_quote_and_shows_its_exact_words(told: Quote, language: str):
    parsed = parse(quote_html(told, language))
    opened, closed = ("«\u00a0", "\u00a0»") if language == "fr" else ("“", "”")
    shown = body(parsed)
    assert shown.startswith(opened)
    assert shown.endswith(closed)
    shown = shown.removeprefix(opened).removesuffix(closed)
    [bold] = parsed.covered("bold")
    if shown == told.text:
        assert bold == told.sentence
    else:
        assert units(told.text) > LONGEST_MESSAGE - 1_000, "a passage with room enough is whole"
        assert CUT in shown
        assert told.sentence.startswith(bold)
        kept = shown.removeprefix(f"{CUT} ").removesuffix(f" {CUT}")
        assert kept in told.text
        assert bold == told.sentence or units(bold) > 3_000


@given(TEXTS.filter(str.strip))
def test_telegram_accepts_every_sentence_of_the_bots_own(text: str):
    assert parse(html(Said(text))).text == text


def test_a_quote_reads_as_printed_in_the_documentation():
    assert html(Shown(Answer("?", True, 0.9, (first_quote(),), "fr"))) == (
        "<blockquote>«\u00a0Le pays a parlé. <b>Une décision officialisée le 29 janvier.</b>"
        " Il n’a pas dit pourquoi &lt;b&gt;&amp; comment&lt;/b&gt;.\u00a0»</blockquote>\n"
        '<tg-time unix="1738152000">29 janvier 2025</tg-time> · article d’avril 2025 · retrait.txt · §\u00a04'
    )


def test_an_english_reader_gets_english_marks_and_dates_around_the_same_words():
    parsed = parse(quote_html(first_quote(), "en"))
    assert parsed.text.splitlines() == [
        f"“{PARAGRAPH}”",
        "29 January 2025 · article of April 2025 · retrait.txt · §\u00a04",
    ]


def test_a_title_stands_above_the_quote_and_an_address_becomes_a_link():
    parsed = parse(quote_html(other_quote(), "fr"))
    assert parsed.text.splitlines()[0] == "Une rencontre <à> Moscou"
    [link] = [entity for entity in parsed.entities if entity.type == "text_link"]
    assert (parsed.cover(link), link.url) == ("source", "https://journal.example/a?b=1&c=2")


@pytest.mark.parametrize("source", ["javascript:alert(1)", "notes.txt", "http://[", "ftp://x.example/a"])
def test_a_source_that_no_browser_opens_is_named_not_linked(source: str):
    parsed = parse(quote_html(quote(PARAGRAPH, source=source), "fr"))
    assert f" · {source} · " in parsed.text
    assert parsed.covered("text_link") == []


OTHERS = ["https://www.journal.example/a?b=1&c=2", "<b>.txt", "http://[", *"defg"]


@pytest.mark.parametrize(
    ("count", "language", "line"),
    [
        (1, "fr", "Paru aussi\u00a0: journal.example"),
        (3, "fr", "Paru aussi\u00a0: journal.example, <b>.txt, http://["),
        (4, "fr", "Paru aussi\u00a0: journal.example, <b>.txt, http://[ et 1\u00a0autre"),
        (7, "fr", "Paru aussi\u00a0: journal.example, <b>.txt, http://[ et 4\u00a0autres"),
        (2, "en", "Also published by: journal.example, <b>.txt"),
        (4, "en", "Also published by: journal.example, <b>.txt, http://[ and 1\u00a0other"),
        (7, "en", "Also published by: journal.example, <b>.txt, http://[ and 4\u00a0others"),
    ],
)
def test_who_else_carries_a_quote_is_named_below_it(count: int, language: str, line: str):
    parsed = parse(quote_html(quote(PARAGRAPH, also=OTHERS[:count]), language, note="Fin."))
    assert parsed.text.splitlines()[-2:] == [line, "Fin."]
    [link] = [entity for entity in parsed.entities if entity.type == "text_link"]
    assert (parsed.cover(link), link.url) == ("journal.example", OTHERS[0])


def test_a_quote_that_nobody_else_carries_has_no_line_for_it():
    assert "aussi" not in quote_html(quote(PARAGRAPH, also=["a"]), "fr"), "its own article, again"


def test_only_the_dates_of_the_best_sentence_are_told_once_each_and_no_duration():
    text = "En 2019, rien. Le 29 janvier, oui, le 29 janvier, pendant dix ans."
    day, year = dt.date(2025, 1, 29), dt.date(2019, 1, 1)
    dates = (
        mention(text, "dix ans", "P10Y", None, None),
        mention(text, "le 29 janvier", "2025-01-29", day, day),
        mention(text, "Le 29 janvier", "2025-01-29", day, day),
        mention(text, "2019", "2019", year, year.replace(month=12, day=31)),
    )
    told = quote(text, "Le 29 janvier, oui, le 29 janvier, pendant dix ans.", dates=dates)
    assert parse(quote_html(told, "fr")).text.splitlines()[1] == (
        "29 janvier 2025 · article d’avril 2025 · retrait.txt · §\u00a04"
    )


def test_an_article_without_a_date_says_so():
    assert "\narticle sans date · " in parse(quote_html(quote(PARAGRAPH, published=None), "fr")).text


def test_a_long_passage_is_folded_only_when_its_best_sentence_stays_in_sight():
    filler = " Et la suite." * (LONG_PASSAGE // 10)
    assert parse(quote_html(quote(SENTENCE + filler, SENTENCE), "fr")).covered("expandable_blockquote")
    assert parse(quote_html(quote(filler + SENTENCE, SENTENCE), "fr")).covered("blockquote")
    assert parse(quote_html(quote(SENTENCE), "fr")).covered("blockquote")


def test_a_passage_that_does_not_fit_is_cut_between_words_on_both_sides_of_its_sentence():
    told = quote("avant " * 20_000 + SENTENCE + " après" * 20_000, SENTENCE)
    parsed = parse(quote_html(told, "fr"))
    shown = body(parsed)
    assert shown.startswith(f"«\u00a0{CUT} avant avant ")
    assert shown.endswith(f" après après {CUT}\u00a0»")
    assert parsed.covered("bold") == [SENTENCE]
    assert parsed.length > LONGEST_MESSAGE - 40, "the room there is gets used"


def test_the_room_that_one_side_leaves_goes_to_the_other():
    part = excerpt("court. " + SENTENCE + " après" * 100, (7, 7 + len(SENTENCE)), 300)
    assert part.before == "court. "
    assert 250 < units(part.before + part.sentence + part.after) <= 300


def test_the_parser_of_these_tests_refuses_what_telegram_refuses():
    for text, words in [
        ("<b>", "can't parse entities"),
        ("<p>x</p>", "Unsupported start tag"),
        (" ", "empty"),
        ("x" * 4097, "too long"),
        ("😀" * 2049, "too long"),
    ]:
        with pytest.raises(MarkupError, match=words):
            parse(text)

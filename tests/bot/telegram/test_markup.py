"""Every message is one that Telegram accepts, and shows the passage word for word."""

from __future__ import annotations

import datetime as dt

import pytest
from bot_api.archive import PARAGRAPH, SENTENCE, first_quote, mention, other_quote, quote
from bot_api.markup import LONGEST_MESSAGE, MarkupError, Parsed, parse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.conversation import LONGEST_TIMELINE
from bot.replies import QuoteReply, TextReply, TimelineReply
from bot.telegram.markup import LONG_PASSAGE, html, time_html
from retrieval.present.catalogue import LANGUAGES, quotation_marks
from retrieval.present.citation import ShownDate
from retrieval.present.excerpt import CUT, units
from retrieval.types import Answer, Article, Passage, Quote, Timeline, TimelineEntry, Window

DAY = dt.date(2025, 1, 29)
MARCH = Window(dt.date(2024, 3, 1), dt.date(2024, 3, 31), "in", 0, 0, "en mars 2024")
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
    expressions = [
        ("2025-01-29", DAY, DAY),
        ("2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("P3D", None, None),
    ]
    dates = tuple(
        mention(text, text[start:end], *date) for date in draw(st.lists(st.sampled_from(expressions)))
    )
    others = draw(st.lists(TEXTS | TEXTS.map(lambda name: f"https://{name * 100}.example/"), max_size=6))
    also = quote("x", also=others).copies
    passage = Passage("a#1", "a", draw(st.integers(1, 99_999)), 0, len(text), text)
    words = st.tuples(st.integers(start, end), st.integers(start, end)).map(sorted).map(tuple)
    return Quote(passage, article, (start, end), dates, also, draw(st.none() | words))


def quote_html(quoted: Quote, language: str, **fields: object) -> str:
    """The message that shows a quote."""
    return html(QuoteReply(Answer("?", True, 0.9, (quoted,), language, **fields)))


def body(parsed: Parsed) -> str:
    [inside] = parsed.covered("blockquote") + parsed.covered("expandable_blockquote")
    return inside


@settings(max_examples=300, deadline=None)
@given(quotes(), st.sampled_from(LANGUAGES))
@example(quote("x" * 200_000), "fr")
@example(quote("😀" * 5_000), "en")
@example(quote("mot " * 50_000, "mot"), "fr")
@example(quote("é" * 2_000 + SENTENCE + "è" * 2_200, SENTENCE), "fr")
def test_telegram_accepts_every_quote_and_shows_its_exact_words(quoted: Quote, language: str):
    parsed = parse(quote_html(quoted, language))
    opened, closed = quotation_marks(language)
    shown = body(parsed)
    assert shown.startswith(opened)
    assert shown.endswith(closed)
    shown = shown.removeprefix(opened).removesuffix(closed)
    [bold] = parsed.covered("bold")
    if shown == quoted.text:
        assert bold == quoted.sentence
    else:
        assert units(quoted.text) > LONGEST_MESSAGE - 1_000, "a passage with room enough is whole"
        assert CUT in shown
        assert quoted.sentence.startswith(bold)
        kept = shown.removeprefix(f"{CUT} ").removesuffix(f" {CUT}")
        assert kept in quoted.text
        assert bold == quoted.sentence or units(bold) > 3_000


@given(TEXTS.filter(str.strip))
def test_telegram_accepts_every_sentence_of_the_bots_own(text: str):
    assert parse(html(TextReply(text))).text == text


def test_a_quote_reads_as_printed_in_the_documentation():
    assert quote_html(first_quote(), "fr") == (
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
    parsed = parse(quote_html(quote(PARAGRAPH, also=OTHERS[:count]), language))
    assert parsed.text.splitlines()[-1] == line
    [link] = [entity for entity in parsed.entities if entity.type == "text_link"]
    assert (parsed.cover(link), link.url) == ("journal.example", OTHERS[0])


def test_a_quote_that_nobody_else_carries_has_no_line_for_it():
    assert "aussi" not in quote_html(quote(PARAGRAPH, also=["a"]), "fr"), "its own article, again"


def test_a_sentence_with_many_dates_is_cited_by_the_first_six():
    text = ", ".join(str(year) for year in range(2001, 2010))
    dates = tuple(mention(text, str(year), str(year), DAY, DAY.replace(day=30)) for year in range(2001, 2010))
    assert (
        "\n2001 · 2002 · 2003 · 2004 · 2005 · 2006 · article "
        in parse(quote_html(quote(text, dates=dates), "fr")).text
    )


def test_an_article_without_a_date_says_so():
    assert "\narticle sans date · " in parse(quote_html(quote(PARAGRAPH, published=None), "fr")).text


def test_a_long_passage_is_folded_only_when_its_best_sentence_stays_in_sight():
    filler = " Et la suite." * (LONG_PASSAGE // 10)
    assert parse(quote_html(quote(SENTENCE + filler, SENTENCE), "fr")).covered("expandable_blockquote")
    assert parse(quote_html(quote(filler + SENTENCE, SENTENCE), "fr")).covered("blockquote")
    assert parse(quote_html(quote(SENTENCE), "fr")).covered("blockquote")


def test_a_passage_that_does_not_fit_is_cut_between_words_on_both_sides_of_its_sentence():
    quoted = quote("avant " * 20_000 + SENTENCE + " après" * 20_000, SENTENCE)
    parsed = parse(quote_html(quoted, "fr"))
    shown = body(parsed)
    assert shown.startswith(f"«\u00a0{CUT} avant avant ")
    assert shown.endswith(f" après après {CUT}\u00a0»")
    assert parsed.covered("bold") == [SENTENCE]
    assert parsed.length > LONGEST_MESSAGE - 40, "the room there is gets used"


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


def test_an_answer_ends_on_how_its_time_was_understood():
    parsed = parse(quote_html(first_quote(), "fr", window=MARCH))
    assert parsed.text.splitlines()[-1] == "Période comprise\u00a0: en mars 2024"
    assert parsed.covered("italic") == ["Période comprise\u00a0: en mars 2024"]


def test_a_question_that_asks_when_is_answered_by_the_date_first():
    shown = quote_html(first_quote(), "fr", leads=first_quote().dates)
    assert shown.startswith('<b><tg-time unix="1738152000">29 janvier 2025</tg-time></b>\n')
    assert shown.endswith("\narticle d’avril 2025 · retrait.txt · §\u00a04")


@given(st.integers(1, 9_000), st.sampled_from(["😀", "mot ", "&<"]))
def test_a_date_and_a_note_around_a_long_passage_still_fit_in_a_message(length: int, word: str):
    text = SENTENCE + word * length
    quoted = quote(text, SENTENCE, dates=(mention(text, "le 29 janvier", "2025-01-29", DAY, DAY),))
    shown = quote_html(quoted, "fr", leads=quoted.dates, window=MARCH)
    assert shown.count("<tg-time") == 1
    assert parse(shown).length <= LONGEST_MESSAGE


@given(
    st.integers(1, LONGEST_TIMELINE),
    st.integers(1, 3_000),
    st.integers(0, 300),
    st.sampled_from(["😀", "mot ", "&<"]),
)
def test_a_timeline_always_fits_in_a_message_and_shows_every_date(
    count: int, length: int, name: int, word: str
):
    text = (word * length)[:4_000] + " le 2 mars"
    day = dt.date(2024, 3, 2)
    dates = (mention(text, "le 2 mars", "2024-03-02", day, day),)
    quoted = quote(text, source="n" * name or "x", dates=dates)
    timeline = Timeline("s" * 900, (TimelineEntry(dates[0], quoted),) * count)
    parsed = parse(html(TimelineReply(timeline)))
    assert parsed.length <= LONGEST_MESSAGE
    assert parsed.covered("date_time") == ["2 mars 2024"] * count


@pytest.mark.parametrize(("year", "offered"), [(1914, 0), (1970, 1), (2025, 1), (2037, 1), (2040, 0)])
def test_telegram_is_offered_only_days_it_can_count(year: int, offered: int):
    parsed = parse(time_html(ShownDate(f"28 juin {year}", dt.date(year, 6, 28))))
    assert parsed.text == f"28 juin {year}"
    assert len(parsed.covered("date_time")) == offered


def test_a_month_is_no_day_to_offer():
    assert time_html(ShownDate("mai 2025", None)) == "mai 2025"

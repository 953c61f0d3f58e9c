"""On Telegram: the words that answer, underlined, and answers that are not sure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bot_api.archive import OTHER, OTHER_UNSURE, PARAGRAPH, SENTENCE, UNSURE, first_quote, quote
from bot_api.markup import LONGEST_MESSAGE, Parsed, parse
from bot_api.server import BotApi
from hypothesis import example, given
from hypothesis import strategies as st

from bot.replies import QuoteReply
from bot.telegram.markup import html
from retrieval.present.catalogue import LANGUAGES
from retrieval.present.excerpt import CUT
from retrieval.types import Answer, Quote


def shown(quoted: Quote, **fields: object) -> Parsed:
    """The message that shows a quote, as Telegram reads it."""
    return parse(html(QuoteReply(Answer("?", True, 0.9, (quoted,), "fr", **fields))))


@pytest.mark.parametrize("words", ["Une décision", "officialisée le 29", "le 29 janvier.", SENTENCE])
def test_the_words_that_answer_are_underlined_within_the_bold_sentence(words: str):
    parsed = shown(first_quote(words))
    assert parsed.covered("underline") == [words]
    assert parsed.covered("bold") == [SENTENCE]
    assert parsed.text == shown(first_quote()).text
    assert shown(first_quote()).covered("underline") == []


def test_words_with_markup_in_them_stay_words():
    text = "Avant. Le prix est <b>5 & 6</b> 😀 <u>euros</u>."
    for words in ("<b>5 & 6</b>", "<u>euros</u>", "😀", "& 6</b> 😀 <u>"):
        assert shown(quote(text, text[7:], answer=words)).covered("underline") == [words]


PIECES = st.sampled_from(["mot ", "😀", "👩‍👩‍👧 ", "<b>", "</u>", "&amp;", "é", "漢字", "\u202eمرحبا ", "\n"])


@given(
    st.lists(PIECES, max_size=20).map("".join),
    st.lists(PIECES, max_size=8).map("".join),
    st.lists(PIECES, max_size=20).map("".join),
    st.sampled_from([1, 30, 400]),
)
@example("", "", "", 1)
@example("😀" * 40, "😀", "😀" * 40, 400)
def test_telegram_accepts_them_anywhere_in_a_passage_of_any_length(
    before: str, after: str, around: str, times: int
):
    words = "X le 3 mai Y"
    sentence = f"A{before}{words}{after}B"
    filler = f"C{around}D" * times
    quoted = quote(f"{filler}{sentence}{filler}", sentence, answer=words)
    parsed = shown(quoted)
    assert parsed.length <= LONGEST_MESSAGE
    assert parsed.covered("underline") == [words]
    assert parsed.covered("bold") == [sentence]


@given(st.integers(0, 5_000), st.integers(1, 3_000), st.sampled_from(["😀", "mot ", "&<"]))
def test_of_a_sentence_that_is_cut_the_words_that_are_left_are_underlined(at: int, length: int, word: str):
    sentence = word * 5_000
    answer = (at * len(word), (at + length) * len(word))
    parsed = shown(replace(quote(sentence), answer=answer))
    kept = parsed.text.removeprefix("«\u00a0").partition(f" {CUT}\u00a0»")[0]
    assert len(kept) < len(sentence)
    left = kept[slice(*answer)]
    # Telegram leaves out of an entity the spaces at its end.
    assert "".join(parsed.covered("underline")).rstrip() == left.rstrip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_is_not_sure_says_so_above_its_date_and_its_passage(language: str):
    quoted = first_quote("le 29 janvier")
    sure = Answer("Quand ?", True, 0.9, (quoted,), language, quoted.dates)
    near = replace(sure, answered=False, quotes=(), nearest=(quoted,))
    assert html(QuoteReply(near)) == f"{UNSURE[language]}\n{html(QuoteReply(sure))}"


@given(st.integers(1, 9_000), st.sampled_from(["😀", "mot ", "&<"]))
def test_a_line_above_a_long_passage_still_fits_in_a_message(length: int, word: str):
    quoted = quote(SENTENCE + word * length, SENTENCE, title="t" * 300, answer="le 29 janvier")
    parsed = parse(html(QuoteReply(Answer("?", False, 0.6, nearest=(quoted,)))))
    assert parsed.text.startswith(f"{UNSURE['fr']}\n")
    assert parsed.covered("underline") == ["le 29 janvier"]
    assert parsed.length <= LONGEST_MESSAGE


@pytest.mark.usefixtures("bot")
async def test_the_button_shows_another_of_the_nearest_passages(telegram: BotApi):
    telegram.say("Quand, la rumeur démentie ?")
    sent = await telegram.sent()
    first = sent.text
    assert first == (
        f"{UNSURE['fr']}\n29 janvier 2025\n«\u00a0{PARAGRAPH}\u00a0»"
        "\narticle d’avril 2025 · retrait.txt · §\u00a04"
    )
    assert sent.parsed.covered("bold") == ["29 janvier 2025", SENTENCE]
    assert sent.parsed.covered("underline") == ["le 29 janvier"]
    telegram.tap(sent)
    await telegram.becomes(lambda: sent.edits == 1)
    assert sent.text.startswith(f"{OTHER_UNSURE['fr']}\nmai 2025\n")
    assert OTHER in sent.text
    telegram.tap(sent)
    await telegram.becomes(lambda: sent.edits == 2)
    assert sent.text == first

"""What a person reads in a notebook: the very words, whatever they are, and no markup but ours."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from bot_api.archive import UNSURE, first_quote, quote
from hypothesis import given
from hypothesis import strategies as st

import retrieval.present  # noqa: F401 - registers the renderers
from retrieval.types import Answer, Quote

FRENCH = Answer("Quelle décision a été prise ?", True, 0.91, (first_quote(),), "fr")
ANYTHING = st.text(st.characters(codec="utf-8"), min_size=1)


class Page(HTMLParser):
    """Reads a page as a browser does: its words, and the elements left open."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[str] = []
        self.names: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.names.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page_of(*quotes: Quote, **fields: object) -> str:
    return replace(FRENCH, quotes=quotes, **fields)._repr_html_()


@given(text=ANYTHING, source=ANYTHING, title=st.none() | ANYTHING, data=st.data())
def test_a_notebook_shows_the_very_words_whatever_they_are(
    text: str, source: str, title: str | None, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = data.draw(st.none() | st.tuples(st.integers(0, len(text)), st.integers(0, len(text))))
    html = page_of(replace(quote(text, source=source, title=title), highlight=(start, end), answer=words))
    body = html.split("<blockquote>", 1)[1].split("</blockquote>", 1)[0]
    bold = re.fullmatch(r"«\u00a0(.*)<b>(.*)</b>(.*)\u00a0»", body, re.DOTALL)
    assert bold
    sentence = bold[2]
    shown = [unescaped(part) for part in (bold[1], re.sub("</?u>", "", sentence), bold[3])]
    assert shown == [text[:start], text[start:end], text[end:]]
    low, high = words or (0, 0)
    underlined = re.findall(r"<u>(.*?)</u>", html, re.DOTALL)
    assert [unescaped(part) for part in underlined] == [
        part for part in [text[max(low, start) : min(high, end)]] if part and low < high
    ]
    assert underlined == re.findall(r"<u>(.*?)</u>", sentence, re.DOTALL), "only within the best sentence"
    assert "<" not in re.sub(r"</?(?:b|u|p|small|blockquote)>", "", html)


def unescaped(html: str) -> str:
    """What a browser makes of escaped text, but for its rewriting of line ends and of NUL."""
    for entity, sign in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")]:
        html = html.replace(entity, sign)
    return html


def test_markup_in_an_article_stays_words() -> None:
    text = "<script>alert('1')</script> & <b>gras</b>"
    page = Page(page_of(quote(text)))
    assert page.open == []
    assert "script" not in page.names
    assert f"«\u00a0{text}\u00a0»" in "".join(page.words)


def test_the_date_that_answers_stands_first_in_bold() -> None:
    html = page_of(first_quote(), leads=first_quote().dates)
    assert html.startswith("<p><b>29 janvier 2025</b></p><blockquote>")
    assert html.count("29 janvier 2025") == 1


@pytest.mark.parametrize("words", ["Une décision", "le 29 janvier", "janvier.", None])
def test_the_words_that_answer_are_underlined_within_the_sentence_in_bold(words: str | None) -> None:
    html = page_of(first_quote(words))
    assert re.sub("</?u>", "", html) == page_of(first_quote())
    [bold] = re.findall("<b>(.*)</b>", html)
    assert re.findall("<u>(.*?)</u>", bold) == [word for word in [words] if word]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_answer_that_is_not_sure_says_so_above_the_nearest_passage(language: str) -> None:
    fields = {"language": language, "leads": first_quote().dates}
    near = page_of(answered=False, nearest=(first_quote(),), **fields)
    assert near == f"<p>{UNSURE[language]}</p>{page_of(first_quote(), **fields)}"


def test_who_else_carries_a_quote_is_named_below_it() -> None:
    page = Page(page_of(quote("x", also=["b.txt", "c&d"])))
    assert (page.words[-1], page.open) == ("Paru aussi\u00a0: b.txt, c&d", [])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_silence_is_the_same_sentence_as_in_a_repl(language: str) -> None:
    silent = replace(FRENCH, answered=False, quotes=(), language=language)
    assert silent._repr_html_() == f"<p>{silent}</p>"

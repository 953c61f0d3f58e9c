"""What a person reads in a REPL, a notebook or a shell."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fakes import article
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import find
from retrieval.present.records import answer_record, hit_record, mention_record
from retrieval.types import Answer, Copy, DateMention, Hit, Passage, Quote

TEXT = "Une décision officialisée le 29 janvier. Le retrait a été perçu comme une réponse."
SENTENCE = "Une décision officialisée le 29 janvier."
SOURCE = article(TEXT, "2025/sahel.txt", published="2025-04", source="2025/sahel.txt")
QUOTE = Quote(TEXT, (0, len(SENTENCE)), SOURCE, 4, 0, len(TEXT), tuple(find(TEXT, "2025-04")))
FRENCH = Answer("Quelle décision a été prise ?", True, 0.9123456, (QUOTE,), "fr")
ENGLISH = replace(FRENCH, question="What was decided?", language="en")
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


def quoting(text: str, highlight: tuple[int, int] | None = None) -> Quote:
    return replace(QUOTE, text=text, highlight=highlight or (0, len(text)), dates=())


def test_an_answer_is_its_quote_with_its_dates_and_where_it_comes_from() -> None:
    assert str(FRENCH).splitlines() == [
        f"«\u00a0{TEXT}\u00a0»",
        "29 janvier 2025 · article d’avril 2025 · 2025/sahel.txt · §\u00a04",
    ]
    assert str(ENGLISH).splitlines() == [
        f"“{TEXT}”",
        "29 January 2025 · article of April 2025 · 2025/sahel.txt · §\u00a04",
    ]


def test_silence_is_one_sentence_in_the_language_of_the_question() -> None:
    silent = replace(FRENCH, answered=False, quotes=())
    assert str(silent) == "Rien dans les archives ne répond à cette question."
    assert str(replace(silent, language="en")) == "Nothing in the archive answers that question."
    assert silent._repr_html_() == f"<p>{silent}</p>"


def test_the_precision_of_a_publication_is_never_invented() -> None:
    cited = {
        published: str(
            replace(FRENCH, quotes=(replace(QUOTE, article=replace(SOURCE, published=published)),))
        )
        for published in ("2025-04", "2025", "2025-04-01", None)
    }
    assert "article d’avril 2025" in cited["2025-04"]
    assert "1er avril" not in cited["2025-04"]
    assert "article de 2025" in cited["2025"]
    assert "article du 1er avril 2025" in cited["2025-04-01"]
    assert "article sans date" in cited[None]
    assert "None" not in cited[None]


def test_only_the_dates_of_the_best_sentence_are_told_each_once() -> None:
    text = "Le 3 mai 2024, oui, le 3 mai 2024, pendant dix ans. Le 4 juin 2024, non."
    quote = replace(QUOTE, text=text, highlight=(0, text.index(" Le 4")), dates=tuple(find(text, "2025")))
    line = str(replace(FRENCH, quotes=(quote,))).splitlines()[-1]
    assert line.startswith("3 mai 2024 · article")
    assert line.count("2024") == 1
    assert "juin" not in line
    assert "ans" not in line


def test_a_title_is_cited_where_there_is_one() -> None:
    titled = replace(QUOTE, article=replace(SOURCE, title="Le retrait"))
    assert " · Le retrait · 2025/sahel.txt · " in str(replace(FRENCH, quotes=(titled,)))


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (1, "Paru aussi\u00a0: b.txt", "Also published by: b.txt"),
        (3, "Paru aussi\u00a0: b.txt, c&d, e.txt", "Also published by: b.txt, c&d, e.txt"),
        (4, "{} et 1\u00a0autre", "{} and 1\u00a0other"),
        (7, "{} et 4\u00a0autres", "{} and 4\u00a0others"),
        (1003, "{} et 1\u202f000\u00a0autres", "{} and 1,000\u00a0others"),
    ],
)
def test_who_else_carries_a_quote_is_named_below_it(count: int, french: str, english: str) -> None:
    quote = carried(["b.txt", "c&d", "e.txt", *map(str, range(count))][:count])
    named = "b.txt, c&d, e.txt"
    for answer, line, start in [
        (FRENCH, french, "Paru aussi\u00a0: "),
        (ENGLISH, english, "Also published by: "),
    ]:
        told = replace(answer, quotes=(quote,))
        assert str(told).splitlines()[2] == line.format(start + named)
        page = Page(told._repr_html_())
        assert (page.words[-1], page.open) == (line.format(start + named), [])


def carried(sources: list[str]) -> Quote:
    """The quote, as it is carried by other articles too, and again by its own."""
    articles = [SOURCE, *(article(TEXT, f"{n}.txt", source=source) for n, source in enumerate(sources))]
    copies = (Copy(Passage(f"{a.id}#9", a.id, 9, 0, len(TEXT), TEXT), a) for a in articles)
    return replace(QUOTE, copies=tuple(copies))


def test_the_articles_that_carry_it_too_are_in_the_json() -> None:
    quote = carried(["https://journal.example/b", "c.txt"])
    hit = Hit(Passage("x#4", SOURCE.id, 4, 0, len(TEXT), TEXT), SOURCE, 1.5, (0, 9), copies=quote.copies)
    (told,) = answer_record(replace(FRENCH, quotes=(quote,)))["quotes"]
    expected = [
        {"title": None, "published": None, "source": "https://journal.example/b", "path": "0.txt"},
        {"title": None, "published": None, "source": "c.txt", "path": "1.txt"},
    ]
    assert told["also"] == hit_record(hit)["also"] == expected
    assert (
        str(hit).splitlines()[0]
        == "2025/sahel.txt §\u00a04 (1.50), also https://journal.example/b, also c.txt"
    )


@given(text=ANYTHING, source=ANYTHING, title=st.none() | ANYTHING, data=st.data())
def test_a_notebook_shows_the_very_words_whatever_they_are(
    text: str, source: str, title: str | None, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = replace(quoting(text, (start, end)), article=replace(SOURCE, source=source, title=title))
    html = replace(FRENCH, quotes=(quote,))._repr_html_()
    body = html.split("<blockquote>", 1)[1].split("</blockquote>", 1)[0]
    bold = re.fullmatch(r"«\u00a0(.*)<b>(.*)</b>(.*)\u00a0»", body, re.DOTALL)
    assert bold
    shown = [unescaped(part) for part in bold.groups()]
    assert shown == [text[:start], text[start:end], text[end:]]
    assert "<" not in re.sub(r"</?(?:b|p|small|blockquote)>", "", html)


def unescaped(html: str) -> str:
    """What a browser makes of escaped text, but for its rewriting of line ends and of NUL."""
    for entity, sign in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")]:
        html = html.replace(entity, sign)
    return html


def test_markup_in_an_article_stays_words() -> None:
    text = "<script>alert('1')</script> & <b>gras</b>"
    page = Page(replace(FRENCH, quotes=(quoting(text),))._repr_html_())
    assert page.open == []
    assert "script" not in page.names
    assert f"«\u00a0{text}\u00a0»" in "".join(page.words)


def test_a_hit_is_its_place_and_its_best_sentence() -> None:
    passage = Passage("x#4", SOURCE.id, 4, 0, len(TEXT), TEXT)
    hit = Hit(passage, SOURCE, 1.234567, (0, len(SENTENCE)))
    assert str(hit) == f"2025/sahel.txt §\u00a04 (1.23)\n{SENTENCE}"


def test_an_answer_as_json() -> None:
    record = json.loads(json.dumps(answer_record(FRENCH)))
    assert record["answered"] is True
    assert record["confidence"] == 0.9123
    (quote,) = record["quotes"]
    assert quote["text"][slice(*quote["highlight"])] == SENTENCE
    assert (quote["paragraph"], quote["start"], quote["end"]) == (4, 0, len(TEXT))
    assert quote["article"] == {
        "title": None,
        "published": "2025-04",
        "source": "2025/sahel.txt",
        "path": "2025/sahel.txt",
    }
    (date,) = quote["dates"]
    assert (date["text"], date["value"]) == ("le 29 janvier", "2025-01-29")
    assert (date["low"], date["high"]) == ("2025-01-29", "2025-01-29")


def test_silence_as_json() -> None:
    record = answer_record(Answer("?", False, 0.02))
    assert (record["answered"], record["confidence"], record["quotes"]) == (False, 0.02, [])


def test_a_date_without_bounds_as_json() -> None:
    record = mention_record(DateMention(0, 6, "dix ans", "P10Y", None, None))
    assert (record["low"], record["high"]) == (None, None)
    bounded = mention_record(DateMention(0, 1, "x", "../2020", None, dt.date(2020, 12, 31)))
    assert (bounded["low"], bounded["high"]) == (None, "2020-12-31")


def test_a_hit_as_json() -> None:
    passage = Passage("x#4", SOURCE.id, 4, 0, len(TEXT), TEXT)
    record = json.loads(json.dumps(hit_record(Hit(passage, SOURCE, 1.5, (0, len(SENTENCE)), QUOTE.dates))))
    assert {
        "id",
        "score",
        "text",
        "highlight",
        "paragraph",
        "article",
        "start",
        "end",
        "dates",
    } <= record.keys()
    assert (record["id"], record["score"], record["text"]) == ("x#4", 1.5, TEXT)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_answer_has_something_to_read(language: str) -> None:
    for answer in (FRENCH, replace(FRENCH, answered=False, quotes=())):
        spoken = replace(answer, language=language)
        assert str(spoken).strip()
        assert Page(spoken._repr_html_()).open == []


def test_a_repl_shows_an_answer_as_its_quote_and_a_hit_as_its_sentence() -> None:
    assert str(FRENCH) in repr(FRENCH)
    hit = Hit(Passage("a#1", "a", 4, 0, len(TEXT), TEXT), SOURCE, 1.5, (0, len(SENTENCE)))
    assert SENTENCE in repr(hit)
    assert TEXT not in repr(hit)
    assert TEXT not in repr(SOURCE)

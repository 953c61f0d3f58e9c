"""The parts of a citation: dates, publication, address, and who else published the passage."""

from __future__ import annotations

import datetime as dt

import pytest
from bot_api.archive import PARAGRAPH, SENTENCE, first_quote, mention, other_quote, quote

from retrieval.present.citation import Address, ShownDate, also_line, cite, one_line

DAY = dt.date(2025, 1, 29)


def test_a_quote_is_cited_by_its_dates_and_its_article() -> None:
    citation = cite(other_quote(), "fr")
    assert [date.text for date in citation.dates] == ["mai 2025"]
    assert (citation.lead, citation.published) == (None, "article du 3 avril 2025")
    assert citation.title == "Une rencontre <à> Moscou"
    assert citation.address == Address("https://journal.example/a?b=1&c=2", is_link=True)
    assert (citation.paragraph, citation.also) == ("§\u00a01", ())


def test_the_date_that_answers_is_not_repeated() -> None:
    quoted = first_quote()
    citation = cite(quoted, "fr", quoted.dates[0])
    assert citation.lead == ShownDate("29 janvier 2025", DAY)
    assert citation.dates == ()


def test_a_date_is_a_day_only_where_it_is_one() -> None:
    assert [date.day for date in cite(first_quote(), "en").dates] == [DAY]
    assert [date.day for date in cite(other_quote(), "en").dates] == [None]


def test_only_the_dates_of_the_best_sentence_are_cited_once_each_and_no_duration() -> None:
    text = "En 2019, rien. Le 29 janvier, oui, le 29 janvier, pendant dix ans."
    year = dt.date(2019, 1, 1)
    dates = (
        mention(text, "dix ans", "P10Y", None, None),
        mention(text, "le 29 janvier", "2025-01-29", DAY, DAY),
        mention(text, "Le 29 janvier", "2025-01-29", DAY, DAY),
        mention(text, "2019", "2019", year, year.replace(month=12, day=31)),
    )
    quoted = quote(text, "Le 29 janvier, oui, le 29 janvier, pendant dix ans.", dates=dates)
    assert [date.text for date in cite(quoted, "fr").dates] == ["29 janvier 2025"]


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2025-04", "article d’avril 2025"),
        ("2025", "article de 2025"),
        ("2025-04-01", "article du 1er avril 2025"),
        (None, "article sans date"),
    ],
)
def test_the_precision_of_a_publication_is_never_invented(published: str | None, words: str) -> None:
    assert cite(quote(PARAGRAPH, published=published), "fr").published == words


@pytest.mark.parametrize(
    ("source", "is_link", "short"),
    [
        ("https://www.journal.example/a?b=1", True, "journal.example"),
        ("http://journal.example:8080/", True, "journal.example"),
        ("notes.txt", False, "notes.txt"),
        ("javascript:alert(1)", False, "javascript:alert(1)"),
        ("ftp://journal.example/a", False, "ftp://journal.example/a"),
        ("http://[", False, "http://["),
        ("https://journal.example/\x1b]0;", False, "https://journal.example/\x1b]0;"),
        ("https://journal.example/a b", False, "https://journal.example/a b"),
    ],
)
def test_only_what_a_browser_opens_is_a_link(source: str, is_link: bool, short: str) -> None:
    found = cite(quote(PARAGRAPH, source=source), "fr").address
    assert (found.text, found.is_link, found.short) == (source, is_link, short)


def test_an_article_without_a_source_is_found_by_its_path() -> None:
    assert cite(quote(PARAGRAPH, source=""), "fr").address == Address("retrait.txt", is_link=False)


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (1, "Paru aussi\u00a0: b.txt", "Also published by: b.txt"),
        (3, "Paru aussi\u00a0: b.txt, c, d", "Also published by: b.txt, c, d"),
        (
            4,
            "Paru aussi\u00a0: b.txt, c, d et 1\u00a0autre",
            "Also published by: b.txt, c, d and 1\u00a0other",
        ),
        (
            7,
            "Paru aussi\u00a0: b.txt, c, d et 4\u00a0autres",
            "Also published by: b.txt, c, d and 4\u00a0others",
        ),
        (
            1003,
            "Paru aussi\u00a0: b.txt, c, d et 1\u202f000\u00a0autres",
            "Also published by: b.txt, c, d and 1,000\u00a0others",
        ),
    ],
)
def test_three_others_with_the_passage_are_named_and_the_rest_counted(
    count: int, french: str, english: str
) -> None:
    quoted = quote(PARAGRAPH, SENTENCE, also=["b.txt", "c", "d", *map(str, range(count))][:count])
    for language, line in (("fr", french), ("en", english)):
        citation = cite(quoted, language)
        assert len(citation.also) == count
        assert also_line(citation, [address.text for address in citation.named], language) == line


def test_line_breaks_become_spaces_and_other_spaces_stay() -> None:
    assert one_line("a\r\nb\n c\u00a0: d  e") == "a b  c\u00a0: d  e"

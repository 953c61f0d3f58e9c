"""What a person reads in a REPL or a shell."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace

import pytest
from bot_api.archive import PARAGRAPH, SENTENCE, UNSURE, first_quote, other_quote, quote

import retrieval.present  # noqa: F401 - registers the renderers
from retrieval.present.catalogue import LANGUAGES
from retrieval.present.text import counted, reader_line
from retrieval.types import Answer, Correction, Hit, Timeline, TimelineEntry, Window

MARCH = Window(dt.date(2024, 3, 1), dt.date(2024, 3, 31), "in", 0, 0, "en mars 2024")
FRENCH = Answer("Quelle décision a été prise ?", True, 0.9123456, (first_quote(),), "fr")
ENGLISH = replace(FRENCH, question="What was decided?", language="en")
QUOTE = first_quote()
HIT = Hit(QUOTE.passage, QUOTE.article, QUOTE.highlight, QUOTE.dates, score=1.234567)


def test_importing_the_package_loads_no_renderer() -> None:
    code = "import sys, retrieval.present; print([name for name in ('babel', 'numpy', 'matplotlib',"
    code += " 'retrieval.dates', 'retrieval.present.text') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"


def test_an_answer_is_its_quote_with_its_dates_and_where_it_comes_from() -> None:
    assert str(FRENCH).splitlines() == [
        f"«\u00a0{PARAGRAPH}\u00a0»",
        "29 janvier 2025 · article d’avril 2025 · retrait.txt · §\u00a04",
    ]
    assert str(ENGLISH).splitlines() == [
        f"“{PARAGRAPH}”",
        "29 January 2025 · article of April 2025 · retrait.txt · §\u00a04",
    ]


def test_a_question_that_asks_when_is_answered_by_the_date_first() -> None:
    lines = str(replace(FRENCH, leads=(QUOTE.dates[0],))).splitlines()
    assert lines[0] == "29 janvier 2025"
    assert lines[2] == "article d’avril 2025 · retrait.txt · §\u00a04"


def test_silence_is_one_sentence_in_the_language_of_the_question() -> None:
    silent = replace(FRENCH, answered=False, quotes=())
    assert str(silent) == "Rien dans les archives ne répond à cette question."
    assert str(replace(silent, language="en")) == "Nothing in the archive answers that question."


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_is_not_sure_says_so_before_its_date_and_its_nearest_passage(language: str) -> None:
    near = Answer("?", False, 0.6, (), language, (QUOTE.dates[0], None), nearest=(QUOTE, other_quote()))
    sure = replace(near, answered=True, quotes=near.nearest, nearest=())
    assert str(near).splitlines() == [UNSURE[language], *str(sure).splitlines()]
    assert str(sure).splitlines()[0] in {"29 janvier 2025", "29 January 2025"}
    assert str(near) in repr(near)


def test_the_words_that_answer_change_nothing_in_plain_text() -> None:
    assert str(replace(FRENCH, quotes=(first_quote("le 29 janvier"),))) == str(FRENCH)


def test_the_reader_is_named_or_said_to_be_none() -> None:
    assert reader_line("bge", "fr") == "Modèle de lecture\u00a0: bge."
    assert reader_line("bge", "en") == "Reader: bge."
    assert reader_line(None, "fr").startswith("Aucun modèle de lecture\u00a0: ")
    assert reader_line(None, "en").startswith("No reader: ")


def test_a_title_is_cited_between_the_date_of_the_article_and_its_address() -> None:
    line = str(replace(FRENCH, quotes=(other_quote(),))).splitlines()[1]
    assert line == (
        "mai 2025 · article du 3 avril 2025 · Une rencontre <à> Moscou · https://journal.example/a?b=1&c=2"
        " · §\u00a01"
    )


def test_who_else_carries_a_quote_is_named_below_it() -> None:
    carried = quote(PARAGRAPH, SENTENCE, also=["b.txt", "c"])
    assert str(replace(FRENCH, quotes=(carried,))).splitlines()[2] == "Paru aussi\u00a0: b.txt, c"


@pytest.mark.parametrize("quotes", [(first_quote(),), ()])
def test_how_the_question_was_understood_comes_last(quotes: tuple[object, ...]) -> None:
    slips = (Correction(0, 6, "Cedeoa", "Cédéao"), Correction(7, 12, "Niamy", "Niamey"))
    answer = replace(FRENCH, quotes=quotes, corrections=slips, window=MARCH)
    assert str(answer).splitlines()[-2:] == [
        "Mots compris\u00a0: Cedeoa → Cédéao, Niamy → Niamey",
        "Période comprise\u00a0: en mars 2024",
    ]
    one = replace(answer, corrections=slips[:1], window=None, language="en")
    assert str(one).splitlines()[-1] == "Word understood: Cedeoa → Cédéao"


def test_a_hit_is_its_place_and_its_best_sentence() -> None:
    assert str(HIT) == f"retrait.txt §\u00a04 (1.23)\n{SENTENCE}"
    carried = replace(HIT, copies=quote(PARAGRAPH, also=["https://journal.example/b", "c.txt"]).copies)
    assert str(carried).splitlines()[0] == (
        "retrait.txt §\u00a04 (1.23), also https://journal.example/b, also c.txt"
    )


def test_a_timeline_reads_an_entry_a_line() -> None:
    broken = quote("Le 29 janvier,\nfin.", dates=first_quote().dates)
    timeline = Timeline("x", tuple(TimelineEntry(one.dates[0], one) for one in (broken, other_quote())))
    assert str(timeline).splitlines() == [
        "29 janvier 2025 · «\u00a0Le 29 janvier, fin.\u00a0» · article d’avril 2025, §\u00a04",
        f"mai 2025 · «\u00a0{other_quote().text}\u00a0» · Une rencontre <à> Moscou, §\u00a01",
    ]
    assert str(Timeline("x", ())) == ""


def test_a_repl_shows_an_answer_as_its_quote_and_a_hit_as_its_sentence() -> None:
    assert str(FRENCH) in repr(FRENCH)
    assert SENTENCE in repr(HIT)
    assert PARAGRAPH not in repr(HIT)
    assert PARAGRAPH not in repr(QUOTE.article)


def test_things_are_counted_in_english() -> None:
    assert [counted(number, "article") for number in (0, 1, 2)] == ["0 articles", "1 article", "2 articles"]

"""Misspelt words: put right by the archive's own words, and only where nobody knows them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bot_api.archive import first_quote
from bot_api.markup import parse
from fakes import archive_of

from bot.conversation import Said, Shown, understood
from bot.telegram.render import html
from retrieval.archive import Archive
from retrieval.articles import article_id
from retrieval.present.text import answer_html, answer_text
from retrieval.present.records import answer_record
from retrieval.types import Answer

TEXTS = {
    "retrait.txt": "date 2025-01-29 La Cédéao a officialisé le retrait du Niger.\n\n"
    "À Niamey, la foule a salué la Bulgarie. Le Conseil attend.\n",
    "forage.txt": "date 2024-11 Un forage alimente Niamey en eau potable.\n\n"
    "Le barrage de Kandadji retiendra le fleuve, selon un rapport de cent pages.\n",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(TEXTS, tmp_path_factory.mktemp("spelling")) as opened:
        yield opened


def test_an_archive_without_articles_corrects_nothing(tmp_path: Path):
    with archive_of({"a.txt": "La Cédéao siège.\n"}, tmp_path) as empty:
        empty.remove([article_id("a.txt")])
        assert empty.ask("Où est la Cedeoa ?").corrections == ()


def test_a_misspelt_question_is_answered_as_if_it_were_not(archive: Archive):
    right, wrong = (archive.ask(f"Qui {said} en eau ?") for said in ("alimente Niamey", "alimmente Niamy"))
    assert wrong.quotes == right.quotes
    assert wrong.confidence == right.confidence
    assert wrong.corrections == (("alimmente", "alimente"), ("Niamy", "Niamey"))
    assert (right.corrections, wrong.question) == ((), "Qui alimmente Niamy en eau ?")
    found, wanted = archive.search("la Cedeoa"), archive.search("la Cédéao")
    assert [hit.id for hit in found] == [hit.id for hit in wanted] != []
    assert archive.timeline("le barraage de Kandadji").subject == "le barrage de Kandadji"


def test_a_misspelt_time_is_understood(archive: Archive):
    asked = archive.ask("Que dit la Cédéao en 2025 dans un Consiel ?")
    assert asked.corrections == (("Consiel", "Conseil"),)
    assert asked.window is not None


ONE = Answer("la Cedeoa ?", True, 0.9, (first_quote(),), "fr", corrections=(("Cedeoa", "Cédéao"),))
TWO = replace(ONE, corrections=(("Cedeoa", "Cédéao"), ("Niamy", "Niamey")))


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (ONE, "Mot compris\u00a0: Cedeoa → Cédéao"),
        (TWO, "Mots compris\u00a0: Cedeoa → Cédéao, Niamy → Niamey"),
        (replace(ONE, language="en"), "Word understood: Cedeoa → Cédéao"),
        (replace(TWO, language="en"), "Words understood: Cedeoa → Cédéao, Niamy → Niamey"),
    ],
)
def test_a_person_is_told_how_words_were_understood(answer: Answer, line: str):
    silent = replace(answer, answered=False, quotes=())
    for shown in (answer, silent):
        assert answer_text(shown).splitlines()[-1] == line
        assert f"<small>{line}</small>" in answer_html(shown)
    assert parse(html(Shown(answer))).text.splitlines()[-1] == line
    assert parse(html(Said(understood(silent)))).text == line


def test_corrections_as_json():
    record = json.loads(json.dumps(answer_record(ONE)))
    assert record["corrections"] == [{"typed": "Cedeoa", "understood": "Cédéao"}]
    assert answer_record(replace(ONE, corrections=()))["corrections"] == []

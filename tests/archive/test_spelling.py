"""A misspelt question is answered as if it were not, and says how it was understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import archive_of

from retrieval.archive import Archive
from retrieval.articles import article_id
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


def corrected(answer: Answer) -> list[tuple[str, str]]:
    for one in answer.corrections:
        assert answer.question[one.start : one.end] == one.typed
    return [(one.typed, one.understood) for one in answer.corrections]


def test_an_archive_without_articles_corrects_nothing(tmp_path: Path) -> None:
    with archive_of({"a.txt": "La Cédéao siège.\n"}, tmp_path) as empty:
        assert corrected(empty.ask("Où est la Cedeoa ?")) == [("Cedeoa", "Cédéao")]
        empty.remove([article_id("a.txt")])
        assert corrected(empty.ask("Où est la Cedeoa ?")) == []


def test_a_misspelt_question_is_answered_as_if_it_were_not(archive: Archive) -> None:
    right, wrong = (archive.ask(f"Qui {typed} en eau ?") for typed in ("alimente Niamey", "alimmente Niamy"))
    assert wrong.quotes == right.quotes
    assert wrong.confidence == right.confidence
    assert corrected(wrong) == [("alimmente", "alimente"), ("Niamy", "Niamey")]
    assert (right.corrections, wrong.question) == ((), "Qui alimmente Niamy en eau ?")
    found, wanted = archive.search("la Cedeoa"), archive.search("la Cédéao")
    assert [hit.id for hit in found] == [hit.id for hit in wanted] != []
    assert archive.timeline("le barraage de Kandadji").subject == "le barrage de Kandadji"


def test_a_question_with_a_misspelt_word_has_its_time_read(archive: Archive) -> None:
    asked = archive.ask("Que dit la Cédéao en 2025 dans un Consiel ?")
    assert corrected(asked) == [("Consiel", "Conseil")]
    assert asked.window is not None
    assert asked.question[asked.window.start : asked.window.end] == asked.window.text == "en 2025"

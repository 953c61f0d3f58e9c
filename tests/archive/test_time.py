"""Questions in time: what is of the time asked about comes first, and nothing is hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import BY_WORDS, archive_of, ranker, sources

from retrieval.archive import Archive

TODAY = dt.date(2025, 5, 14)

FESTIVALS = {
    "mars2023.txt": "date 2023-03-10 Le festival de jazz de Ségou a réuni dix mille personnes.",
    "mars2024.txt": "date 2024-03-12 Le festival de jazz de Ségou a réuni vingt mille personnes.",
    "mai2024.txt": "date 2024-05-02 Le festival de jazz de Ségou a réuni les maires du fleuve.",
    "mars2025.txt": "date 2025-03-11 Le festival de jazz de Ségou a réuni trente mille personnes.",
}
OTHERS = {
    "pluie.txt": "date 2024-03-20 La pluie a coupé la route de Mopti.",
    "pont.txt": "Le pont de Foumban attend ses câbles.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(FESTIVALS | OTHERS, tmp_path_factory.mktemp("time")) as opened:
        yield opened


def timeless(archive: Archive) -> Archive:
    """The same archive, which reads no time in questions."""
    return archive.ranked_by(ranker(replace(BY_WORDS, time=None)))


def found(archive: Archive, question: str, **more: object) -> list[str]:
    return sources(archive.search(question, today=TODAY, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("le festival de jazz de Ségou en mars 2023", "mars2023.txt"),
        ("le festival de jazz de Ségou en mars 2024", "mars2024.txt"),
        ("le festival de jazz de Ségou en mai 2024", "mai2024.txt"),
        ("jazz in Ségou since January 2025", "mars2025.txt"),
        ("jazz de Ségou avant l’été 2023", "mars2023.txt"),
        ("le jazz à Ségou il y a deux mois", "mars2025.txt"),
    ],
)
def test_what_is_of_the_time_asked_about_comes_first(archive: Archive, question: str, first: str) -> None:
    assert found(archive, question)[0] == first


def test_a_time_hides_nothing(archive: Archive) -> None:
    assert set(FESTIVALS) <= set(found(archive, "le festival de jazz de Ségou en mars 2024"))


def test_only_since_and_until_hide(archive: Archive) -> None:
    assert found(archive, "le festival de jazz de Ségou en mars 2024", since="2025") == ["mars2025.txt"]


@pytest.mark.parametrize(
    "question",
    [
        "Combien de personnes au festival de jazz ?",
        "la route de Mopti",
        "Foumban",
        "Ségou",
        "résolution 2773",
    ],
)
def test_a_question_that_tells_no_time_is_ranked_as_if_there_were_no_dates(
    archive: Archive, question: str
) -> None:
    assert archive.search(question, today=TODAY) == timeless(archive).search(question, today=TODAY)
    assert archive.ask(question, today=TODAY).window is None


@pytest.mark.parametrize(
    "question",
    ["Présidentielle 2024 à Ségou", "jazz 2024", "le jazz à Ségou depuis dix ans", "jazz 2023-2024"],
)
def test_a_year_that_is_part_of_a_name_or_holds_the_whole_archive_changes_nothing(
    archive: Archive, question: str
) -> None:
    assert archive.search(question, today=TODAY) == timeless(archive).search(question, today=TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "Quoi de neuf sur le festival de jazz de Ségou ?",
        "Que sait-on de nouveau sur le jazz à Ségou ?",
        "le dernier festival de jazz de Ségou",
        "récemment, le jazz à Ségou",
        "latest on the jazz festival in Ségou",
    ],
)
def test_a_question_about_what_is_new_gets_the_newest(archive: Archive, question: str) -> None:
    assert found(archive, question)[0] == "mars2025.txt"


def test_the_dates_told_count_like_those_of_publication(tmp_path: Path) -> None:
    texts = {
        "bilan.txt": "date 2025-04-02 Le tribunal de Gao a jugé les pilleurs le 29 janvier 2025.",
        "proces.txt": "date 2023-06-01 Le tribunal de Gao a jugé les pilleurs.",
        "pluie.txt": "date 2025-01-15 La pluie tombe.",
    }
    with archive_of(texts, tmp_path) as archive:
        assert found(archive, "le tribunal de Gao a jugé les pilleurs")[0] == "proces.txt"
        assert found(archive, "le tribunal de Gao a jugé les pilleurs en janvier 2025")[0] == "bilan.txt"


def test_a_time_before_the_archive_is_looked_for_in_the_texts(tmp_path: Path) -> None:
    texts = {
        "a.txt": "date 2024-03-05 La bataille de Kirina a opposé deux royaumes en 1235.",
        "b.txt": "date 2024-03-06 La bataille de Kirina inspire encore les griots.",
    }
    with archive_of(texts, tmp_path) as archive:
        assert found(archive, "la bataille de Kirina en 1235")[0] == "a.txt"


def test_undated_articles_are_ranked_by_the_dates_they_tell(tmp_path: Path) -> None:
    texts = {
        "a.txt": "La bibliothèque de Tombouctou a brûlé.",
        "b.txt": "La bibliothèque de Tombouctou a rouvert le 3 mars 2019 devant mille lecteurs.",
    }
    with archive_of(texts, tmp_path) as archive:
        asked = "la bibliothèque de Tombouctou au printemps 2019"
        assert found(archive, asked) == ["b.txt", "a.txt"]


def test_what_is_of_the_time_is_found_below_what_fits_better(tmp_path: Path) -> None:
    better = {
        f"{number}.txt": f"date 2024-02-{number % 28 + 1:02} Le lycée de Kayes : vote du budget {number}."
        for number in range(140)
    }
    sought = {"avril.txt": "date 2023-04-04 Le budget a fait débat à la mairie, longtemps, devant la presse."}
    with archive_of(better | sought, tmp_path) as archive:
        assert found(archive, "budget du lycée de Kayes")[0] != "avril.txt"
        assert found(archive, "budget du lycée de Kayes en avril 2023")[0] == "avril.txt"


@pytest.mark.parametrize("question", ["en mars 2024", "mars 2024 ?", "hier"])
def test_a_question_of_nothing_but_a_time_is_searched_for(archive: Archive, question: str) -> None:
    assert archive.search(question, today=TODAY)


def test_an_answer_says_how_the_time_was_understood(archive: Archive) -> None:
    answer = archive.ask("le festival de jazz de Ségou en mars 2024 ?", today=TODAY)
    assert answer.answered
    assert answer.window is not None
    assert (answer.window.low, answer.window.high) == (dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    assert str(answer).splitlines()[-1] == "Période comprise\u00a0: en mars 2024"


def test_the_question_itself_says_what_its_answer_is_led_by(tmp_path: Path) -> None:
    text = "date 2022 Signé le 3 mars 2020 à Niamey, le traité est entré en vigueur le 1er mai 2021."
    with archive_of({"a.txt": text}, tmp_path) as archive:
        signed = archive.ask("Quand le traité a-t-il été signé à Niamey ?", today=TODAY)
        applied = archive.ask("Quand le traité est-il entré en vigueur ?", today=TODAY)
        assert [answer.lead and answer.lead.value for answer in (signed, applied)] == [
            "2020-03-03",
            "2021-05-01",
        ]
        assert archive.ask("Qui a signé le traité ?", today=TODAY).lead is None

"""Questions in time: what is of the time asked about comes first, and nothing is hidden."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import BY_WORDS, HashEncoder, archive_of, article

from retrieval.archive import STORE, Archive
from retrieval.dates import find, window
from retrieval.present.records import answer_record
from retrieval.present.text import answer_html
from retrieval.ranking.leading_date import leading
from retrieval.store.store import DATING
from retrieval.types import Answer, Quote

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


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_of(FESTIVALS | OTHERS, tmp_path)


def timeless(archive: Archive) -> Archive:
    weights = replace(BY_WORDS, time=(0.0, 0.0, 0.0))
    return Archive(archive.folder, archive.encoder, root=archive.root, weights=weights)


def ids(archive: Archive, question: str, **more: object) -> list[str]:
    return [hit.article.path.rpartition("/")[2] for hit in archive.search(question, today=TODAY, **more)]


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
    assert ids(archive, question)[0] == first


def test_a_time_hides_nothing(archive: Archive) -> None:
    found = ids(archive, "le festival de jazz de Ségou en mars 2024")
    assert set(FESTIVALS) <= set(found)


def test_only_since_and_until_hide(archive: Archive) -> None:
    found = ids(archive, "le festival de jazz de Ségou en mars 2024", since="2025")
    assert found == ["mars2025.txt"]


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
    assert ids(archive, question)[0] == "mars2025.txt"


def test_the_dates_told_count_like_those_of_publication(tmp_path: Path) -> None:
    texts = {
        "bilan.txt": "date 2025-04-02 Le tribunal de Gao a jugé les pilleurs le 29 janvier 2025.",
        "proces.txt": "date 2023-06-01 Le tribunal de Gao a jugé les pilleurs.",
        "pluie.txt": "date 2025-01-15 La pluie tombe.",
    }
    archive = archive_of(texts, tmp_path)
    assert ids(archive, "le tribunal de Gao a jugé les pilleurs")[0] == "proces.txt"
    assert ids(archive, "le tribunal de Gao a jugé les pilleurs en janvier 2025")[0] == "bilan.txt"


def test_a_time_before_the_archive_is_looked_for_in_the_texts(tmp_path: Path) -> None:
    texts = {
        "a.txt": "date 2024-03-05 La bataille de Kirina a opposé deux royaumes en 1235.",
        "b.txt": "date 2024-03-06 La bataille de Kirina inspire encore les griots.",
    }
    assert ids(archive_of(texts, tmp_path), "la bataille de Kirina en 1235")[0] == "a.txt"


def test_undated_articles_are_ranked_by_the_dates_they_tell(tmp_path: Path) -> None:
    texts = {
        "a.txt": "La bibliothèque de Tombouctou a brûlé.",
        "b.txt": "La bibliothèque de Tombouctou a rouvert le 3 mars 2019 devant mille lecteurs.",
    }
    found = ids(archive_of(texts, tmp_path), "la bibliothèque de Tombouctou au printemps 2019")
    assert found == ["b.txt", "a.txt"]


def test_what_is_of_the_time_is_found_below_what_fits_better(tmp_path: Path) -> None:
    better = {
        f"{number}.txt": f"date 2024-02-{number % 28 + 1:02} Le lycée de Kayes : vote du budget {number}."
        for number in range(140)
    }
    sought = {"avril.txt": "date 2023-04-04 Le budget a fait débat à la mairie, longtemps, devant la presse."}
    archive = archive_of(better | sought, tmp_path)
    assert ids(archive, "budget du lycée de Kayes")[0] != "avril.txt"
    assert ids(archive, "budget du lycée de Kayes en avril 2023")[0] == "avril.txt"


@pytest.mark.parametrize("question", ["en mars 2024", "mars 2024 ?", "hier"])
def test_a_question_of_nothing_but_a_time_is_searched_for(archive: Archive, question: str) -> None:
    assert archive.search(question, today=TODAY)


def test_an_answer_says_how_the_time_was_understood(archive: Archive) -> None:
    answer = archive.ask("le festival de jazz de Ségou en mars 2024 ?", today=TODAY)
    assert answer.answered
    assert str(answer).splitlines()[-1] == "Période comprise\u00a0: en mars 2024"
    assert "Période comprise\u00a0: en mars 2024" in answer_html(answer)
    assert answer_record(answer)["window"] == {
        "low": "2024-03-01",
        "high": "2024-03-31",
        "operator": "in",
        "text": "en mars 2024",
    }


def test_a_silent_answer_says_it_too_and_one_without_a_time_does_not() -> None:
    read = window("What happened last week?", TODAY)
    silent = Answer("What happened last week?", False, 0.1, language="en", window=read)
    assert str(silent).splitlines()[1] == "Period understood: from 5 to 11 May 2025"
    assert len(str(replace(silent, window=None)).splitlines()) == 1
    assert answer_record(replace(silent, window=None))["window"] is None




TREATY = "Signé le 3 mars 2020 à Niamey, le traité est entré en vigueur le 1er mai 2021. Il dure dix ans."


def quote(text: str, sentence_end: int | None = None) -> Quote:
    source = article(text, published="2022")
    return Quote(text, (0, sentence_end or len(text)), source, 1, 0, len(text), tuple(find(text, "2022")))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Quand le traité a-t-il été signé à Niamey ?", "2020-03-03"),
        ("Quand le traité est-il entré en vigueur ?", "2021-05-01"),
        ("When did the treaty enter en vigueur?", "2021-05-01"),
    ],
)
def test_a_question_that_asks_when_is_led_by_the_date_it_is_about(question: str, value: str) -> None:
    date = leading(question, quote(TREATY))
    assert date is not None
    assert date.value == value


def test_the_date_comes_first_and_only_once() -> None:
    answer = Answer("Quand le traité est-il entré en vigueur ?", True, 0.9, (quote(TREATY),), "fr")
    lines = str(answer).splitlines()
    assert lines[0] == "1er mai 2021"
    assert lines[2].startswith("3 mars 2020 · article de 2022")
    assert answer_html(answer).startswith("<p><b>1er mai 2021</b></p>")


def test_nothing_leads_other_questions_nor_sentences_without_a_date() -> None:
    assert leading("Qui a signé le traité ?", quote(TREATY)) is None
    assert leading("Quand le traité a-t-il été signé ?", quote("Le traité dure dix ans.")) is None
    lasting = TREATY.index("Il dure")
    outside = replace(quote(TREATY), highlight=(lasting, len(TREATY)))
    assert leading("Quand le traité a-t-il été signé ?", outside) is None




def test_dates_are_kept_with_their_grain_and_found_by_range(archive: Archive, tmp_path: Path) -> None:
    texts = {"a.txt": "date 2025-04 Une décision officialisée le 29 janvier, puis en mai 2025."}
    kept = archive_of(texts, tmp_path / "other")
    rows = sqlite3.connect(kept.folder / STORE).execute(
        "SELECT text, value, grain FROM dates WHERE low <= ? AND high >= ? ORDER BY start",
        (dt.date(2025, 12, 31).toordinal(), dt.date(2025, 1, 1).toordinal()),
    )
    assert [row for row in rows if "2025-04" not in row[1]] == [
        ("le 29 janvier", "2025-01-29", "day"),
        ("mai 2025", "2025-05", "month"),
    ]


def test_a_store_dated_by_another_grammar_is_dated_again_and_embeds_nothing(tmp_path: Path) -> None:
    texts = {"a.txt": "date 2025-04 Une décision officialisée le 29 janvier."}
    encoder = HashEncoder()
    archive = archive_of(texts, tmp_path, encoder)
    before = [hit.dates for hit in archive.search("décision")]
    archive.close()
    with sqlite3.connect(archive.folder / STORE) as database:
        database.execute("DROP TABLE dates")
        database.execute(f"PRAGMA user_version = {DATING - 1}")
    encoder.passages.clear()
    again = Archive(archive.folder, encoder, weights=BY_WORDS)
    assert [hit.dates for hit in again.search("décision")] == before
    assert encoder.passages == []

"""A story in order of what is told: the right dates, once each, and nothing off the subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import archive_of, in_its_file

from retrieval.archive import Archive
from retrieval.errors import DateError
from retrieval.types import Timeline

STORY = {
    "rupture.txt": "date 2024-02 Le barrage de Kandadji a été annoncé en septembre 2023."
    " Le chantier du barrage de Kandadji a cessé le 29 janvier. Les ouvriers attendent.\n\n"
    "Le barrage de Kandadji devait retenir le fleuve depuis dix ans.",
    "reprise.txt": "date 2025-04-03 Les ouvriers du barrage de Kandadji ont repris hier les travaux.\n\n"
    "La présidente est née le 3 mars 1961 à Dosso.",
    "copie.txt": "date 2025-04-03 Les ouvriers du barrage de Kandadji ont repris hier les travaux.",
    "jazz.txt": "date 2025-03-11 Le festival de jazz a réuni mille personnes le 8 mars 2025.",
}
DATES = ["2023-09", "2024-01-29", "2025-04-02"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(STORY, tmp_path_factory.mktemp("timeline")) as opened:
        yield opened


def values(timeline: Timeline) -> list[str]:
    return [entry.date.value for entry in timeline.entries]


def test_what_is_told_on_a_subject_comes_in_order_of_its_dates(archive: Archive) -> None:
    story = archive.timeline("barrage de Kandadji")
    assert values(story) == DATES
    assert [entry.quote.sentence for entry in story.entries] == [
        "Le barrage de Kandadji a été annoncé en septembre 2023.",
        "Le chantier du barrage de Kandadji a cessé le 29 janvier.",
        "Les ouvriers du barrage de Kandadji ont repris hier les travaux.",
    ]


def test_every_quote_is_an_exact_slice_of_its_article(archive: Archive) -> None:
    for entry in archive.timeline("barrage de Kandadji").entries:
        quote = entry.quote
        assert in_its_file(quote)
        assert quote.text[entry.date.start : entry.date.end] == entry.date.text
        assert quote.answer == (entry.date.start, entry.date.end)


def test_a_fact_copied_by_another_article_is_told_once(archive: Archive) -> None:
    assert values(archive.timeline("ouvriers du barrage de Kandadji")).count("2025-04-02") == 1


def told(timeline: Timeline) -> list[tuple[str, str]]:
    return [(entry.date.text, entry.quote.sentence) for entry in timeline.entries]


def test_a_sentence_with_two_dates_tells_two_facts_each_in_its_clause(tmp_path: Path) -> None:
    text = "date 2025 Le port de Nampula, fermé le 4 mai 2023, a rouvert le 6 juin 2024."
    archive = archive_of({"a.txt": text}, tmp_path)
    story = archive.timeline("port de Nampula")
    assert values(story) == ["2023-05-04", "2024-06-06"]
    assert told(story) == [
        ("le 4 mai 2023", "Le port de Nampula, fermé le 4 mai 2023,"),
        ("le 6 juin 2024", "a rouvert le 6 juin 2024."),
    ]
    assert [line.split(" · ")[1] for line in str(story).splitlines()] == [
        "«\u00a0Le port de Nampula, fermé le 4 mai 2023, […]\u00a0»",
        "«\u00a0[…] a rouvert le 6 juin 2024.\u00a0»",
    ]
    assert told(archive.timeline("port de Nampula", since="2024")) == [("le 6 juin 2024", text[10:])]


def test_dates_that_share_a_clause_are_shown_once(tmp_path: Path) -> None:
    text = "date 2025 Le port de Nampula sera fermé du public le 20 juin 2025 et le 27 juin 2025."
    [(_, clause)] = told(archive_of({"a.txt": text}, tmp_path).timeline("port de Nampula"))
    assert clause == text[10:]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"since": "2024"}, DATES[1:]),
        ({"until": "2024-01"}, DATES[:2]),
        ({"since": "2023-09-15", "until": "2024-01-28"}, DATES[:1]),
    ],
)
def test_since_and_until_bound_what_happened(
    archive: Archive, bounds: dict[str, str], expected: list[str]
) -> None:
    assert values(archive.timeline("barrage de Kandadji", **bounds)) == expected


def test_a_time_told_in_the_subject_bounds_it_too(archive: Archive) -> None:
    assert values(archive.timeline("barrage de Kandadji en 2024")) == DATES[1:2]
    assert values(archive.timeline("barrage de Kandadji en 2024", since="2025")) == DATES[2:]


def test_a_limit_keeps_order(archive: Archive) -> None:
    kept = values(archive.timeline("barrage de Kandadji", limit=2))
    assert len(kept) == 2
    assert kept == sorted(kept)


@pytest.mark.parametrize("subject", ["les girafes de Kouré", "…", "", "volley"])
def test_nothing_is_told_of_what_is_not_in_the_archive(archive: Archive, subject: str) -> None:
    story = archive.timeline(subject)
    assert (story.entries, str(story), len(story)) == ((), "", 0)


def test_centuries_and_durations_are_no_points_of_a_story(tmp_path: Path) -> None:
    text = "date 2025 Le phare de Sein, bâti au XIXe siècle, veille depuis dix ans. Le phare de Sein fume."
    assert not archive_of({"a.txt": text}, tmp_path).timeline("phare de Sein").entries


def test_a_date_that_is_not_one_is_refused(archive: Archive) -> None:
    with pytest.raises(DateError, match="hier"):
        archive.timeline("barrage", since="hier")


def test_a_story_reads_a_fact_a_line(archive: Archive) -> None:
    assert str(archive.timeline("barrage de Kandadji")).splitlines()[1] == (
        "29 janvier 2024 · «\u00a0Le chantier du barrage de Kandadji a cessé le 29 janvier.\u00a0»"
        " · article de février 2024, §\u00a01"
    )


def test_it_understands_its_subject_as_ask_does(archive: Archive) -> None:
    """Misspelt words, times told by the day of the question, other languages."""
    assert values(archive.timeline("le barraage de Kandadgi")) == DATES
    last_year = archive.timeline("barrage de Kandadji l'an dernier", today=dt.date(2025, 5, 1))
    assert values(last_year) == DATES[1:2]
    assert archive.timeline("The dam that they announced at Kandadji").language == "en"


@pytest.mark.parametrize("subject", ["AES et Russie", "AES and Russia", "Russia", "Russie", "Russland"])
def test_a_few_words_of_another_language_tell_the_same_story(subject: str, tmp_path: Path) -> None:
    story = {
        "a.txt": "date 2025-04 Les ministres de l'AES sont en Russie ce 3 avril.",
        "b.txt": "date 2025 Le festival de jazz a réuni mille personnes le 8 mars 2025.",
    }
    assert values(archive_of(story, tmp_path).timeline(subject)) == ["2025-04-03"]

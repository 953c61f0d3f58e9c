"""``since`` and ``until`` keep to articles published within them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from fakes import archive_of, sources

from retrieval.archive import Archive
from retrieval.errors import DateError


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2025", None, {"election.txt"}),
        (dt.date(2025, 4, 3), None, {"election.txt"}),
        (dt.date(2025, 4, 4), None, set()),
        (None, "2019-06-01", {"La Gazette"}),
        (None, dt.date(2019, 5, 31), set()),
        ("2023-05", "2023-11", {"hopital.txt", "2023/tramway.txt"}),
        ("2023-11-15", "2023-12", {"2023/tramway.txt"}),  # published some day of November
        ("2022", "2022", {"https://exemple.org/musee", "incendie.txt"}),
        ("2026", "2024", set()),
    ],
)
def test_only_articles_of_the_time_are_found(
    archive: Archive, since: dt.date | str | None, until: dt.date | str | None, found: set[str]
) -> None:
    assert set(sources(archive.search("le la les un une de", k=100, since=since, until=until))) == found
    assert set(sources(archive.ask("le tramway de Dakar", since=since, until=until).quotes)) <= found


def test_an_undated_article_is_found_only_when_no_time_is_asked_for(archive: Archive) -> None:
    question = "prêter des violons et des accordéons"
    assert sources(archive.search(question))[0] == "bibliotheque.txt"
    assert "bibliotheque.txt" not in sources(archive.search(question, k=100, since="0001"))
    assert "bibliotheque.txt" not in sources(archive.search(question, k=100, until="9999"))


@pytest.mark.parametrize("value", ["hier", "2025-13", "", "2025-02-30", "//X009"])
def test_a_bound_that_is_no_date_is_the_caller_s_mistake(archive: Archive, value: str) -> None:
    for verb in (archive.ask, archive.search, archive.timeline):
        with pytest.raises(DateError, match="is not a date"):
            verb("tramway", since=value)
        with pytest.raises(DateError, match="is not a date"):
            verb("tramway", until=value)


@pytest.mark.parametrize("date", ["", "date 2025-13-45 ", "date ?? ", "date .. "])
def test_an_article_without_a_sound_date_can_be_quoted(date: str, tmp_path: Path) -> None:
    with archive_of({"a.txt": f"{date}Le phare d’Ouessant ferme le 3 mai."}, tmp_path) as archive:
        (quote,) = archive.ask("phare").quotes
        assert (quote.text, quote.article.published) == ("Le phare d’Ouessant ferme le 3 mai.", None)
        assert archive.search("phare", since="2020") == []
        assert str(archive.ask("phare"))

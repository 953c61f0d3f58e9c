"""An index of an earlier analysis is analysed again from its texts, without embedding them again."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from fakes import HashEncoder, counts

import retrieval
from retrieval import opening
from retrieval.archive import Archive
from retrieval.ingest import analysis, reanalysis

QUESTIONS = ("Quand les travaux du tramway ont-ils commencé ?", "Combien coûte le billet ?", "Dakar")


def answers(archive: Archive) -> list[str]:
    return [repr(archive.ask(question)) for question in QUESTIONS]


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The analysis of the code is a later one than that of every index there is."""
    monkeypatch.setattr(opening, "ANALYSIS", opening.ANALYSIS + 1)


@pytest.fixture
def before(folder: Path, encoder: HashEncoder) -> list[str]:
    """The answers of an archive opened with the earlier analysis."""
    with retrieval.open(folder) as archive:
        found = answers(archive)
    encoder.passages.clear()
    return found


def test_a_cache_of_an_earlier_analysis_gives_equal_answers_and_embeds_nothing(
    before: list[str], raised: None, folder: Path, encoder: HashEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), retrieval.open(folder) as archive:
        assert answers(archive) == before
        assert counts(archive) == (12, 24)
    assert encoder.passages == []
    assert "its texts are analysed again" in caplog.text


def test_what_the_new_analysis_finds_is_found(
    folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(analysis, "find", lambda *_: [])
        with retrieval.open(folder) as archive:
            assert archive.ask(QUESTIONS[0]).quotes[0].dates == ()
    encoder.passages.clear()
    monkeypatch.setattr(opening, "ANALYSIS", opening.ANALYSIS + 1)
    with retrieval.open(folder) as archive:
        assert [date.value for date in archive.ask(QUESTIONS[0]).quotes[0].dates] == ["2023-11-06"]
    assert encoder.passages == []


def test_only_sentences_that_are_cut_otherwise_are_embedded_again(
    before: list[str], raised: None, folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "sentences", lambda text: [(0, len(text))])
    with retrieval.open(folder) as archive:
        assert archive.search("tramway")[0].sentence == archive.search("tramway")[0].text
    assert encoder.passages == [], "a whole passage has a vector already"


def test_interrupted_it_begins_again_and_ends_whole(
    before: list[str], raised: None, folder: Path, encoder: HashEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    original = reanalysis.analyse

    def interrupted(*arguments: object) -> object:
        if len(done) == 5:
            raise KeyboardInterrupt
        done.append(arguments)
        return original(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as earlier:
        earlier.setattr(reanalysis, "analyse", interrupted)
        with pytest.raises(KeyboardInterrupt):
            retrieval.open(folder)
    with retrieval.open(folder) as archive:
        assert answers(archive) == before
        assert counts(archive) == (12, 24)
    assert encoder.passages == []

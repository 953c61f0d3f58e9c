"""An archive as a system that is measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import ARTICLES, HashEncoder, archive_of

from retrieval.evaluation.systems import ArchiveSystem
from retrieval.ranking.ranker import Ranker, Ranking

ELECTED = "Qui a été élue présidente de la chambre de commerce de Dakar ?"


@pytest.mark.parametrize("question", [ELECTED, "xylophone zzz", "?"])
def test_an_archive_answers_as_it_does_when_asked(tmp_path: Path, question: str) -> None:
    with archive_of(ARTICLES, tmp_path) as archive:
        response = ArchiveSystem(archive).respond(question, 5)
        assert response.answer == archive.ask(question)
        assert response.hits == archive.search(question, 5)
    assert response.seconds is not None
    assert response.seconds > 0


def test_a_question_is_embedded_and_ranked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded: list[str] = []
    rankings: list[Ranking] = []
    rank = Ranker.rank

    class Recording(HashEncoder):
        def encode_queries(self, texts):  # type: ignore[no-untyped-def]
            embedded.extend(texts)
            return super().encode_queries(texts)

    def recorded(*arguments):  # type: ignore[no-untyped-def]
        rankings.append(rank(*arguments))
        return rankings[-1]

    monkeypatch.setattr(Ranker, "rank", recorded)
    with archive_of(ARTICLES, tmp_path, Recording()) as archive:
        ArchiveSystem(archive).respond(ELECTED, 5)
    assert (embedded, len(rankings)) == ([ELECTED], 1)

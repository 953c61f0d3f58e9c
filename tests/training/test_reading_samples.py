"""What a reader reads of a question: in its corpus, and in an article, with the answer and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from fakes import archive_of

from retrieval.archive import Archive
from retrieval.encoders.interface import Reading
from retrieval.index.interface import iterate_stored
from retrieval.question.understanding import understand
from retrieval.training import reading_samples
from retrieval.training.corners import article_of
from retrieval.training.reading_samples import ReadSample, read_samples
from retrieval.training.samples import LabelledQuestion

TEXTS = {
    f"{n}.txt": f"Le phare numéro {n} éclaire la baie {n}.\n\nSon gardien {n} y vit.\n\nIl ouvre en mai {n}."
    for n in range(20)
}


class Reader:
    """Is sure of the bay that is asked about."""

    name = "chiffres"

    def read(self, question: str, passages: list[str]) -> list[Reading]:
        return [Reading(float("baie 7." in text), (0, 2), 1.5) for text in passages]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive_of(TEXTS, tmp_path_factory.mktemp("lighthouses")) as opened:
        yield opened


def made(archive: Archive, text: str, *, answered: bool) -> list[ReadSample]:
    question = understand(text, archive.encoder, archive.index.statistics(), None)
    gold = tuple(one.id for one in iterate_stored(archive.index) if one.passage.text.endswith("baie 7."))
    labelled = LabelledQuestion(question, gold if answered else ())
    ranker = replace(archive.ranker, reader=Reader())
    [found] = read_samples([labelled], archive.index, ranker, Reader())
    return found


def test_an_answered_question_is_read_in_its_corpus_and_in_its_article_each_with_and_without(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_samples, "ARTICLE", 1.0)
    found = made(archive, "Quel phare éclaire la baie 7 ?", answered=True)
    assert [(one.size, one.answerable) for one in found] == [(60, True), (60, False), (3, True), (3, False)]
    assert [int(one.right.sum()) for one in found] == [1, 0, 1, 0]
    for one in found:
        assert one.read.logits.tolist() == one.right.astype(float).tolist()
        row, is_right = one.row(weight=100.0)
        assert np.isfinite(row).all()
        assert is_right == one.answerable


def test_a_question_that_nothing_answers_is_read_in_its_corpus_alone(archive: Archive) -> None:
    [only] = made(archive, "Quel phare éclaire la baie 7 ?", answered=False)
    assert (only.size, only.answerable, only.right.any()) == (60, False, False)


def test_a_question_that_shares_nothing_with_the_archive_is_not_read(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_samples, "worth_reading", lambda features: False)
    assert made(archive, "Quel phare éclaire la baie 7 ?", answered=True) == []


def test_the_passages_of_an_article_are_found_from_one_of_them(archive: Archive) -> None:
    by_id = {one.id: one for one in iterate_stored(archive.index)}
    for id_ in list(by_id)[:5]:
        own = article_of(id_, archive.index)
        assert {by_id[other].article.id for other in own.tolist()} == {by_id[id_].article.id}
        assert len(own) == 3
